"""`by=auto`: the report names the reasons that are found, and the page is not right before they are written."""

from __future__ import annotations

import pytest

from deltasift import (
    Equality,
    LessEqual,
    Sum,
    assuming,
    auto,
    calc,
    check,
    delta,
    index,
    labels,
    log,
    opposite_order,
    pmf,
    positive,
    real,
    same_order,
    sizes,
    step,
)
from deltasift.calc import Derivation, page_of
from deltasift.errors import ExpressionError
from deltasift.finishing import finished, hinted
from deltasift.rules import definition, log_le_sub_one, order_add_const, sum_comm

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
a, b, c = real("a", k), real("b", k), real("c")
x, q, y = positive("x"), pmf("q", k), labels("y", n, k)


def said(proof: Derivation) -> list[str]:
    """Return what was found for the open lines of a proof."""
    return [f.said for f in finished(page_of(proof))[1]]


def test_the_reasons_that_are_found_are_named_and_the_page_is_not_finished() -> None:
    proof = calc(
        Sum(Sum(delta(k, y[n]) * a[k], n), k),
        step(Sum(Sum(delta(k, y[n]) * a[k], k), n), by=sum_comm),
        step(Sum(a[y[n]], n), by=auto),
    )
    assert check(proof).problems == ("line 3: auto is to be written out: by=sum_delta gives it",)
    assert not check(proof).is_proved


def test_of_what_auto_stands_for_the_lines_are_checked_in_all_ways() -> None:
    report = check(calc(Sum(a[k] + b[k], k), step(Sum(a[k], k) + Sum(b[k], k), by=auto)), points=5)
    line = report.lines[1]
    assert [s.rule for s in line.substeps] == ["sum_add"]
    assert {c.kind for c in line.checks if c.status == "passed"} == {"structure", "conditions", "models", "numbers"}


def test_a_false_line_has_no_reasons_and_is_refuted() -> None:
    report = check(calc(Sum(a[k] * b[k], k), step(Sum(a[k], k) * Sum(b[k], k), by=auto)), points=20)
    assert "line 2: auto is to be written out: no reasons are found for it" in report.problems
    assert any(c.status == "failed" for c in report.lines[1].checks if c.kind in ("models", "numbers"))


def test_several_lines_are_substeps() -> None:
    proof = calc(
        Sum(q[k] * (a[k] - Sum(q[k] * a[k], k)) ** 2, k),
        step(Sum(q[k] * a[k] ** 2, k) - Sum(q[k] * a[k], k) ** 2, by=auto),
    )
    page, [answer] = finished(page_of(proof))
    assert len(answer.steps) > 1
    assert check(page, points=5).problems == ()


@pytest.mark.parametrize(
    ("line", "relation", "other"),
    [(log(x), "<=", x - 1), (x - 1, ">=", log(x)), (q[k] * q[k], ">=", -c * c)],
)
def test_inequalities_are_found_either_way(line: object, relation: str, other: object) -> None:
    page, [answer] = finished(page_of(calc(line, step(other, by=auto, relation=relation))))
    assert answer.steps
    assert check(page, points=5).problems == ()


def test_orders_have_one_rule() -> None:
    proof = calc(c * c, same_order(c * c + x, c, by=auto), opposite_order(-(c * c + x), c, by=auto))
    assert said(proof) == ["by=order_add_const gives it", "by=argmax_eq_argmin_neg gives it"]
    wrong = calc(c * c, same_order(c * c + c, c, by=auto))
    assert said(wrong) == ["no reasons are found for it"]


def test_what_is_assumed_beside_it_counts() -> None:
    proof = calc(c / c, step(1, by=[auto, assuming(c > 0)]))
    assert said(proof) == ["by=arithmetic gives it"]
    assert check(proof).assumptions == (assuming(c > 0).statements[0],)
    assert said(calc(c / c, step(1, by=auto))) != ["by=arithmetic gives it"]


def test_substeps_may_be_open_and_their_rules_are_those_of_the_line() -> None:
    inner = calc(Sum(a[k] + b[k], k), step(Sum(a[k], k) + Sum(b[k], k), by=auto))
    proof = calc(Sum(a[k] + b[k], k), step(inner, by=auto))
    page, answers = finished(page_of(proof))
    assert [(f.number, f.said) for f in answers] == [("2.1", "by=sum_add gives it"), ("2", "by=sum_add gives it")]
    assert check(page, points=5).problems == ()


def test_lines_that_nobody_asked_for_stay_open() -> None:
    proof = calc(x, step(x + 0, by=auto), step(x * 1, by=auto))
    assert [f.number for f in finished(page_of(proof), lines=[3])[1]] == ["3"]


def test_auto_stands_alone() -> None:
    with pytest.raises(ExpressionError, match="beside no other"):
        step(x, by=[definition, auto])


def test_a_true_line_with_a_wrong_reason_is_told_a_right_one() -> None:
    report = check(calc(Sum(a[k] + b[k], k), step(Sum(a[k], k) + Sum(b[k], k), by=sum_comm)), points=5)
    assert hinted(report).problems[-1] == "line 2: by=sum_add gives it"
    assert hinted(report).lines[1].problems[-1] == "line 2: by=sum_add gives it"


def test_a_false_line_with_a_wrong_reason_is_told_none() -> None:
    report = check(calc(Sum(a[k], k), step(Sum(b[k], k), by=sum_comm)), points=5)
    assert hinted(report) == report


def test_a_right_page_is_told_nothing() -> None:
    report = check(calc(log(x), step(x - 1, by=log_le_sub_one, relation="<=")), points=5)
    assert hinted(report) == report
    assert report.ok
    assert check(calc(c, same_order(c + x, c, by=order_add_const)), points=5).ok
    assert Equality(c, c) != LessEqual(c, c)
