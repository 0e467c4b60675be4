"""Finite models of orders: what they pass is an order, and what may be none they leave open."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import Sum, define, exp, index, labels, log, pmf, positive, real, sizes
from deltasift.check.models import check_models
from deltasift.check.report import CheckResult
from deltasift.domain import closure
from deltasift.inert import free, inert
from deltasift.line.scope import Scope

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
a, c, s, t = real("a"), real("c"), positive("s"), real("t", above=0)
x, w = real("x", n), positive("w", n)
q, p, r, y = pmf("q", k), pmf("p", k), pmf("r", k, positive=True), labels("y", n, k)
g = define("g", n, a * x[n])
EVERY = closure((N, K, n, k, a, c, s, t, x, w, q, p, r, y, g))


def models(before: Any, after: Any, varying: Any, relation: str = "same order") -> CheckResult:
    lines = inert(before), inert(after)
    scope = Scope(closure({EVERY[s] for e in lines for s in free(e)}))
    [found] = check_models([(*lines, relation, varying.symbol)], scope)
    return found


@pytest.mark.parametrize(
    ("before", "after", "varying"),
    [
        (a, a + c, a),
        (a**2, 3 * a**2 + c, a),
        (a, s * a / N, a),
        (exp(a), s * exp(a) - log(s), a),
        (Sum(w[n] * x[n], n) / N, Sum(w[n] * x[n], n) / s, x),
        (Sum(g[n], n), Sum(g[n], n) * w[n] + c, x),
        (Sum(q[k] ** 2, k), Sum(q[k] ** 2, k) / N - Sum(p[k] ** 2, k), q),
        (Sum((q[k] - p[k]) ** 2, k), Sum(q[k] ** 2, k) - 2 * Sum(q[k] * p[k], k), q),
        (r[y[n]] - Sum(r[k], k), 2 * r[y[n]], r),
    ],
    ids=str,
)
def test_an_order_that_is_kept_is_decided_in_all_models(before: Any, after: Any, varying: Any) -> None:
    for relation, turned in (("same order", 1), ("opposite order", -1)):
        found = models(before, turned * inert(after), varying, relation)
        assert (found.status, found.complete) == ("passed", True)
        assert f"any two {varying.symbol}" in found.covers
        assert models(before, -turned * inert(after), varying, relation).status == "unknown"


@pytest.mark.parametrize(
    ("before", "after", "varying"),
    [
        (a, a**2, a),
        (a, c * a, a),
        (a, a + a * s - a * t, a),
        (Sum(g[n], n), Sum(x[n], n), x),
        (Sum(x[n], n), Sum(w[n] * x[n], n), x),
        (q[y[n]], q[1], q),
        (Sum(q[k] * p[k], k), Sum(q[k] ** 2, k), q),
        (Sum(q[k], k), q[1], q),
        (a, a * 0, a),
    ],
    ids=str,
)
def test_what_may_be_no_order_is_left_open(before: Any, after: Any, varying: Any) -> None:
    assert models(before, after, varying).status == "unknown"
    assert models(before, after, varying, "opposite order").status == "unknown"


def test_what_has_no_value_for_sure_is_said_to_be_one_where_it_has_a_value() -> None:
    found = models(log(a), 2 * log(a), a)
    assert found.status == "passed"
    assert "where both lines have a value" in found.covers


def test_a_name_of_which_nothing_is_said_has_no_models() -> None:
    assert models(a + N, a + 2 * N, N).status == "skipped"
