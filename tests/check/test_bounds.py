"""Values that are bounded by other values: drawn, walked through and made simpler without ever leaving their ranges."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import Sum, calc, delta, index, iverson, labels, real, sizes, step
from deltasift.calc import page_of
from deltasift.check import check
from deltasift.check.allowed import is_allowed
from deltasift.check.checker import page_scope
from deltasift.check.finite import Models
from deltasift.check.sampling import Sampler, generator
from deltasift.errors import DomainError
from deltasift.rules import arithmetic

N = sizes("N")
n = index("n", 1, N)
j = index("j", n, N)  # j comes before n in the alphabet, and after it in need
u, x = real("u"), real("x")
v = real("v", above=u)
w = real("w", above=n)
z = labels("z", n, 1, j)
GIVEN = (N, n, j, u, x, v, w, z)

TRUE: dict[str, tuple[Any, Any]] = {
    "an index above another": (iverson(n <= j) * x, 1 * x),
    "a real above another": (iverson(u < v) + 0 * u, 1 + 0 * u),
    "a real above an index": (iverson(n < w) + 0 * n, 1 + 0 * n),
    "labels up to an index": (Sum(iverson(z[n] <= j), n) + 0 * j, N + 0 * j),
}
FALSE: dict[str, tuple[Any, Any, str]] = {
    "an index above another": (delta(n, j) * x, 1 * x, "at N = 2, j = 2, n = 1, x = 1: 0 before, 1 after"),
    "a real above another": (v * iverson(v < 2), v + 0 * u, "at u = 0, v = 2: 0 before, 2 after"),
    "a real above an index": (iverson(w > 2) + 0 * n, 1 + 0 * n, "at N = 1, n = 1, w = 2: 0 before, 1 after"),
    "labels up to an index": (
        Sum(iverson(z[n] < j), n) + 0 * j,
        N + 0 * j,
        "at N = 1, j = 1, n = 1, z[1] = 1: 0 before, 1 after",
    ),
    "a triangle": (Sum(Sum(1, j), n), N * N, "at N = 2: 3 before, 4 after"),
}


def problems(before: Any, after: Any) -> tuple[str, ...]:
    page = page_of(calc(before, step(after, by=arithmetic)), GIVEN)
    return check(page, layers=("models", "numbers")).problems


@pytest.mark.parametrize("name", TRUE)
def test_a_line_that_is_true_within_the_bounds_is_not_refuted(name: str) -> None:
    assert problems(*TRUE[name]) == ()


@pytest.mark.parametrize("name", FALSE)
def test_a_counterexample_keeps_the_bounds(name: str) -> None:
    before, after, where = FALSE[name]
    assert where in problems(before, after)[0]


def test_whatever_is_drawn_or_walked_through_is_allowed() -> None:
    page = page_of(calc(x + j, step(j + x, by=arithmetic)), GIVEN)
    scope = page_scope(page)
    sampler, rng = Sampler(scope), generator("bounds")
    drawn = [sampler.draw(rng, {N.symbol: 1 + i % 4}) for i in range(40)]
    walked = [world for world, _ in Models(scope, (), [x + j, n + z[n]])]
    assert all(world is not None and is_allowed(sampler, world) for world in drawn)
    assert {(int(w.numbers[n.symbol]), int(w.numbers[j.symbol])) for w in walked} == {
        (a, b) for b in (1, 2, 3) for a in range(1, b + 1)
    }


def test_a_table_whose_rows_differ_in_length_is_said_to_be_that() -> None:
    t = real("t", n, j)
    with pytest.raises(DomainError, match="t, whose rows are not of one length"):
        check(page_of(calc(t[n, j] + 0, step(t[n, j], by=arithmetic)), (*GIVEN, t)))
