"""Ordinary integrals, enclosed: the integrand is evaluated on complex boxes, and flint adds up."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.changes import Changes
from deltasift.check.machine import INEXACT, Frame, Run
from deltasift.check.near import beside, from_end, outwards
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.check.world import RationalDensity, Tent
from deltasift.check.zeros import pieces
from deltasift.inert.functions import enclosed_by

TOLERANCE = 2.0**-36
CLOSE = 2.0**-20  # as wide as an enclosure may be, against its size
VERY_NEAR = Fraction(1, 2**100)  # of a range, beside an end
CUT_TOLERANCE = 2.0**-24  # between ends at which the integrand has no value
FAR_TOLERANCE = Fraction(1, 2**30)  # of what lies far out
STARTS = (16, 64, 256)  # where an infinite range is cut
SLOW_TOLERANCE = 2.0**-28  # of each part of what falls slowly
SIXTEEN_TIMES = tuple(16**k for k in range(1, 10))  # where it is cut if its integrand falls slowly
CUTS = (8, 16, 24, 44, 66, 88)  # the logarithm of how much nearer than the middle an end is, where an integral is cut
MOST_CALLS = 3_000  # of the integrand, for one integral
MOST_BRANCHES = 16  # of one integrand on one box
DEEPEST = 2  # integrals in integrals
REAL = {"Abs": "real_abs", "sign": "real_sgn", "Heaviside": "real_heaviside", "Max": "real_max", "Min": "real_min"}
PLAIN = enclosed_by("boxes")


class _Branch(Exception):
    """A comparison on a box on which both outcomes occur."""


class Discs(Balls):
    """Evaluates on complex boxes, and says where a value is not analytic by one that is not finite."""

    def __init__(self, ev: Balls, depth: int) -> None:
        super().__init__(ev.world, ev.scope, ev.programs)
        self.outer = ev
        self.depth = depth
        self.calls = 0
        self.outermost: Discs = ev.outermost if isinstance(ev, Discs) else self
        self.stopped: BaseException | None = None
        self.analytic = False
        self._forced: tuple[int, ...] = ()
        self._taken = 0

    def _is_box(self, a: Any) -> bool:
        return isinstance(a, self.flint.acb)

    def _box(self, a: Any) -> Any:
        return a if self._is_box(a) else self.flint.acb(self.flint.arb(a))

    def on(self, inner: Run, frame: Frame, analytic: bool) -> Any:
        """Return the value of a program on a box; where its comparisons have two outcomes, the hull of all values."""
        nowhere = self.flint.acb("nan")
        self.outermost.calls += 1
        if self.outermost.calls > MOST_CALLS:
            return nowhere
        self.analytic = analytic or (isinstance(self.outer, Discs) and self.outer.analytic)
        found: Any = None
        waiting: list[tuple[int, ...]] = [()]
        tried = 0
        while waiting:
            self._forced, self._taken = waiting.pop(), 0
            tried += 1
            try:
                value = self._box(inner(self, frame))
            except _Branch:
                if self.analytic or tried > MOST_BRANCHES:
                    return nowhere
                waiting += [(*self._forced, 1), (*self._forced, -1)]
                continue
            except (NoValue, NotCovered):
                return nowhere
            found = value if found is None else found.union(value)
        return found

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def divide(self, a: Any, b: Any) -> Any:
        if not self._is_box(b):
            return a * super().divide(self.one, b) if self._is_box(a) else super().divide(a, b)
        return a / b

    def log(self, a: Any) -> Any:
        return a.log(analytic=self.analytic) if self._is_box(a) else super().log(a)

    def exp(self, a: Any) -> Any:
        return a.exp() if self._is_box(a) else super().exp(a)

    def power(self, a: Any, b: Any) -> Any:
        if not (self._is_box(a) or self._is_box(b)):
            return super().power(a, b)
        k = self.as_integer(b)
        if k is not None and abs(k) <= 64:
            found: Any = self.one if k == 0 else a
            for _ in range(abs(k) - 1):
                found = found * a
            return found if k >= 0 else self.divide(self.one, found)
        half = self.as_fraction(b)
        if half is not None and half.denominator == 2 and abs(half) <= 64:
            root = a.sqrt(analytic=self.analytic)  # closer than by a logarithm
            found = root * self.power(a, self.exact(abs(half) - Fraction(1, 2)))
            return found if half >= 0 else self.divide(self.one, found)
        if not self._is_box(a):
            return (b * super().log(a)).exp()
        return a.pow(self._box(b), analytic=self.analytic)

    def function(self, name: str, args: list[Any]) -> Any:
        if not any(map(self._is_box, args)):
            return super().function(name, args)
        boxes = [self._box(a) for a in args]
        if name in PLAIN:
            return getattr(boxes[0], name)()
        if name == "loggamma":  # cut along the negative axis
            return boxes[0].lgamma() if boxes[0].real > 0 else self.flint.acb("nan")
        if name == "atan":  # cut along the imaginary axis, from i on
            return boxes[0].atan() if abs(boxes[0].imag) < 1 else self.flint.acb("nan")
        if name in REAL:
            found = boxes[0] if len(boxes) > 1 else getattr(boxes[0], REAL[name])(analytic=self.analytic)
            for other in boxes[1:]:
                found = getattr(found, REAL[name])(other, analytic=self.analytic)
            return found
        raise NotCovered(f"the function {name} in an integral")

    def density(self, name: Basic, x: Any) -> Any:
        if not self._is_box(x):
            return super().density(name, x)
        shape = self.world.functions.get(name)
        if not isinstance(shape, (RationalDensity, Tent)):
            raise NotCovered(f"{name} in an integral")
        scale = self.exact(shape.scale)
        away = (x - self.exact(shape.centre)).real_abs(analytic=self.analytic) * scale
        if isinstance(shape, Tent):
            return self._box(0).real_max(1 - away, analytic=self.analytic) * scale
        return scale / (2 * (1 + away) * (1 + away))

    def sign(self, a: Any) -> int:
        if not self._is_box(a):
            return super().sign(a)
        real = a.real
        if real > 0:
            return 1
        if real < 0:
            return -1
        if self._taken < len(self._forced):
            self._taken += 1
            return self._forced[self._taken - 1]
        raise _Branch

    def as_fraction(self, a: Any) -> Fraction | None:
        return None if self._is_box(a) else super().as_fraction(a)

    def is_nonnegative(self, a: Any) -> bool:
        return bool(a.real >= 0) if self._is_box(a) else super().is_nonnegative(a)

    def keeps(self, a: Any) -> bool:
        return not self._is_box(a)  # which is another one where it has to be analytic

    def bounded(self, a: Any, times: int = 1) -> Any:
        return a if self._is_box(a) else super().bounded(a, times)

    def summed(self, term: Run, frame: Frame, slot: int, values: range) -> Any:
        total = self.zero
        for frame[slot] in values:
            total = total + term(self, frame)
        return total

    may_differentiate = False

    def derivative(self, inner: Run, frame: Frame, slot: int, at: Any, order: int) -> Any:
        raise NotCovered("a derivative in an integral")

    def tail(self, inner: Run, frame: Frame, slot: int, start: int, sign: int, *, integral: bool = False) -> Any:
        return None  # what is far out is bounded on the real line alone


def integral(ev: Balls, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any, where: Changes = ()) -> Any:
    """Return an enclosure of an integral; an end is None where it is infinite, and then `lo` is the lower one.

    It is cut where the integrand changes its form, at the zeros of the polynomials `where`.

    Raises
    ------
    NotCovered
        Where it is not enclosed closely, for which it must exist.
    """
    total: Any = None
    cut = pieces(ev, where, frame, slot, lo, hi) if where and not isinstance(ev, Discs) else [(lo, hi)]
    for start, end in cut:
        one = _infinite if start is None or end is None else _finite
        part = one(ev, inner, frame, slot, start, end)
        total = part if total is None else total + part
    return total


def _infinite(ev: Balls, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any) -> Any:
    for far in STARTS:
        left: Any = ev.zero
        ends = [lo, hi]
        for i, sign in _open_ends(lo, hi):
            start = _start(ev, far, hi if sign < 0 else lo, sign)
            tail = ev.tail(inner, frame, slot, start, sign, integral=True)
            if tail is None:
                left = None
                break
            left = left + tail
            ends[i] = ev.whole(sign * start)
        if left is not None and left <= ev.exact(FAR_TOLERANCE):
            return ev.widened(_finite(ev, inner, frame, slot, *ends), left)
    return _falling_slowly(ev, inner, frame, slot, lo, hi)


def _falling_slowly(ev: Balls, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any) -> Any:
    """Return an integral of which what is far out is taken in the logarithm of the distance, where it falls fast."""
    total, ends = ev.zero, [lo, hi]
    for i, sign in _open_ends(lo, hi):
        start = _start(ev, SIXTEEN_TIMES[0], hi if sign < 0 else lo, sign)
        cuts = [start, *(far for far in SIXTEEN_TIMES if far > start)]
        tail = ev.tail(inner, frame, slot, cuts[-1], sign, integral=True)
        if tail is None or not tail <= ev.exact(FAR_TOLERANCE):
            raise NotCovered("an integral over an infinite range")
        logs = [ev.flint.arb(far).log() for far in cuts]
        for first, last in pairwise(logs):
            part = _enclosed(ev, outwards(inner, slot, sign), frame, slot, first, last, SLOW_TOLERANCE)
            total = total + _close(part)
        total = ev.widened(total, tail)
        ends[i] = ev.whole(sign * start)
    return total + _finite(ev, inner, frame, slot, *ends)


def _open_ends(lo: Any, hi: Any) -> list[tuple[int, int]]:
    """Return which ends of a range are infinite, each with its sign."""
    return [(i, sign) for i, (end, sign) in enumerate(((lo, -1), (hi, 1))) if end is None]


def _start(ev: Balls, far: int, other: Any, sign: int) -> int:
    """Return from where on a range is far out, its other end being nearer."""
    return far if other is None else max(far, int((sign * ev.flint.arb(other)).upper().ceil().unique_fmpz()) + 1)


def _finite(ev: Balls, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any) -> Any:
    if lo is hi or (isinstance(lo, ev.flint.fmpq) and isinstance(hi, ev.flint.fmpq) and lo == hi):
        return ev.zero
    if isinstance(ev, Discs):
        return _enclosed(ev, inner, frame, slot, lo, hi, TOLERANCE)  # on a wide box it is wide
    if not _has_bounds(ev, inner, frame, slot, lo, hi):
        return _between_open_ends(ev, inner, frame, slot, lo, hi)
    return _close(_enclosed(ev, inner, frame, slot, lo, hi, TOLERANCE))


def _close(found: Any) -> Any:
    if not found.is_finite() or not found.real.rad() <= CLOSE * (1 + abs(found).abs_upper()):
        raise NotCovered("an integral that is not enclosed closely")
    return found.real


def _has_bounds(ev: Balls, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any) -> bool:
    """Tell whether an integrand is seen to have bounds very near to each end."""
    step = (hi - lo) * ev.exact(VERY_NEAR)
    discs = Discs(ev, 1)
    outer, inexact = frame[slot], frame[INEXACT]
    frame[INEXACT] = True
    try:
        for end, beside_it in ((lo, lo + step), (hi, hi - step)):
            frame[slot] = discs._box(ev.flint.arb(end).union(ev.flint.arb(beside_it)))
            if not discs.on(inner, frame, False).is_finite():
                return False
        return True
    finally:
        frame[slot], frame[INEXACT] = outer, inexact


def _between_open_ends(ev: Balls, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any) -> Any:
    """Return an integral whose integrand may have no bound at its ends: what lies near to these is bounded."""
    half = (hi - lo) / 2
    if not half > 0:
        raise NotCovered("an integral that is not enclosed closely")
    total: Any = ev.zero
    for end, sign in ((lo, 1), (hi, -1)):
        cut, rest = _cut(ev, inner, frame, slot, end, sign, half)
        part = _enclosed(ev, from_end(inner, slot, end, sign * half), frame, slot, ev.zero, cut, CUT_TOLERANCE)
        total = total + _close(part) + rest
    return total


def _cut(ev: Balls, inner: Run, frame: Frame, slot: int, end: Any, sign: int, half: Any) -> tuple[Any, Any]:
    """Return where an integral is cut off at an end, as a logarithm, and what lies beyond it."""
    for nearer in CUTS:
        start = int((ev.flint.arb(nearer).exp() / half).upper().ceil().unique_fmpz())
        rest = beside(ev, inner, frame, slot, end, sign, start)
        if rest is not None and ev.flint.arb(rest).rad() <= CUT_TOLERANCE:
            return (half * ev.flint.arb(start)).log(), rest
    raise NotCovered("an integral that is not enclosed closely")


def _enclosed(ev: Balls, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any, tolerance: float) -> Any:
    """Return a complex box in which an integral lies, which may be wide or not finite."""
    depth = ev.depth + 1 if isinstance(ev, Discs) else 1
    if depth > DEEPEST:
        raise NotCovered("integrals in integrals")
    discs = Discs(ev, depth)
    outer, inexact = frame[slot], frame[INEXACT]
    frame[INEXACT] = True

    acb = ev.flint.acb
    nowhere = acb("nan")

    def integrand(x: Any, analytic: bool) -> Any:
        if discs.stopped is not None:
            return nowhere
        frame[slot] = x
        try:
            return discs.on(inner, frame, analytic)
        except BaseException as why:  # flint goes on whatever is raised here
            discs.stopped = why
            return nowhere

    try:
        found = acb.integral(
            integrand,
            discs._box(lo),
            discs._box(hi),
            rel_tol=tolerance,
            abs_tol=tolerance,
            eval_limit=MOST_CALLS // 4,
        )
    finally:
        frame[slot], frame[INEXACT] = outer, inexact
    if discs.stopped is not None:
        raise discs.stopped
    if discs.outermost is discs:
        ev.integrands += discs.calls
    return found
