"""What a function is a little beside a point is what it is a little beside it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from sympy import Symbol, true

from deltasift import iverson
from deltasift.inert import And, Equality, Func, Integral, Less, LessEqual, Not, Or, Piecewise, Unequal, inert
from deltasift.judge.term import read
from deltasift.judge.tree import Term, instantiate, number
from deltasift.judge.verify import RejectedError
from deltasift.judge.verify.parts import normal, value_of
from deltasift.judge.verify.sides import Beside

X = inert(Symbol("x"))
NEAR = Fraction(1, 100)


def f(name: str, *arguments: Any) -> Any:
    return Func(name, *arguments)


FUNCTIONS: list[tuple[Any, Callable[[Fraction], Any]]] = [
    (iverson(Less(X, 1)), lambda t: t < 1),
    (iverson(LessEqual(1, X)), lambda t: t >= 1),
    (iverson(Equality(X, 1)), lambda t: False),
    (iverson(Unequal(X, 1)), lambda t: True),
    (iverson(Not(Less(X, 1))), lambda t: t >= 1),
    (iverson(And(Less(0, X), Less(X, 1))), lambda t: t < 1),
    (iverson(And(Less(0, X), Less(X, 3))), lambda t: True),
    (iverson(And(Less(1, X), Less(2, X))), lambda t: False),
    (iverson(Or(Less(X, 1), Less(5, X))), lambda t: t < 1),
    (iverson(Or(Less(X, 0), Less(5, X))), lambda t: False),
    (iverson(Or(Less(1, X), Less(X, 1))), lambda t: True),
    (Piecewise((X + 5, Less(X, 1)), (3 * X, true)), lambda t: t + 5 if t < 1 else 3 * t),
    (Piecewise((X, Less(X, 0)), (2 * X, Less(X, 1)), (3 * X, true)), lambda t: 2 * t if t < 1 else 3 * t),
    (f("Abs", X - 1), lambda t: abs(t - 1)),
    (f("Abs", (X - 1) * (X - 1)), lambda t: (t - 1) ** 2),
    (f("Heaviside", 1 - X), lambda t: t < 1),
    (f("sign", X * X - 1), lambda t: 1 if t > 1 else -1),
    (f("Max", X, 1), lambda t: max(t, 1)),
    (f("Min", X * X, 2 - X), lambda t: min(t * t, 2 - t)),
    (f("floor", X), floor),
    (f("ceiling", 2 * X), lambda t: ceil(2 * t)),
    (f("floor", X / 2), lambda t: 0),
    (2 * f("Abs", f("Max", X - 1, 0)) + X, lambda t: 2 * max(t - 1, 0) + t),
]


def beside(t: Term, at: Fraction) -> Fraction | None:
    return value_of(normal(instantiate(t, [number(at)])))


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize(("function", "value"), FUNCTIONS, ids=lambda x: "" if callable(x) else str(x))
def test_what_is_seen_is_what_is_there(function: Any, value: Callable[[Fraction], Any], side: int) -> None:
    t = read(Integral(function, (Symbol("x"), 0, 1))).args[0]
    there = 1 + side * NEAR
    assert beside(Beside(number(1), side).seen(t), there) == value(there)


@pytest.mark.parametrize("function", [iverson(Less(X, Symbol("c"))), f("floor", X + Symbol("c"))])
def test_what_depends_on_a_name_is_as_at_the_point_or_is_refused(function: Any) -> None:
    t = read(Integral(function, (Symbol("x"), 0, 1))).args[0]
    look = Beside(number(1), 1)
    try:
        assert look.seen(t) is read(iverson(Less(1, Symbol("c"))))
    except RejectedError:
        return
    assert any(goal.statement.head == "Unequal" for goal in look.goals)


def test_what_is_free_of_the_variable_stays_beside_what_is_decided() -> None:
    c = Symbol("c")
    below = Beside(number(1), -1)

    def seen(function: Any) -> Term:
        return below.seen(read(Integral(function, (Symbol("x"), 0, 1))).args[0])

    assert seen(iverson(And(Less(X, 1), Less(c, 0)))) is read(iverson(Less(c, 0)))
    assert seen(iverson(Or(Less(1, X), Less(c, 0), Less(c, 5)))) is read(iverson(Or(Less(c, 0), Less(c, 5))))
    cases = Piecewise((1, Less(c, 0)), (2, Less(X, 1)), (3, true))
    assert seen(cases * X).args[0] is read(Piecewise((1, Less(c, 0)), (2, true)))
