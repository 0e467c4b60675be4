"""How the methods are carried out that are not one pattern each: from an expression to what it may become."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sympy.core.basic import Basic

from deltasift.line.scope import Scope
from deltasift.match.brackets import BRACKETS
from deltasift.match.derivatives import DERIVATIVES
from deltasift.match.diracs import DIRACS
from deltasift.match.equations import EQUATIONS
from deltasift.match.integrals import INTEGRALS
from deltasift.match.joins import JOINS
from deltasift.match.sifting import SIFTING
from deltasift.match.standard import STANDARD
from deltasift.match.sums import SUMS

Rewrite = Callable[[Basic, Scope], Iterator[tuple[Basic, tuple[Basic, ...]]]]
REWRITES: Mapping[str, Rewrite] = {
    **BRACKETS,
    **DERIVATIVES,
    **DIRACS,
    **EQUATIONS,
    **INTEGRALS,
    **JOINS,
    **SIFTING,
    **STANDARD,
    **SUMS,
}
