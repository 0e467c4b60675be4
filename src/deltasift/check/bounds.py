"""How large something is far out, and what a series or an integral is worth beyond some number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deltasift.check.balls import Balls


@dataclass(frozen=True)
class Speed:
    """The function `size * n**power * exp(-rate * n)`."""

    size: Any
    power: Fraction
    rate: Any

    def times(self, other: Speed) -> Speed:
        return Speed(self.size * other.size, self.power + other.power, self.rate + other.rate)


@dataclass(frozen=True)
class Bound:
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


def rest(ev: Balls, value: Any, start: int, *, integral: bool = False) -> Any:
    """Return how large the sum of all terms from `start` on, or the integral, is at most; None if it is not known."""
    if not isinstance(value, Bound):
        return ev.zero if isinstance(value, ev.flint.fmpq) and value == 0 else None
    speed, arb = value.above, ev.flint.arb
    if speed is None:
        return None
    power = arb(ev.exact(speed.power))
    if speed.rate > 0 and speed.rate * start > power:
        ratio = (1 + arb(1) / start) ** power * (-speed.rate).exp() if speed.power > 0 else (-speed.rate).exp()
        first = speed.size * arb(start) ** power * (-speed.rate * start).exp()
        return (first / (1 - ratio)).upper() if ratio < 1 else None
    if speed.rate >= 0 and speed.power < -1:
        last = start if integral else start - 1
        return (speed.size * arb(last) ** (power + 1) / -(power + 1)).upper() if last > 0 else None
    return None
