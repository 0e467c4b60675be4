"""The arithmetic of an evaluator, as far as a world needs it: exact rationals, enclosures, intervals, series, ..."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Protocol


class Arithmetic(Protocol):
    """Numbers of one kind, and what is done with them."""

    zero: Any
    one: Any
    minus: Any

    def exact(self, value: Fraction) -> Any:
        """Return a rational as a number."""

    def whole(self, i: int) -> Any:
        """Return a whole number as a number."""

    def add(self, a: Any, b: Any) -> Any:
        """Return a + b."""

    def multiply(self, a: Any, b: Any) -> Any:
        """Return a * b."""

    def divide(self, a: Any, b: Any) -> Any:
        """Return a / b."""

    def power(self, a: Any, b: Any) -> Any:
        """Return a**b."""

    def exp(self, a: Any) -> Any:
        """Return the exponential."""
