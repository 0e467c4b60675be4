"""Which line follows? The right one among wrong ones, each of these with numbers at which it differs.

The wrong lines are mistakes that people make, made on purpose in the right line, and only those of which a model or a
point shows that they are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.check import check
from deltasift.check.counterexample import Counterexample
from deltasift.check.mutate import KINDS, Mutant, mutants
from deltasift.check.report import Report
from deltasift.errors import DeltasiftError

WRONG = 2  # wrong lines beside a right one
LINES = 4  # lines of a page that are asked about
TRIED = 6  # mistakes that are looked at for each
POINTS = 20


@dataclass(frozen=True)
class Wrong:
    """A wrong line.

    Attributes
    ----------
    line : Basic
    change : str
        What was done to the right one.
    counterexample : Counterexample
        Numbers at which it differs from the line before.
    """

    line: Basic
    change: str
    counterexample: Counterexample


def wrong_lines(report: Report) -> dict[int, tuple[Wrong, ...]]:
    """Return wrong lines beside the right one, for some lines of a page that is right."""
    if not report.is_proved:
        return {}
    asked = [x.number for x in report.lines if x.relation == "=" and x.substeps][:: max(1, len(report.lines) // LINES)]
    kinds = [name for name, kind in KINDS.items() if kind.breaks == "value"]
    found: dict[int, tuple[Wrong, ...]] = {}
    for number in asked[:LINES]:
        tried = mutants(report.page, kinds=kinds, lines={number}, each=2)
        wrong = tuple(_refuted(tried))
        if wrong:
            found[number] = wrong
    return found


def _refuted(tried: Iterator[Mutant]) -> Iterator[Wrong]:
    """Yield the first of these lines that differ from the line before, each of another kind."""
    kinds: set[str] = set()
    for count, m in enumerate(tried):
        if len(kinds) == WRONG or count == TRIED * WRONG:
            return
        shown = None if m.kind in kinds else against(m)
        if shown is not None:
            kinds.add(m.kind)
            yield Wrong(m.step.expr, m.change, shown)


def against(m: Mutant, *, valued: bool = True) -> Counterexample | None:
    """Return numbers at which a wrong line differs from the line before and, unless allowed, still has a value."""
    try:
        report = check(m.page, layers=("models", "numbers"), lines={m.line}, points=POINTS)
    except DeltasiftError:
        return None
    found = (c.counterexample for c in report.lines[m.line - 1].checks if c.status == "failed")
    return next((c for c in found if c is not None and c.other is None and not (valued and c.after.missing)), None)
