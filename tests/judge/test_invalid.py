"""Certificates that are wrong, a file each: none is accepted, and those that are right are.

What always accepts, and what always declines, fails here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deltasift.judge import ACCEPT, DECLINE, REJECT
from deltasift.judge.file import FormatError, from_data
from deltasift.judge.page import judged_page

HERE = Path(__file__).resolve().parent
VALID = sorted((HERE / "valid").glob("*.json"))
INVALID = sorted((HERE / "invalid").glob("*.json"))
UNPROVED = ("the-last-left-out", "the-word-of-a-solver")  # of which nothing is said to be wrong
Judge = Callable[[Any], str]


def judge(data: Any) -> str:
    """Return what the judge says of a page: what it says of the worst of its uses."""
    try:
        found = {f.judgement.status for f in judged_page(from_data(data))}
    except FormatError:
        return REJECT
    return next(status for status in (REJECT, DECLINE, ACCEPT) if status in found or status == ACCEPT)


def failures(judge: Judge) -> list[str]:
    """Return the files of which a judge says something else than what is so."""
    read = {f: json.loads(f.read_text(encoding="utf-8")) for f in (*VALID, *INVALID)}
    return [f.stem for f, data in read.items() if (judge(data) == ACCEPT) != (f in VALID)]


@pytest.mark.parametrize("file", INVALID, ids=lambda f: f.stem)
def test_what_is_wrong_is_not_accepted(file: Path) -> None:
    expected = DECLINE if file.stem.endswith(UNPROVED) else REJECT
    assert judge(json.loads(file.read_text(encoding="utf-8"))) == expected


@pytest.mark.parametrize("file", VALID, ids=lambda f: f.stem)
def test_what_is_right_is_accepted(file: Path) -> None:
    assert judge(json.loads(file.read_text(encoding="utf-8"))) == ACCEPT


def test_there_are_enough_of_each_kind() -> None:
    kinds = {f.stem.split("-")[0] for f in INVALID}
    of_uses = {"binding", "chain", "coded", "false", "place", "proof", "relation", "rule", "theorem", "value", "world"}
    assert kinds == {*of_uses, "malformed"}
    assert len(INVALID) >= 250


@pytest.mark.parametrize("answer", [ACCEPT, DECLINE, REJECT])
def test_what_always_says_the_same_fails(answer: str) -> None:
    assert len(failures(lambda data: answer)) >= min(len(VALID), len(INVALID))


def test_the_judge_fails_nowhere() -> None:
    assert failures(judge) == []
