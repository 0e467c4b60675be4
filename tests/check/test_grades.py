"""What a line rests on: a point is evidence only where what changed takes part, and nothing else counts as such."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sympy import Integer

from deltasift import Derivation, Iverson, Sum, calc, check, delta, index, labels, log, pmf, real, sizes, step
from deltasift.check import Grade, Report
from deltasift.check.models import check_models
from deltasift.check.numbers import check_numbers
from deltasift.check.report import Problem
from deltasift.check.taking_part import Change, changes
from deltasift.inert import Add, LessEqual, Mul, inert
from deltasift.line.scope import Scope
from deltasift.render import document, latex, text
from deltasift.rules import mul_add, sum_add, sum_delta, sum_mul_left

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, q = labels("y", n, k), pmf("q", k, positive=True)
x, a = real("x"), real("a", n)


def flagship() -> Derivation:
    return calc(
        Sum(Sum(delta(k, y[n]) * log(q[k]), k), n) / N,
        step(Sum(log(q[y[n]]), n) / N, by=sum_delta),
    )


def by_rule_alone() -> Report:
    return check(calc(Sum(x + a[n], n), step(Sum(x, n) + Sum(a[n], n), by=sum_add)), layers=("structure",))


def shared(report: Report) -> list[Grade | None]:
    return [line.grade for line in report.lines]


def test_a_line_that_models_decide_at_all_sizes_has_the_highest_grade() -> None:
    report = check(flagship())
    assert shared(report) == [None, Grade.EVERY_SIZE]
    assert report.grades == {Grade.EVERY_SIZE: 1, Grade.POINTS: 0, Grade.RULE: 0, Grade.SOLVER: 0}


def test_a_line_that_numbers_alone_have_seen_stands_at_points() -> None:
    assert shared(check(flagship(), layers=("structure", "numbers"))) == [None, Grade.POINTS]


def test_a_line_that_nothing_else_has_looked_at_rests_on_its_rule_alone() -> None:
    report = by_rule_alone()
    assert report.ok
    assert shared(report) == [None, Grade.RULE]


def test_a_line_that_is_wrong_or_unchecked_has_no_grade() -> None:
    wrong = check(calc(Sum(a[n], n), step(Sum(2 * a[n], n), by=sum_add)))
    assert not wrong.ok
    assert shared(wrong) == [None, None]
    assert shared(check(flagship(), layers=("numbers",))) == [None, None]


def test_what_rests_on_its_rule_alone_is_no_problem_unless_that_is_asked_for() -> None:
    report = by_rule_alone().strictly()
    assert report.problems == ("line 2: by its rule alone, and by nothing that knows no rules",)
    assert [p.kind for p in report.problems if isinstance(p, Problem)] == ["evidence"]
    assert not report.is_proved
    assert shared(report) == [None, Grade.RULE]
    assert report.strictly() == report
    assert check(flagship(), strict=True).ok
    assert not check(flagship(), layers=("structure",), strict=True).ok


def test_every_format_counts_what_lines_rest_on() -> None:
    report = check(flagship())
    said = "1 by its rule, and by models at all sizes"
    assert text(report).rstrip().endswith(f"✓ 2 lines checked: {said}")
    assert said in document(report)
    assert said in report._repr_html_()
    data = json.loads(report.to_json())
    assert data["grades"] == {"every_size": 1, "points": 0, "rule": 0, "solver": 0}
    assert [line["grade"] for line in data["lines"]] == [None, "every_size"]
    assert "? by its rule alone" in text(by_rule_alone())
    assert latex(report)


# --- what takes part -------------------------------------------------------------------------------------------------


def beside(guard: Any) -> tuple[Any, Any, Change]:
    """Return a line, what a wrong rule makes of `x` beside a factor, and what changed."""
    line, made = (inert(guard) * inert(e) for e in (x, 3 * x))
    others = tuple(Mul.make((inert(guard), e)) for e in (Add.make((inert(x), Integer(1))), 2 * inert(x)))
    return line, made, Change(line, others, False)


def test_points_at_which_the_changed_part_is_multiplied_by_zero_are_no_evidence() -> None:
    line, made, change = beside(Iverson(LessEqual(99, K)))
    scope = Scope({d.symbol: d for d in (K, x)})
    [plain] = check_numbers([(line, made, "=", None)], scope)
    [found] = check_numbers([(line, made, "=", None)], scope, changes=[[change]])
    assert plain.status == "passed"  # all that was compared is 0 = 0
    assert (found.status, found.unseen) == ("skipped", (0,))
    assert found.covers == "not covered: what changed takes part at none of 100 random points"


def test_a_wrong_line_is_refuted_where_the_changed_part_takes_part() -> None:
    line, made, change = beside(Iverson(LessEqual(2, K)))
    scope = Scope({d.symbol: d for d in (K, x)})
    [found] = check_numbers([(line, made, "=", None)], scope, changes=[[change]])
    assert found.status == "failed"


def test_finite_models_say_which_changes_they_have_not_seen() -> None:
    scope = Scope({d.symbol: d for d in (K, x)})
    for least, unseen in ((4, (0,)), (3, ())):
        line, _, change = beside(Iverson(LessEqual(least, K)))
        [found] = check_models([(line, line, "=", None)], scope, changes=[[change]])
        if found.all_sizes is None or not found.all_sizes.decided:
            assert (found.status, found.unseen) == ("passed", unseen)


@pytest.mark.parametrize(
    ("derivation", "always"),
    [
        (flagship(), [True]),
        (calc(Sum((x + 1) * a[n], n), step(Sum(x * a[n] + a[n], n), by=mul_add)), [True]),
        (calc(2 * Sum(x * a[n], n), step(2 * (x * Sum(a[n], n)), by=sum_mul_left)), [True]),
        (calc(x * Sum(x * a[n], n), step(x * (x * Sum(a[n], n)), by=sum_mul_left)), [False]),
    ],
)
def test_what_lets_a_value_through_by_its_form_needs_no_points(derivation: Derivation, always: list[bool]) -> None:
    report = check(derivation, layers=("structure",))
    assert report.ok, report.problems
    found = changes(report.lines[1].runs, Scope({d.symbol: d for d in (N, K, n, k, y, q, x, a)}))
    assert [c.always for c in found][: len(always)] == always
    assert all(c.others and c.line not in c.others for c in found)
