"""Numbers with their derivatives by one name: power series whose coefficients are enclosures.

A derivative and a derived point mass are what the coefficients say; no rule of differentiation takes part.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.machine import INEXACT, Frame, Run
from deltasift.check.reasons import NotCovered
from deltasift.inert.functions import enclosed_by

HIGHEST = 12  # order of a derivative
ELEMENTARY = enclosed_by("series")


class Jets(Balls):
    """Evaluates with flint's power series, in `length` coefficients, around the value of one name or of one entry."""

    conventions = False  # what is a convention at a point has no neighbourhood in which it is one

    def __init__(
        self, ev: Balls, length: int, slot: int = -1, entry: tuple[Basic, tuple[int, ...]] | None = None
    ) -> None:
        super().__init__(ev.world, ev.scope, ev.programs)
        self.length = length
        self.slot = slot
        self.varied = entry

    def around(self, a: Any) -> Any:
        """Return the series of what is varied."""
        return self.flint.arb_series([self.flint.arb(a), 1], prec=self.length)

    def _series(self, a: Any) -> bool:
        return isinstance(a, self.flint.arb_series)

    def entry(self, table: Basic, indices: tuple[int, ...]) -> Any:
        found = super().entry(table, indices)
        return self.around(found) if (table, indices) == self.varied else found

    def add(self, a: Any, b: Any) -> Any:
        return self._real(a, b) + self._real(b, a)

    def _real(self, a: Any, other: Any) -> Any:
        """Return a number as one that a series can be added to."""
        if not self._series(other) or self._series(a):
            return a
        if isinstance(a, self.flint.acb):
            raise NotCovered("the derivative of what may be no real number")
        return self.flint.arb(a)

    def multiply(self, a: Any, b: Any) -> Any:
        if not (self._series(a) or self._series(b)):
            return super().multiply(a, b)
        if any(isinstance(x, self.flint.fmpq) and x == 0 for x in (a, b)):
            return self.zero
        return self._real(a, b) * self._real(b, a)

    def divide(self, a: Any, b: Any) -> Any:
        if self._series(b):
            super().divide(self.one, b[0])  # says why there is no value
            return self._real(a, b) / b
        if self._series(a):
            return a * self.flint.arb(super().divide(self.one, b))
        return super().divide(a, b)

    def summed(self, term: Run, frame: Frame, slot: int, values: range) -> Any:
        total = self.zero
        for frame[slot] in values:
            total = self.add(total, term(self, frame))
        return total

    def bounded(self, a: Any, times: int = 1) -> Any:
        return a if self._series(a) else super().bounded(a, times)

    def log(self, a: Any) -> Any:
        if not self._series(a):
            return super().log(a)
        super().log(a[0])  # says why there is no value
        return a.log()

    def exp(self, a: Any) -> Any:
        return a.exp() if self._series(a) else super().exp(a)

    def power(self, a: Any, b: Any) -> Any:
        if not (self._series(a) or self._series(b)):
            return super().power(a, b)
        k = self.as_integer(b)
        if k is not None and abs(k) <= HIGHEST**2:
            found = self.one
            for _ in range(abs(k)):
                found = self.multiply(found, a)
            return found if k >= 0 else self.divide(self.one, found)
        return self.exp(self.multiply(b, self.log(a)))

    def function(self, name: str, args: list[Any]) -> Any:
        if not any(map(self._series, args)):
            return super().function(name, args)
        first = args[0]
        if name in ELEMENTARY:
            return getattr(first, name)()
        if name in ("sinh", "cosh", "tanh"):
            up, down = self.exp(first), self.exp(self.multiply(self.minus, first))
            minus, plus = self.add(up, self.multiply(self.minus, down)), self.add(up, down)
            half = self.exact(Fraction(1, 2))
            return (
                self.divide(minus, plus) if name == "tanh" else self.multiply(half, minus if name == "sinh" else plus)
            )
        if name == "loggamma":
            super().function(name, [first[0]])
            return first.lgamma()
        if name in ("Abs", "sign", "Heaviside"):
            sign = self.sign(first)
            if name == "Abs":
                return self.multiply(first, self.whole(sign))
            return self.whole(sign if name == "sign" else (sign + 1) // 2)
        if name in ("Max", "Min"):
            found = first
            for other in args[1:]:
                is_more = self.compare(found, other) > 0
                found = found if is_more == (name == "Max") else other
            return found
        raise NotCovered(f"the derivative of the function {name}")

    def sign(self, a: Any) -> int:
        if not self._series(a):
            return super().sign(a)
        found = super().sign(a[0])
        if not found:
            raise NotCovered("a comparison at the point at which is differentiated")
        return found

    def related(self, a: Any, b: Any, signs: tuple[int, ...]) -> bool:
        if (self._series(a) or self._series(b)) and not any(map(self._is_varied, (a, b))):
            a, b = (x[0] if self._series(x) else x for x in (a, b))
        return super().related(a, b, signs)

    def _is_varied(self, a: Any) -> bool:
        return self._series(a) and a.length() > 1

    def as_fraction(self, a: Any) -> Fraction | None:
        return None if self._series(a) else super().as_fraction(a)

    def is_nonnegative(self, a: Any) -> bool:
        return bool(a[0] > 0) if self._series(a) else super().is_nonnegative(a)

    may_differentiate = False  # by another name, whose series would be taken for those of this one

    def derivative(self, inner: Run, frame: Frame, slot: int, at: Any, order: int) -> Any:
        """Return the series of a derivative by the same name."""
        if slot != self.slot or not self._is_itself(at):
            raise _Nested
        cap, self.flint.ctx.cap = self.flint.ctx.cap, self.length + order
        longer = Jets(self, self.length + order, slot)
        outer = frame[slot]
        try:
            frame[slot] = longer.around(at[0])
            found = inner(longer, frame)
        finally:
            frame[slot] = outer
            self.flint.ctx.cap = cap
        if not self._series(found):
            return found if order == 0 else self.zero
        coefficients = [found[k] for k in range(self.length + order)]
        for _ in range(order):
            coefficients = [c * k for k, c in enumerate(coefficients)][1:]
        return self.flint.arb_series(coefficients, prec=self.length)

    def _is_itself(self, a: Any) -> bool:
        """Tell whether a number is what is differentiated by, and no function of it."""
        if not self._series(a) or a.length() > 2:
            return False
        slope = a[1]
        return bool(slope == 1)

    def integral(self, inner: Run, frame: Frame, slot: int, lo: Any, hi: Any, where: Any = ()) -> Any:
        raise NotCovered("a derivative of an integral")

    def tail(self, inner: Run, frame: Frame, slot: int, start: int, sign: int, *, integral: bool = False) -> Any:
        found = super().tail(inner, frame, slot, start, sign, integral=integral)
        return found if found is not None and found == 0 else None  # nothing bounds the derivatives of the others


class _Nested(NotCovered):
    """A derivative of what is differentiated, by another name."""

    def __init__(self) -> None:
        super().__init__("a derivative of what is differentiated")


def expansion(ev: Balls, inner: Run, frame: Frame, slot: int, at: Any, order: int) -> Any:
    """Return a program's power series in the name of a slot around a point, a number where it does not depend on it."""
    if order > HIGHEST:
        raise NotCovered(f"a derivative of an order above {HIGHEST}")
    if not ev.may_differentiate:
        raise _Nested
    jets = Jets(ev, order + 1, slot)
    outer, inexact = frame[slot], frame[INEXACT]
    cap, ev.flint.ctx.cap = ev.flint.ctx.cap, order + 1
    try:
        frame[slot], frame[INEXACT] = jets.around(at), True
        return inner(jets, frame)
    finally:
        frame[slot], frame[INEXACT] = outer, inexact
        ev.flint.ctx.cap = cap


def derivative(ev: Balls, inner: Run, frame: Frame, slot: int, at: Any, order: int) -> Any:
    """Return the derivative of a program by the name in a slot, at a point."""
    return coefficient(ev, expansion(ev, inner, frame, slot, at, order), order)


def by_entry(ev: Balls, inner: Run, frame: Frame, place: tuple[Basic, tuple[int, ...]], order: int) -> Any:
    """Return the derivative of a program by an entry of a table."""
    if order > HIGHEST:
        raise NotCovered(f"a derivative of an order above {HIGHEST}")
    if not ev.may_differentiate:
        raise _Nested
    jets = Jets(ev, order + 1, entry=place)
    inexact = frame[INEXACT]
    cap, ev.flint.ctx.cap = ev.flint.ctx.cap, order + 1
    try:
        return coefficient(ev, inner(jets, frame), order)
    finally:
        frame[INEXACT] = inexact
        ev.flint.ctx.cap = cap


def coefficient(ev: Balls, series: Any, order: int) -> Any:
    """Return the derivative that a power series says."""
    if not isinstance(series, ev.flint.arb_series):
        return series if order == 0 else ev.zero
    return series[order] * factorial(order)
