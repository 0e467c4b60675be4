"""Numbers are told apart by enclosures, and where these overlap nothing is said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import E, Rational, S, Symbol, cos, pi, sin

from deltasift.conditions.constants import holds_of_numbers
from deltasift.inert import Equality, Exp, Less, LessEqual, Log, Unequal, inert, sqrt

FRACTIONS = st.fractions(min_value=-9, max_value=9, max_denominator=9)


@given(FRACTIONS, FRACTIONS)
def test_rational_numbers_are_in_their_order(a: Fraction, b: Fraction) -> None:
    left, right = (Rational(x.numerator, x.denominator) for x in (a, b))
    assert holds_of_numbers(Less.make((left, right))) == (a < b)
    assert holds_of_numbers(Unequal.make((left, right))) == (a != b)


@pytest.mark.parametrize(
    ("lower", "upper"),
    [(E, pi), (sqrt(2), S(3) / 2), (Log(2), S.One), (Exp(1) * sqrt(3), inert(5)), (pi, S(22) / 7), (cos(3), sin(3))],
    ids=str,
)
def test_different_numbers_are_told_apart(lower: S, upper: S) -> None:
    lower, upper = inert(lower), inert(upper)
    assert holds_of_numbers(Less.make((lower, upper)))
    assert holds_of_numbers(LessEqual.make((lower, upper)))
    assert holds_of_numbers(Unequal.make((upper, lower)))
    assert not holds_of_numbers(Less.make((upper, lower)))
    assert not holds_of_numbers(Equality.make((lower, upper)))


def test_numbers_that_are_equal_in_another_form_are_in_no_relation() -> None:
    same = sqrt(2) * sqrt(3), sqrt(6)
    assert not any(holds_of_numbers(head.make(same)) for head in (Less, Unequal, Equality))


def test_what_has_no_value_is_in_no_relation() -> None:
    for nothing in (Log(0), Log(-1), inert(1) / (sqrt(4) - 2), sqrt(-1), Symbol("x")):
        assert not holds_of_numbers(Unequal.make((inert(nothing), S(7))))
