"""Numbers of the brute force: exact fractions as long as possible, then 40 digits; 2x2 matrices where nothing commutes.

A value that does not exist is `Undefined`; what the brute force has no rule for is `NotCovered`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath

Number = Any  # Fraction, mpf, mpc or Matrix

ARITHMETIC = mpmath.mp.clone()
ARITHMETIC.dps = 40
ZERO, ONE = Fraction(0), Fraction(1)
SAME = ARITHMETIC.mpf(10) ** -28  # two inexact numbers are the same if they differ by less
CLOSE = ARITHMETIC.mpf(10) ** -9  # two results agree if they differ by less, absolutely or relatively
WHOLE = ARITHMETIC.mpf(10) ** -24
SMALL_POWER = 4096
SIGNS = {"=": (0,), "<=": (-1, 0), "<": (-1,), ">=": (0, 1), ">": (1,)}  # of the first of two values minus the second


class Undefined(Exception):
    """There is no value: a division by zero, a logarithm of zero, a sum without integer bounds."""


class NotCovered(Exception):
    """The brute force does not know this kind of expression, or would take too long."""


@dataclass(frozen=True)
class Matrix:
    """A 2x2 matrix of fractions: what a symbol that does not commute stands for."""

    entries: tuple[Fraction, Fraction, Fraction, Fraction]

    def __add__(self, other: Matrix) -> Matrix:
        a, b, c, d = (x + y for x, y in zip(self.entries, other.entries, strict=True))
        return Matrix((a, b, c, d))

    def __mul__(self, other: Matrix) -> Matrix:
        (a, b, c, d), (e, f, g, h) = self.entries, other.entries
        return Matrix((a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h))

    def inverse(self) -> Matrix:
        a, b, c, d = self.entries
        det = a * d - b * c
        if not det:
            raise Undefined("the inverse of a singular matrix")
        return Matrix((d / det, -b / det, -c / det, a / det))

    def power(self, exponent: int) -> Matrix:
        base, result = self if exponent >= 0 else self.inverse(), scalar(ONE)
        for _ in range(abs(exponent)):
            result = result * base
        return result


def scalar(x: Fraction) -> Matrix:
    """Return x times the unit matrix."""
    return Matrix((x, ZERO, ZERO, x))


def inexact(x: Number) -> Any:
    """Return a number of 40 digits."""
    return ARITHMETIC.mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else x


def _pair(x: Number, y: Number) -> tuple[Any, Any]:
    if isinstance(x, Fraction) and isinstance(y, Fraction):
        return x, y
    if isinstance(x, Matrix) or isinstance(y, Matrix):
        if not all(isinstance(z, Fraction | Matrix) for z in (x, y)):
            raise NotCovered("a matrix beside an inexact number")
        return (x if isinstance(x, Matrix) else scalar(x)), (y if isinstance(y, Matrix) else scalar(y))
    return inexact(x), inexact(y)


def add(x: Number, y: Number) -> Number:
    x, y = _pair(x, y)
    return x + y


def mul(x: Number, y: Number) -> Number:
    x, y = _pair(x, y)
    return x * y


def is_zero(x: Number) -> bool:
    return bool(x == scalar(ZERO) if isinstance(x, Matrix) else x == 0)


def same(x: Number, y: Number) -> bool:
    """Whether two values are the same number: exactly, or to nearly all digits."""
    x, y = _pair(x, y)
    if isinstance(x, Fraction | Matrix):
        return bool(x == y)
    return bool(x == y or abs(x - y) < SAME)


def close(x: Number, y: Number, tolerance: Any = CLOSE) -> bool:
    """Whether two results agree: exactly if both are exact, else to a tolerance."""
    x, y = _pair(x, y)
    if isinstance(x, Fraction | Matrix):
        return bool(x == y)
    return bool(x == y or abs(x - y) <= tolerance * max(1, abs(x), abs(y)))


def stands(x: Number, y: Number, relation: str, tolerance: Any = CLOSE) -> bool:
    """Tell whether two values stand in a relation, one of `SIGNS`.

    Raises
    ------
    NotCovered
        Where the relation is strict and the values are nearly the same.
    """
    if close(x, y, tolerance):
        if x != y and relation in ("<", ">"):
            raise NotCovered("a strict relation of values that are nearly the same")
        return 0 in SIGNS[relation]
    if relation == "=":  # of complex numbers, too
        return False
    return (1 if add(x, -y) > 0 else -1) in SIGNS[relation]


def whole(x: Number, what: str) -> int:
    """Return an integer, or say that `what` is none."""
    if isinstance(x, Fraction):
        if x.denominator != 1:
            raise Undefined(f"{what} is {x}")
        return int(x)
    nearest = ARITHMETIC.nint(ARITHMETIC.re(x))
    if abs(x - nearest) > WHOLE:
        raise Undefined(f"{what} is no integer")
    return int(nearest)


def _root(x: Fraction, k: int) -> Fraction | None:
    """Return the k-th root of a nonnegative fraction where it is rational."""
    parts = []
    for n in (x.numerator, x.denominator):
        near = math.isqrt(n) if k == 2 else round(n ** (1 / k)) if n < 10**15 else -1
        found = [r for r in (near - 1, near, near + 1) if r >= 0 and r**k == n]
        if not found:
            return None
        parts.append(found[0])
    return Fraction(parts[0], parts[1])


def power(base: Number, exponent: Number) -> Number:
    """Return a power; 0**0 is 1, and 0 to a negative power has no value."""
    if isinstance(base, Matrix):
        return base.power(whole(exponent, "the exponent of a matrix"))
    if isinstance(base, Fraction) and isinstance(exponent, Fraction):
        if base == 0 and exponent < 0:
            raise Undefined("a division by zero")
        if exponent.denominator == 1 and abs(exponent) <= SMALL_POWER:
            return base ** int(exponent)
        if base == 0:
            return ZERO
        root = _root(base, exponent.denominator) if base > 0 and exponent.denominator <= 12 else None
        if root is not None and abs(exponent) <= SMALL_POWER:
            return root**exponent.numerator
    x, y = _pair(base, exponent)
    if isinstance(x, Matrix):
        raise NotCovered("a matrix in an exponent")
    x, y = inexact(x), inexact(y)
    if x == 0:
        if ARITHMETIC.re(y) < 0:
            raise Undefined("a division by zero")
        return ONE if y == 0 else ZERO
    return ARITHMETIC.power(x, y)
