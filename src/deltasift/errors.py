"""The errors a user can meet; each says in one line what was wrong and, where it can, what to write instead."""

from __future__ import annotations

from typing import Any

LONGEST = 600  # letters of a message


def one_line(words: str, most: int = LONGEST) -> str:
    """Return words on one line, without what moves a cursor, and with the middle left out where they are long."""
    shown = "".join(c if c.isprintable() else "?" for c in " ".join(words.split()))
    if len(shown) <= most:
        return shown
    half = (most - 5) // 2
    return f"{shown[:half]} ... {shown[-half:]}"


class DeltasiftError(Exception):
    """Base of all errors that deltasift raises on purpose."""


class ExpressionError(DeltasiftError, TypeError):
    """Something was put into an expression that does not belong there."""


class DepthError(DeltasiftError):
    """An expression is nested more deeply than SymPy or CPython can follow."""


class SizeError(DeltasiftError):
    """An expression, or a number that it asks for, is larger than is followed."""


class LimitError(ExpressionError):
    """A search took as many steps as it may, so that it is not known what more of them would have led to."""


class BridgeError(DeltasiftError):
    """A SymPy object has no inert counterpart, or the reverse."""


class DomainError(DeltasiftError):
    """A domain is declared wrongly, or the facts of several contradict each other."""


class ParseError(DeltasiftError):
    """A text is not an expression.

    Attributes
    ----------
    column : int or None
        1-based column of the first character that does not fit.
    """

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message)
        self.column = column


class ReadError(DeltasiftError):
    """A Python function, or something in it, is not read as an expression.

    Attributes
    ----------
    line : int or None
        Where it stands in its file.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class RuleError(DeltasiftError):
    """A rule is not well formed: an unbound variable, a missing breaking point, a missing reason."""


class PageError(DeltasiftError):
    """A page of the catalogue or of a user cannot be used."""


class EmitError(DeltasiftError):
    """An expression has no executable form."""


class DataError(DeltasiftError):
    """The user's data do not fit what a page is given."""


class Undefined(DeltasiftError):
    """An expression has no value, and the message says why."""


class NotProved(DeltasiftError):
    """No derivation of an equality was found, which may be true all the same unless there is a counterexample.

    Attributes
    ----------
    left, right : Basic
        What the two sides come to: the forms in which they still differ.
    counterexample : Counterexample or None
        A point at which the sides differ.
    ended_early : bool
        Whether the search ended at a limit of its work, so that there may be a derivation that it would have found.
    """

    def __init__(
        self,
        message: str,
        left: Any = None,
        right: Any = None,
        counterexample: Any = None,
        *,
        ended_early: bool = False,
    ) -> None:
        super().__init__(message)
        self.ended_early = ended_early
        self.left = left
        self.right = right
        self.counterexample = counterexample
