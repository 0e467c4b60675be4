"""The evaluator against plain loops, and its conventions one by one."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol

from deltasift import (
    Integral,
    Piecewise,
    Product,
    Sum,
    define,
    delta,
    dirac,
    index,
    iverson,
    labels,
    log,
    pmf,
    real,
    sizes,
)
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.world import World
from deltasift.domain import closure
from deltasift.inert import ForAll
from deltasift.line.scope import Scope

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k)
x, u = real("x", n), real("u")
c = define("c", k, Sum(delta(k, y[n]), n) / N)
scope = Scope(closure([N, K, n, k, y, q, x, u, c]))

QS = [Fraction(1, 2), Fraction(0), Fraction(1, 2)]
YS = [1, 3, 3, 1]
XS = [Fraction(1), Fraction(-2), Fraction(1), Fraction(5)]
WORLD = World(
    {Symbol("N"): Fraction(4), Symbol("K"): Fraction(3), Symbol("u"): Fraction(7)},
    {
        Symbol("q"): {(i + 1,): v for i, v in enumerate(QS)},
        Symbol("y"): {(i + 1,): Fraction(v) for i, v in enumerate(YS)},
        Symbol("x"): {(i + 1,): v for i, v in enumerate(XS)},
    },
)


def value(e: object) -> float:
    balls = Balls(WORLD, scope)
    found = balls.value(e, {})  # type: ignore[arg-type]
    exact = balls.as_fraction(found)
    return float(found) if exact is None else float(exact)


CASES = [
    (Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), 4 * math.log(0.5)),
    (Sum(log(q[y[n]]), n), 4 * math.log(0.5)),
    (Sum(c[k], k), 1.0),
    (c[3], 0.5),
    (Product(q[y[n]], n), 0.5**4),
    (Sum(n, (n, 3, 2)), 0.0),
    (Sum(n, (n, 3, -5)), 0.0),
    (Product(n, (n, 3, -5)), 1.0),
    (q[2] * log(q[2]), 0.0),
    (q[2] * log(q[2] / q[1]), 0.0),
    (q[2] * log(q[2] / q[2]), 0.0),
    (q[2] ** delta(1, 2), 1.0),
    (delta(1, 2) / (N - 4), 0.0),
    (iverson(N <= 3) * log(q[2]), 0.0),
    (Piecewise((1, N <= 3), (2, N <= 4)), 2.0),
    (Integral(dirac(u - x[1]) * u**2, u), 1.0),
    (Integral(dirac(2 * u - 6) * u, u), 1.5),
    (Integral(dirac(6 - 2 * u) * u, u), 1.5),
    (Integral(Sum(dirac(u - x[n]), n) * u, u), 5.0),
    (Integral(dirac(u - x[4]) * u, (u, 0, 4)), 0.0),
    (Integral(dirac(u - x[1]) * u, (u, 4, 0)), -1.0),
    (Integral(dirac(u - x[4]) * u, (u, 4, 0)), 0.0),
    (dirac(u), 0.0),  # u is not 0
]


@pytest.mark.parametrize(("expr", "expected"), CASES, ids=[str(e) for e, _ in CASES])
def test_value(expr: object, expected: float) -> None:
    assert value(expr) == pytest.approx(expected, abs=1e-15)


def test_a_bound_name_of_point_masses_is_not_the_free_one() -> None:
    """The sum in front of `n` binds a name of its own, whether the outer one is bound or given."""
    masses = Integral(Sum(dirac(u), (n, 1, 2)) * n, u)
    assert value(Sum(masses, (n, 1, 3))) == 2 * (1 + 2 + 3)
    given_n = World({**WORLD.numbers, Symbol("n"): Fraction(3)}, WORLD.tables)
    assert Balls(given_n, scope).value(masses, {}) == 6


NONE = [
    log(q[2]),
    0 * log(q[2]),
    q[1] * log(q[2]),
    1 / (N - 4),
    0 / (N - 4),
    (N - 4) / (N - 4),
    log(-N),
    q[4],
    y[0],
    Piecewise((1, N <= 3)),
    (x[2]) ** u / 0,
    Integral(dirac(u - x[1]) * u, (u, 1, 4)),
    Integral(dirac(u) * dirac(u), u),
]


@pytest.mark.parametrize("expr", NONE, ids=str)
def test_no_value(expr: object) -> None:
    with pytest.raises(NoValue):
        value(expr)


@pytest.mark.parametrize("expr", [Integral(u**2, u), Sum(n, (n, 1, Symbol("oo_") + 0 * N))], ids=str)
def test_not_covered(expr: object) -> None:
    with pytest.raises(NotCovered):
        value(expr)


@pytest.mark.parametrize("levels", [100, 399, 5000])
def test_deep_nesting_has_a_value_or_is_not_covered(levels: int) -> None:
    e = n.symbol * u
    for _ in range(levels):
        e = Sum(e, (n, 1, 1))
    if levels > 100:
        with pytest.raises(NotCovered, match="nesting"):
            value(e)
    else:
        assert value(e) == 7


def test_statements() -> None:
    balls = Balls(WORLD, scope)
    assert balls.holds(ForAll(y[n] <= K, n), {})
    assert not balls.holds(ForAll(q[k] > 0, k), {})


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=6),
    st.lists(st.integers(1, 9), min_size=4, max_size=4),
)
def test_the_double_sum_collapses(labels_: list[int], weights: list[int]) -> None:
    """Against loops over Python floats."""
    total = sum(weights)
    world = World(
        {Symbol("N"): Fraction(len(labels_)), Symbol("K"): Fraction(4)},
        {
            Symbol("y"): {(i + 1,): Fraction(v) for i, v in enumerate(labels_)},
            Symbol("q"): {(i + 1,): Fraction(w, total) for i, w in enumerate(weights)},
        },
    )
    balls = Balls(world, scope)
    found = balls.value(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), {})
    expected = -sum(math.log(weights[v - 1] / total) for v in labels_) / len(labels_)
    assert float(found) == pytest.approx(expected, rel=1e-12)
