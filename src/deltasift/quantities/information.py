"""Entropies, divergences and informations, with the natural logarithm and 0 log 0 = 0.

References
----------
Cover and Thomas (2006), chapter 2. Lin (1991), section IV, for the divergence of Jensen and Shannon.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deltasift.domain import DefinedFunction, Density, Family, Index, Pmf, Reals
from deltasift.errors import DomainError
from deltasift.inert import Add, Div, Integral, Log, Mul, Neg, Node, Sum
from deltasift.inert.signs import Form
from deltasift.quantities.laws import is_discrete, marginal, one_index, outcomes, summed
from deltasift.quantities.record import named, quantity

DENSITIES = (Density, DefinedFunction)
Body = Callable[[Any, Any], Any]  # of a probability and another one


def _real_variable(*distributions: Any) -> Reals:
    for d in distributions:
        if isinstance(d, DefinedFunction):
            return d.variable
    return Reals("x", ())


def _over_all(p: Any, q: Any, body: Body) -> Node:
    """Return the sum over all outcomes of p, or the integral, of a body of p and q there.

    Of a joint law p, q is one of as many indices, joint or with one row for each value of the first ones.
    """
    if is_discrete(p) and is_discrete(q):
        indices = outcomes(p)
        if len(q.over) != len(indices):
            raise DomainError(f"{p} and {q} are not distributions over the same values")
        return summed(body(p[indices], q[indices]), indices)
    if isinstance(p, DENSITIES) and isinstance(q, DENSITIES):
        x = _real_variable(p, q)
        return Integral(body(p(x), q(x)), x)
    raise DomainError(f"{p} and {q} are not distributions over the same values")


@quantity("H", "the entropy", distributions=(0,), latex=r"\mathrm{H}")
@quantity("h", "the differential entropy", distributions=(0,), latex=r"\mathrm{h}")
def Entropy(p: Any) -> Node:
    """Return `H(p) = -sum_k p[k] log p[k]`; for a density the differential entropy `h(p)`."""
    definition = Neg(_over_all(p, p, lambda a, b: a * Log(b)))
    return named("H" if is_discrete(p) else "h", definition, p)


@quantity("H", "the cross entropy", operands=(2,), distributions=(0, 1), latex=r"\mathrm{H}")
def CrossEntropy(p: Any, q: Any) -> Node:
    """Return `H(p, q) = -sum_k p[k] log q[k]`, or the integral for densities.

    Of a joint law `p[x, k]` and laws `q[x, k]` of k for each x it is `-sum_x sum_k p[x, k] log q[x, k]`.
    """
    return named("H", Neg(_over_all(p, q, lambda a, b: a * Log(b))), p, q)


@quantity("KL", "the K L divergence", operands=(2,), form=Form.COMPARED, distributions=(0, 1))
def KL(p: Any, q: Any) -> Node:
    """Return `KL(p || q) = sum_k p[k] log(p[k] / q[k])`, or the integral for densities."""
    return named("KL", _over_all(p, q, lambda a, b: a * Log(a / b)), p, q)


@quantity(
    "JS",
    "the Jensen Shannon divergence",
    operands=(2,),
    form=Form.COMPARED,
    distributions=(0, 1),
    source=("lin1991", "section IV"),
)
def JensenShannon(p: Any, q: Any) -> Node:
    """Return `JS(p || q)`, the mean of the divergences of p and of q from their mean."""
    parts = [_over_all(a, b, lambda a, b: a * Log(a / Div(Add(a, b), 2))) for a, b in ((p, q), (q, p))]
    return named("JS", Add(*(Mul(Div(1, 2), part) for part in parts)), p, q)


def _rows(p: Any, r: Any) -> tuple[Any, Any]:
    """Return the index of p and the last one of r, which has a law for each value of that."""
    x = one_index(p)
    if not is_discrete(p) or not isinstance(r, (Pmf, Family)) or len(r.over) != 2 or r.over[0].limit[1:] != x.limit[1:]:
        raise DomainError(f"{r} has no law for each value of {x}")
    return x, r.over[1]


@quantity("H given", "the conditional entropy", operands=(2,), form=Form.GIVEN, distributions=(0, 1), text="H")
def ConditionalEntropy(r: Any, p: Any) -> Node:
    """Return `H(r | p) = -sum_x p[x] sum_z r[x, z] log r[x, z]`, for laws `r[x, z]` of z for each x and a law p of x.

    Of a joint law `p` it is `ConditionalEntropy(conditional(p, z), marginal(p, x))`.
    """
    x, z = _rows(p, r)
    return named("H given", Neg(Sum(p[x] * Sum(r[x, z] * Log(r[x, z]), z), x)), r, p)


@quantity("I", "the mutual information", operands=(1, 2), distributions=(0, 1), latex=r"\mathrm{I}")
def MutualInformation(p: Any, r: Any = None) -> Node:
    """Return the mutual information of a joint law of two indices, or of a law `p[x]` and laws `r[x, z]` for each x.

    `I(p) = sum_x sum_z p[x, z] log(p[x, z] / (p_x[x] p_z[z]))`, or
    `I(p, r) = sum_x p[x] sum_z r[x, z] log(r[x, z] / sum_x p[x] r[x, z])`.
    """
    if r is not None:
        x, z = _rows(p, r)
        other = Index(x.name + "'", x.lo, x.hi, x.origin)
        total = Sum(p[other] * r[other, z], other)
        return named("I", Sum(p[x] * Sum(r[x, z] * Log(r[x, z] / total), z), x), p, r)
    if not isinstance(p, Family) or not p.joint or len(p.over) != 2:
        raise DomainError(f"{p} is no joint law of two indices")
    x, z = p.over
    return named("I", Sum(Sum(p[x, z] * Log(p[x, z] / (marginal(p, x)[x] * marginal(p, z)[z])), z), x), p)
