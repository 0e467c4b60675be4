"""Every case of `tests/cases` collapses to its closed form, or is refused where there is no value.

What is not collapsed yet is in the table below with what is missing. Another value, or a value where there is none, is
never allowed.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from deltasift.derive import collapse
from deltasift.errors import BridgeError, Undefined
from oracle.cases import Case, load
from oracle.verdict import REFUSED, Verdict, judged

CASES = load()
ERROR = "error"  # a kind of expression that cannot be read


@dataclass(frozen=True)
class NotYet:
    """What becomes of a case today, and what is missing."""

    verdict: str
    missing: str


NOT_YET = {
    "td-26": NotYet("cluttered", "nested cases are not multiplied out"),
    "td-34": NotYet(ERROR, "what does not commute cannot be read"),
}


def verdict_on(case: Case) -> Verdict:
    """Collapse a case and judge the answer."""
    try:
        answer = collapse(case.expr, facts=case.known).result
    except Undefined:
        answer = REFUSED
    except BridgeError as reason:
        return Verdict(ERROR, str(reason))
    return judged(case, answer)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_a_case_collapses(case: Case) -> None:
    expected = NOT_YET[case.id].verdict if case.id in NOT_YET else "right"
    verdict = verdict_on(case)
    assert verdict.name == expected, verdict


def test_the_table_names_cases_and_no_wrong_values() -> None:
    assert set(NOT_YET) <= {c.id for c in CASES}
    assert {n.verdict for n in NOT_YET.values()} <= {"unresolved", "cluttered", "refused", ERROR}
