"""What it takes that something is a minimiser: an inequality between two values, and that it is among what is compared.

`Minimiser(f, q, p)` says that p is feasible, which is that all that is given and assumed of q is true of p, and that
`f(p) <= f(q)` for each feasible q; `OnlyMinimiser` that `f(p) < f(q)` for each one that differs from p. The page is
about an arbitrary q, so that a chain from `f(p)` to `f(q)` shows the inequality, unless something else on the page
depends on q: that is refused here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import Pmf, Reals, Table
from deltasift.errors import ExpressionError
from deltasift.inert import (
    Equality,
    ForAll,
    IsInteger,
    Less,
    LessEqual,
    Not,
    Optimum,
    Relation,
    Unequal,
    free,
    substitute,
)
from deltasift.judge.context import Context, Need, World
from deltasift.judge.meaning import may_be_complex, names_in
from deltasift.judge.need import needs
from deltasift.judge.record import RejectedError
from deltasift.judge.term import read, same
from deltasift.judge.theorem import hypotheses


@dataclass(frozen=True)
class Reduced:
    """What a claim about an optimum comes to.

    Attributes
    ----------
    relation : Relation
        Between its value there and any other value.
    stated : tuple of Basic
        What is given and assumed of the name, as it reads of what is put for it.
    needed : tuple of Need
        What that needs to have a value.
    world : World
        Where these are to be shown: without that the two differ.
    """

    relation: Relation
    stated: tuple[Basic, ...]
    needed: tuple[Need, ...]
    world: World

    @property
    def goals(self) -> tuple[Need, ...]:
        """What makes it feasible."""
        return (*self.needed, *(Need(Context(self.world), read(s)) for s in self.stated))


def optimal(claim: Optimum, world: World) -> Reduced:
    """Return what a claim about an optimum comes to.

    Raises
    ------
    RejectedError
        If nothing on the page could show it.
    """
    f, q, p = claim.args
    domain = world.domains.get(q)
    if not isinstance(domain, (Pmf, Reals)) or q in world.integers:
        raise RejectedError(f"{q} is no pmf and no real that could vary")
    if may_be_complex(read(p), world):
        raise RejectedError(f"{p} may be no real number")
    _refuse_dependent(claim, domain, world)
    there = {q: p}
    try:
        value = substitute(f, there)
    except ExpressionError as why:  # a derivative by q has no value at p but as a value there
        raise RejectedError(str(why)) from None
    sides = (value, f) if claim.least else (f, value)
    about = [a for a in world.assumptions if q in free(a)]
    if claim.only:
        about = _without_difference(about, domain, p)
    others = replace(world, assumptions=tuple(a for a in world.assumptions if q not in free(a) or a in about))
    stated = tuple(substitute(s, there) for s in (*hypotheses(domain), *about))
    relation = (Less if claim.only else LessEqual)(*sides)
    return Reduced(relation, stated, tuple(_valued(domain, p, others)), others)


def _refuse_dependent(claim: Optimum, domain: Pmf | Reals, world: World) -> None:
    """Refuse what depends on q other than by naming it in the objective: it would not vary with it."""
    f, q, p = claim.args
    if q in names_in(read(p), world):
        raise RejectedError(f"{p} depends on {q}")
    inside = free(f) - {q}
    behind = {name for s in inside if isinstance(s, Symbol) for name in names_in(read(s), world)}
    if q in behind:
        raise RejectedError(f"something in {f} is defined by {q}")
    for a in world.assumptions:
        if q not in free(a) and q in names_in(read(a), world):
            raise RejectedError(f"{a} is assumed of something that is defined by {q}")
    for other in world.domains.values():
        if other is not domain and q in other.depends():
            raise RejectedError(f"what is given of {other} depends on {q}")
    if domain.over:
        table = world.domains.get(p)
        theirs, mine = world.ends(p) if isinstance(p, Symbol) else None, world.ends(q)
        if not isinstance(table, Table) or theirs is None or mine is None or len(theirs) != len(mine):
            raise RejectedError(f"{p} is no table of the indices of {q}")
        if not all(same(a, b) for pair in zip(theirs, mine, strict=True) for a, b in zip(*pair, strict=True)):
            raise RejectedError(f"the indices of {p} run through other values than those of {q}")


def difference(domain: Table, p: Basic) -> Basic:
    """Return the statement that q differs from p."""
    if not domain.over:
        return Unequal(domain.symbol, p)
    names = [i.symbol for i in domain.over]
    alike: Basic = Equality(domain.entry, substitute(domain.entry, {domain.symbol: p}))
    for name, (_, lo, hi) in reversed(list(zip(names, domain.ranges, strict=True))):
        alike = ForAll.make((alike, name, lo, hi))
    return Not(alike)


def _without_difference(about: list[Basic], domain: Table, p: Basic) -> list[Basic]:
    """Return what is assumed of q beside that it differs from p, which has to be assumed."""
    wanted = read(difference(domain, p))
    found = [a for a in about if not same(read(a), wanted)]
    if len(found) == len(about):
        raise RejectedError(f"it is not assumed that {domain.symbol} differs: assuming({difference(domain, p)})")
    return found


def _valued(domain: Table, p: Basic, world: World) -> Iterator[Need]:
    """Yield what p needs to have a value, a table each of its entries."""
    whole: Basic = p
    if domain.over:
        whole = IsInteger(substitute(domain.entry, {domain.symbol: p}))
        for name, lo, hi in reversed(domain.ranges):
            whole = ForAll.make((whole, name, lo, hi))
    yield from needs(read(whole), Context(world))
