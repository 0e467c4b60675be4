"""Expectations, variances and covariances under a pmf, a density, the row of a conditional law, or data.

References
----------
Feller (1968), chapter IX.
"""

from __future__ import annotations

from typing import Any

from deltasift.domain import Family, Index, Labels, Pmf, Reals
from deltasift.errors import DomainError
from deltasift.inert import Div, Integral, Mul, Node, Sum, inert, substitute
from deltasift.inert import Expectation as ExpectationNode
from deltasift.inert.signs import Form
from deltasift.quantities.information import DENSITIES
from deltasift.quantities.laws import conditional, is_discrete, marginal, one_index, operand
from deltasift.quantities.likelihood import _examples
from deltasift.quantities.record import named, quantity

FELLER = ("feller1968", "chapter IX")


def Expectation(integrand: Any, name: Any, distribution: Any) -> Node:
    """Return the expectation of an expression in `name` under a pmf, a density or the empirical distribution.

    Parameters
    ----------
    integrand : expression in `name`
    name : Index or Real, or a tuple of the indices of a joint law
    distribution : Pmf, Family, Row, Density, DefinedFunction, or a table of labels or points
        A row `r[x]` is the law of z given x. A table stands for its empirical distribution, `1/N sum_n f(x[n])`.
        Under a joint law of x and z it is the expectation over x of that over z given x.
    """
    if isinstance(name, tuple):
        return _of_several(integrand, name, distribution)
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


def _of_several(integrand: Any, names: tuple[Index, ...], p: Any) -> Node:
    """Return the expectation under a joint law: over the first index, then each other one given those before."""
    if not isinstance(p, Family) or not p.joint or set(names) != set(p.over):
        raise DomainError(f"{p} is no joint law of {', '.join(map(str, names))}")
    found = integrand
    for n in reversed(range(len(p.over))):
        own, before = marginal(p, p.over[n]), p.over[:n]
        law = own if not before or isinstance(own, Pmf) else conditional(p, p.over[n], before)[before]
        found = Expectation(found, p.over[n], law)
    assert isinstance(found, Node)
    return found


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
