"""A Dirac delta beside what jumps at its point is refused, and beside what only looks as if it did is not."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import (
    Abs,
    DiracDelta,
    Eq,
    Function,
    Heaviside,
    Integral,
    Max,
    Piecewise,
    S,
    Sum,
    floor,
    log,
    oo,
    sign,
    sqrt,
    symbols,
)

from deltasift.derive import collapse
from deltasift.errors import Undefined

x, a, b = symbols("x a b", real=True)
y = symbols("y", real=True)
n, m = symbols("n m", integer=True)
N = symbols("N", integer=True, positive=True)
f = Function("f")


def over(integrand: Any, lo: Any = -oo, hi: Any = oo) -> Integral:
    return Integral(integrand, (x, lo, hi))


@pytest.mark.parametrize(
    "line",
    [
        over(DiracDelta(x) * Heaviside(x)),
        over(DiracDelta(x) * sign(x), -1, 2),
        over(DiracDelta(x - a) * f(x) * Heaviside(2 * x - 2 * a)),
        over(DiracDelta(x - 1) * (x - floor(x))),
        over(Piecewise((x, x < 0), (1, True)) * DiracDelta(x)),
        over(Piecewise((x, (x > 0) & (x < 3)), (5, True)) * DiracDelta(2 * x - 6)),
        Integral(Heaviside(x - y) * DiracDelta(x - y), (x, -oo, oo), (y, 0, 1)),
    ],
    ids=str,
)
def test_beside_a_jump_there_is_no_value(line: Integral) -> None:
    with pytest.raises(Undefined, match="jumps"):
        collapse(line)


@pytest.mark.parametrize("rest", [1 / x, log(x), (x + 1) / x, 3 * log(x) * (x - 1)], ids=str)
def test_beside_what_has_no_value_there_is_none(rest: Any) -> None:
    with pytest.raises(Undefined, match="has no value at x = 0"):
        collapse(over(DiracDelta(x) * rest))


@pytest.mark.parametrize("order", [1, 2, 3])
@pytest.mark.parametrize("corner", [Abs(x), Max(x, 0), Piecewise((x**2, x < 0), (x, True)), sign(x) + x], ids=str)
def test_a_derivative_beside_a_corner_has_a_value_once_the_corner_is_flat(corner: Any, order: int) -> None:
    """`x**n*g(x)` has n derivatives, all continuous, for a continuous g with g(0) = 0; for a bounded g one fewer."""
    flat = order if corner.subs(x, 0) == 0 and not corner.has(sign) else order + 1
    assert collapse(over(x**flat * corner * DiracDelta(x, order))).result == 0
    with pytest.raises(Undefined, match="jumps"):
        collapse(over(x ** (flat - 1) * corner * DiracDelta(x, order)))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (over(DiracDelta(x - 1) * Heaviside(x)), 1),
        (over(DiracDelta(x - a) * Heaviside(x)), Heaviside(a)),
        (over(DiracDelta(x) * Heaviside(x), 1, 2), 0),
        (over(DiracDelta(x) / x, 2, 1), 0),
        (over(DiracDelta(x - S(3) / 2) * floor(x)), 1),
        (over(Piecewise((x, x < 0), (2 * x, True)) * DiracDelta(x)), 0),
        (over(Piecewise((2, Eq(x, 0)), (2, True)) * DiracDelta(x)), 2),
        (over(DiracDelta(x - 4) * sqrt(x)), 2),
    ],
    ids=str,
)
def test_elsewhere_there_is_one(line: Integral, value: Any) -> None:
    found = collapse(line)
    assert found.result == value
    assert found.report.ok, found.report.problems


@pytest.mark.parametrize(
    "line",
    [
        over(DiracDelta(x) * x * Heaviside(x)),
        over(DiracDelta(x) * (Heaviside(x) + Heaviside(-x))),
        over(DiracDelta(x - 1) * (x - 1) * floor(x)),
        over(Piecewise((x + 1, x < 0), (1 + 2 * x, True)) * DiracDelta(x)),
        over(DiracDelta(x - a) * floor(x)),
    ],
    ids=str,
)
def test_where_it_does_not_jump_nothing_is_refused(line: Integral) -> None:
    assert collapse(line).report.ok


def test_one_of_several_masses_on_an_end_is_refused() -> None:
    def comb(step: Any, hi: Any) -> Integral:
        return over(Sum(DiracDelta(x - step * n) * f(x), (n, 1, N)), 0, hi)

    for line in (comb(1, N), comb(2, 2 * N)):
        with pytest.raises(Undefined, match="end of its interval"):
            collapse(line)
    assert collapse(comb(1, N + 1)).result == Sum(f(n), (n, 1, N))
    assert collapse(comb(2, 2 * N + 1)).result == Sum(f(2 * n), (n, 1, N))


@pytest.mark.parametrize(
    "rest", [Heaviside(x**2), Piecewise((5, Eq(x, 0)), (x + 1, True)), Piecewise((5, Eq(x, 0)), (1, True))], ids=str
)
def test_what_is_another_at_the_point_than_beside_it_is_left_alone(rest: Any) -> None:
    assert collapse(over(rest * DiracDelta(x))).result.has(DiracDelta)
