"""What is said of a line that is true, though the rules beside it do not give it."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.check.report import CheckResult, Line, Problem
from deltasift.check.structure import NOT_FOUND, NOT_GIVEN, NOT_WRITTEN
from deltasift.line.unlike import unlike
from deltasift.said import Said, listed


def true_otherwise(line: Line, before: Basic, results: Sequence[CheckResult]) -> list[Problem]:
    """Return that a line holds where it was tried, and what is new in it, where only its reason is wrong.

    Parameters
    ----------
    line : Line
    before : expression
        The line before it.
    results : sequence of CheckResult
        Of models and numbers, none of which failed.
    """
    holding = [r.covers for r in results if r.status == "passed"]
    wanting = next((p for p in line.problems if p.endswith((NOT_GIVEN, NOT_FOUND, NOT_WRITTEN))), None)
    if not holding or wanting is None:
        return []
    old, new = unlike(before, line.expr)
    parts = ("; new in it is ", new, " for ", old) if old is not before else ()
    return [Problem(Said(f"line {line.number}: but it holds in ", listed(holding), *parts), wanting.kind)]
