"""Cases, maxima and minima in different spellings meet as polynomials in brackets; wrong neighbours do not."""

from __future__ import annotations

import pytest
from sympy import S
from sympy.core.basic import Basic

from deltasift import Abs, Max, Min, Piecewise, Sum, index, iverson, positive, real, sizes
from deltasift.asserting.decide import decide
from deltasift.asserting.decision import Grade

N = sizes("N")
n = index("n", 1, N)
x, u = real("x", n), real("u", n)
bend, level = positive("bend"), real("level", above=0, below=1)
error = x[n] - u[n]
size = Abs(error)
least = Min(size, bend)

HUBER = Piecewise((error**2 / 2, size <= bend), (bend * (size - bend / 2), True))
SMOOTH = Piecewise((error**2 / 2, size < 1), (size - S.Half, True))
PINBALL = Piecewise((level * error, u[n] <= x[n]), ((1 - level) * (u[n] - x[n]), True))
SAME = {
    "Huber by a minimum": (least**2 / 2 + bend * (size - least), HUBER),
    "a strict order": (Min(size, 1) ** 2 / 2 + size - Min(size, 1), SMOOTH),
    "pinball": (Max(level * error, (level - 1) * error), PINBALL),
    "pinball by an indicator": ((level - iverson(x[n] < u[n])) * error, PINBALL),
    "a band without loss": (Max(size - bend, 0), Piecewise((0, size <= bend), (size - bend, True))),
    "squared hinge": (Max(1 - x[n], 0) ** 2, Piecewise(((1 - x[n]) ** 2, x[n] < 1), (0, True))),
    "hinge as a margin": (Max(1 - x[n], 0), 1 - Min(x[n], 1)),
    "the two squares": (Max(x[n], u[n]) ** 2 + Min(x[n], u[n]) ** 2, x[n] ** 2 + u[n] ** 2),
    "the product": (Max(x[n], u[n]) * Min(x[n], u[n]), x[n] * u[n]),
}
OTHER = {
    "Huber without a half": (least**2 + bend * (size - least), HUBER),
    "a bend taken for 1": (Min(size, 1) ** 2 / 2 + size - Min(size, 1), HUBER),
    "pinball turned": (Max(level * error, (1 - level) * error), PINBALL),
    "an indicator of the other side": ((level - iverson(u[n] < x[n])) * error, PINBALL),
    "a band with a jump": (Max(size - bend, 0), Piecewise((0, size <= bend), (size, True))),
    "squared hinge of the other sign": (Max(1 + x[n], 0) ** 2, Piecewise(((1 - x[n]) ** 2, x[n] < 1), (0, True))),
    "two of the larger": (Max(x[n], u[n]) ** 2, x[n] * u[n]),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_function_by_cases_is_proved(name: str) -> None:
    left, right = SAME[name]
    assert grade(left, right) is Grade.PROOF


@pytest.mark.parametrize("name", OTHER)
def test_another_function_by_cases_is_refuted(name: str) -> None:
    left, right = OTHER[name]
    assert grade(left, right) is Grade.REFUTED


def grade(left: Basic, right: Basic) -> Grade:
    return decide("=", Sum(left, n), Sum(right, n)).grade
