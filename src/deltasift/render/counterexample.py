"""A counterexample as a table: what is to be put in, row by row, and what comes out of the two lines.

Names and values stand as in the source of a page, by the page's own indices, so that `parse` reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy.core.basic import Basic
from sympy.core.numbers import Rational

from deltasift.check.counterexample import Counterexample, Value
from deltasift.check.report import Line, Report
from deltasift.inert.printing import escape

Cell = Any  # an expression, or the Value of a line


@dataclass(frozen=True)
class Row:
    """A name or a line, and its value at each point: one, or two where an order is refuted.

    Attributes
    ----------
    head : Basic or int
        A name or an entry, or the number of a line.
    cells : tuple of Basic or Value
    """

    head: Basic | int
    cells: tuple[Cell, ...]


def table(c: Counterexample, line: int) -> list[Row]:
    """Return the rows of a counterexample to a line; the last two are the line before and the line."""
    points = [c] if c.other is None else [c, c.other]
    at = [dict(p.point) for p in points]
    names = list(dict.fromkeys(name for point in at for name in point))
    rows = [Row(name, tuple(point.get(name, at[0].get(name)) for point in at)) for name in names]
    return [*rows, Row(line - 1, tuple(p.before for p in points)), Row(line, tuple(p.after for p in points))]


def text_rows(c: Counterexample, line: int) -> list[str]:
    """Return the table as text, its columns aligned."""
    rows = [[_head(r.head), *(_cell(x) for x in r.cells)] for r in table(c, line)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def _head(head: Basic | int) -> str:
    return f"line {head}" if isinstance(head, int) else str(head)


def _cell(cell: Cell) -> str:
    return f"{cell} (about {cell.about})" if _is_irrational(cell) else str(cell)


def _is_irrational(cell: Cell) -> bool:
    return isinstance(cell, Value) and cell.exact is not None and not isinstance(cell.exact, Rational)


def latex_table(c: Counterexample, line: int, show: Callable[[Basic], str]) -> str:
    """Return the table as an `array`, the lines below a rule."""
    rows = table(c, line)
    cells = [" & ".join(_latex_cell(x, show) for x in r.cells) for r in rows]
    heads = [rf"\text{{line {r.head}}}" if isinstance(r.head, int) else show(r.head) for r in rows]
    body = [f"{head} & {rest}" for head, rest in zip(heads, cells, strict=True)]
    parts = [" \\\\\n".join(f"  {row}" for row in part) for part in (body[:-2], body[-2:]) if part]
    columns = "l|" + "l" * len(rows[0].cells)
    return f"\\begin{{array}}{{{columns}}}\n" + " \\\\ \\hline\n".join(parts) + "\n\\end{array}"


def _latex_cell(cell: Cell, show: Callable[[Basic], str]) -> str:
    if not isinstance(cell, Value):
        return show(cell)
    if cell.exact is None:
        return rf"\text{{{escape(str(cell))}}}"
    return show(cell.exact) + (rf" \approx {cell.about}" if _is_irrational(cell) else "")


@dataclass(frozen=True)
class Problem:
    """Why a page is not proved, in one line, with the table that shows it where there is one.

    Attributes
    ----------
    words : str
        Without what the table says.
    line : int
        The line that the table belongs to; 0 without a table.
    counterexample : Counterexample or None
    """

    words: str
    line: int = 0
    counterexample: Counterexample | None = None


def problems(report: Report) -> list[Problem]:
    """Return why a page is not proved, line by line, and then what is wrong with the page as a whole."""
    of_lines = [p for x in report.lines for p in problems_of(x)]
    told = {words for x in report.lines for words in x.problems}
    return of_lines + [Problem(words) for words in report.unproved if words not in told]


def problems_of(x: Line) -> list[Problem]:
    """Return what is wrong with a line, each counterexample once, with the problem that tells of it."""
    left = {f"line {x.number}: {c}": c for c in shown_counterexamples(x)}
    found: list[Problem] = []
    for words in x.problems:
        told = next((known for known in left if words.startswith(known)), None)
        found.append(Problem(words) if told is None else _shown(x, left.pop(told), words.removeprefix(told)))
    return found + [_shown(x, c) for c in left.values()]


def _shown(x: Line, c: Counterexample, more: str = "") -> Problem:
    return Problem(f"line {x.number}: {c.what}{more}:", x.number, c)


def shown_counterexamples(line: Line) -> list[Counterexample]:
    """Return the counterexamples to a line, each once, however many ways of checking found it."""
    return list(dict.fromkeys(c.counterexample for c in line.checks if c.counterexample is not None))
