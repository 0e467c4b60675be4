"""Numbers such as `pi`, `sqrt(2)` and `exp(1)` between two rational ones, by exact arithmetic of integers alone.

An enclosure is a pair of whole numbers of units, a unit being `2**-bits`; the value lies between the two. Each
operation rounds them outwards. A series is cut off where a bound on what is left out is known, and the bound is added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from deltasift.judge.term import Term
from deltasift.judge.verify.question import RejectedError

LARGEST = 256  # parts of an expression that is enclosed
WIDEST = 1024  # bits of a precision; and how large an exponent or an argument may be
STEEPEST = 64  # angle


class UnenclosedError(RejectedError):
    """A term has no value here, or none that this arithmetic finds."""


class Interval(NamedTuple):
    """The numbers from `lo` to `hi`, in units."""

    lo: int
    hi: int


def enclosure(term: Term, bits: int) -> tuple[Fraction, Fraction]:
    """Return two numbers between which the value of a term without names lies.

    Raises
    ------
    UnenclosedError
        If the term has a name in it, may have no value, or is not made of what is known here.
    """
    found = Units(bits).value(term)
    return Fraction(found.lo, 1 << bits), Fraction(found.hi, 1 << bits)


class Units:
    """Arithmetic of intervals whose ends are whole numbers of units."""

    def __init__(self, bits: int) -> None:
        if not 8 <= bits <= WIDEST:
            raise UnenclosedError(f"{bits} bits are no precision")
        self.bits = bits
        self.one = 1 << bits

    def value(self, term: Term) -> Interval:
        """Return an interval that contains the value of a term, its parts before the whole."""
        values: dict[Term, Interval] = {}
        todo = [term]
        while todo:
            t = todo[-1]
            waiting = [a for a in t.args if a.head != "text" and a not in values]
            if t in values or not waiting:
                values[t] = self._value(t, [values[a] for a in t.args if a.head != "text"])
                todo.pop()
            elif len(values) + len(todo) > LARGEST or t.loose:
                raise UnenclosedError(f"{t.head} is no number")
            else:
                todo += waiting
        return values[term]

    def _value(self, t: Term, args: list[Interval]) -> Interval:
        if t.head == "number":
            return self.ratio(t.value)
        if t.head == "constant" and t.value in ("pi", "e"):
            return self.pi() if t.value == "pi" else self.exp(Interval(self.one, self.one))
        if t.head == "Add":
            return Interval(sum(a.lo for a in args), sum(a.hi for a in args))
        if t.head == "Neg":
            return Interval(-args[0].hi, -args[0].lo)
        if t.head == "Mul":
            product = Interval(self.one, self.one)
            for a in args:
                product = self.times(product, a)
            return product
        if t.head == "Div":
            return self.times(args[0], self.inverse(args[1]))
        if t.head == "Exp":
            return self.exp(args[0])
        if t.head == "Log":
            return self.log(args[0])
        if t.head == "Pow":
            return self._power(args[0], args[1], t.args[1])
        if t.head == "Func" and t.args[0].value in ("Max", "Min"):
            best = max if t.args[0].value == "Max" else min
            return Interval(best(a.lo for a in args), best(a.hi for a in args))
        if t.head == "Func" and t.args[0].value in FUNCTIONS and len(args) == 1:
            return FUNCTIONS[t.args[0].value](self, args[0])
        raise UnenclosedError(f"{t.head} is not enclosed")

    def _power(self, base: Interval, exponent: Interval, written: Term) -> Interval:
        if written.head != "number" or written.value.denominator != 1:
            return self.exp(self.times(exponent, self.log(base)))
        if abs(written.value) > WIDEST:
            raise UnenclosedError("a power that is too large")
        power = Interval(self.one, self.one)
        for _ in range(abs(int(written.value))):
            power = self.times(power, base)
        return power if written.value >= 0 else self.inverse(power)

    # --- arithmetic ------------------------------------------------------------------------------------------------

    def ratio(self, value: Fraction) -> Interval:
        return self.divided(Interval(value.numerator << self.bits, value.numerator << self.bits), value.denominator)

    def times(self, x: Interval, y: Interval) -> Interval:
        ends = (x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi)
        return Interval(min(ends) >> self.bits, -(-max(ends) >> self.bits))

    def divided(self, x: Interval, by: int) -> Interval:
        """Return an interval over a whole number that is positive."""
        return Interval(x.lo // by, -(-x.hi // by))

    def inverse(self, x: Interval) -> Interval:
        if x.lo <= 0 <= x.hi:
            raise UnenclosedError("a divisor that may be 0")
        square = 1 << (2 * self.bits)
        return Interval(square // x.hi, -(-square // x.lo))

    def plus(self, x: Interval, y: Interval) -> Interval:
        return Interval(x.lo + y.lo, x.hi + y.hi)

    def minus(self, x: Interval, y: Interval) -> Interval:
        return Interval(x.lo - y.hi, x.hi - y.lo)

    # --- functions -------------------------------------------------------------------------------------------------

    def pi(self) -> Interval:
        """Machin's formula: 16*arctan(1/5) - 4*arctan(1/239)."""
        a, b = self._arctan(5), self._arctan(239)
        return Interval(16 * a.lo - 4 * b.hi, 16 * a.hi - 4 * b.lo)

    def _arctan(self, n: int) -> Interval:
        """The alternating series of arctan(1/n); what is left out is less than the term that follows."""
        total, power, k = Interval(0, 0), self.ratio(Fraction(1, n)), 1
        while power.hi > 1:
            term = self.divided(power, k)
            total = self.plus(total, term) if k % 4 == 1 else self.minus(total, term)
            power, k = self.divided(power, n * n), k + 2
        return Interval(total.lo - 1, total.hi + 1)

    def exp(self, x: Interval) -> Interval:
        return Interval(self._exp(x.lo).lo, self._exp(x.hi).hi)

    def _exp(self, x: int) -> Interval:
        """exp(x) = exp(x / 2**s)**(2**s), by its series for an argument of at most 1/2."""
        if abs(x) > WIDEST * self.one:
            raise UnenclosedError("an exponent that is too large")
        halvings = max(0, abs(x).bit_length() - self.bits + 1)
        y = self.divided(Interval(x, x), 1 << halvings)
        total, term, n = Interval(0, 0), Interval(self.one, self.one), 0
        while _size(term) > 1:
            total, n = self.plus(total, term), n + 1
            term = self.divided(self.times(term, y), n)
        power = Interval(total.lo - 2, total.hi + 2)  # each term is at most half of the one before
        for _ in range(halvings):
            power = self.times(power, power)
        return power

    def log(self, x: Interval) -> Interval:
        if x.lo <= 0:
            raise UnenclosedError("a logarithm of what may not be positive")
        return Interval(self._log(x.lo).lo, self._log(x.hi).hi)

    def _log(self, x: int) -> Interval:
        """log(x) = k*log(2) + 2*artanh((m - 1)/(m + 1)) with x = m * 2**k and 1/2 <= m < 1."""
        k = x.bit_length() - self.bits
        m = self.ratio(Fraction(x, 1 << x.bit_length()))
        below = self.inverse(Interval(m.lo + self.one, m.hi + self.one))
        two = self._artanh(self.ratio(Fraction(1, 3)))
        rest = self._artanh(self.times(Interval(m.lo - self.one, m.hi - self.one), below))
        doubled = Interval(min(2 * k * two.lo, 2 * k * two.hi), max(2 * k * two.lo, 2 * k * two.hi))
        return Interval(doubled.lo + 2 * rest.lo, doubled.hi + 2 * rest.hi)

    def _artanh(self, x: Interval) -> Interval:
        """The series for an argument of magnitude 1/3 at most, a little more by rounding."""
        square, total, power, n = self.times(x, x), Interval(0, 0), x, 1
        while _size(power) > 1:
            total = self.plus(total, self.divided(power, n))
            power, n = self.times(power, square), n + 2
        return Interval(total.lo - 2, total.hi + 2)  # what follows is less than the next power times 9/8

    def cos(self, x: Interval) -> Interval:
        """The series at the middle; the slope is at most 1, so elsewhere the value is as near as the argument."""
        middle, reach = (x.lo + x.hi) // 2, (x.hi - x.lo) // 2 + 1
        if abs(middle) > STEEPEST * self.one:
            raise UnenclosedError("an angle that is too large")
        square = self.times(Interval(middle, middle), Interval(middle, middle))
        total, term, n = Interval(0, 0), Interval(self.one, self.one), 0
        while n < 2 * STEEPEST or _size(term) > 1:  # from there on each term is at most half of the one before
            total = self.plus(total, term)
            next_one = self.divided(self.times(term, square), (n + 1) * (n + 2))
            term, n = Interval(-next_one.hi, -next_one.lo), n + 2
        return Interval(max(total.lo - 2 - reach, -self.one), min(total.hi + 2 + reach, self.one))

    def sin(self, x: Interval) -> Interval:
        return self.cos(self.minus(x, self.divided(self.pi(), 2)))

    def cosh(self, x: Interval) -> Interval:
        return self.divided(self.plus(self.exp(x), self.exp(Interval(-x.hi, -x.lo))), 2)

    def sinh(self, x: Interval) -> Interval:
        return self.divided(self.minus(self.exp(x), self.exp(Interval(-x.hi, -x.lo))), 2)

    def tanh(self, x: Interval) -> Interval:
        return self.times(self.sinh(x), self.inverse(self.cosh(x)))

    def magnitude(self, x: Interval) -> Interval:
        if x.lo <= 0 <= x.hi:
            return Interval(0, max(-x.lo, x.hi))
        return x if x.lo > 0 else Interval(-x.hi, -x.lo)


FUNCTIONS: Mapping[str, Callable[[Units, Interval], Interval]] = {
    "Abs": Units.magnitude,
    "cos": Units.cos,
    "cosh": Units.cosh,
    "sin": Units.sin,
    "sinh": Units.sinh,
    "tanh": Units.tanh,
}


def _size(x: Interval) -> int:
    """Return the largest magnitude in an interval."""
    return max(-x.lo, x.hi)
