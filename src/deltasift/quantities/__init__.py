"""Entropies, divergences, likelihoods, moments: names with definitions that unfold and fold.

The definitions are those of Cover and Thomas (2006), chapter 2, and of Murphy (2022), sections 4.2 and 6.2, with the
natural logarithm and 0 log 0 = 0. Each is one record, made where it is defined: its operands, how it is written and
said, and where it is from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Symbol, pi
from sympy.core.basic import Basic

from deltasift.domain import Domain, Family, Index, Pmf, Reals, Row, Table
from deltasift.errors import DomainError
from deltasift.inert import Div, Exp, Mul, Named, Neg, Node, Pow, RowName, sqrt
from deltasift.inert import Expectation as ExpectationNode
from deltasift.quantities.exponential import ELBO, LogSumExp, Softmax
from deltasift.quantities.information import (
    KL,
    ConditionalEntropy,
    CrossEntropy,
    Entropy,
    JensenShannon,
    MutualInformation,
)
from deltasift.quantities.laws import conditional, joint, marginal
from deltasift.quantities.likelihood import (
    NLL,
    AverageNLL,
    BinaryCrossEntropy,
    Brier,
    Likelihood,
    LogLikelihood,
    Perplexity,
)
from deltasift.quantities.moments import Covariance, Expectation, Variance
from deltasift.quantities.record import QUANTITIES, Quantity

__all__ = [
    "ELBO",
    "KL",
    "NLL",
    "QUANTITIES",
    "AverageNLL",
    "BinaryCrossEntropy",
    "Brier",
    "ConditionalEntropy",
    "Covariance",
    "CrossEntropy",
    "Entropy",
    "Expectation",
    "JensenShannon",
    "Likelihood",
    "LogLikelihood",
    "LogSumExp",
    "MutualInformation",
    "Perplexity",
    "Quantity",
    "Softmax",
    "Variance",
    "conditional",
    "distributions_of",
    "gaussian_pdf",
    "joint",
    "marginal",
    "meant",
]


def distributions_of(e: Basic) -> tuple[Basic, ...]:
    """Return what a quantity is of that has to be a distribution: a name, that of a table where it is a row of it."""
    if isinstance(e, Named):
        known = QUANTITIES.get((e.head, len(e.operands)))
        found = tuple(e.operands[i] for i in known.distributions) if known is not None else ()
    else:
        found = (e.distribution,) if isinstance(e, ExpectationNode) else ()
    return tuple(o.table if isinstance(o, RowName) else o for o in found)


def handle(o: Basic, domains: Mapping[Symbol, Domain]) -> Domain | Row | None:
    """Return what an operand names: a domain or a row of one."""
    if isinstance(o, RowName):
        table = domains.get(o.table)
        return Row(table, o.indices) if isinstance(table, Table) and len(table.over) > len(o.indices) else None
    return domains.get(o) if isinstance(o, Symbol) else None


def meant(e: Named | ExpectationNode, domains: Mapping[Symbol, Domain]) -> Node | None:
    """Return the quantity of this name, of these operands, None where there is none."""
    operands = e.operands if isinstance(e, Named) else (e.distribution,)
    known = QUANTITIES.get((e.head, len(operands))) if isinstance(e, Named) else None
    terms = known.terms if known is not None else ()
    handles = [o if i in terms else handle(o, domains) for i, o in enumerate(operands)]
    if None in handles or (isinstance(e, Named) and known is None):
        return None
    try:
        if known is not None:
            return known.make(*handles)
        return _expected(e, handles[0])
    except (DomainError, AttributeError, TypeError):  # the operands are not what the quantity is of
        return None


def _expected(e: Basic, distribution: Any) -> Node:
    name: Any = Reals(e.args[1].name, ())
    if isinstance(distribution, (Pmf, Family, Row)):
        name = Index(name.name, distribution.classes.lo, distribution.classes.hi)
    return Expectation(e.args[0], name, distribution)


def gaussian_pdf(x: Any, mean: Any, scale: Any) -> Node:
    """Return the density of the normal distribution, `exp(-(x - mean)**2 / (2 scale**2)) / (scale sqrt(2 pi))`."""
    density: Node = Exp(Neg(Div(Pow(x - mean, 2), Mul(2, Pow(scale, 2))))) / (scale * sqrt(Mul(2, pi)))
    return density
