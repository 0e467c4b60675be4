"""Every line says what each way of checking covered, and what was not covered and why."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from deltasift import (
    Derivation,
    Sum,
    assuming,
    calc,
    delta,
    density,
    index,
    iverson,
    labels,
    log,
    pmf,
    real,
    sizes,
    step,
)
from deltasift.calc import page_of
from deltasift.check import LAYERS, Report, check
from deltasift.derive import collapse
from deltasift.emit import python_source
from deltasift.errors import DomainError
from deltasift.inert import Continuous
from deltasift.pages import load
from deltasift.render import document, text
from deltasift.rules import arithmetic, log_mul, sum_delta

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, q = labels("y", n, k), pmf("q", k)
x = real("x")

RIGHT = calc(Sum(delta(k, y[n]) * q[k], k), step(q[y[n]], by=sum_delta))
AFTER_A_WRONG_ONE = calc(
    Sum(delta(k, y[n]) * q[k], k), step(2 * q[y[n]], by=sum_delta), step(q[y[n]] * 2 + 0, by=arithmetic)
)


def told(proof: Derivation | Report, line: int, *layers: str) -> dict[str, str]:
    """Return what is said of a line, by kind."""
    report = proof if isinstance(proof, Report) else check(proof, layers=layers or LAYERS)
    return {c.kind: f"{c.status}: {c.covers}" for c in report.lines[line - 1].checks}


def test_a_right_line_says_what_was_covered() -> None:
    assert told(RIGHT, 2) == {
        "structure": "passed: by sum_delta, exactly this line",
        "conditions": "passed: 2 conditions proved, 2 of them true at points too",
        "models": "passed: all K, N, all labels, all supports, all real q (exact; K <= 2, N <= 1 suffice)",
        "numbers": "passed: 100 random points, K <= 5, N <= 8 (enclosed)",
    }


@pytest.mark.parametrize("layer", LAYERS)
def test_what_was_not_asked_for_is_said(layer: str) -> None:
    found = told(RIGHT, 2, layer)
    asked = {"structure", "conditions"} if layer == "structure" else {layer}
    for kind, words in found.items():
        assert words.startswith("passed: " if kind in asked else "skipped: not covered: it was not asked for")


def test_a_line_after_a_wrong_one_is_compared_with_nothing() -> None:
    found = told(AFTER_A_WRONG_ONE, 3)
    assert found["structure"].startswith("passed")
    assert found["models"] == found["numbers"] == "skipped: not covered: the line before is wrong"


def test_an_order_is_of_two_points() -> None:
    found = told(check(load("average_or_sum")), 7)
    assert found["models"] == "passed: all K, N <= 3, all labels, any two q (exact)"
    assert re.fullmatch(r"passed: \d+ random pairs of points, K <= 5, N <= 8 \(enclosed\)", found["numbers"])


def test_lines_that_hold_where_the_first_has_a_value_are_walked_through_there() -> None:
    proof = collapse(Sum(delta(k, 1) / x, k))
    assert told(proof, 2)["models"] == "passed: all K <= 3, all real x (exact; where both lines have a value)"


def test_a_condition_that_is_open_is_counted() -> None:
    found = told(calc(log(x * 2), step(log(x) + log(2), by=log_mul)), 2)
    assert found["conditions"] == "failed: 1 condition proved, 1 not"


def test_points_that_do_not_exist_are_no_points() -> None:
    """Points are drawn until one meets the assumptions; where none does, nothing was covered."""
    a = real("a")
    proof = calc(a + 0, step(a, by=[arithmetic, assuming(a * a < 0)]))
    with pytest.raises(Exception, match="no values were found that meet all facts and assumptions"):
        check(proof)


def plain(shown: str) -> str:
    """Return a text in one row, with its signs in ASCII and without what makes mathematics of them."""
    return " ".join(shown.replace("≤", "<=").replace(r"\le", "<=").replace("$", "").split())


@pytest.mark.parametrize(
    "shown",
    [text, partial(document, style="full"), python_source, Report.to_json],
    ids=["text", "document", "python", "json"],
)
def test_every_format_says_what_was_covered(shown: Any) -> None:
    words = plain(shown(check(AFTER_A_WRONG_ONE)))
    assert "not covered: the line before is wrong" in words
    words = plain(shown(check(RIGHT)))
    assert "all K, N, all labels, all supports, all real q (exact; K <= 2, N <= 1 suffice)" in words
    assert "100 random points, K <= 5, N <= 8 (enclosed)" in words


def test_json_has_a_result_for_every_kind() -> None:
    data = json.loads(check(RIGHT).to_json())
    assert [c["kind"] for c in data["lines"][1]["checks"]] == ["structure", "conditions", "models", "numbers"]
    assert data["lines"][0]["checks"] == []


# --- thorough ---------------------------------------------------------------------------------------------------------


def test_a_thorough_check_draws_more_and_larger_points() -> None:
    report = check(RIGHT, layers=("numbers",), thorough=True)
    assert told(report, 2)["numbers"] == "passed: 1000 random points, K <= 10, N <= 50 (enclosed)"
    report = check(RIGHT, layers=("numbers",), thorough=True, points=20)
    assert told(report, 2)["numbers"] == "passed: 20 random points, K <= 10, N <= 50 (enclosed)"


def test_what_is_wrong_from_nine_examples_on_takes_a_thorough_check() -> None:
    """No integer of the line says where it is wrong."""
    wrong = calc(Sum(1, n), step(Sum(iverson(n * n <= 80), n), by=arithmetic))
    assert told(check(wrong, layers=("numbers",)), 2)["numbers"].startswith("passed")
    report = check(wrong, layers=("numbers",), thorough=True)
    found = report.lines[1].checks[-1].counterexample
    assert found is not None
    assert "N = 9" in str(found)


# --- facts are consistent ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("undecided", [False, True], ids=["decided at points", "beside what no point decides"])
def test_assumptions_without_a_point_are_contradictions(undecided: bool) -> None:
    f, u = density("f"), real("u")
    beside = [Continuous(f(u), u, x)] if undecided else []
    page = page_of(calc(x + 0, step(x, by=arithmetic)), (x, f, u))
    with pytest.raises(DomainError, match="contradict each other"):
        check(replace(page, assumptions=(x < 0, x > 1, *beside)))
