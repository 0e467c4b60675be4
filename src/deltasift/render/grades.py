"""On what the lines of a page rest, in words."""

from __future__ import annotations

from deltasift.check.grade import Grade
from deltasift.check.report import Report

BESIDE = {
    Grade.EVERY_SIZE: ", and by models at all sizes",
    Grade.POINTS: ", and at points",
    Grade.RULE: " alone",
}


def grades(report: Report) -> str:
    """Return how many lines rest on what, the strongest first; nothing where none follows from another."""
    return "; ".join(_of(grade, count) for grade, count in report.grades.items() if count)


def _of(grade: Grade, count: int) -> str:
    if grade is Grade.SOLVER:
        return f"{count} by the solver"
    return f"{count} by {'its rule' if count == 1 else 'their rules'}{BESIDE[grade]}"
