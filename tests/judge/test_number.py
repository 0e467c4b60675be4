"""Enclosures of numbers contain the number, and are narrow."""

from __future__ import annotations

import random
from fractions import Fraction

import mpmath
import pytest
import sympy
from sympy import S

from deltasift.inert.bridge import from_sympy
from deltasift.judge.term import read
from deltasift.judge.verify.statements.number import FUNCTIONS, Interval, UnenclosedError, Units, enclosure

EXACT = mpmath.MPContext()
EXACT.prec = 1500
TOLERANCE = EXACT.mpf(10) ** -200


def exactly(name: str, units: int, bits: int) -> mpmath.mpf:
    """Return the value of a function at a whole number of units, in units."""
    function = {"Abs": abs}.get(name) or getattr(EXACT, name)
    return function(EXACT.mpf(units) / (1 << bits)) * (1 << bits)


@pytest.mark.parametrize("bits", [8, 16, 64, 200])
@pytest.mark.parametrize("name", ["exp", "log", *FUNCTIONS])
def test_the_value_at_every_point_of_an_interval_is_in_its_image(name: str, bits: int) -> None:
    draw = random.Random(f"{name} {bits}")
    units = Units(bits)
    inside = 0
    for _ in range(60):
        first = draw.randint(-40 << bits, 40 << bits) >> draw.choice((0, 3, bits))
        first = abs(first) + 1 if name == "log" else first
        last = first + draw.choice((0, 1, draw.randint(0, 1 << bits)))
        image = (
            FUNCTIONS[name](units, Interval(first, last))
            if name in FUNCTIONS
            else getattr(units, name)(Interval(first, last))
        )
        for x in (first, (first + last) // 2, last):
            value = exactly(name, x, bits)
            assert image.lo <= value + TOLERANCE
            assert value - TOLERANCE <= image.hi
            inside += 1
    assert inside == 180


@pytest.mark.parametrize(
    "expr",
    [
        sympy.pi,
        sympy.E,
        sympy.sqrt(2),
        sympy.pi**2 / 6 - 1,
        sympy.log(2) * sympy.exp(-S(3) / 2),
        2 ** sympy.sqrt(2),
        sympy.cos(1) - sympy.sin(2),
        sympy.tanh(S(1) / 3),
        S(2) ** -70,
        sympy.log(S(10) ** 40),
    ],
    ids=str,
)
def test_an_enclosure_is_narrow_and_right(expr: sympy.Expr) -> None:
    lo, hi = enclosure(read(from_sympy(expr)), 160)
    value = sympy.Rational(str(sympy.N(expr, 80)))
    assert lo <= Fraction(value.p, value.q) <= hi
    assert hi - lo < Fraction(1, 10**35)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "log(0)",
        "log(-1)",
        "1/(sin(1)**2 + cos(1)**2 - 1)",
        "sqrt(-2)",
        "exp(10**9)",
        "gamma(3)",
        "zoo_",
        "2**10000",
    ],
)
def test_what_may_have_no_value_is_not_enclosed(text: str) -> None:
    from deltasift.parse import parse

    with pytest.raises(UnenclosedError):
        enclosure(read(parse(text).expr), 64)


def test_a_precision_is_bounded() -> None:
    for bits in (0, -1, 7, 10**6):
        with pytest.raises(UnenclosedError):
            enclosure(read(S(1)), bits)
