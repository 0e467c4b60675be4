"""Expressions that are linear in a name, taken apart and put together again."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol
from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.world import World
from deltasift.inert import Add, Div, Mul, Neg, inert
from deltasift.line.linear import collect, difference, linear, root
from deltasift.line.scope import Scope

x, a, b = Symbol("x"), Symbol("a"), Symbol("b")
LEAVES: st.SearchStrategy[Any] = st.sampled_from([x, x, a, b]) | st.integers(-4, 4).map(Integer)


def extended(e: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    numbers = st.integers(-3, 3).filter(bool).map(Integer) | st.sampled_from([a, b, Rational(1, 2)])
    return st.one_of(
        st.tuples(e, e).map(lambda p: Add(*p)),
        e.map(Neg),
        st.tuples(numbers, e).map(lambda p: Mul(*p)),
        st.tuples(e, numbers).map(lambda p: Div(*p)),
    )


EXPRESSIONS = st.recursive(LEAVES, extended, max_leaves=8)


def value(e: Basic, at: int) -> Fraction | None:
    world = World({x: Fraction(at), a: Fraction(3, 2), b: Fraction(-5)}, {}, {})
    balls = Balls(world, Scope())
    return balls.as_fraction(balls.value(e, {}))


@given(EXPRESSIONS)
def test_slope_and_constant_give_the_expression_back(e: Basic) -> None:
    line = linear(e, x)
    if line is None:
        return
    slope, constant = line
    again = Add(Mul(slope, x), constant)
    for at in (-2, 0, 3):
        assert value(again, at) == value(inert(e), at)


@given(EXPRESSIONS)
def test_the_root_is_where_the_expression_is_zero(e: Basic) -> None:
    line = linear(e, x)
    if line is None or value(line[0], 0) == 0:
        return
    point = value(root(*line), 0)
    slope, constant = (value(part, 0) for part in line)
    assert point is not None
    assert slope is not None
    assert constant is not None
    assert slope * point + constant == 0


@given(st.lists(st.tuples(st.sampled_from([1, -1]), EXPRESSIONS), min_size=1, max_size=4))
def test_collecting_keeps_the_value(parts: list[tuple[int, Basic]]) -> None:
    found = value(collect(parts), 2)
    assert found == sum((s * (value(inert(e), 2) or 0) for s, e in parts), Fraction(0))


@given(EXPRESSIONS)
def test_an_expression_less_itself_is_zero(e: Basic) -> None:
    assert difference(e, e) == 0
