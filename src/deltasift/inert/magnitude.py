"""How large an exact number may become where SymPy would write it out: `10**10**10` has ten thousand million digits."""

from __future__ import annotations

from math import log10
from typing import Any

from sympy import Integer, Rational, Symbol
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.basic import Basic

from deltasift.errors import DepthError, SizeError
from deltasift.inert.algebra import Div, Mul, Pow
from deltasift.inert.visit import depth, postorder

MOST_PARTS = 10_000  # of an expression that is read from a text to be worked on
DEEPEST = 150  # nesting of it: SymPy follows no more
DIGITS = 4_000  # CPython itself turns no integer of more than 4,300 into text
ROOT = 300  # of a number whose root is taken
EXPONENT = 5_000  # of e, of pi and of a root
LARGEST = 1_000  # argument at which a function is evaluated exactly
DEGREE = 64  # of a polynomial that is multiplied out
PARTS = frozenset(("Heaviside", "re", "im", "arg", "Abs", "sign", "conjugate"))  # SymPy multiplies their arguments out
ROUNDED = frozenset(("floor", "ceiling", "frac", "Mod"))  # to all digits
FEW = frozenset(("binomial", "RisingFactorial", "FallingFactorial"))  # as many factors as the second argument says
NAMES = """
    factorial factorial2 subfactorial gamma beta lowergamma uppergamma expint digamma
    trigamma polygamma zeta polylog harmonic bernoulli fibonacci catalan
"""
MANY = frozenset(NAMES.split())


def size(value: Any) -> float:
    """Return the decimal logarithm of a rational's numerator or denominator, whichever is longer."""
    return log10(max(abs(int(value.p)), int(value.q)))


def refuse_large(expr: Basic) -> None:
    """Refuse an expression of more parts, or nested more deeply, than is worked on in bounded time.

    Raises
    ------
    SizeError, DepthError
    """
    parts = 1 + sum(len(e.args) for e in postorder(expr))  # a part that is shared counts wherever it stands
    if parts > MOST_PARTS:
        raise SizeError(f"an expression of {parts} parts, and at most {MOST_PARTS} are worked on")
    if depth(expr) > DEEPEST:
        raise DepthError(f"an expression nested {depth(expr)} deep, and at most {DEEPEST} is worked on")


def refuse_huge(value: Basic) -> None:
    """Refuse a number with more digits than are written out.

    Raises
    ------
    SizeError
    """
    if isinstance(value, Rational) and size(value) > DIGITS:
        raise _too_long(_short(value))


def refuse_huge_power(base: Basic, exponent: Basic) -> None:
    """Refuse a power of numbers that would have more digits than are written out, or whose root SymPy would look for.

    Raises
    ------
    SizeError
    """
    if isinstance(base, Rational) and isinstance(exponent, Integer):
        if base not in (0, 1, -1) and abs(int(exponent)) * size(base) > DIGITS:
            raise SizeError(
                f"{_short(base)}**{_short(exponent)} has more than {DIGITS} digits, which are not written out"
            )
    elif base.is_number and exponent.is_number:
        _refuse_large(exponent, "an exponent")
        if isinstance(base, Rational) and size(base) > ROOT:
            raise SizeError(f"a root of {_short(base)}: it is taken of at most {ROOT} digits")


def refuse_huge_exponential(exponent: Basic) -> None:
    """Refuse an exponential of so large a number that SymPy could compare it with nothing.

    Raises
    ------
    SizeError
    """
    if exponent.is_number:
        _refuse_large(exponent, "an exponent")


def _refuse_large(value: Any, what: str, most: int = EXPONENT) -> None:
    if value.has(ExprWithLimits):
        return  # it stays as it is
    number = value if isinstance(value, Rational) else value.evalf(2)
    if number.is_Number and abs(number) > most:
        shown = _short(value) if isinstance(value, Rational) else str(number)
        raise SizeError(f"{what} of {shown}: it is followed up to {_short(Integer(most))}")


def refuse_huge_function(name: str, arguments: list[Any]) -> None:
    """Refuse a function at numbers where SymPy would go through as many steps as they say.

    Raises
    ------
    SizeError
    """
    numbers = [a for a in arguments if isinstance(a, Rational)]
    if name in ROUNDED:
        for a in arguments:
            if a.is_number and not isinstance(a, Rational):
                _refuse_large(a, name, 10**DIGITS)
    elif name in FEW and len(numbers) == 2:
        n, k = numbers
        steps = min(abs(k), abs(n - k)) if name == "binomial" else abs(k)
        if steps * size(n) > DIGITS:
            raise SizeError(
                f"{name}({_short(n)}, {_short(k)}) has more than {DIGITS} digits, which are not written out"
            )
    elif name in MANY or name in FEW:
        for a in numbers:
            if abs(a) > LARGEST:
                raise SizeError(f"{name} at {_short(a)}: it is evaluated up to {LARGEST}")


def degree(expr: Basic) -> int:
    """Return a bound of the degree of an expression as a polynomial in all its names together."""
    found: dict[int, int] = {}
    for e in postorder(expr):
        below = [found[id(a)] for a in e.args]
        if isinstance(e, Symbol):
            found[id(e)] = 1
        elif isinstance(e, Pow):
            exponent = e.args[1]
            found[id(e)] = below[0] * abs(int(exponent)) if isinstance(exponent, Integer) else below[0]
        elif isinstance(e, (Mul, Div)):
            found[id(e)] = sum(below)
        else:
            found[id(e)] = max(below, default=0)
    return found[id(expr)]


def refuse_high_degree(head: str, expr: Basic) -> None:
    """Refuse a power that SymPy would multiply out to see whether it is real.

    Raises
    ------
    SizeError
    """
    if degree(expr) > DEGREE:
        raise SizeError(f"{head} of a polynomial of degree {degree(expr)}: it is followed up to {DEGREE}")


def _too_long(what: str) -> SizeError:
    return SizeError(f"{what} has more than {DIGITS} digits, which are not written out")


def _short(value: Rational) -> str:
    if size(value) > 20:
        return f"(a number of {int(size(value)) + 1} digits)"
    return f"({value})" if value.q != 1 or value < 0 else str(value)
