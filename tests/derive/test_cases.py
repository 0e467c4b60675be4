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
    "ch-37": NotYet("cluttered", "a case distinction is left as one bracket for each case"),
    "der-26": NotYet("unresolved", "a derivative of a delta is not taken beside a function that jumps elsewhere"),
    "der-28": NotYet("unresolved", "a derivative of a delta is not taken beside a function that jumps elsewhere"),
    "deriv-04": NotYet("cluttered", "two equal brackets stand side by side"),
    "emp-22": NotYet("convention", "a point of a comb on the end is not noticed"),
    "gh-17215": NotYet("unresolved", "a bracket whose sides share the index is not solved for the other name"),
    "gh-27108r": NotYet("unresolved", "an integral without a delta that is not looked up"),
    "lin-15": NotYet("unresolved", "a delta is left beside its own case distinction"),
    "lin-27": NotYet("cluttered", "two cases that exclude each other are not joined"),
    "maple-lc": NotYet(ERROR, "LeviCivita cannot be read"),
    "mse-circle-f": NotYet("unresolved", "two quadratic deltas in two variables"),
    "mse-dirac-jac": NotYet("unresolved", "an integral without a delta that is not looked up"),
    "non-18": NotYet("unresolved", "that a remainder hits a full period once is not used"),
    "pow-28": NotYet("cluttered", "k > j and k < j are not joined to k != j"),
    "pow-30": NotYet("unresolved", "an exponential with a delta in its exponent is left under a product"),
    "pow-32": NotYet("unresolved", "a delta inside of a delta is left"),
    "pow-33": NotYet("unresolved", "a delta inside of a delta is left"),
    "pow-34": NotYet("unresolved", "a delta in the index of a table is left"),
    "qn-6": NotYet("cluttered", "a term that is 0 at the end of its range keeps the bracket of the range"),
    "rng-20": NotYet("cluttered", "two adjacent ranges are not joined"),
    "sig-upsample": NotYet("unresolved", "an index whose coefficient is a symbol is not solved for"),
    "sp-26": NotYet("unresolved", "a name is not replaced by another that the deltas make equal, outside of a sum"),
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
    assert {n.verdict for n in NOT_YET.values()} <= {"unresolved", "cluttered", "refused", "convention", ERROR}
