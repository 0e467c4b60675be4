"""Sums and products whose index is shifted: in one step, at one or several places, and nowhere else."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, S, Symbol
from sympy.core.basic import Basic

from deltasift import Product, Sum, calc, delta, index, labels, log, pmf, real, sizes, step
from deltasift.check.balls import Balls
from deltasift.check.world import World
from deltasift.inert import Node, inert
from deltasift.line.scope import Scope
from deltasift.match.shift import shifted
from deltasift.rules import prod_shift, sum_shift
from strategies import INDICES, countable

N, K, a = sizes("N K a")
n, k = index("n", 1, N), index("k", 1, K)
y, q, x = labels("y", n, k), pmf("q", k, positive=True), real("x", n)
i, j = Symbol("i"), Symbol("j")

TERM = delta(y[i + 1], j + 1) * log(q[j + 1])
RIGHT = [
    (Sum(x[i + 1], (i, 0, N - 1)), Sum(x[n], n), sum_shift),
    (Sum(x[n], n), Sum(x[i + 1], (i, 0, N - 1)), sum_shift),
    (-Sum(i * x[i + 1], (i, 0, N - 1)) / N, -Sum((n - 1) * x[n], n) / N, sum_shift),
    (Sum(Sum(TERM, (j, 0, K - 1)), (i, 0, N - 1)), Sum(Sum(delta(y[n], k) * log(q[k]), k), n), sum_shift),
    (Sum(Sum(x[i + 1] * x[j], (j, 1, i + 1)), (i, 0, N - 1)), Sum(Sum(x[n] * x[j], (j, 1, n)), n), sum_shift),
    (Sum(i, (i, 0, N)), Sum(i - a, (i, a, N + a)), sum_shift),
    (Sum(i, (i, 3, 1)), Sum(i + 5, (i, -2, -4)), sum_shift),
    (Product(x[i + 1], (i, 0, N - 1)), Product(x[n], n), prod_shift),
    (Sum(x[i + 1], (i, 0, N - 1)) + Sum(x[j + 1], (j, 0, N - 1)), Sum(x[n], n) + Sum(x[n], n), sum_shift),
]
WRONG = [
    (Sum(x[i + 1], (i, 0, N - 1)), Sum(x[i], (i, 0, N - 1)), sum_shift),
    (Sum(x[i + 1], (i, 0, N - 1)), Sum(x[i + 1], (i, 1, N)), sum_shift),
    (Sum(i * x[i + 1], (i, 0, N - 1)), Sum(n * x[n], n), sum_shift),
    (Sum(x[i + 1], (i, 0, N - 1)), Sum(x[n], (n, 1, N - 1)), sum_shift),
    (Sum(x[i + 1], (i, 0, N - 1)), Product(x[n], n), sum_shift),
    (Product(x[i + 1], (i, 0, N - 1)), Product(x[n], n), sum_shift),
    (Sum(x[i + 1], (i, 0, N - 1)), Sum(x[n], n), prod_shift),
    (Sum(1, (i, 0, 1)), Sum(1, (i, S(1) / 2, S(3) / 2)), sum_shift),
    (Sum(i * Sum(j, (j, 0, i)), (i, 0, N)), Sum((i - 1) * Sum(j, (j, 0, i)), (i, 1, N + 1)), sum_shift),
]


@pytest.mark.parametrize(("before", "after", "rule"), RIGHT)
def test_a_shift_is_one_step(before: Node, after: Node, rule: Any) -> None:
    assert calc(before, step(after, by=rule)).report.problems == ()


@pytest.mark.parametrize(("before", "after", "rule"), WRONG)
def test_what_is_no_shift_is_refused(before: Node, after: Node, rule: Any) -> None:
    assert f"line 2: {rule} does not give this line" in calc(before, step(after, by=rule)).report.problems


def value(e: Basic, names: dict[Symbol, int]) -> Fraction | None:
    class Loops(Balls):
        def density(self, name: Basic, z: Any) -> Any:
            return z

        def applied(self, name: Basic, args: list[Any]) -> Any:
            first, second = args
            return 2 * first * first - 3 * second + 1

    balls = Loops(World({s: Fraction(v) for s, v in names.items()}), Scope(integers=frozenset(INDICES)))
    return balls.as_fraction(balls.value(e, {}))


@given(
    countable,
    st.sampled_from(INDICES),
    st.integers(-2, 2),
    st.integers(-2, 3),
    st.sampled_from([*map(Integer, (-2, -1, 1, 2)), *INDICES]),
    st.lists(st.integers(-2, 3), min_size=3, max_size=3),
)
def test_a_shifted_sum_has_the_same_value(
    body: Node, name: Symbol, lo: int, hi: int, by: Basic, values: list[int]
) -> None:
    names = dict(zip(INDICES, values, strict=True))
    if by == name:
        by = Integer(1)
    for head in (Sum, Product):
        e = head(body, (name, lo, hi))
        moved = shifted(e, inert(by))
        assert value(moved, names) == value(e, names)
