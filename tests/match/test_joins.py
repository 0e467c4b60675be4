"""Terms with equal brackets, or with brackets that exclude each other, against the values at every small point."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, S, Symbol

from deltasift.inert import Add, And, Delta, Divides, Equality, Iverson, Less, LessEqual, Mul, Neg, Unequal
from deltasift.line.scope import Scope
from deltasift.rules.coded.joins import bracket_add
from oracle.lines import Given, holds, value

i, j, n = (Symbol(s, integer=True) for s in "ijn")
x, y = Symbol("x", real=True), Symbol("y", real=True)
POINTS = [dict(zip("ijnxy", (*p, 5, Fraction(1, 2)), strict=True)) for p in product(range(-2, 3), repeat=3)]


def shifted(name: Any, by: int) -> Any:
    return name if by == 0 else Add.make((name, Integer(by)))


ENDS = st.builds(shifted, st.sampled_from([i, j, n]), st.integers(-1, 1)) | st.sampled_from([S.Zero, S.One, Integer(2)])


@st.composite
def statements(draw: st.DrawFn) -> Any:
    head = draw(st.sampled_from([Less, LessEqual, LessEqual, Equality, Unequal]))
    if draw(st.integers(0, 9)) == 0:
        return Divides.make((Integer(draw(st.integers(2, 3))), draw(ENDS)))
    return head.make((draw(ENDS), draw(ENDS)))


@st.composite
def terms(draw: st.DrawFn) -> Any:
    needs = draw(st.lists(statements(), min_size=1, max_size=2))
    parts: list[Any] = [Iverson.make((needs[0] if len(needs) == 1 else And.make(tuple(needs)),))]
    if isinstance(needs[0], Equality) and draw(st.booleans()):
        parts = [Delta.make(needs[0].args)]
    parts += draw(st.sampled_from([[], [], [x], [y], [Integer(2), x]]))
    term = parts[0] if len(parts) == 1 else Mul.make(tuple(parts))
    return Neg.make((term,)) if draw(st.integers(0, 4)) == 0 else term


def at(point: dict[str, Any]) -> Given:
    return Given({name: Fraction(v) for name, v in point.items()}, {}, {}, {})


@given(st.lists(terms() | st.sampled_from([S.One, x]), min_size=2, max_size=4))
def test_what_is_joined_has_the_same_value(parts: list[Any]) -> None:
    line = Add.make(tuple(parts))
    for after, conditions in bracket_add(line, Scope()):
        for point in POINTS:
            world = at(point)
            if all(holds(c, world) for c in conditions):
                assert value(line, world) == value(after, world), (line, after, point)


def bracket(*needs: Any) -> Any:
    return Iverson.make((needs[0] if len(needs) == 1 else And.make(needs),))


JOINED = {
    "a statement and its contrary": ([bracket(Less(i, j)), bracket(LessEqual(j, i))], S.One),
    "both sides of a point": ([bracket(Less(i, j)), bracket(Less(j, i))], Add(1, Neg(Delta(i, j)))),
    "an order and its end": ([bracket(Less(i, j)), Delta(i, j)], bracket(LessEqual(i, j))),
    "two halves of a range": (
        [bracket(LessEqual(1, i), LessEqual(i, 3)), bracket(Less(3, i), LessEqual(i, 5))],
        bracket(LessEqual(1, i), LessEqual(i, 5)),
    ),
    "one bracket twice": ([Mul(bracket(Less(i, j)), x), Mul(bracket(Less(i, j)), y)], Mul(bracket(Less(i, j)), x + y)),
    "all remainders": ([bracket(Divides(3, i)), bracket(Divides(3, i + 1)), bracket(Divides(3, i + 5))], S.One),
}


@pytest.mark.parametrize("name", JOINED)
def test_what_is_found(name: str) -> None:
    parts, joined = JOINED[name]
    assert joined in [after for after, _ in bracket_add(Add.make(tuple(parts)), Scope())]


def test_brackets_that_may_hold_at_once_stay_apart() -> None:
    apart = Add.make((bracket(LessEqual(i, j)), bracket(LessEqual(j, i))))
    assert list(bracket_add(apart, Scope())) == []


def test_two_ranges_are_adjacent_only_where_their_ends_are_in_order() -> None:
    line = Add.make((bracket(LessEqual(1, i), LessEqual(i, n)), bracket(Less(n, i), LessEqual(i, j))))
    [(_, conditions)] = list(bracket_add(line, Scope()))
    assert {str(c) for c in conditions} == {"0 <= n", "n <= j"}
