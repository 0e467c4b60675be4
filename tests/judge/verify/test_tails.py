"""Integrals over infinite intervals are said to exist just where the integrand falls off, by 50 digits far out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol, cos, exp, log, oo, sqrt

from deltasift import Integral, Sum, index, iverson, positive, real, sizes
from deltasift.conditions.finder import Finder
from deltasift.domain import closure
from deltasift.inert import Func
from deltasift.judge.context import Context, World
from deltasift.judge.proof import Checker
from deltasift.judge.term import make, read

K = sizes("K")
k = index("k", 1, K)
x, m, s, mu = real("x"), real("m"), positive("s"), real("mu", k)
PLACE = Context(World(closure((K, k, x, m, s, mu)), names=frozenset(d.symbol for d in (K, k, x, m, s, mu))))
FAR = mpmath.mpf(10) ** 40

Part = tuple[Any, Callable[[Any], Any]]
PARTS: list[Part] = [
    (x, lambda t: t),
    (1 + x * x, lambda t: 1 + t * t),
    (1 / (1 + x * x), lambda t: 1 / (1 + t * t)),
    (1 / (3 + 2 * x**2 + x**4), lambda t: 1 / (3 + 2 * t**2 + t**4)),
    (1 / sqrt(1 + x**2), lambda t: 1 / mpmath.sqrt(1 + t**2)),
    (exp(-(x**2)), lambda t: mpmath.exp(-(t**2))),
    (exp(-(x**2) / 2 + 3 * x), lambda t: mpmath.exp(-(t**2) / 2 + 3 * t)),
    (exp(x), mpmath.exp),
    (exp(-2 * x), lambda t: mpmath.exp(-2 * t)),
    (exp(-3 * abs(x - 1)), lambda t: mpmath.exp(-3 * abs(t - 1))),
    (1 / (1 + exp(-x)), lambda t: 1 / (1 + mpmath.exp(-t))),
    (log(2 + x * x), lambda t: mpmath.log(2 + t * t)),
    (log(1 + exp(x)), lambda t: mpmath.log1p(mpmath.exp(t))),
    (2 + cos(x), lambda t: 2 + mpmath.cos(t)),
    (abs(x), abs),
    (Func("Max", 2 - x, x), lambda t: max(2 - t, t)),
]
PRODUCTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4)


def exists(integral: Any) -> bool:
    """Tell whether an integral is shown to exist, by what the judge accepts."""
    goal = make("Integrable", (read(integral),))
    found = Finder().decide(goal, PLACE)
    assert found is None or Checker().accepts(goal, found, PLACE)
    return found is not None


def written(product: list[Part]) -> Any:
    whole: Any = 1
    for expr, _ in product:
        whole = whole * expr
    return whole


def size(product: list[Part], t: Any) -> Any:
    return mpmath.fprod(abs(value(t)) for _, value in product)


@given(st.lists(PRODUCTS, min_size=1, max_size=2))
def test_an_integral_exists_where_its_integrand_falls_off(terms: list[list[Part]]) -> None:
    integrand = sum(written(p) for p in terms)
    with mpmath.workdps(50):
        falls = all(size(p, t) * FAR < 1e-8 for p in terms for t in (FAR, -FAR))
    assert exists(Integral(integrand, x)) == falls


GAUSSIAN = exp(-((x - m) ** 2) / (2 * s**2))
SPREAD = Sum(exp(7 * x**2 / 10 + mu[k]), k)
INSIDE = Symbol("x")


@pytest.mark.parametrize(
    "integral",
    [
        Integral(GAUSSIAN * (x - m) ** 2, x),
        Integral(GAUSSIAN * log(GAUSSIAN), x),
        Integral(exp(-abs(x - m) / s), x),
        Integral(exp(-s * x), (INSIDE, 0, oo)),
        Integral(iverson(x > 0) * x * exp(-s * x), x),
        Integral(s / (x - 2) ** 2, (INSIDE, 3, oo)),
        Integral(x * Sum(exp(-((x - mu[k]) ** 2)), k), x),
        Integral(exp(-(x**2)) * cos(m * x) / (1 + (x - m) ** 2), x),
    ],
    ids=str,
)
def test_it_exists_for_all_parameters(integral: Any) -> None:
    assert exists(integral)


@pytest.mark.parametrize(
    "integral",
    [
        Integral(exp(-m * x * x), x),  # m may be 0 or below
        Integral(abs(x) / (1 + x * x), x),
        Integral(Func("Max", x * x, 1) / (1 + x * x), x),
        Integral(exp(-m * m * x * x), x),  # m may be 0
        Integral(exp(-s * x), x),  # the other end
        Integral(iverson(x < 0) * exp(-s * x), x),
        Integral(1 / (1 + x * x) / (m * m + exp(-(x**2))) * exp(-(x**2)) * (1 + x * x), x),  # m = 0: it is 1
        Integral(1 / (m * x + 3) ** 2, (INSIDE, 3, oo)),  # m = 0: it is 1/9
        Integral(s / (x - 2), (INSIDE, 3, oo)),
        Integral(1 / (x - 2) ** 2, (INSIDE, 1, oo)),  # its pole is inside
        Integral(Sum(exp(-mu[k] * x**2), k), x),
        Integral(exp(-(x**2)) * log(x), x),  # it has no value left of 0
        Integral(1, x),
        Integral(SPREAD * SPREAD * exp(-(x**2)), x),  # one of the two falls off beside the last factor, and both do not
        Integral(SPREAD / SPREAD, x),
    ],
    ids=str,
)
def test_it_may_not_exist(integral: Any) -> None:
    assert not exists(integral)
