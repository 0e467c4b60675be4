"""The zeros of a function on an interval, all of them, each enclosed and simple."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from deltasift.check.balls import Balls
from deltasift.check.changes import Change, Changes
from deltasift.check.jets import derivative
from deltasift.check.machine import INEXACT, Frame, Run
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.check.world import RationalDensity, Tent

STARTS = (16, 256, 4096)  # where an infinite range is cut
MOST_BOXES = 600
HIGHEST = 8  # degree of a polynomial
UNEVEN = Fraction(487, 1000)  # where a box is cut, so that no zero is likely to lie there
NEWTON = 12  # steps
MOST = 6  # places at which one integral is cut


def zeros(
    ev: Balls, place: Run, frame: Frame, slot: int, highest: int | None, lo: Any, hi: Any
) -> list[tuple[Any, bool]]:
    """Return all zeros between two ends, None being infinite, each with whether it is simple.

    Of polynomials it is the zeros wherever they are.

    Raises
    ------
    NotCovered, NoValue
        Where they are not known, or all points are zeros.
    """
    outer, inexact = frame[slot], frame[INEXACT]
    try:
        exact = None if highest is None or highest > HIGHEST else _polynomial(ev, place, frame, slot, highest)
        if exact is not None:
            return list(_of_polynomial(ev, exact))
        return [(point, True) for point in _Search(ev, place, frame, slot).run(lo, hi)]
    finally:
        frame[slot], frame[INEXACT] = outer, inexact


def roots(ev: Balls, place: Run, frame: Frame, slot: int, highest: int) -> list[Any]:
    """Return the real zeros of a polynomial, none where it has no exact values or all points are zeros."""
    outer, inexact = frame[slot], frame[INEXACT]
    try:
        exact = _polynomial(ev, place, frame, slot, highest) if highest <= HIGHEST else None
    finally:
        frame[slot], frame[INEXACT] = outer, inexact
    return [] if exact is None or exact.degree() < 1 else [point for point, _ in _of_polynomial(ev, exact)]


def pieces(ev: Balls, where: Changes, frame: Frame, slot: int, lo: Any, hi: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the parts of a range, None being infinite, between the places at which an integrand changes its form."""
    found: list[Any] = []
    for change in where:
        for place in _places(ev, change):
            try:
                found += roots(ev, place, frame, slot, change.degree)
            except (NotCovered, NoValue):
                continue
    arb = ev.flint.arb
    start = lo
    for point in sorted(found, key=lambda p: float(arb(p).mid()))[:MOST]:
        if (start is None or arb(start) < arb(point)) and (hi is None or arb(point) < arb(hi)):
            yield start, point
            start = point
    yield start, hi


def _places(ev: Balls, change: Change) -> Iterator[Run]:
    """Yield the polynomials at whose zeros an integrand changes its form in the world of an evaluator."""
    if change.function is None:
        yield change.place
        return
    shape = ev.world.functions.get(change.function)
    for corner in shape.corners if isinstance(shape, (RationalDensity, Tent)) else ():
        yield _less(change.place, ev.exact(corner))


def _less(place: Run, corner: Any) -> Run:
    return lambda machine, frame: place(machine, frame) - corner


def _polynomial(ev: Balls, place: Run, frame: Frame, slot: int, highest: int) -> Any:
    """Return a polynomial that takes exact values at so many points, None where they are not exact."""
    poly = ev.flint.fmpq_poly
    values = []
    for i in range(highest + 1):
        frame[slot] = i
        value = place(ev, frame)
        if not isinstance(value, ev.flint.fmpq):
            return None
        values.append(value)
    total = poly([0])
    for i, value in enumerate(values):
        term = poly([value])
        for j in range(highest + 1):
            if j != i:
                term = term * poly([-j, 1]) * ev.flint.fmpq(1, i - j)
        total = total + term
    return total


def _of_polynomial(ev: Balls, p: Any) -> Iterator[tuple[Any, bool]]:
    if p.degree() < 1:
        raise NoValue("a Dirac delta whose argument does not vary")
    _, factors = p.numer().factor()
    for factor, times in factors:
        roots = (
            [ev.flint.fmpq(-int(factor[0]), int(factor[1]))]
            if factor.degree() == 1
            else [r.real for r, _ in factor.complex_roots() if r.imag == 0]
        )
        yield from ((root, times == 1) for root in roots)


class _Search:
    """Cuts an interval into boxes on which a function has no zero, or a derivative that is not 0."""

    def __init__(self, ev: Balls, place: Run, frame: Frame, slot: int) -> None:
        self.ev, self.place, self.frame, self.slot = ev, place, frame, slot
        self.arb = ev.flint.arb

    def run(self, lo: Any, hi: Any) -> list[Any]:
        lo, hi = self._end(lo, hi, -1), self._end(hi, lo, 1)
        if hi < lo:
            lo, hi = hi, lo
        if not lo < hi:
            return []
        boxes = [(lo, hi)]
        found: list[Any] = []
        for _ in range(MOST_BOXES):
            if not boxes:
                return found
            a, b = boxes.pop()
            box = a.union(b)
            if self._sign(box):
                continue
            if self._slope(box):
                first, last = self._sign(a), self._sign(b)
                if not first or not last:
                    raise NotCovered("a Dirac delta near the end of a range")
                if first != last:
                    found.append(self._refined(a, b))
                continue
            middle = (a + (b - a) * self.arb(self.ev.exact(UNEVEN))).mid()
            if not (a < middle < b):
                break
            boxes += [(a, middle), (middle, b)]
        raise NotCovered("the zeros of the argument of a Dirac delta")

    def _end(self, end: Any, other: Any, sign: int) -> Any:
        """Return an end, and for an infinite one where no zero is further out."""
        if end is not None:
            return self.arb(end)
        for start in STARTS:
            if other is not None and not sign * self.arb(other) < start:
                continue
            self.frame[INEXACT] = True
            for wanted in (1, -1):
                if self.ev.keeps_sign(self.place, self.frame, self.slot, start, sign, wanted):
                    return self.arb(sign * start)
        raise NotCovered("the zeros of the argument of a Dirac delta far out")

    def _at(self, x: Any) -> Any:
        self.frame[self.slot], self.frame[INEXACT] = x, True
        return self.arb(self.place(self.ev, self.frame))

    def _sign(self, x: Any) -> int:
        try:
            value = self._at(x)
        except (NotCovered, NoValue):
            return 0
        return 1 if value > 0 else -1 if value < 0 else 0

    def _slope(self, x: Any) -> Any:
        """Return the derivative on a box where it is told from 0, else None."""
        self.frame[self.slot], self.frame[INEXACT] = x, True
        try:
            found = self.arb(derivative(self.ev, self.place, self.frame, self.slot, x, 1))
        except (NotCovered, NoValue):
            return None
        return None if found.contains(0) or not found.is_finite() else found

    def _refined(self, a: Any, b: Any) -> Any:
        """Return a close enclosure of the one zero of a box, by Newton's method for intervals."""
        box = a.union(b)
        for _ in range(NEWTON):
            slope = self._slope(box)
            if slope is None:
                break
            middle = box.mid()
            better = middle - self._at(middle) / slope
            if not better.is_finite():
                break
            new = better.intersection(box)
            if new.rad() >= box.rad() / 2:
                box = new
                break
            box = new
        return box
