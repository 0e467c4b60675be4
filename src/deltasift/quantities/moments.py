"""Expectations, variances and covariances under a pmf, a density, the row of a conditional law, or data.

References
----------
Feller (1968), chapter IX.
"""

from __future__ import annotations

from typing import Any

from deltasift.domain import Index, Labels, Reals
from deltasift.errors import DomainError
from deltasift.inert import Div, Integral, Mul, Node, Sum, inert, substitute
from deltasift.inert import Expectation as ExpectationNode
from deltasift.inert.signs import Form
from deltasift.quantities.information import DENSITIES
from deltasift.quantities.laws import is_discrete, one_index, operand
from deltasift.quantities.likelihood import _examples
from deltasift.quantities.record import named, quantity

FELLER = ("feller1968", "chapter IX")


def Expectation(integrand: Any, name: Any, distribution: Any) -> Node:
    """Return the expectation of an expression in `name` under a pmf, a density or the empirical distribution.

    Parameters
    ----------
    integrand : expression in `name`
    name : Index or Real
    distribution : Pmf, Family, Row, Density, DefinedFunction, or a table of labels or points
        A row `r[x]` is the law of z given x. A table stands for its empirical distribution, `1/N sum_n f(x[n])`.
    """
    if is_discrete(distribution):
        definition: Node = Sum(distribution[name] * integrand, name)
    elif isinstance(distribution, DENSITIES):
        definition = Integral(distribution(name) * integrand, name)
    elif isinstance(distribution, (Labels, Reals)) and len(distribution.over) == 1:
        n = distribution.over[0]
        term = substitute(inert(integrand), {name.symbol: distribution[n]})
        definition = Mul(Div(1, _examples(n)), Sum(term, n))
    else:
        raise DomainError(f"{distribution} is not a distribution")
    return ExpectationNode(integrand, name, definition, operand(distribution))


def _mean(a: Any, p: Any) -> tuple[Node, Any]:
    """Return the mean of a table under a law of its index, by a name of its own, and the index."""
    k = one_index(p)
    if not is_discrete(p) or one_index(a).limit[1:] != k.limit[1:]:
        raise DomainError(f"{p} is no law of the index of {a}")
    j = Index(k.name + "'", k.lo, k.hi, k.origin)
    return Sum(p[j] * a[j], j), k


@quantity("Var", "the variance", operands=(2,), form=Form.UNDER, distributions=(1,), source=FELLER)
def Variance(a: Any, p: Any) -> Node:
    """Return the variance of a table `a[k]` under a law p of k, `sum_k p[k] (a[k] - sum_k p[k] a[k])**2`."""
    mean, k = _mean(a, p)
    return named("Var", Sum(p[k] * (a[k] - mean) ** 2, k), a, p)


@quantity("Cov", "the covariance", operands=(3,), form=Form.UNDER, distributions=(2,), source=FELLER)
def Covariance(a: Any, b: Any, p: Any) -> Node:
    """Return the covariance of two tables under a law p of their index, the mean of the product of deviations."""
    mean, k = _mean(a, p)
    other, _ = _mean(b, p)
    return named("Cov", Sum(p[k] * (a[k] - mean) * (b[k] - other), k), a, b, p)
