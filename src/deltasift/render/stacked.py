"""A line in two dimensions: fractions and the ends of sums above and below, as they are written on a board.

The alphabet writes marks where a part stands above another; `box` sets what is between them. What would have to stand
above or below inside of an index or an exponent makes the line `Flat`: it is written in one row.
"""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import combining

from sympy.core.basic import Basic

from deltasift.inert.notation import Notation
from deltasift.inert.pieces import CLOSED, LIT, MARKS, OPENED, UNLIT, Piece
from deltasift.render.board import BoardLayout

FRACTION, LIMITS, NEXT, END = "\ue010", "\ue011", "\ue012", "\ue013"
DEEPEST = 200  # marks in each other, above which a line is written in one row
TALL = {"(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "│││", "{": "⎧⎨⎩", "}": "⎫⎬⎭"}
PLAIN_TALL = {"(": "/|\\", ")": "\\|/", "[": "[[[", "]": "]]]", "|": "|||", "{": "/{\\", "}": "\\}/"}

Cell = tuple[str, bool]  # a letter with its accents, and whether it is to be seen
BLANK: Cell = (" ", False)


class Flat(Exception):
    """A line is better written in one row."""


class Box(NamedTuple):
    """Rows of the same length, and which of them is the line."""

    rows: tuple[tuple[Cell, ...], ...]
    line: int

    @property
    def width(self) -> int:
        """How many columns it takes."""
        return len(self.rows[0])


class StackedLayout(BoardLayout):
    """Text with marks where a part stands above another."""

    slashes = False

    def fraction(self, above: Piece, below: Piece) -> Piece:
        return Piece(f"{FRACTION}{above.text}{NEXT}{below.text}{END}", tall=True)

    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        signs = {"sum": ("∑", "sum"), "product": ("∏", "prod"), "integral": ("∫", "int")}
        start = lo if sign == "integral" else f"{name}={lo}"
        return f"{LIMITS}{hi}{NEXT}{signs.get(sign, (sign, sign))[self.ascii]}{NEXT}{start}{END}"

    def sub(self, base: str, indices: list[str]) -> str:
        return super().sub(base, [_in_one_row(i) for i in indices])

    def power(self, base: str, exponent: Piece) -> str:
        return super().power(base, exponent._replace(text=_in_one_row(exponent.text)))


def _in_one_row(text: str) -> str:
    if END in text:
        raise Flat
    return text


def stacked(expr: Basic, notation: Notation, ascii_only: bool, seen: tuple[int, ...] = ()) -> Box:
    """Return an expression in two dimensions, with the part at a path to be seen.

    Raises
    ------
    Flat
        Where it is better written in one row.
    """
    return box(StackedLayout(notation, ascii_only).marked(expr, seen), ascii_only)


def box(text: str, ascii_only: bool) -> Box:
    """Set a text with its marks."""
    opened: list[tuple[str, list[Box]]] = [("", [_row("", False)])]
    seen = 0
    for c in text:
        if c in (LIT, UNLIT):
            seen += 1 if c == LIT else -1
        elif c in (FRACTION, LIMITS, OPENED):
            opened.append((c, [_row("", False)]))
            if len(opened) > DEEPEST:
                raise Flat
        elif c == NEXT:
            opened[-1][1].append(_row("", False))
        elif c in (END, CLOSED):
            kind, parts = opened.pop()
            new = _grown(parts[0], ascii_only) if kind == OPENED else _column(kind, parts, ascii_only, seen > 0)
            _append(opened[-1][1], new)
        elif c not in MARKS:
            _append(opened[-1][1], _row(c, seen > 0))
    return opened[0][1][0]


def _append(parts: list[Box], new: Box) -> None:
    before = parts[-1]
    is_column = len(new.rows) > 1 and before.width > 0
    if is_column and before.rows[before.line][-1][0] == "-" and new.rows[new.line][0] != BLANK:
        before = _beside(before, _row(" ", False))  # a sign is no part of a bar
    parts[-1] = _beside(before, new)


def _row(text: str, seen: bool) -> Box:
    return Box((tuple((c, seen) for c in text),), 0)


def _beside(a: Box, b: Box) -> Box:
    """Return two boxes beside each other, on one line; an accent joins the letter before it."""
    if len(b.rows) == 1 and b.width == 1 and combining(b.rows[0][0][0]) and a.width:
        rows = list(a.rows)
        letter, seen = rows[a.line][-1]
        rows[a.line] = (*rows[a.line][:-1], (letter + b.rows[0][0][0], seen))
        return Box(tuple(rows), a.line)
    above = max(a.line, b.line)
    below = max(len(a.rows) - a.line, len(b.rows) - b.line)
    left, right = _padded(a, above, below), _padded(b, above, below)
    return Box(tuple((*x, *y) for x, y in zip(left, right, strict=True)), above)


def _padded(b: Box, above: int, below: int) -> list[tuple[Cell, ...]]:
    blank = (BLANK,) * b.width
    return [blank] * (above - b.line) + list(b.rows) + [blank] * (below - len(b.rows) + b.line)


def _column(kind: str, parts: list[Box], ascii_only: bool, seen: bool) -> Box:
    """Return parts above each other, with a bar between the two of a fraction."""
    if kind == FRACTION:
        above, below = parts
        bar = _row(("-" if ascii_only else "─") * max(above.width, below.width), seen)
        parts, line = [above, bar, below], len(above.rows)
    else:
        line = len(parts[0].rows)
    width = max(p.width for p in parts)
    return Box(tuple(_centred(row, width) for p in parts for row in p.rows), line)


def _centred(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    left = (width - len(row) + 1) // 2
    return (*(BLANK,) * left, *row, *(BLANK,) * (width - len(row) - left))


def _grown(b: Box, ascii_only: bool) -> Box:
    """Return what stands in parentheses, these as tall as what they hold."""
    last = len(b.rows) - 1
    tall = PLAIN_TALL if ascii_only else TALL
    ends = b.rows[b.line][0], b.rows[b.line][-1]
    if last == 0 or any(letter not in tall for letter, _ in ends):
        return b
    rows = []
    for n, row in enumerate(b.rows):
        part = 0 if n == 0 else 2 if n == last else 1
        left, right = ((tall[letter][part], seen) for letter, seen in ends)
        rows.append((left, *row[1:-1], right))
    return Box(tuple(rows), b.line)
