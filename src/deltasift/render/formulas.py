"""Formulas in the rows of a terminal: in two dimensions where that fits, else broken where their tree allows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import combining

from sympy.core.basic import Basic

from deltasift.inert.notation import Notation
from deltasift.inert.pieces import (
    BEFORE_FACTOR,
    BEFORE_OPERAND,
    BEFORE_RELATION,
    BEFORE_SIGN,
    LIT,
    UNLIT,
    only_lit,
    plain,
)
from deltasift.render.board import BoardLayout
from deltasift.render.breaking import rows
from deltasift.render.stacked import Box, Cell, Flat, stacked

HIGH = 7  # rows of a line in two dimensions, above which it is easier to read in one
DEEPEST = 6  # parentheses within which a line is broken
NARROW, FURTHER_LEFT = 60, 4  # columns below which what stands under a line begins at that column
FIXED = "\u00a0"  # a space at which no row ends
BEFORE_WORDS = re.compile(rf"{FIXED}(and{FIXED}for|for|exists|is{FIXED}continuous)(?={FIXED}|$)")  # where a row may end
MARK = re.compile(r"(\s*)(✓|✗|ok|WRONG)(?= )")
STEP, DEEPEST_STEP = 2, 3  # columns by which a row that goes on stands further in, and the level of the furthest


class Rows(NamedTuple):
    """The rows of a formula, and which of them is the line."""

    rows: list[str]
    line: int


def columns(text: str) -> int:
    """Return how many columns a text takes, colours and accents aside."""
    return sum(not combining(c) for c in _uncoloured(plain(text)))


def _uncoloured(text: str) -> str:
    parts = text.split("\x1b[")
    return parts[0] + "".join(p.partition("m")[2] for p in parts[1:])


@dataclass(frozen=True)
class Formulas:
    """How formulas are shown: the notation, the letters there are, and whether what is to be seen is marked."""

    notation: Notation
    ascii: bool
    terminal: bool
    color: bool

    def text(self, e: Basic) -> str:
        """Return a formula in one row."""
        return BoardLayout(self.notation, self.ascii).text(e)

    def inline(self, e: Basic, room: int) -> str:
        """Return a formula for a sentence: where it may not be broken, its spaces are `FIXED`."""
        marked = BoardLayout(self.notation, self.ascii).marked(e)
        ends = BEFORE_RELATION + BEFORE_SIGN
        for more in (BEFORE_FACTOR, BEFORE_OPERAND):
            ends += more if max(map(columns, re.split(f"[{ends}] ", marked))) > room else ""
        parts = re.split(f"([{ends}] )", marked)
        shown = "".join(" " if n % 2 else plain(part).replace(" ", FIXED) for n, part in enumerate(parts))
        return BEFORE_WORDS.sub(r" \1", shown)

    def accented(self, row: str) -> str:
        """Return a row in which the mark of a check has a colour."""
        found = MARK.match(row) if self.color else None
        if found is None:
            return row
        return found[1] + _styled(found[2], "red" if found[2] in ("✗", "WRONG") else "green") + row[found.end() :]

    def rows(self, e: Basic, head: str, width: int, seen: tuple[int, ...] = ()) -> Rows:
        """Return a formula in rows of at most `width` columns, the first of them after `head`."""
        if self.terminal:
            try:
                box = stacked(e, self.notation, self.ascii, seen)
            except Flat:
                return self.in_rows(e, head, width, seen)
            if 1 < len(box.rows) <= HIGH and len(head) + box.width <= width:
                return self._box(box, head)
        return self.in_rows(e, head, width, seen)

    def in_rows(self, e: Basic, head: str, width: int, seen: tuple[int, ...] = ()) -> Rows:
        """Return a formula in rows, broken where it is too long for one."""
        layout = BoardLayout(self.notation, self.ascii)
        times = layout.word("times").strip()
        room = max(width - len(head), 8)
        left = len(head) if width >= NARROW else min(len(head), FURTHER_LEFT - STEP)
        parts = rows(
            layout.marked(e, seen),
            room,
            measure=lambda t: float(columns(t)),
            times=times,
            indent=lambda start: float(
                left - len(head) + _further_in(start.depth) + (columns(times) + 1 if start.is_factor else 0)
            ),
            deepest=DEEPEST,
            anywhere=True,
            clean=only_lit,
        )
        shown: list[str] = []
        is_seen = False
        for n, (level, part) in enumerate(parts):
            before = head if n == 0 else " " * (left + _further_in(level))
            cells, is_seen = _cells(part, is_seen)
            shown += self._painted([(*((c, False) for c in before), *cells)])
        return Rows(shown, 0)

    def _box(self, box: Box, head: str) -> Rows:
        blank = tuple((" ", False) for _ in head)
        written = tuple((c, False) for c in head)
        return Rows(
            self._painted([(*(written if n == box.line else blank), *r) for n, r in enumerate(box.rows)]), box.line
        )

    def _painted(self, cells: list[tuple[Cell, ...]]) -> list[str]:
        """Return rows in which what is to be seen has a colour or, where there is none, a line below."""
        if self.color:
            return [_coloured(row).rstrip() for row in cells]
        shown = ["".join(c for c, _ in row).rstrip() for row in cells]
        width = max(map(len, cells))
        marks = "".join(
            ("^" if self.ascii else "‾") if any(len(row) > i and row[i][1] for row in cells) else " "
            for i in range(width)
        ).rstrip()
        return [*shown, marks] if marks else shown


def _further_in(level: int) -> int:
    """Return the columns by which a row of a level stands further in."""
    return STEP * min(level, DEEPEST_STEP)


def _cells(text: str, seen: bool) -> tuple[tuple[Cell, ...], bool]:
    """Return the letters of a row, and whether the next row goes on with what is to be seen."""
    cells: list[Cell] = []
    for c in text:
        if c in (LIT, UNLIT):
            seen = c == LIT
        elif combining(c) and cells:
            cells[-1] = (cells[-1][0] + c, cells[-1][1])
        else:
            cells.append((c, seen))
    return tuple(cells), seen


def _coloured(row: tuple[Cell, ...]) -> str:
    parts: list[tuple[str, bool]] = []
    for c, seen in row:
        if parts and parts[-1][1] == seen:
            parts[-1] = (parts[-1][0] + c, seen)
        else:
            parts.append((c, seen))
    return "".join(_styled(t, "cyan") if seen else t for t, seen in parts)


def _styled(text: str, color: str) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    return Style(color=color, bold=True).render(text, color_system=ColorSystem.STANDARD)
