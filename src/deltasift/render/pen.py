"""How a medium sets what a document says: words, formulas, citations, references to lines."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sympy.core.basic import Basic

from deltasift.inert.notation import Notation

EN_DASH = "–"
FEW = 3  # numbers of a range that are all written


INDEXED = r"(?<![\w\\^])([A-Za-z])(?:_(\w)|\^(\d|T))(?![\w^])"  # p_k, t^2, A^T
WORD = r"[aA](?=\s(?:\d|[^\w\s]*\w\w))|I(?=\s)"  # what is one letter and a word
ALONE = rf"(?<![\w\\^'.])(?<!\w-)(?!{WORD})([A-Za-z])(?![\w^]|'[a-rt-z]|\.\w|\]\()"  # p, and p of p(x)
POWER = r"(?<=\))\^(\d)(?!\w)"  # of what stands in parentheses
MINUS = r"(?<![\w'\-])-(?=[\w(|\\])|(?<=\s)-(?=\s)"
NAME = re.compile(f"{INDEXED}|{ALONE}|{POWER}|({MINUS})")
ENDS = re.compile(r"\b(?!and\b)[a-z]+\s\Z")  # what stands before the last letter of a sentence
COMMAND = re.compile(r"\\[A-Za-z]+[ {]*\Z")


def prose(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield the parts of a text of an author's: words, and what is mathematics, which has a match.

    That is a letter that is no word, with or without an index or a power, a power of parentheses, and a minus.
    """
    at = 0
    for m in NAME.finditer(text):
        if COMMAND.search(text, at, m.start()):
            continue  # it is part of a name that is written as in LaTeX
        if m[0].isupper() and text.startswith(".", m.end()) and not ENDS.search(text, 0, m.start()):
            continue  # the first letter of somebody's name
        yield text[at : m.start()], None
        yield m[0], m
        at = m.end()
    yield text[at:], None


def letter_of(m: re.Match[str]) -> tuple[str, str, str]:
    """Return a letter, its index and its power, each empty where there is none; a minus is a letter, too."""
    return m[1] or m[4] or ("−" if m[6] else ""), m[2] or "", m[3] or m[5] or ""


def lettered(m: re.Match[str]) -> str:
    """Return a letter, with its index or its power, as LaTeX."""
    letter, index, power = letter_of(m)
    return letter.replace("−", "-") + (f"_{{{index}}}" if index else "") + (f"^{{{power}}}" if power else "")


class Pen(ABC):
    """Sets the parts of a document in one medium, and knows nothing of what they say."""

    fixed_space = "\u00a0"

    def __init__(self, notation: Notation) -> None:
        self.notation = notation

    @abstractmethod
    def words(self, text: str) -> str:
        """Return plain text."""

    @abstractmethod
    def formula(self, e: Basic, notation: Notation) -> str:
        """Return an expression in the mathematics of the medium, without what makes it a formula."""

    @abstractmethod
    def math(self, inner: str) -> str:
        """Return mathematics in a line of text."""

    @abstractmethod
    def display(self, formulas: Sequence[Basic]) -> str:
        """Return formulas on rows of their own, as many in each as fit."""

    @abstractmethod
    def members(self, entries: Sequence[Basic], ends: Sequence[Basic] | None, every: bool = False) -> str:
        """Return in which range names lie, if in any: the first and the last of a table, or every one of some names."""

    @staticmethod
    def few(ends: Sequence[Basic]) -> list[Basic]:
        """Return the numbers of a range where they are few, else nothing."""
        lo, hi = ends
        is_short = lo.is_Integer and hi.is_Integer and 0 <= hi - lo < FEW
        return [lo + n for n in range(int(hi - lo) + 1)] if is_short else []

    @abstractmethod
    def sign(self, relation: str) -> str:
        """Return the sign with which a line follows the one before."""

    @abstractmethod
    def cite(self, key: str, place: str) -> str:
        """Return a citation."""

    @abstractmethod
    def line(self, number: int | str) -> str:
        """Return a reference to a line."""

    @abstractmethod
    def strong(self, text: str) -> str:
        """Return words that stand out."""

    @abstractmethod
    def emphasis(self, text: str) -> str:
        """Return words with a stress."""

    def without_end(self, said: str) -> str:
        """Return a sentence without its full stop."""
        return said.removesuffix(self.words("."))

    def page(self, name: str) -> str:
        """Return a reference to another page of the catalogue; nothing where there is nowhere to go."""
        return ""

    def show(self, e: Basic) -> str:
        """Return an expression in a line of text."""
        return self.math(self.formula(e, self.notation))

    def names(self, names: Sequence[Basic]) -> str:
        """Return several names."""
        return self.words(", ").join(map(self.show, names))

    def brackets(self, e: Basic) -> str:
        """Return an expression with brackets in the place of deltas."""
        return self.math(self.formula(e, replace(self.notation, delta="iverson")))

    def lines(self, numbers: Sequence[int]) -> str:
        """Return references to lines, a run of them by its ends."""
        runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
        return self.listed([shown for r in runs for shown in self._run(list(map(self.line, r)))])

    def _run(self, shown: list[str]) -> list[str]:
        return [f"{shown[0]}{self.words(EN_DASH)}{shown[-1]}"] if len(shown) > 2 else shown

    def listed(self, items: Sequence[str]) -> str:
        """Return items as a sentence lists them."""
        *first, last = items
        return f"{self.words(', ').join(first)}{self.words(' and ')}{last}" if first else last


def numbered(numbers: Sequence[int]) -> str:
    """Return numbers as text, a run of them by its ends."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{r[0]} to {r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)
