"""Which line follows from which by one reason: beside those that the page writes, those that check as well.

Two steps with one reason may be taken in another order, or at once. Whoever orders the lines may find that; so it is
looked at here, by the check itself, and counts as right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deltasift.calc import Derivation, Page, Step
from deltasift.check import check
from deltasift.check.report import Report

FARTHEST = 3  # steps of a run that are looked at


def also_follows(report: Report) -> dict[int, list[int]]:
    """Return for a line, by its number, lines that it follows from by one reason, the one before it left out."""
    found: dict[int, list[int]] = {}
    if report.is_proved:
        first = 1
        for proof in report.page.proofs:
            for before, after in _apart(proof):
                if _follows(report.page, proof, before, after):
                    found.setdefault(first + after, []).append(first + before)
            first += len(proof.lines)
    return found


def _apart(proof: Derivation) -> Iterator[tuple[int, int]]:
    """Yield places of lines between which all steps have one reason, and the same, but for a line and the next one."""
    for start, end in _runs(proof.steps):
        places = range(start, min(end, start + FARTHEST) + 1)
        yield from ((before, after) for before in places for after in places if after not in (before, before + 1))


def _runs(steps: Sequence[Step]) -> Iterator[tuple[int, int]]:
    """Yield where two or more steps in a row have one reason, from the line before them to the last of them."""
    start = 0
    for end in range(1, len(steps) + 1):
        if end == len(steps) or not _alike(steps[start], steps[end]):
            if end - start > 1:
                yield start, end
            start = end


def _alike(one: Step, other: Step) -> bool:
    plain = all(len(s.by) == 1 and s.relation == "=" and not s.assumptions for s in (one, other))
    return plain and one.by == other.by


def _follows(page: Page, proof: Derivation, before: int, after: int) -> bool:
    taken = Step(proof.lines[after], proof.steps[min(before, after)].by, given=proof.given)
    way = replace(proof, start=proof.lines[before], steps=(taken,))
    return check(
        replace(page, claims=(way.relation,), proofs=(way,), refused=()), layers=("structure", "conditions")
    ).ok
