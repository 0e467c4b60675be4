"""Equality by ring arithmetic is exact, and what would grow without end is not decided instead."""

from __future__ import annotations

import pytest
from sympy import Integer, Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add, Delta, Div, Mul, Pow
from deltasift.match.field import equal_in_field

x, y = Symbol("x"), Symbol("y")
MANY = [Symbol(f"x{i}") for i in range(20)]


def test_powers_are_multiplied_out() -> None:
    assert equal_in_field(Pow(x + y, 2), Pow(x, 2) + 2 * x * y + Pow(y, 2))
    assert equal_in_field(Div(1, x) + Div(1, y), Div(x + y, Mul(x, y)))
    assert not equal_in_field(Pow(x + y, 2), Pow(x, 2) + Pow(y, 2))


def test_what_is_large_and_can_be_worked_out_is_decided() -> None:
    z = Symbol("z")
    power = Pow(Add(x, y, z), 60)  # of 1,891 terms
    assert equal_in_field(power, Pow(Add(z, y, x), 60) + 0)
    assert equal_in_field(power + power, 2 * power)
    assert equal_in_field(Div(power, Pow(x + y, 8)), Div(2 * power, 2 * Pow(y + x, 8)))
    assert not equal_in_field(power, power + 1)


@pytest.mark.parametrize(
    "huge",
    [
        Pow(Add(*MANY), 64),
        Mul(*(Pow(Add(*MANY[i : i + 5]), 8) for i in range(0, 20, 5))),
        Pow(Pow(Pow(Pow(Integer(10), 64), 64), 64), 64),
        Add(*(Div(1, Add(*MANY[: i + 2], 1)) for i in range(18))),
    ],
    ids=["a power", "a product", "a number", "denominators"],
)
def test_what_is_too_large_is_not_decided(huge: Basic) -> None:
    assert not equal_in_field(huge, huge + 0)


def test_nothing_to_the_power_zero_is_one() -> None:
    assert equal_in_field(Pow(Mul(Delta(x, y), 0), 0), Integer(1))
    assert not equal_in_field(Pow(Mul(Delta(x, y), 0), 1), Integer(1))
