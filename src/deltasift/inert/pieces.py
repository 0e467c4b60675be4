"""Printed expressions, as they are put into each other, and the marks that say where a line may be broken.

The marks are characters that no name has. They stand in the text of a piece until it is complete: `plain` takes them
out, and `deltasift.render.breaking` makes rows at them. So one breaker, which knows no alphabet, serves all of them,
and a line is broken where its tree allows it and nowhere else.
"""

from __future__ import annotations

from typing import NamedTuple

WORDS, SUM, PRODUCT, POWER, ATOM = 0, 1, 2, 3, 4

BEFORE_RELATION, BEFORE_SIGN, BEFORE_FACTOR = "\ue000", "\ue001", "\ue002"
OPENED, CLOSED = "\ue003", "\ue004"  # around parentheses and brackets
BEFORE_OPERAND = "\ue007"  # after the sign of a sum or before a slash: where a row ends only if nothing else helps
LIT, UNLIT = "\ue005", "\ue006"  # around the part of a line that is to be seen
MARKS = BEFORE_RELATION + BEFORE_SIGN + BEFORE_FACTOR + BEFORE_OPERAND + OPENED + CLOSED


def plain(text: str) -> str:
    """Return a text without its marks."""
    return _without(text, MARKS + LIT + UNLIT)


def only_lit(text: str) -> str:
    """Return a text without the marks at which it may be broken."""
    return _without(text, MARKS)


def _without(text: str, marks: str) -> str:
    for mark in marks:  # much faster than a table where none or few of them are there, as in a long line
        text = text.replace(mark, "")
    return text


class Ranged(NamedTuple):
    """A statement for a range: what stands before the range, the names, and their ends, empty where infinite."""

    before: str
    names: str
    lo: str
    hi: str


class Piece(NamedTuple):
    """A printed expression.

    Attributes
    ----------
    text : str
    level : int
        How tightly it holds together, from WORDS to ATOM.
    positive : Piece or None
        Of what starts with a minus sign, all that stands after it; `negative` makes the one from the other.
    closed : str or None
        Another text, to be followed by a factor; None where `text` will do.
    swallows : bool
        Whether a factor that follows would be read as part of it, and only parentheses help.
    tall : bool
        Whether it needs tall parentheses.
    inside : Piece or None
        Of what stands in parentheses of its own, what these hold.
    onward : str
        Of an order what follows its left side, which another order may be continued by.
    ranged : Ranged or None
        Of a statement for a range, what another name of the same range may be put into.
    """

    text: str
    level: int = ATOM
    positive: Piece | None = None
    closed: str | None = None
    swallows: bool = False
    tall: bool = False
    inside: Piece | None = None
    onward: str = ""
    ranged: Ranged | None = None


def negative(p: Piece) -> Piece:
    """Return a minus sign before a piece, whatever this looks like alone, before a factor or in a quotient."""
    return Piece(f"-{p.text}", SUM, p, None if p.closed is None else f"-{p.closed}", p.swallows, p.tall)


def lit(p: Piece) -> Piece:
    """Return a piece that is to be seen in its line."""

    def marked(text: str) -> str:
        return f"{LIT}{text}{UNLIT}"

    positive = None if p.positive is None else p.positive._replace(text=marked(p.positive.text), inside=None)
    closed = None if p.closed is None else marked(p.closed)
    return p._replace(text=marked(p.text), positive=positive, closed=closed, inside=None)


def is_tall(parts: list[Piece]) -> bool:
    """Tell whether one of several pieces needs tall parentheses."""
    return any(p.tall for p in parts)
