"""What is printed and what was printed, beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from deltasift.inert.notation import CHOICES, Notation
from deltasift.inert.printing import TextbookLatex
from deltasift.render.board import BoardLayout
from deltasift.render.breaking import rows
from readers.chains import FUNCTIONS, PMFS
from readers.latex import read_latex
from readers.stream import Misread
from readers.text import read_text
from readers.tree import tree_of
from readers.values import value

NARROW = 9  # letters of a row: so few that formulas are broken wherever they can be
NOTATIONS = [Notation(**dict(zip(CHOICES, choice, strict=True))).about(PMFS) for choice in product(*CHOICES.values())]
PLAIN = Notation().about(PMFS)
Print = Callable[[Any], list[str]]
Reads = Callable[[list[str], frozenset[str]], Any]


def _printers(notation: Notation) -> Iterator[tuple[Print, Reads]]:
    """Yield how an expression is printed: in each alphabet whole, and broken into rows."""
    tex = TextbookLatex(notation=notation).layout
    yield lambda e: [tex.text(e)], read_latex
    yield lambda e: [row for _, row in rows(tex.marked(e), NARROW)], read_latex
    for board in (BoardLayout(notation), BoardLayout(notation, ascii_only=True)):
        times = board.word("times").strip()
        yield lambda e, board=board: [board.text(e)], read_text  # type: ignore[misc]
        yield (
            lambda e, board=board, times=times: [  # type: ignore[misc]
                row for _, row in rows(board.marked(e), NARROW, measure=len, times=times, indent=lambda start: 0.0)
            ],
            read_text,
        )


PRINTERS = {notation: list(_printers(notation)) for notation in NOTATIONS}
WAYS = len(PRINTERS[PLAIN])


def misprint(e: Any, notation: Notation = PLAIN, way: int | None = None) -> str | None:
    """Return how an expression is printed where this reads as something else; None where it reads as what it is."""
    wanted = value(tree_of(e, notation.delta, notation.pmf, notation.pmfs))
    printers = PRINTERS[notation]
    functions = FUNCTIONS | notation.pmfs if notation.pmf == "call" else FUNCTIONS
    for show, read in printers if way is None else [printers[way % WAYS]]:
        shown = show(e)
        try:
            found = value(read(shown, functions))
        except Misread as why:
            return f"{shown}: {why}"
        if found != wanted:
            return f"{shown} reads as something else"
    return None
