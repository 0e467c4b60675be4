"""What an alphabet, such as LaTeX or plain text, has to say of each part of a line."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from sympy.core.basic import Basic

from deltasift.inert.notation import Notation
from deltasift.inert.pieces import Piece
from deltasift.inert.signs import Form


class Alphabet(ABC):
    """The signs of a line; `slashes` says that quotients are written in one line."""

    dirac_index: ClassVar[str] = "D"
    slashes: ClassVar[bool] = False

    def __init__(self, notation: Notation | None = None) -> None:
        self.notation = notation or Notation()

    @abstractmethod
    def name(self, name: str) -> str:
        """Return a name."""

    @abstractmethod
    def other_leaf(self, e: Basic) -> str:
        """Return a constant such as pi or infinity."""

    @abstractmethod
    def word(self, word: str) -> str:
        """Return a sign or a word, such as `<=` or `for`."""

    # --- brackets, each with its marks -----------------------------------------------------------------------------

    @abstractmethod
    def paren(self, text: str, tall: bool) -> str:
        """Return a text in parentheses."""

    @abstractmethod
    def brackets(self, text: str, tall: bool) -> str:
        """Return a text in square brackets."""

    # --- arithmetic ------------------------------------------------------------------------------------------------

    @abstractmethod
    def fraction(self, above: Piece, below: Piece) -> Piece:
        """Return a quotient whose numerator has no leading minus."""

    @abstractmethod
    def sub(self, base: str, indices: list[str]) -> str:
        """Return a name with indices."""

    @abstractmethod
    def power(self, base: str, exponent: Piece) -> str:
        """Return a power."""

    @abstractmethod
    def root(self, p: Piece) -> Piece:
        """Return a square root."""

    @abstractmethod
    def function(self, name: str, argument: str, tall: bool) -> str:
        """Return a known function applied."""

    @abstractmethod
    def word_name(self, name: str) -> str:
        """Return a name as a word, where its letter would be read as something else."""

    @abstractmethod
    def cases(self, rows: list[tuple[str, str]]) -> Piece:
        """Return a case distinction, each value with its condition; that of the value for all else is empty."""

    # --- binders and deltas ----------------------------------------------------------------------------------------

    @abstractmethod
    def big(self, sign: str, name: str, lo: str, hi: str) -> str:
        """Return the sign of a binder with its range; `sign` is "sum", "product", "integral" or another fold's word."""

    @abstractmethod
    def value_at(self, body: Piece, name: str, point: str) -> str:
        """Return the value of an expression at a point."""

    @abstractmethod
    def derivative(self, name: str, count: str, partial: bool) -> str:
        """Return the operator of differentiation."""

    @abstractmethod
    def kronecker(self, i: str, j: str) -> str:
        """Return a Kronecker delta."""

    @abstractmethod
    def dirac(self, order: str) -> str:
        """Return the sign of a Dirac delta, or of its derivative."""

    # --- quantities and statements ---------------------------------------------------------------------------------

    @abstractmethod
    def quantity_sign(self, head: str, operands: list[str]) -> str:
        """Return what stands before the operands of a named quantity."""

    @abstractmethod
    def quantity_of(self, sign: str, operands: str) -> str:
        """Return the sign of a quantity, or that with what stands below it, before operands."""

    @abstractmethod
    def separator(self, form: Form) -> str:
        """Return what stands between the operands of a quantity: between the first and the others in `Form.DATA`."""

    @abstractmethod
    def said(self, words: str) -> str:
        """Return words of a statement."""

    @abstractmethod
    def same_order(self, f: str, g: str, q: str, words: str) -> str:
        """Return that two objectives have the same minimisers."""

    @abstractmethod
    def for_all(self, body: str, name: str, lo: str, hi: str) -> str:
        """Return a statement for a range; an end that is infinite is empty."""

    @abstractmethod
    def continuous(self, body: str, name: str, point: str) -> str:
        """Return that a function is continuous at a point, or at all if the point is empty."""

    @abstractmethod
    def exists(self, limit: str) -> str:
        """Return that an integral or an infinite sum exists."""
