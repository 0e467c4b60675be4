"""A search that ended at its limit is told apart from one that was through, wherever it is asked for."""

from __future__ import annotations

import json

import pytest

from deltasift import (
    Derivation,
    Equality,
    LessEqual,
    Max,
    NotProved,
    Sum,
    auto,
    calc,
    check,
    derive,
    exp,
    index,
    log,
    positive,
    prove,
    real,
    sizes,
    step,
)
from deltasift.calc import page_of
from deltasift.derive import bounds, walk
from deltasift.derive import prove as proving
from deltasift.finishing import finished, told
from deltasift.inert.notation import Notation
from deltasift.match import places, work
from deltasift.render.formats import WRITERS, Choice
from deltasift.render.text import text
from deltasift.rules import log_mul, sum_add, sum_mul_left

N = sizes("N")
n = index("n", 1, N)
u, v, w = real("u"), real("v"), real("w")
a, b, c = (real(name, n) for name in "abc")
p = positive("p", n)
APART = calc(
    Sum(u * a[n] + u * b[n] + u * c[n], n),
    step(u * Sum(a[n], n) + u * Sum(b[n], n) + u * Sum(c[n], n), by=[sum_add, sum_mul_left]),
)
TRUE_OTHERWISE = calc(Sum(a[n] + b[n], n), step(Sum(a[n], n) + Sum(b[n], n), by=log_mul))


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "WORK", 1)


@pytest.fixture
def few_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving.Means.__init__, "__defaults__", (None, (), 0))


@pytest.mark.usefixtures("little_work")
def test_a_line_whose_search_ended_early_is_not_called_wrong() -> None:
    report = check(APART)
    assert not report.ok
    assert report.verdict == "not decided"
    assert "so that this is not known" in report.problems[0]
    assert {x.kind: x.status for x in report.lines[1].checks}["structure"] == "unknown"


@pytest.mark.usefixtures("little_work")
def test_it_is_said_in_every_format() -> None:
    report = check(APART)
    assert "? not decided: line 2" in text(report, ascii_only=True)
    data = json.loads(WRITERS["json"](report, Choice(Notation())))
    assert data["lines"][1]["checks"][0]["status"] == "unknown"
    assert any("not known" in p for p in data["problems"])


@pytest.mark.usefixtures("little_work")
def test_a_false_line_is_wrong_whatever_the_search_did() -> None:
    wrong = calc(APART.start, step(u * Sum(a[n], n) + u * Sum(b[n], n) + Sum(c[n], n), by=[sum_add, sum_mul_left]))
    assert check(wrong).verdict == "wrong"


def test_with_enough_work_the_same_line_is_right_and_another_reason_wrong() -> None:
    assert check(APART).verdict == "ok"
    report = check(TRUE_OTHERWISE)
    assert report.verdict == "wrong"
    assert any("log_mul does not give this line" in x for x in report.problems)


@pytest.mark.usefixtures("few_moves")
def test_a_proof_that_was_not_found_for_want_of_steps_says_so() -> None:
    with pytest.raises(NotProved, match="the search ended at its limit before it found a proof") as failed:
        prove(Equality(Sum(log(p[n] * p[n]), n), 2 * Sum(log(p[n]), n)))
    assert failed.value.ended_early


def test_more_matches_at_a_place_than_are_tried_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOST_MATCHES", 0)
    wide = calc(Sum(a[n] + b[n] - c[n], n), step(Sum(a[n] - c[n], n) + Sum(b[n], n), by=sum_add))
    assert check(wide).verdict == "not decided"


def test_more_moves_at_a_place_than_are_made_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MOST_HERE", 0)
    with pytest.raises(NotProved) as failed:
        prove(Equality(Sum(log(p[n] * p[n]), n), 2 * Sum(log(p[n]), n)))
    assert failed.value.ended_early


def test_more_lines_between_inequalities_than_are_tried_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    claim = LessEqual(Max(u, v), log(exp(u) + exp(v)) + w**2)
    monkeypatch.setattr(bounds, "MOST_BETWEEN", 0)
    with pytest.raises(NotProved) as failed:
        prove(claim)
    assert failed.value.ended_early


def test_a_proof_that_is_not_there_says_that_none_was_found() -> None:
    with pytest.raises(NotProved, match="no proof was found") as failed:
        derive(Sum(u * a[n], n), u * Sum(a[n], n), using=[log_mul])
    assert not failed.value.ended_early


@pytest.mark.usefixtures("few_moves")
def test_reasons_that_are_left_open_say_so_too() -> None:
    page = page_of(Derivation(Sum(log(p[n] * p[n]), n), calc(0, step(2 * Sum(log(p[n]), n), by=auto)).steps))
    whole, filled = finished(page)
    report = told(check(whole), filled)
    assert any("the search ended at its limit" in x for x in report.problems)
