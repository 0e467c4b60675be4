"""What an integrand is worth near an end of its range: enclosures for all points between the end and one beside it.

The distance from the end is 1/n with n from some number on, so that how fast an integrand grows there is said as it is
said of what is far out. An integral whose integrand has no bound at its ends is enclosed so: what lies very near to an
end is bounded, and the rest is taken in another variable, in which the integrand is tame.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from deltasift.check.balls import Balls
from deltasift.check.bounds import Envelope, Speed
from deltasift.check.far import Far
from deltasift.check.machine import INEXACT, Frame, Run
from deltasift.check.reasons import NotCovered, NoValue

LIKE_ARGUMENT = ("sin", "tanh", "atan")  # near to 0
EIGHTH = Fraction(1, 8)  # log(n) <= 3*n**(1/8)


class Near(Far):
    """Evaluates at all distances of at most 1/`start` from an end; polynomials are those in the distance."""

    def at(self, end: Any, sign: int) -> Envelope:
        """Return what lies above an end, or with sign -1 below it."""
        return self._made(-self.inf, self.inf, None, None, (end, self.whole(sign)))

    def integrated(self, value: Any) -> Any:
        """Return an enclosure of the integral of a value over all of these distances; None if none is known.

        With distances 1/n it is that of `value/n**2` over all n from `start` on.
        """
        if isinstance(value, self.flint.fmpq) and value == 0:
            return self.zero
        x = self.bound(value)
        above, below, sign = x.above, x.below, self._sign(x)
        if above is None or above.power >= 1:
            return None
        power = self._number(above.power - 1)
        unit = self.flint.arb(self.start) ** power / -power
        most = above.size * unit
        if sign and below is not None and below.power == above.power:
            return sign * (below.size * unit).union(most)
        return most.union(-most)

    def _lowest(self, poly: tuple[Any, ...]) -> int:
        """Return which term is the largest near the end."""
        zero = self.flint.fmpq
        return next((k for k, c in enumerate(poly) if not (isinstance(c, zero) and c == 0)), len(poly) - 1)

    def _most(self, poly: tuple[Any, ...]) -> Any:
        arb, low = self.flint.arb, self._lowest(poly)
        most = arb(poly[low])
        for k, c in enumerate(poly[low + 1 :], 1):
            most = most + arb(c).max(arb(0)) / arb(self.start) ** k
        most = most.upper()
        if low == 0:
            return most
        return (most / arb(self.start) ** low).upper() if most > 0 else arb(0)

    def _as_speed(self, poly: tuple[Any, ...], *, upper: bool) -> Speed | None:
        arb, low = self.flint.arb, self._lowest(poly)
        size = arb(poly[low]).abs_upper() if upper else arb(poly[low]).abs_lower()
        for k, c in enumerate(poly[low + 1 :], 1):
            part = arb(c).abs_upper() / arb(self.start) ** k
            size = size + part if upper else size - part
        size = size.upper() if upper else size.lower()
        return Speed(size, Fraction(-low), arb(0)) if upper or size > 0 else None

    def _at_least(self, x: Envelope, y: Envelope) -> Speed | None:
        """Return what a sum is never less than: its larger term without the smaller one."""
        for p, q in ((x, y), (y, x)):
            if p.below is not None and q.above is not None and q.above.power <= p.below.power:
                size = (p.below.size - q.above.size * self._share(q.above.power - p.below.power)).lower()
                if size > 0:
                    return Speed(size, p.below.power, self.flint.arb(0))
        return super()._at_least(x, y)

    def _of_exponent(self, a: Envelope, *, upper: bool) -> Speed | None:
        end = a.hi if upper else a.lo
        if not end.is_finite():
            return None
        return Speed(end.exp().upper() if upper else end.exp().lower(), Fraction(0), self.flint.arb(0))

    def _of_logarithm(self, a: Envelope) -> Speed | None:
        if a.above is None or a.below is None or not a.above.size > 0:
            return None
        zero = self.flint.arb(0)
        parts = (abs(s.size.log()) + 3 * abs(self.flint.arb(self._number(s.power))) for s in (a.above, a.below))
        return Speed(sum(parts, zero).upper(), EIGHTH, zero)

    def function(self, name: str, args: list[Any]) -> Any:
        if name == "factorial" and any(isinstance(a, Envelope) for a in args):
            raise NotCovered("a factorial near an end")
        a = args[0]
        if name in LIKE_ARGUMENT and isinstance(a, Envelope) and a.lo > -1 and a.hi < 1:
            return self._like_its_argument(a)
        return super().function(name, args)

    def _like_its_argument(self, a: Envelope) -> Envelope:
        """Return what lies between a and a - a**3/3, and has the sign of a."""
        zero = self.flint.arb(0)
        least = 1 - (-a.lo).max(a.hi) ** 2 / 3
        below = None if a.below is None else replace(a.below, size=(a.below.size * least).lower())
        return self._made(a.lo.min(zero), a.hi.max(zero), a.above, below)


def beside(ev: Balls, inner: Run, frame: Frame, slot: int, end: Any, sign: int, start: int) -> Any:
    """Return an enclosure of an integral from an end to a point 1/`start` beside it; None if none is known."""
    near = Near(ev, start)
    outer, inexact = frame[slot], frame[INEXACT]
    frame[slot], frame[INEXACT] = near.at(end, sign), True
    try:
        return near.integrated(inner(near, frame))
    except (NoValue, NotCovered):
        return None
    finally:
        frame[slot], frame[INEXACT] = outer, inexact


def from_end(inner: Run, slot: int, end: Any, width: Any) -> Run:
    """Return an integrand in the logarithm of the distance from an end: `end + width*exp(-u)` is where it is taken."""

    def run(machine: Any, frame: Frame) -> Any:
        u = frame[slot]
        part = (-u).exp()
        frame[slot] = end + width * part
        try:
            return inner(machine, frame) * (abs(width) * part)
        finally:
            frame[slot] = u

    return run


def outwards(inner: Run, slot: int, sign: int) -> Run:
    """Return an integrand in the logarithm of the distance from 0: `sign*exp(u)` is where it is taken."""

    def run(machine: Any, frame: Frame) -> Any:
        u = frame[slot]
        distance = u.exp()
        frame[slot] = sign * distance
        try:
            return inner(machine, frame) * distance
        finally:
            frame[slot] = u

    return run
