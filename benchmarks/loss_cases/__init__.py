"""Losses as people write them, each with the formula that it is to be; some are wrong, as they are wrong in public.

A case is right where the function computes the formula for all sizes and data, in the arithmetic of the reals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deltasift import (
    Max,
    Sum,
    assuming,
    define,
    exp,
    index,
    labels,
    log,
    pmf,
    positive,
    real,
    sigma,
    sizes,
)

__all__ = ["CASES", "Loss", "assuming", "define", "loss"]


@dataclass(frozen=True)
class Loss:
    """A function and the formula that it is, or is not.

    Attributes
    ----------
    name : str
    library : str
    function : callable
    given : dict
        What its parameters are.
    formula : expression
    right : bool
    facts : tuple
        What is given beside the domains.
    """

    name: str
    library: str
    function: Callable[..., Any]
    given: dict[str, Any]
    formula: Any
    right: bool
    facts: tuple[Any, ...] = ()


CASES: list[Loss] = []


def loss(library: str, formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Callable[[Any], Any]:
    """Add a function to the cases."""

    def added(function: Callable[..., Any]) -> Callable[..., Any]:
        CASES.append(Loss(function.__name__, library, function, given, formula, right, tuple(facts)))
        return function

    return added


N, K, T = sizes("N K T")
n, k, s = index("n", 1, N), index("k", 1, K), index("s", 1, T)
i, j = index("i", 1, N), index("j", 1, K)
y = labels("y", n, k)
t = labels("t", n, 0, 1)
z, z2 = real("z", n, k), real("r", n, k)
x, u = real("x", n), real("u", n)
q = pmf("q", k, given=n, positive=True)
p = pmf("p", k, given=n, positive=True)
w = positive("w", k)
c = positive("c", n)
v = positive("v", n)
h = real("h", n, k)
prob = real("prob", n, above=0, below=1)
sign = labels("e", n, 0, 1)
alpha, tau = real("alpha", above=0, below=1), positive("tau")


def lse(n: Any) -> Any:
    """Return the logarithm of the sum of the exponentials of a row of z."""
    return log(Sum(exp(z[n, k]), k))


def log_p(n: Any, k: Any) -> Any:
    """Return the logarithm of the softmax of z."""
    return z[n, k] - lse(n)


CE = Sum(lse(n) - z[n, y[n]], n) / N
CE_SUM = Sum(lse(n) - z[n, y[n]], n)
WEIGHTED = Sum(w[y[n]] * (lse(n) - z[n, y[n]]), n) / Sum(w[y[n]], n)
BCE = -Sum(t[n] * log(sigma(x[n])) + (1 - t[n]) * log(1 - sigma(x[n])), n) / N
BCE_OF = -Sum(t[n] * log(prob[n]) + (1 - t[n]) * log(1 - prob[n]), n) / N
KL_MEAN = Sum(Sum(p[n, k] * log(p[n, k] / q[n, k]), k), n) / N
MSE = Sum((x[n] - u[n]) ** 2, n) / N
GAUSS = Sum((log(v[n]) + (u[n] - x[n]) ** 2 / v[n]) / 2, n) / N
HINGE = Sum(Max(0, 1 - (2 * t[n] - 1) * x[n]), n) / N
