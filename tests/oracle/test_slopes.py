"""Derivatives by differences agree with those that are known."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Integer, Symbol

from deltasift.inert import At, Derivative, Entry, Exp, Log, Pow, Sum, inert

from .given import Given
from .lines import value
from .values import NotCovered, Undefined, close

x, p = Symbol("x"), Symbol("p")
i, m = Symbol("i"), Symbol("m")
TABLE = {(1,): Fraction(1), (2,): Fraction(4), (3,): Fraction(2)}
WORLD = Given({"x": Fraction(3, 2), "m": Fraction(2)}, {"p": TABLE}, {}, {})


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (Derivative(Pow(x, 3), x), Fraction(27, 4)),
        (Derivative(Pow(x, 3), x, 2), 9),
        (Derivative(Derivative(Pow(x, 3), x), x), 9),
        (Derivative(Log(x), x), Fraction(2, 3)),
        (Derivative(Sum(Pow(Entry(p, i), 2), (i, 1, 3)), Entry(p, m)), 8),
        (Sum(Derivative(Entry(p, i), Entry(p, m)), (i, 1, 3)), 1),
        (At(Derivative(Pow(x, 2), x), x, Integer(5)), 10),
        (Derivative(Exp(2 * inert(x)) * 0, x), 0),
    ],
)
def test_a_derivative_has_its_value(e: Any, wanted: Any) -> None:
    assert close(value(inert(e), WORLD), Fraction(wanted))


def test_a_derivative_by_what_does_not_exist_has_none() -> None:
    with pytest.raises(Undefined):
        value(Derivative(Entry(p, 1), Entry(p, 4)), WORLD)
    with pytest.raises(NotCovered):
        value(Derivative(Entry(p, 1), Entry(Symbol("q"), 1)), WORLD)
