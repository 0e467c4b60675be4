"""Tokens one after the other, and the grammar that formulas in LaTeX and in text have in common.

A sign of a sum, a product or a derivative is applied to all factors that follow. A logarithm without parentheses is
applied to one thing, and nothing may follow it: where a factor does, the reader calls the formula ambiguous. A row may
begin only with a relation, a sign, a word such as "and", or a sign of multiplication.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from readers.values import Tree

ROW = "row"  # the token between two rows
BEST = ("least", "least only", "greatest", "greatest only")  # what an objective is
HALF = ("div", ("num", 1), ("num", 2))


class Misread(Exception):
    """A text is no formula, or can be read in two ways."""


class Stream:
    """Tokens, and where the reader is."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = [*tokens, ""]
        self.at = 0

    @property
    def now(self) -> str:
        return self.tokens[self.at]

    def next(self) -> str:
        token = self.now
        if not token:
            raise Misread("the text ends too early")
        self.at += 1
        return token

    def take(self, *tokens: str) -> bool:
        """Go on where these tokens follow."""
        if tuple(self.tokens[self.at : self.at + len(tokens)]) != tokens:
            return False
        self.at += len(tokens)
        return True

    def need(self, *tokens: str) -> None:
        if not self.take(*tokens):
            raise Misread(f"{' '.join(self.tokens[self.at : self.at + 6])!r} where {' '.join(tokens)!r} was expected")

    def after_row(self, tokens: frozenset[str] | dict[str, str]) -> str:
        """Return the next token where it is one of these; a row may have ended before it."""
        skip = self.now == ROW
        token = self.tokens[self.at + skip]
        if token not in tokens:
            return ""
        self.at += 1 + skip
        return token


def for_all(names: list[str], tree: Tree, lo: Tree, hi: Tree) -> Tree:
    """Return a statement for the range of several names."""
    for name in names:
        tree = ("forall", name, tree, lo, hi)
    return tree


class Reader:
    """What LaTeX and text have in common; a subclass knows the signs."""

    relations: ClassVar[dict[str, str]]
    conjunction: str
    disjunction: str
    times: str
    ends: frozenset[str]  # what no factor starts with
    also: str  # between ranges
    ranges: frozenset[str]  # what the range of a name starts with, after a statement

    def __init__(self, functions: frozenset[str]) -> None:
        self.functions = functions
        self.stream = Stream([])

    def read(self, tokens: list[str]) -> Tree:
        self.stream = Stream(tokens)
        tree = self.statement()
        if self.stream.now:
            raise Misread(f"{self.stream.now!r} is left over")
        return tree

    # --- statements ------------------------------------------------------------------------------------------------

    def statement(self) -> Tree:
        tree = self.worded(self.either())
        while tree[0] == "forall" and self.goes_on():
            self.stream.need(self.also)
            tree = self.worded(tree)
        return tree

    def part(self, read: Callable[[], Tree]) -> Tree:
        """Read one of several parts, of which the last may be left open: the index of a row of a table."""
        now, after = self.stream.tokens[self.stream.at : self.stream.at + 2]
        if now in (self.times, ".") and after[-1:] in (")", "}"):
            self.stream.next()
            return ("name", "·")
        return read()

    def best(self, tree: Tree, head: str) -> Tree:
        """Read where an objective is best, after the words that say so."""
        name = self.name()
        if not self.stream.after_row(frozenset(["="])):
            raise Misread("it is not said where")
        return (head, tree, ("name", name), self.sum())

    def names(self) -> list[str]:
        """Read names of one range, the inner ones first."""
        names = [self.name()]
        while self.stream.take(","):
            names.append(self.name())
        return names

    def goes_on(self) -> bool:
        """Tell whether the range of another name follows, which is around the ranges before."""
        return self.stream.now == self.also and self.stream.tokens[self.stream.at + 1] in self.ranges

    def worded(self, tree: Tree) -> Tree:
        """Read the words that may follow a statement, such as "for n = 1, ..., N"."""
        raise NotImplementedError

    def either(self) -> Tree:
        parts = [self.both()]
        while self.stream.after_row(frozenset([self.disjunction])):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def both(self) -> Tree:
        parts = [self.related()]
        while self.stream.after_row(frozenset([self.conjunction])):
            parts.append(self.related())
        return parts[0] if len(parts) == 1 else ("and", *parts)

    def related(self) -> Tree:
        left, links = self.sum(), []
        while sign := self.stream.after_row(self.relations):
            if self.relations[sign] == "integer":
                self.integers()
                return ("integer", left)
            right = self.sum()
            links.append((self.relations[sign], left, right))
            left = right
        if len(links) > 1 and any(link[0] not in ("<", "<=") for link in links):
            raise Misread("a chain of relations that are no orders")
        return left if not links else links[0] if len(links) == 1 else ("and", *links)

    def integers(self) -> None:
        raise NotImplementedError

    # --- arithmetic ------------------------------------------------------------------------------------------------

    def sum(self) -> Tree:
        first = ("neg", self.term()) if self.stream.take("-") else self.term()
        parts = [first]
        while sign := self.stream.after_row(frozenset("+-")):
            term = self.term()
            parts.append(term if sign == "+" else ("neg", term))
        return parts[0] if len(parts) == 1 else ("add", *parts)

    def term(self) -> Tree:
        tree = self.factor()
        while True:
            if self.stream.after_row(frozenset([self.times])):
                self.no_open(tree)
                tree = ("mul", tree, self.plain(self.factor()))
            elif self.stream.take("/"):
                self.no_open(tree)
                tree = ("div", tree, self.plain(self.factor()))
            elif self.starts():
                self.no_open(tree)
                if self.stream.now[0].isdigit():
                    raise Misread("a number right behind a factor")
                tree = ("mul", tree, self.plain(self.factor()))
            else:
                return tree if tree[0] != "open" else tree[1]

    def starts(self) -> bool:
        """Whether a factor follows."""
        return bool(self.stream.now) and self.stream.now != ROW and self.stream.now not in self.ends

    def plain(self, tree: Tree) -> Tree:
        """Return a last factor: a logarithm without parentheses is one, as long as nothing follows it."""
        if tree[0] != "open":
            return tree
        if self.starts() or self.stream.now in (self.times, "/"):
            raise Misread("a factor behind a logarithm without parentheses")
        return tree[1]

    def no_open(self, tree: Tree) -> None:
        if tree[0] == "open":
            raise Misread("a factor behind a logarithm without parentheses")

    def factor(self) -> Tree:
        raise NotImplementedError

    def many(self, end: str, read: Callable[[], Tree]) -> list[Tree]:
        """Read parts with commas between them, to the end."""
        parts = [self.part(read)]
        while self.stream.take(","):
            parts.append(self.part(read))
        self.stream.need(end)
        return parts
