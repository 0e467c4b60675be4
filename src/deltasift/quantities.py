"""Entropies, divergences, likelihoods and expectations: names with definitions that unfold and fold.

The definitions are those of Cover and Thomas (2006), chapter 2, and of Murphy (2022), sections 4.2 and 6.2, with the
natural logarithm and 0 log 0 = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sympy import Symbol, pi
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Density, Domain, Family, Index, Labels, Pmf, Real
from deltasift.errors import DomainError
from deltasift.inert import (
    Add,
    Div,
    Exp,
    Integral,
    Log,
    Mul,
    Named,
    Neg,
    Node,
    Pow,
    Product,
    Sum,
    inert,
    sqrt,
    substitute,
)
from deltasift.inert import Expectation as ExpectationNode

Discrete = (Pmf, Family)
Continuous = (Density, DefinedFunction)


def _real_variable(*distributions: Any) -> Real:
    for d in distributions:
        if isinstance(d, DefinedFunction):
            return d.variable
    return Real("x", ())


def _log_weighted(p: Any, q: Any) -> Node:
    """Return the sum or the integral of p log q."""
    if isinstance(p, Discrete) and isinstance(q, Discrete):
        k = _one_index(p)
        return Sum(p[k] * Log(q[k]), k)
    if isinstance(p, Continuous) and isinstance(q, Continuous):
        x = _real_variable(p, q)
        return Integral(p(x) * Log(q(x)), x)
    raise DomainError(f"{p} and {q} are not distributions over the same values")


def _one_index(p: Any) -> Index:
    over: tuple[Index, ...] = p.over
    if len(over) != 1:
        raise DomainError(f"{p} is not one distribution but a family: name its index")
    return over[0]


def Entropy(p: Any) -> Node:
    """Return `H(p) = -sum_k p[k] log p[k]`; for a density the differential entropy `h(p)`."""
    return Named("H" if isinstance(p, Discrete) else "h", Neg(_log_weighted(p, p)), p)


def CrossEntropy(p: Any, q: Any) -> Node:
    """Return `H(p, q) = -sum_k p[k] log q[k]`, or the integral for densities."""
    return Named("H", Neg(_log_weighted(p, q)), p, q)


def KL(p: Any, q: Any) -> Node:
    """Return `KL(p || q) = sum_k p[k] log(p[k] / q[k])`, or the integral for densities."""
    if isinstance(p, Discrete) and isinstance(q, Discrete):
        k = _one_index(p)
        body: Node = Sum(p[k] * Log(p[k] / q[k]), k)
    elif isinstance(p, Continuous) and isinstance(q, Continuous):
        x = _real_variable(p, q)
        body = Integral(p(x) * Log(p(x) / q(x)), x)
    else:
        raise DomainError(f"{p} and {q} are not distributions over the same values")
    return Named("KL", body, p, q)


def _probability(q: Any, y: Labels | Real) -> tuple[Node, Index]:
    """Return the probability that q gives to example n, and n."""
    if not isinstance(y, (Labels, Real)) or len(y.over) != 1:
        raise DomainError(f"{y} is not a table of labels or of points")
    n = y.over[0]
    if isinstance(q, Continuous):
        return q(y[n]), n
    if isinstance(q, Discrete) and isinstance(y, Labels):
        return (q[y[n]] if len(q.over) == 1 else q[n, y[n]]), n
    raise DomainError(f"{q} gives no probability to an entry of {y}")


def _examples(n: Index) -> Any:
    """Return the number of values of an index: N for 1..N and for 0..N - 1."""
    if n.lo == 1:
        return n.hi
    if n.lo == 0 and isinstance(n.hi, Add) and len(n.hi.args) == 2 and n.hi.args[1] == Neg(1):
        return n.hi.args[0]
    return n.hi - n.lo + 1


def Likelihood(q: Any, y: Any) -> Node:
    """Return `L(q; y) = prod_n q[y[n]]`."""
    probability, n = _probability(q, y)
    return Named("L", Product(probability, n), q, y)


def LogLikelihood(q: Any, y: Any) -> Node:
    """Return `log prod_n q[y[n]]`."""
    return Named("logL", Log(Likelihood(q, y)), q, y)


def NLL(q: Any, y: Any) -> Node:
    """Return the negative log-likelihood `-sum_n log q[y[n]]`."""
    probability, n = _probability(q, y)
    return Named("NLL", Neg(Sum(Log(probability), n)), q, y)


def AverageNLL(q: Any, y: Any) -> Node:
    """Return the average negative log-likelihood `-1/N sum_n log q[y[n]]`."""
    probability, n = _probability(q, y)
    return Named("avgNLL", Mul(Div(-1, _examples(n)), Sum(Log(probability), n)), q, y)


def BinaryCrossEntropy(y: Labels, s: Any) -> Node:
    """Return `-1/N sum_n (y[n] log s[n] + (1 - y[n]) log(1 - s[n]))` for labels in {0, 1}."""
    n = y.over[0]
    term = y[n] * Log(s[n]) + (1 - y[n]) * Log(1 - s[n])
    return Named("BCE", Mul(Div(-1, _examples(n)), Sum(term, n)), y, s)


def Expectation(integrand: Any, name: Any, distribution: Domain) -> Node:
    """Return the expectation of an expression in `name` under a pmf, a density or the empirical distribution.

    Parameters
    ----------
    integrand : expression in `name`
    name : Index or Real
    distribution : Pmf, Family, Density, DefinedFunction, or a table of labels or points
        A table stands for its empirical distribution, `1/N sum_n f(x[n])`.
    """
    if isinstance(distribution, Discrete):
        definition: Node = Sum(distribution[name] * integrand, name)
    elif isinstance(distribution, Continuous):
        definition = Integral(distribution(name) * integrand, name)
    elif isinstance(distribution, (Labels, Real)) and len(distribution.over) == 1:
        n = distribution.over[0]
        term = substitute(inert(integrand), {name.symbol: distribution[n]})
        definition = Mul(Div(1, _examples(n)), Sum(term, n))
    else:
        raise DomainError(f"{distribution} is not a distribution")
    return ExpectationNode(integrand, name, definition, distribution)


class Quantity(NamedTuple):
    """What a named quantity is.

    Attributes
    ----------
    make : callable
        Returns the quantity with its definition, of its operands.
    distributions : tuple of int
        Which of the operands have to be distributions.
    """

    make: Callable[..., Node]
    distributions: tuple[int, ...]


# By the head and the number of operands.
QUANTITIES: Mapping[tuple[str, int], Quantity] = {
    ("H", 1): Quantity(Entropy, (0,)),
    ("h", 1): Quantity(Entropy, (0,)),
    ("H", 2): Quantity(CrossEntropy, (0, 1)),
    ("KL", 2): Quantity(KL, (0, 1)),
    ("L", 2): Quantity(Likelihood, ()),
    ("logL", 2): Quantity(LogLikelihood, ()),
    ("NLL", 2): Quantity(NLL, ()),
    ("avgNLL", 2): Quantity(AverageNLL, ()),
    ("BCE", 2): Quantity(BinaryCrossEntropy, ()),
}


def distributions_of(e: Basic) -> tuple[Basic, ...]:
    """Return the operands of a quantity that have to be distributions."""
    if isinstance(e, Named):
        known = QUANTITIES.get((e.head, len(e.operands)))
        return tuple(e.operands[i] for i in known.distributions) if known is not None else ()
    return (e.distribution,) if isinstance(e, ExpectationNode) else ()


def meant(e: Named | ExpectationNode, domains: Mapping[Symbol, Domain]) -> Node | None:
    """Return the quantity of this name, of these operands, None where there is none."""
    operands = e.operands if isinstance(e, Named) else (e.distribution,)
    handles = [domains.get(o) for o in operands if isinstance(o, Symbol)]
    known = QUANTITIES.get((e.head, len(operands))) if isinstance(e, Named) else None
    if len(handles) < len(operands) or None in handles or (isinstance(e, Named) and known is None):
        return None
    try:
        if known is not None:
            return known.make(*handles)
        distribution: Any = handles[0]
        name: Any = Real(e.args[1].name, ())
        if isinstance(distribution, Discrete):
            name = Index(name.name, distribution.classes.lo, distribution.classes.hi)
        return Expectation(e.args[0], name, distribution)
    except (DomainError, AttributeError):  # the operands are not what the quantity is of
        return None


def gaussian_pdf(x: Any, mean: Any, scale: Any) -> Node:
    """Return the density of the normal distribution, `exp(-(x - mean)**2 / (2 scale**2)) / (scale sqrt(2 pi))`."""
    density: Node = Exp(Neg(Div(Pow(x - mean, 2), Mul(2, Pow(scale, 2))))) / (scale * sqrt(Mul(2, pi)))
    return density
