"""Which line follows? The right one among wrong ones, each of these with numbers at which it differs.

The wrong lines are mistakes that people make, made on purpose in the right line, and only those of which a model or a
point shows that they are wrong.
"""

from __future__ import annotations

from collections import Counter
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
LIKELY = (  # what people get wrong most, the likeliest first; a turned sign of the whole line is seen at once
    "delta_dropped",
    "label_dropped",
    "label_for_index",
    "counted_instead",
    "varying_factor_moved_out",
    "sum_of_products_split",
    "divisor_dropped",
    "complement_dropped",
    "factor_dropped",
    "log_of_quotient_as_sum",
    "sign_in_exponential",
    "exponent_dropped",
    "log_dropped",
    "quotient_turned",
    "first_term_alone",
    "term_dropped",
    "sign_of_term",
    "difference_turned",
    "factor_of_two",
)
SEEN_AT_ONCE = "sign_of_line"
PLAIN = frozenset(("arithmetic", "definition"))  # rules of which a step has no idea of its own


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
    used: Counter[str] = Counter()
    found: dict[int, tuple[Wrong, ...]] = {}
    for number in _asked(report):
        kinds = sorted(_kinds(), key=lambda kind: used[kind])  # what has been asked already comes last
        wrong = tuple(_refuted(mutants(report.page, kinds=kinds, lines={number}, each=2), used))
        if wrong:
            found[number] = wrong
    return found


def _asked(report: Report) -> list[int]:
    """Return the lines that are asked about; those by arithmetic or by definition come after the others."""
    follow = [x for x in report.lines if x.relation == "=" and x.substeps]
    plain = [x.number for x in follow if {s.rule for s in x.substeps} <= PLAIN]
    chosen = _spread([x.number for x in follow if x.number not in plain], LINES)
    return sorted([*chosen, *_spread(plain, LINES - len(chosen))])


def _spread(numbers: list[int], count: int) -> list[int]:
    """Return at most so many of some numbers, from the first to the last."""
    if count < 2 or len(numbers) <= count:
        return numbers[:count]
    return [numbers[round(n * (len(numbers) - 1) / (count - 1))] for n in range(count)]


def _kinds() -> list[str]:
    """Return the kinds of mistakes that give another value, the likeliest first."""
    every = [name for name, kind in KINDS.items() if kind.breaks == "value" and name != SEEN_AT_ONCE]
    return [*LIKELY, *(name for name in every if name not in LIKELY), SEEN_AT_ONCE]


def _refuted(tried: Iterator[Mutant], used: Counter[str]) -> Iterator[Wrong]:
    """Yield the first of these lines that differ from the line before, each of another kind, and count the kinds."""
    kinds: set[str] = set()
    for count, m in enumerate(tried):
        if len(kinds) == WRONG or count == TRIED * WRONG:
            return
        shown = None if m.kind in kinds else against(m)
        if shown is not None:
            kinds.add(m.kind)
            used[m.kind] += 1
            yield Wrong(m.step.expr, m.change, shown)


def against(m: Mutant, *, valued: bool = True) -> Counterexample | None:
    """Return numbers at which a wrong line differs from the line before and, unless allowed, still has a value."""
    try:
        report = check(m.page, layers=("models", "numbers"), lines={m.line}, points=POINTS)
    except DeltasiftError:
        return None
    found = (c.counterexample for c in report.lines[m.line - 1].checks if c.status == "failed")
    return next((c for c in found if c is not None and c.other is None and not (valued and c.after.missing)), None)
