"""What was checked of a page, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from deltasift.calc import BOUNDS
from deltasift.check.report import CheckResult, Report
from deltasift.render.grades import grades
from deltasift.render.pen import Pen
from deltasift.said import Said, cut, set_words

SAID_ITSELF = ("structure", "conditions")  # the rule stands beside the line, and its conditions are proved
VALUED = "where both lines have a value"
DRAWN = re.compile(r"(?P<count>\d+) random (?:pairs of )?points")
KINDS = {"models": "in finite models", "numbers": "at random points"}


def coverage(report: Report, pen: Pen) -> str:
    """Return what was checked of the lines of a page, and on what it rests."""
    parts = [pen.words(_by_rules(report)), *_groups(report, pen)]
    said = pen.words("; ").join(parts)
    return f"{said}{pen.words('. ')}{pen.words(_rests(report))}"


def _by_rules(report: Report) -> str:
    checker = f"deltasift {_version()}".strip()
    if report.is_proved:
        return f"Every line was checked by {checker}: by its rule, with every condition proved"
    return f"The lines were checked by {checker}, and are not proved: what is wrong is said above"


def _groups(report: Report, pen: Pen) -> Iterator[str]:
    """Yield what was covered beside the rules, once for all lines of which it is the same."""
    by_phrase: dict[str, list[int]] = {}
    points: dict[str, list[int]] = {}
    for x in report.lines:
        for c in x.checks if x.relation else ():
            count, covers = _counted(c)
            phrase = _phrase(c, covers, pen)
            if phrase:
                by_phrase.setdefault(phrase, []).append(x.number)
                points.setdefault(phrase, []).extend(count)
    by_lines: dict[tuple[int, ...], list[str]] = {}
    for phrase, numbers in by_phrase.items():
        drawn = f"{pen.words(f'at {_from_to(points[phrase])} ')}{phrase}" if points[phrase] else phrase
        by_lines.setdefault(tuple(dict.fromkeys(numbers)), []).append(drawn)
    for lines, phrases in by_lines.items():
        yield f"{_subject(lines, report, pen)}{pen.listed(phrases)}"


def _counted(c: CheckResult) -> tuple[list[int], str]:
    """Return how many random points a line was compared at, and what was covered without that number.

    An order is of two points, which are drawn together: a pair is one of its points.
    """
    parts = c.covers.parts if isinstance(c.covers, Said) else (c.covers,)
    found = (
        DRAWN.match(parts[0]) if c.kind == "numbers" and c.status == "passed" and isinstance(parts[0], str) else None
    )
    if found is None:
        return [], c.covers
    return [int(found["count"])], Said(f"random points{found.string[found.end() :]}", *parts[1:])


def _from_to(counts: list[int]) -> str:
    least, most = min(counts), max(counts)
    return str(most) if least == most else f"{least} to {most}"


def _phrase(c: CheckResult, said: str, pen: Pen) -> str:
    """Return what one way of checking covered, without which sizes suffice; nothing where another line says it."""
    covers = set_words(cut(said, " (" if c.status == "passed" else "\n"), pen.show, pen.words)
    if c.kind in SAID_ITSELF or c.status == "failed":
        return ""
    if c.status != "passed":
        return f"{pen.words(f'not {KINDS[c.kind]} (')}{covers}{pen.words(')')}"
    if c.kind == "numbers":
        return f"{covers}{pen.words(' in rigorous enclosures')}"
    return f"{pen.words('exactly for ')}{covers}{pen.words(f', {VALUED}') if VALUED in c.covers else ''}"


def _subject(numbers: tuple[int, ...], report: Report, pen: Pen) -> str:
    """Return which lines these are; nothing for all of them."""
    equalities = tuple(x.number for x in report.lines if x.relation == "=")
    orders = tuple(x.number for x in report.lines if x.relation not in ("", "="))
    if numbers == tuple(sorted((*equalities, *orders))):
        return ""
    if numbers in (equalities, orders):
        bounds = all(x.relation in BOUNDS for x in report.lines if x.number in orders)
        return pen.words(f"the {'equalities' if numbers == equalities else 'inequalities' if bounds else 'orders'} ")
    return f"{pen.words('lines ' if len(numbers) > 1 else 'line ')}{pen.lines(numbers)} "


def _rests(report: Report) -> str:
    """Return on what the lines rest, as the last sentences."""
    found = grades(report) if report.is_proved else ""
    return f"Of the lines that follow from others: {found}. {_believed(report)}" if found else _believed(report)


def _believed(report: Report) -> str:
    solved = report.by_solver
    if solved:
        return f"{solved} condition{'s rest' if solved > 1 else ' rests'} on the word of a solver alone."
    if report.ledger:
        return "What is assumed is said above, and nothing else is."
    return "Nothing is assumed."


def _version() -> str:
    try:
        return version("deltasift")
    except PackageNotFoundError:
        return ""
