"""Certificates are written as data and read again; what is no certificate is refused."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from deltasift.conditions.finder import Finder
from deltasift.judge.certificate import Certificate, Linear
from deltasift.judge.data import KINDS, Table, UnreadableDataError, certificate_of, written
from deltasift.judge.proof import CHECKS, Checker
from judge.goals import GOALS, Goal


def found(goal: Goal) -> Certificate:
    certificate = Finder().decide(goal.term(), goal.place())
    assert certificate is not None
    return certificate


def as_text(certificate: Certificate) -> str:
    table = Table()
    return json.dumps([written(certificate, table), table.rows])


def from_text(text: str) -> Certificate:
    data, rows = json.loads(text)
    return certificate_of(data, Table(rows))


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_a_certificate_comes_back_as_it_was_and_is_accepted(goal: Goal) -> None:
    certificate = found(goal)
    again = from_text(as_text(certificate))
    assert again == certificate
    assert Checker().accepts(goal.term(), again, goal.place())


def test_what_is_shared_is_written_once() -> None:
    table = Table()
    for goal in GOALS:
        written(found(goal), table)
    assert len({json.dumps(row) for row in table.rows}) == len(table.rows)


def test_every_kind_can_be_read() -> None:
    assert {kind.__name__ for kind in CHECKS} <= set(KINDS)


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (None, []),
        ([], []),
        (1, []),
        ({"kind": "Linear"}, []),
        ({"kind": "Linear", "cases": [], "more": 1}, []),
        ({"kind": "Believe"}, []),
        ({"kind": "TypeAlias"}, []),
        ({"kind": ["Linear"]}, []),
        ({"term": 0}, []),
        ({"kind": "Lemma", "statement": {"term": 1}, "proof": {"kind": "Solver"}}, [["truth", [], True]]),
        ({"kind": "Lemma", "statement": {"term": -1}, "proof": {"kind": "Solver"}}, [["truth", [], True]]),
        ({"kind": "Linear", "cases": [[[{"number": "1/0"}, None]]]}, []),
        ({"kind": "Linear", "cases": [[[{"number": 0.5}, None]]]}, []),
        ({"kind": "Number", "bits": 0.5}, []),
        ({"kind": "Solver"}, [["Add", [0], None]]),
        ({"kind": "Solver"}, [["Eval", [], None]]),
        ({"kind": "Solver"}, [["number", [], "x"]]),
        ({"kind": "Solver"}, [["number", [], 0.1]]),
        ({"kind": "Solver"}, [["free", [], ["x", {"__class__": True}]]]),
        ({"kind": "Solver"}, [["bound", [], -1]]),
        ({"kind": "Solver"}, [["Less", [], None]]),
        ({"kind": "Solver"}, [{}]),
        ({"kind": "Solver"}, [None]),
    ],
    ids=str,
)
def test_what_is_no_certificate_is_refused(data: Any, rows: list[Any]) -> None:
    with pytest.raises(UnreadableDataError):
        certificate_of(data, Table(rows))


def test_a_very_deep_file_is_refused() -> None:
    data: Any = {"kind": "Solver"}
    for _ in range(900):
        data = {"kind": "Unfolded", "proof": data}
    with pytest.raises(UnreadableDataError):
        certificate_of(data, Table())


def test_a_file_in_which_a_part_is_exchanged_is_refused_or_no_certificate_of_this() -> None:
    draw = random.Random("parts")
    goals = [goal for goal in GOALS if isinstance(found(goal), Linear)]
    for goal in goals:
        data, rows = json.loads(as_text(found(goal)))
        numbers = [case for cases in data["cases"] for case in cases]
        if not numbers:
            continue
        draw.choice(numbers)[0] = {"number": "-7/3"}
        try:
            again = certificate_of(data, Table(rows))
        except UnreadableDataError:
            continue
        assert not Checker().accepts(goal.term(), again, goal.place()), goal
