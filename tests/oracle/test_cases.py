"""The cases are data that is checked: every expected value by brute force, and every near miss of one is rejected."""

from __future__ import annotations

import pytest
import sympy

from oracle.cases import UNDEFINED, UNEVALUATED, Case, declarations, load
from oracle.decide import compared, has_no_value
from oracle.instances import Problem
from oracle.mutants import mutants
from oracle.verdict import agreement
from sampled import sampled

CASES = load()
SLOW = ("double-integral", "triple-integral")  # checked by `python -m benchmarks.cases --verify`

# Changes of an expected value that change nothing.
SAME = {
    ("gh-17215", "a condition moved"): "4 - n is 0 for n = 4",
    ("lin-01", "a condition moved"): "an even m is at most 2 K + 1 where it is at most 2 K",
    ("lin-02", "a condition moved"): "an odd j is at most 2 n + 2 where it is at most 2 n + 1",
    ("one-03", "a condition moved"): "an even a is at most 2 P + 1 where it is at most 2 P",
    ("one-04", "a condition moved"): "an even m is at most 2 P + 1 where it is at most 2 P",
}


def ids(case: Case) -> str:
    return case.id


@pytest.mark.parametrize("case", sampled([c for c in CASES if not set(c.tags) & set(SLOW)], 8, ids))
def test_what_is_expected_is_right(case: Case) -> None:
    problem = Problem.of(case)
    if case.expected == UNDEFINED:
        assert "by_hand" in case.oracle or has_no_value(problem)
    elif case.expected != UNEVALUATED and "by_hand" not in case.oracle:
        found = compared(problem, case.parse(case.expected), limit=120)
        assert found.equal is True, found
        assert found.nonzero or case.parse(case.expected) == 0, "no instance tells it from 0"


@pytest.mark.parametrize("case", sampled([c for c in CASES if c.expected not in (UNDEFINED, UNEVALUATED)], 8, ids))
def test_a_near_miss_is_rejected(case: Case) -> None:
    for name, changed in mutants(case.parse(case.expected)):
        if (case.id, name) not in SAME:
            assert agreement(case, changed).equal is False, name


def test_a_case_says_all_it_should() -> None:
    for case in CASES:
        assert case.source, case.id
        assert case.provenance in ("retrieved", "adapted", "recalled", "constructed"), case.id
        names = {s.name for s in case.expr.atoms(sympy.Symbol)}
        assert names <= set(case.declared), f"{case.id}: a name is not declared"
        assert all(isinstance(fact, sympy.logic.boolalg.Boolean) for fact in case.known), case.id


def test_declarations() -> None:
    read = declarations("i, j: integer; y: integer table 1..K; f: positive function; z: any")
    assert list(read) == ["i", "j", "y", "f", "z"]
    assert (read["y"].kind, read["y"].low, read["y"].high) == ("table", "1", "K")
    assert read["i"].build() == sympy.Symbol("i", integer=True)
    assert read["z"].build() == sympy.Symbol("z")
