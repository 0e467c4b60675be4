"""Finite models of lines that need be equal only where the first has a value, as `collapse` writes them."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import IndexedBase, KroneckerDelta, Symbol, symbols
from sympy import Sum as SympySum

from deltasift import Sum, check, collapse, delta, index, iverson, labels, log, pmf, real, sizes
from deltasift.check import Grade
from deltasift.check.models import check_models
from deltasift.check.report import CheckResult
from deltasift.inert import LessEqual, inert
from deltasift.line.scope import Scope

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, K)
y, q, b = labels("y", n, k), pmf("q", k), real("b")
SCOPE = Scope({d.symbol: d for d in (N, K, n, k, m, y, q, b)})


def models(before: Any, after: Any, scope: Scope = SCOPE, *assumptions: Any, partial: bool = True) -> CheckResult:
    pair = (inert(before), inert(after), "=", None)
    [found] = check_models([pair], scope, tuple(map(inert, assumptions)), partial=partial)
    return found


@pytest.mark.parametrize(
    ("e", "grade"),
    [
        (Sum(Sum(delta(k, y[n]) * log(q[k]), k), n) / N, Grade.EVERY_SIZE),
        (Sum(delta(k, m) / (b - k), k), Grade.POINTS),
    ],
)
def test_lines_of_a_collapse_are_compared_in_models(e: Any, grade: Grade) -> None:
    line = check(collapse(e)).lines[-1]
    [found] = [c for c in line.checks if c.kind == "models"]
    assert found.status == "passed"
    assert line.grade is grade


def test_a_model_in_which_the_line_before_has_no_value_says_nothing() -> None:
    before = iverson(LessEqual(K, 2)) / (3 - K)
    assert models(before, iverson(LessEqual(K, 2)) / (3 - K)).status == "passed"
    assert models(1 / (K - K), b).covers == "not covered: the line before has a value in no model"
    assert models(1 / (K - K), b, partial=False).status == "failed"


def test_a_wrong_line_is_refuted_in_models_where_the_line_before_has_a_value() -> None:
    found = models(Sum(delta(k, m) / (b - k), k), 1 / (b + m))
    assert found.status == "failed"
    assert found.counterexample is not None


def test_a_line_that_has_no_value_where_the_one_before_has_one_is_refuted() -> None:
    assert models(b, b * b / b).status == "failed"
    assert models(b * b / b, b).status == "passed"


def test_what_may_divide_by_zero_is_said_to_hold_where_both_have_a_value() -> None:
    assert (
        models(b * b / b, b).covers
        == "all K, N <= 3, all labels, all supports, all real b, q (exact; where both lines have a value)"
    )


def test_names_that_nobody_declared_have_models_where_their_values_are_known() -> None:
    size, x = Symbol("M", integer=True, positive=True), Symbol("x", real=True)
    i, j = symbols("i j", integer=True)
    a = IndexedBase("a")
    assert models(size * x + x, (size + 1) * x, Scope()).status == "passed"
    found = models(SympySum(KroneckerDelta(i, j) * a[i], (i, 1, size)), a[j], Scope())
    assert found.covers == "not covered: nothing says what all values of a, j are"
    found = models(size * x, x * size, Scope(), LessEqual(inert(j), inert(size)))
    assert found.covers == "not covered: nothing says what all values of j are"
