"""Lines that hold below the bound and fail at it: none of them may be said to hold at all sizes."""

from __future__ import annotations

from math import prod
from typing import Any

import pytest

from deltasift import Sum, assert_equal, check, delta, index, labels, log, pmf, positive, real, sizes
from deltasift.calc import calc, step
from deltasift.check.small import all_sizes
from deltasift.domain import closure
from deltasift.inert import Add, Div, Product, inert
from deltasift.line.scope import Scope
from deltasift.rules import arithmetic

N, K = sizes("N K")
n, m = index("n", 1, N), index("m", 1, N)
k, j = index("k", 1, K), index("j", 1, K)
y = labels("y", n, k)
x, w = real("x", n), positive("w", n)
z = real("z", n, k)
q, r, rows = pmf("q", k), pmf("r", k, positive=True), pmf("s", k, given=n)
SCOPE = Scope(closure((N, K, n, m, k, j, y, x, w, z, q, r, rows)))


def power_sum(entry: Any, i: int, over: Any) -> Any:
    return Sum(entry**i, over)


def elementary_4(entry: Any, over: Any) -> Any:
    """24 times the sum of all products of four different entries, by Newton's identities."""
    p1, p2, p3, p4 = (power_sum(entry, i, over) for i in (1, 2, 3, 4))
    return p1**4 - 6 * p1**2 * p2 + 3 * p2**2 + 8 * p1 * p3 - 6 * p4


def vanishing(size: Any, up_to: int) -> Any:
    """A polynomial in a size that is 0 up to a number."""
    return prod((size - i for i in range(2, up_to + 1)), start=inert(size) - 1)


P2, P3, P4 = (power_sum(q[k], i, k) for i in (2, 3, 4))

NEAR = {
    "anchors": (vanishing(N, 3), 0),
    "anchors of two sorts": (vanishing(N, 2) * vanishing(K, 2), 0),
    "a divisor": (vanishing(N, 3) / N**2, 0),
    "a divisor that is a total of weights": (vanishing(N, 2) * x[n] / Sum(w[m], m), 0),
    "elementary symmetric": (elementary_4(x[n], n), 0),
    "the total of a pmf": (elementary_4(q[k], k), 0),
    "the total of a pmf, used": (
        1
        - 6 * power_sum(q[k], 2, k)
        + 3 * power_sum(q[k], 2, k) ** 2
        + 8 * power_sum(q[k], 3, k)
        - 6 * power_sum(q[k], 4, k),
        0,
    ),
    "the totals of rows": (Sum(elementary_4(rows[n, k], k), n), 0),
    "labels": (Sum(Sum(z[n, k], k) - z[n, y[n]], n) * (K - 1) * vanishing(K, 3), 0),
    "how many labels there are": (vanishing(Sum(1 - Product(1 - delta(k, y[n]), n), k), 3), 0),
    "a part that is replaced": (Product(x[n], n) * vanishing(N, 3), 0),
    "under a logarithm": (log(Add(1, Div(vanishing(N, 3), 1))) + 0 * x[n], 0),
}


@pytest.mark.parametrize("name", NEAR)
def test_a_line_that_fails_at_a_larger_size_is_not_decided(name: str) -> None:
    before, after = map(inert, NEAR[name])
    assert not all_sizes(before, after, SCOPE).decided


@pytest.mark.parametrize("name", ["anchors", "elementary symmetric", "the total of a pmf, used"])
def test_a_difference_above_the_usual_sizes_is_found_in_models(name: str) -> None:
    before, after = map(inert, NEAR[name])
    report = check(calc(before, step(after, by=arithmetic)), layers=("models",))
    [found] = [c for c in report.lines[1].checks if c.kind == "models"]
    assert found.status == "failed"
    assert found.counterexample is not None
    assert "= 4" in found.counterexample.where()


TRUE = {
    "a collapse": (Sum(Sum(delta(k, y[n]) * log(r[k]), k), n), Sum(log(r[y[n]]), n)),
    "a sum of numbers": (Sum(k, k), K * (K + 1) / 2),
    "a total": (Sum(q[k], k), 1),
    "totals of rows": (Sum(Sum(rows[n, k], k), n), N),
    "a covariance": (
        Sum(q[k] * (inert(k) - Sum(q[j] * j, j)) ** 2, k),
        Sum(q[k] * k**2, k) - Sum(q[k] * k, k) ** 2,
    ),
    "a weighted mean": (Sum(w[n] * x[n], n) / Sum(w[n], n), Sum(w[n] / Sum(w[m], m) * x[n], n)),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_true_line_is_decided_at_all_sizes_and_that_is_a_proof(name: str) -> None:
    before, after = map(inert, TRUE[name])
    assert all_sizes(before, after, SCOPE).proved
    assert_equal(*TRUE[name])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Sum(x[n] / (N * (4 - N)), n), Sum(x[n], n) / (N * (4 - N))),
        (Sum(q[k] * log(q[k] / r[k]), k) - Sum(log(q[k]), k), Sum(q[k] * log(q[k] / r[k]), k) - Sum(log(q[j]), j)),
        (Sum(x[n] / Sum(x[m], m), n), Sum(x[n], n) / Sum(x[m], m)),
    ],
    ids=str,
)
def test_lines_that_may_have_no_value_are_equal_where_both_have_one(before: Any, after: Any) -> None:
    found = all_sizes(inert(before), inert(after), SCOPE)
    assert found.decided
    assert not found.valued
    assert "where both lines have a value" in found.words
    with pytest.raises(AssertionError):
        assert_equal(before, after)
