"""Certificates are written as data and read again; what is no certificate is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deltasift.check.written import to_data
from deltasift.conditions.finder import Finder
from deltasift.judge.certificate import Certificate
from deltasift.judge.context import World
from deltasift.judge.file import DATA, Case, FormatError, from_data
from deltasift.judge.proof import CHECKS, Checker
from judge.goals import GOALS, Goal


def found(goal: Goal) -> Certificate:
    certificate = Finder().decide(goal.term(), goal.place())
    assert certificate is not None
    return certificate


def data_of(*certificates: Certificate) -> Any:
    return json.loads(json.dumps(to_data(Case("", World(), (), (), certificates))))


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_a_certificate_comes_back_as_it_was_and_is_accepted(goal: Goal) -> None:
    certificate = found(goal)
    (again,) = from_data(data_of(certificate)).totals
    assert again == certificate
    assert Checker().accepts(goal.term(), again, goal.place())


def test_what_is_shared_is_written_once() -> None:
    terms = data_of(*map(found, GOALS))["terms"]
    assert len({json.dumps(t) for t in terms}) == len(terms)


def test_every_kind_can_be_read() -> None:
    assert {kind.__name__ for kind in CHECKS} <= set(DATA)


@pytest.mark.parametrize(
    "data",
    [
        {"is": "Linear"},
        {"is": "Linear", "cases": [], "more": 1},
        {"is": "Nothing"},
        {"is": []},
        {"is": "Whole", "term": 0},
        {"term": 0},
        {"term": True},
        {"term": -1},
        {"fraction": "1/0"},
        {"fraction": 1},
        {"fraction": 0.5},
        {"expression": 3},
        {},
    ],
)
def test_what_is_no_certificate_is_refused(data: Any) -> None:
    with pytest.raises(FormatError):
        from_data({**data_of(), "totals": [data]})


def test_a_very_deep_certificate_is_refused_or_shows_nothing() -> None:
    deep: Any = {"is": "Solver"}
    for _ in range(900):
        deep = {"is": "Unfolded", "proof": deep}
    try:
        (certificate,) = from_data({**data_of(), "totals": [deep]}).totals
    except FormatError:
        return
    assert certificate is not None
    assert not Checker().accepts(GOALS[0].term(), certificate, GOALS[0].place())


def test_a_multiplier_that_is_exchanged_shows_nothing() -> None:
    for goal in GOALS:
        data = data_of(found(goal))
        (written,) = data["totals"]
        weighted = [fact for case in written.get("cases", []) for fact in case] if written["is"] == "Linear" else []
        if not weighted:
            continue
        weighted[0][0] = {"fraction": "-7/3"}
        (again,) = from_data(data).totals
        assert again is not None
        assert not Checker().accepts(goal.term(), again, goal.place()), goal
