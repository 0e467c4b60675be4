"""How large something is far out, and what a series or an integral is worth beyond some number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Speed:
    """The function `size * n**power * exp(-rate * n)`."""

    size: Any
    power: Fraction
    rate: Any

    def times(self, other: Speed) -> Speed:
        return Speed(self.size * other.size, self.power + other.power, self.rate + other.rate)


@dataclass(frozen=True)
class Envelope:
    """All values of an expression for n from some number on.

    Attributes
    ----------
    lo, hi : arb
        Exact, infinite where there is no bound.
    above : Speed or None
        What is never less than the magnitude.
    below : Speed or None
        What is never more than the magnitude.
    poly : tuple of numbers
        The coefficients, from the constant one on, where it is a polynomial in n; else empty.
    """

    lo: Any
    hi: Any
    above: Speed | None = None
    below: Speed | None = None
    poly: tuple[Any, ...] = ()
