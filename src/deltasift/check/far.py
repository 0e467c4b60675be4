"""What an expression is worth far out: enclosures for all integers, or reals, from some number on.

A value is an interval, with bounds of how fast it grows or falls. So a term that a delta makes 0 from somewhere on is
seen to be 0, and what is left of a series or of an integral over an infinite range is bounded.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.bounds import Envelope, Speed
from deltasift.check.everywhere import Entries
from deltasift.check.machine import INEXACT, Frame, Run
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.inert.functions import FUNCTIONS

HIGHEST = 8  # degree of a polynomial
BOUNDED = {f.name: f.bound for f in FUNCTIONS.values() if f.bound is not None}


class Far(Balls):
    """Evaluates for all n >= `start`, `start` being at least 1."""

    def __init__(self, ev: Balls, start: int) -> None:
        super().__init__(ev.world, ev.scope, ev.programs)
        self.start = start
        self.inf = self.flint.arb.pos_inf()

    def variable(self, sign: int) -> Envelope:
        """Return n, or -n."""
        start, one = self.flint.arb(self.start), self.flint.arb(1)
        speed = Speed(one, Fraction(1), self.flint.arb(0))
        lo, hi = (start, self.inf) if sign > 0 else (-self.inf, -start)
        return Envelope(lo, hi, speed, speed, (self.zero, self.whole(sign)))

    def anything(self) -> Envelope:
        return Envelope(-self.inf, self.inf)

    def bound(self, a: Any) -> Envelope:
        """Return a number that does not depend on n as a bound."""
        if isinstance(a, Envelope):
            return a
        ball = self.flint.arb(a)
        lo, hi = ball.lower(), ball.upper()
        zero = self.flint.arb(0)
        least = ball.abs_lower()
        below = Speed(least, Fraction(0), zero) if least > 0 else None
        return Envelope(lo, hi, Speed(ball.abs_upper(), Fraction(0), zero), below, (a,))

    # --- algebra ---------------------------------------------------------------------------------------------------

    def _made(self, lo: Any, hi: Any, above: Speed | None, below: Speed | None, poly: tuple[Any, ...] = ()) -> Envelope:
        """Return a bound, with what the coefficients of a polynomial say."""
        if poly:
            lo, hi = lo.max(self._least(poly)).lower(), hi.min(self._most(poly)).upper()
            above = self._as_speed(poly, upper=True) or above
            below = self._as_speed(poly, upper=False) or below
        lo = -self.inf if lo.is_nan() else lo.lower()
        hi = self.inf if hi.is_nan() else hi.upper()
        return Envelope(lo, hi, above, below, poly)

    def _most(self, poly: tuple[Any, ...]) -> Any:
        """Return what a polynomial never exceeds."""
        most = self.flint.arb(poly[-1]).upper()
        for c in reversed(poly[:-1]):
            if most > 0:
                return self.inf
            most = (self.flint.arb(c) + most * self.start).upper()
        return most

    def _least(self, poly: tuple[Any, ...]) -> Any:
        return -self._most(tuple(-c for c in poly))

    def _as_speed(self, poly: tuple[Any, ...], *, upper: bool) -> Speed | None:
        """Return how fast a polynomial grows: its highest term, with what the others add or take away at most."""
        top = len(poly) - 1
        sign = 1 if upper else -1
        arb = self.flint.arb
        size = arb(poly[top]).abs_upper() if upper else arb(poly[top]).abs_lower()
        for k, c in enumerate(poly[:-1]):
            size = size + sign * arb(c).abs_upper() / arb(self.start) ** (top - k)
        size = size.upper() if upper else size.lower()
        return Speed(size, Fraction(top), arb(0)) if upper or size > 0 else None

    def add(self, a: Any, b: Any) -> Any:
        if not (isinstance(a, Envelope) or isinstance(b, Envelope)):
            return super().add(a, b)
        if a is self.zero or b is self.zero:
            return b if a is self.zero else a
        x, y = self.bound(a), self.bound(b)
        poly: tuple[Any, ...] = ()
        if x.poly and y.poly:
            longer, shorter = sorted((x.poly, y.poly), key=len, reverse=True)
            poly = tuple(c + shorter[k] if k < len(shorter) else c for k, c in enumerate(longer))
            while len(poly) > 1 and isinstance(poly[-1], self.flint.fmpq) and poly[-1] == 0:
                poly = poly[:-1]
            if len(poly) == 1:
                return poly[0]
        return self._made(x.lo + y.lo, x.hi + y.hi, self._either(x.above, y.above), self._at_least(x, y), poly)

    def _at_least(self, x: Envelope, y: Envelope) -> Speed | None:
        """Return what a sum is never less than."""
        same_sign = (x.lo >= 0 and y.lo >= 0) or (x.hi <= 0 and y.hi <= 0)
        return x.below or y.below if same_sign else None

    def _either(self, a: Speed | None, b: Speed | None) -> Speed | None:
        """Return what bounds a sum."""
        if a is None or b is None:
            return None
        power, rate = max(a.power, b.power), a.rate.min(b.rate).lower()
        size = a.size * self._share(a.power - power) + b.size * self._share(b.power - power)
        return Speed(size.upper(), power, rate)

    def _share(self, power: Fraction) -> Any:
        """Return the largest value of a power of n that is not positive."""
        return self.flint.arb(self.start) ** self._number(power) if power else self.one

    def multiply(self, a: Any, b: Any) -> Any:
        if not (isinstance(a, Envelope) or isinstance(b, Envelope)):
            return super().multiply(a, b)
        for x, y in ((a, b), (b, a)):
            if isinstance(x, self.flint.fmpq):
                if x == 0:
                    return self.zero
                if x == 1:
                    return y
        x, y = self.bound(a), self.bound(b)
        poly: tuple[Any, ...] = ()
        if x.poly and y.poly and len(x.poly) + len(y.poly) <= HIGHEST + 2:
            made = [self.zero] * (len(x.poly) + len(y.poly) - 1)
            for i, c in enumerate(x.poly):
                for j, d in enumerate(y.poly):
                    made[i + j] = made[i + j] + c * d
            poly = tuple(made)
        corners = [self._corner(p, q) for p in (x.lo, x.hi) for q in (y.lo, y.hi)]
        lo, hi = corners[0], corners[0]
        for c in corners[1:]:
            lo, hi = lo.min(c), hi.max(c)
        above = x.above.times(y.above) if x.above and y.above else None
        below = x.below.times(y.below) if x.below and y.below else None
        return self._made(lo, hi, above, below, poly)

    def _corner(self, p: Any, q: Any) -> Any:
        return self.flint.arb(0) if p == 0 or q == 0 else p * q

    def divide(self, a: Any, b: Any) -> Any:
        if not isinstance(b, Envelope):
            inverse = super().divide(self.one, b)
            return self.multiply(a, inverse) if isinstance(a, Envelope) else super().divide(a, b)
        sign = self._sign(b)
        if not sign:
            raise NotCovered("a divisor that is not told from 0")
        lo, hi = (self._inverse(end, sign) for end in (b.hi, b.lo))
        above = Speed((1 / b.below.size).upper(), -b.below.power, -b.below.rate) if b.below else None
        below = Speed((1 / b.above.size).lower(), -b.above.power, -b.above.rate) if b.above else None
        return self.multiply(a, self._made(lo, hi, above, below))

    def _sign(self, a: Envelope) -> int:
        """Return the sign of all values, 0 where it is not known; what comes near to 0 may never be 0."""
        never_zero = a.below is not None and a.below.size > 0
        if a.lo > 0 or (a.lo >= 0 and never_zero):
            return 1
        return -1 if a.hi < 0 or (a.hi <= 0 and never_zero) else 0

    def _inverse(self, end: Any, sign: int) -> Any:
        """Return the inverse of an end of what has that sign."""
        if end == 0:
            return self.inf if sign > 0 else -self.inf
        return 1 / end if end.is_finite() else self.flint.arb(0)

    def summed(self, term: Run, frame: Frame, slot: int, values: range) -> Any:
        total = self.zero
        for frame[slot] in values:
            total = self.add(total, term(self, frame))
        return total

    def bounded(self, a: Any, times: int = 1) -> Any:
        return a if isinstance(a, Envelope) else super().bounded(a, times)

    # --- functions -------------------------------------------------------------------------------------------------

    def exp(self, a: Any) -> Any:
        if not isinstance(a, Envelope):
            return super().exp(a)
        above = self._of_exponent(a, upper=True)
        below = self._of_exponent(a, upper=False)
        lo = self.flint.arb(0) if not a.lo.is_finite() else a.lo.exp()
        hi = self.inf if not a.hi.is_finite() else a.hi.exp()
        return self._made(lo, hi, above, below)

    def _of_exponent(self, a: Envelope, *, upper: bool) -> Speed | None:
        """Return how fast an exponential goes, from a line above or below the exponent."""
        arb, end = self.flint.arb, a.hi if upper else a.lo
        if len(a.poly) > 1:
            slope = (self._most if upper else self._least)(a.poly[1:])
            if slope.is_finite():
                size = arb(a.poly[0]).exp()
                return Speed(size.upper() if upper else size.lower(), Fraction(0), (-slope))
        return (
            Speed(end.exp().upper() if upper else end.exp().lower(), Fraction(0), arb(0)) if end.is_finite() else None
        )

    def log(self, a: Any) -> Any:
        if not isinstance(a, Envelope):
            return super().log(a)
        if a.hi <= 0:
            raise NoValue("the logarithm of a negative number")
        if self._sign(a) <= 0:
            raise NotCovered("a logarithm of what is not told from 0")
        lo = a.lo.log() if a.lo > 0 else -self.inf
        hi = a.hi.log() if a.hi.is_finite() else self.inf
        return self._made(lo, hi, self._of_logarithm(a), None)

    def _of_logarithm(self, a: Envelope) -> Speed | None:
        """Return how fast a logarithm goes, from what it is the logarithm of."""
        if a.above is None or a.below is None or not a.above.size > 0:
            return None
        parts = (
            abs(s.size.log()) + abs(self.flint.arb(self._number(s.power))) + abs(s.rate) for s in (a.above, a.below)
        )
        return Speed(sum(parts, self.flint.arb(0)).upper(), Fraction(1), self.flint.arb(0))

    def _number(self, f: Fraction) -> Any:
        return self.flint.fmpq(f.numerator, f.denominator)

    def power(self, a: Any, b: Any) -> Any:
        if not (isinstance(a, Envelope) or isinstance(b, Envelope)):
            return super().power(a, b)
        if isinstance(b, Envelope):
            return self._exponential(a, b)
        exponent = self.as_fraction(b)
        if exponent is None or abs(exponent) > HIGHEST:
            raise NotCovered("a power")
        if exponent.denominator == 1:
            found = self.one
            for _ in range(abs(int(exponent))):
                found = self.multiply(found, a)
            return found if exponent >= 0 else self.divide(self.one, found)
        if self._sign(a) <= 0:
            raise NotCovered("a power of what is not told from 0")
        if exponent < 0:
            return self.divide(self.one, self.power(a, -b))
        hi = a.hi**b if a.hi.is_finite() else self.inf
        above, below = (
            None if s is None else Speed(s.size**b, s.power * exponent, s.rate * b) for s in (a.above, a.below)
        )
        lo = self.flint.arb(a.lo) ** b if a.lo > 0 else self.flint.arb(0)
        return self._made(lo, hi, above, below)

    def _exponential(self, a: Any, b: Envelope) -> Any:
        if isinstance(a, Envelope):
            return self.exp(self.multiply(b, self.log(a)))
        if isinstance(a, self.flint.fmpq) and a == 0:
            if b.lo > 0:
                return self.zero
            raise NotCovered("a power of 0")
        if self.flint.arb(a) > 0:
            return self.exp(self.multiply(b, self.log(a)))
        size = self.exp(self.multiply(b, self.log(abs(a))))  # the exponents are integers where this has a value
        return Envelope(-size.hi, size.hi, size.above, size.below) if isinstance(size, Envelope) else self.anything()

    def function(self, name: str, args: list[Any]) -> Any:
        if not any(isinstance(a, Envelope) for a in args):
            return super().function(name, args)
        a = self.bound(args[0])
        if name == "Abs":
            sign = 1 if a.lo >= 0 else -1 if a.hi <= 0 else 0
            if sign:
                return args[0] if sign > 0 else self.multiply(self.minus, args[0])
            return Envelope(self.flint.arb(0), (-a.lo).max(a.hi).upper(), a.above, a.below)
        if name in ("sign", "Heaviside") and self._sign(a):
            return self.one if self._sign(a) > 0 else self.minus if name == "sign" else self.zero
        if name in BOUNDED and len(args) == 1:
            most = self.flint.arb(BOUNDED[name])
            return Envelope(-most, most, Speed(most, Fraction(0), self.flint.arb(0)))
        if name in ("Max", "Min"):
            found = args[0]
            for other in args[1:]:
                found = self._extreme(name, found, other)
            return found
        if name == "factorial" and len(a.poly) == 2 and a.poly[1] >= 1 and a.poly[0] >= 0:
            # n! >= (n/e)**n, and the argument is at least n
            rate = -(self.flint.arb(self.start).log() - 1)
            return Envelope(self.flint.arb(1), self.inf, None, Speed(self.flint.arb(1), Fraction(0), rate.upper()))
        if name in ("floor", "ceiling"):
            return self._made(a.lo - 1, a.hi + 1, None, None)
        raise NotCovered(f"the function {name} far out")

    def _extreme(self, name: str, a: Any, b: Any) -> Any:
        x, y = self.bound(a), self.bound(b)
        for p, q, one in ((x, y, a), (y, x, b)):
            if (name == "Max" and p.lo >= q.hi) or (name == "Min" and p.hi <= q.lo):
                return one
        lo, hi = (x.lo.max(y.lo), x.hi.max(y.hi)) if name == "Max" else (x.lo.min(y.lo), x.hi.min(y.hi))
        return self._made(lo, hi, self._either(x.above, y.above), None)

    # --- what is not followed there --------------------------------------------------------------------------------

    may_differentiate = False

    def derivative(self, inner: Run, frame: Frame, slot: int, at: Any, order: int) -> Any:
        raise NotCovered("a derivative far out")

    def integral(self, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any, where: Any = ()) -> Any:
        raise NotCovered("an integral far out")

    def tail(self, inner: Run, frame: Frame, slot: int, start: int, sign: int, *, integral: bool = False) -> Any:
        return None

    def ones(self, inner: Run, frame: Frame, slot: int, start: int, sign: int) -> bool:
        return False

    def always(self, holds: Run, frame: Frame, slot: int, start: int, sign: int) -> bool:
        raise NotCovered("an infinite range far out")

    # --- what stands in the world ----------------------------------------------------------------------------------

    def entry_at(self, table: Basic, indices: list[Any]) -> Any:
        """Return an entry of which an index is far out."""
        entries = self.world.tables.get(table)
        entries = getattr(entries, "watched", entries)
        if not isinstance(entries, Entries):
            raise NotCovered(f"{table} far out")
        arb = self.flint.arb
        if entries.reach is not None and any(
            b.lo > entries.reach or b.hi < -entries.reach for b in map(self.bound, indices)
        ):
            return self.zero
        lo = -self.inf if entries.lo is None else arb(self.exact(entries.lo))
        hi = self.inf if entries.hi is None else arb(self.exact(entries.hi))
        return self._made(lo, hi, None, None)

    # --- order -----------------------------------------------------------------------------------------------------

    def as_fraction(self, a: Any) -> Fraction | None:
        return None if isinstance(a, Envelope) else super().as_fraction(a)

    def is_nonnegative(self, a: Any) -> bool:
        return bool(a.lo >= 0) if isinstance(a, Envelope) else super().is_nonnegative(a)

    def sign(self, a: Any) -> int:
        if not isinstance(a, Envelope):
            return super().sign(a)
        sign = self._sign(a)
        if sign:
            return sign
        raise NotCovered("a comparison of values that are not told apart")

    def related(self, a: Any, b: Any, signs: tuple[int, ...]) -> bool:
        if not (isinstance(a, Envelope) or isinstance(b, Envelope)):
            return super().related(a, b, signs)
        apart = self.bound(self.add(a, self.multiply(self.minus, b)))
        may = {-1: not apart.lo >= 0, 0: not self._sign(apart), 1: not apart.hi <= 0}
        if not any(is_so for sign, is_so in may.items() if sign in signs):
            return False
        if any(is_so for sign, is_so in may.items() if sign not in signs):
            raise NotCovered("a comparison of values that are not told apart")
        return True


def far_out(ev: Balls, inner: Run, frame: Frame, slot: int, start: int, sign: int) -> Any:
    """Return a value for all n >= start, or with sign -1 for all n <= -start; `slot` is that of the name."""
    far = Far(ev, start)
    outer, inexact = frame[slot], frame[INEXACT]
    frame[slot], frame[INEXACT] = far.variable(sign), True
    try:
        return inner(far, frame)
    finally:
        frame[slot], frame[INEXACT] = outer, inexact


def beyond(ev: Balls, value: Any, start: int, *, integral: bool = False) -> Any:
    """Return how large the sum of all terms from `start` on, or the integral, is at most; None if it is not known."""
    if not isinstance(value, Envelope):
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
