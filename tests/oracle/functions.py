"""Values of the elementary functions on exact numbers and on numbers of 40 digits."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import reduce

from .values import ARITHMETIC, ONE, ZERO, Matrix, NotCovered, Number, Undefined, add, inexact, mul, whole

Values = Callable[..., Number]


def _real(x: Number) -> Number:
    if isinstance(x, Matrix) or (not isinstance(x, Fraction) and ARITHMETIC.im(x) != 0):
        raise Undefined("an order of numbers that are not real")
    return x


def less(x: Number, y: Number, or_equal: bool) -> bool:
    """Whether x < y or x <= y, for reals."""
    x, y = _real(x), _real(y)
    if not (isinstance(x, Fraction) and isinstance(y, Fraction)):
        x, y = ARITHMETIC.re(inexact(x)), ARITHMETIC.re(inexact(y))
    return bool(x <= y if or_equal else x < y)


def magnitude(x: Number) -> Number:
    return abs(x)


def sign(x: Number) -> Number:
    x = _real(x)
    return ZERO if x == 0 else ONE if x > 0 else -ONE


def floor(x: Number) -> Number:
    """Return the floor; a number that is whole to nearly all digits is that whole number."""
    if isinstance(x, Fraction):
        return Fraction(math.floor(x))
    if ARITHMETIC.isinf(_real(x)):
        return x
    nearest = ARITHMETIC.nint(x)
    return Fraction(int(nearest if abs(x - nearest) < ARITHMETIC.mpf(10) ** -30 else ARITHMETIC.floor(x)))


def ceiling(x: Number) -> Number:
    return -floor(-x)


def remainder(x: Number, y: Number) -> Number:
    """Return x mod y with the sign of y."""
    if y == 0:
        raise Undefined("a remainder by zero")
    quotient = floor(x / y if isinstance(x, Fraction) and isinstance(y, Fraction) else inexact(x) / inexact(y))
    return x - y * quotient if isinstance(x, Fraction) else inexact(x) - inexact(y) * inexact(quotient)


def least(*xs: Number) -> Number:
    return min(map(_real, xs), key=inexact)


def greatest(*xs: Number) -> Number:
    return max(map(_real, xs), key=inexact)


def factorial(x: Number) -> Number:
    if isinstance(x, Fraction) and x.denominator == 1:
        if x < 0:
            raise Undefined("the factorial of a negative integer")
        return Fraction(math.factorial(int(x)))
    return ARITHMETIC.gamma(inexact(x) + 1)


def binomial(n: Number, k: Number) -> Number:
    if not (isinstance(k, Fraction) and k.denominator == 1):
        return ARITHMETIC.binomial(inexact(n), inexact(k))
    result = ONE if k >= 0 else ZERO
    for t in range(int(k)):
        result = mul(result, (n - t) * Fraction(1, t + 1) if isinstance(n, Fraction) else (n - t) / (t + 1))
    return result


def harmonic(n: Number) -> Number:
    """Return a harmonic number, which is 0 for n = 0."""
    return sum((Fraction(1, t) for t in range(1, whole(n, "the index of a harmonic number") + 1)), ZERO)


def levi_civita(*xs: Number) -> Number:
    """Return the sign of a permutation, 0 where two entries agree."""
    result = ONE
    for place, x in enumerate(xs):
        for y in xs[place + 1 :]:
            result *= sign(y - x)
    return result


def root_of_unity(order: Number, power: Number) -> Number:
    n, m = whole(order, "the order of a root of unity"), whole(power, "the power of a root of unity")
    if n < 1:
        raise Undefined("a root of unity of no order")
    if 2 * m % n == 0:
        return -ONE if 2 * m // n % 2 else ONE
    return ARITHMETIC.expjpi(ARITHMETIC.mpf(2 * m) / n)


def heaviside(x: Number, at_zero: Number | None = None) -> Number:
    if _real(x) == 0 and at_zero is None:
        raise NotCovered("a step at its jump")
    return (at_zero or ZERO) if x == 0 else ONE if x > 0 else ZERO


def _analytic(name: str) -> Values:
    function = getattr(ARITHMETIC, {"conjugate": "conj"}.get(name, name))

    def value(x: Number) -> Number:
        if isinstance(x, Matrix):
            raise NotCovered(f"{name} of a matrix")
        if name == "exp" and x == 0:
            return ONE
        if name == "log" and x == 1:
            return ZERO
        if name in ("log", "coth", "gamma", "cot", "csc") and x == 0:
            raise Undefined(f"{name} of zero")
        try:
            result = function(inexact(x))
        except ValueError as pole:
            raise Undefined(f"{name}: {pole}") from None
        if ARITHMETIC.isnan(result) or ARITHMETIC.isinf(result):
            raise Undefined(name)
        return result

    return value


def _one_of(choice: Values) -> Values:
    def value(*xs: Number) -> Number:
        if not xs:
            raise Undefined("the largest or smallest of no numbers")
        return choice(*xs)

    return value


FOLDS: dict[str, Values] = {
    "Sum": lambda *xs: reduce(add, xs, ZERO),
    "Product": lambda *xs: reduce(mul, xs, ONE),
    "Maximum": _one_of(greatest),
    "Minimum": _one_of(least),
}

ANALYTIC = (
    *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "exp", "log"),
    *("asin", "acos", "atan", "asinh", "acosh", "atanh", "erf", "erfc", "gamma", "loggamma", "digamma", "zeta"),
    *("conjugate", "re", "im"),
)

FUNCTIONS: dict[str, Values] = {
    **{name: _analytic(name) for name in ANALYTIC},
    "Abs": magnitude,
    "sign": sign,
    "floor": floor,
    "ceiling": ceiling,
    "Mod": remainder,
    "Min": least,
    "Max": greatest,
    "factorial": factorial,
    "binomial": binomial,
    "harmonic": harmonic,
    "LeviCivita": levi_civita,
    "Heaviside": heaviside,
    "root_of_unity": root_of_unity,
}
