"""One step of a derivative: what the verifier refuses whatever the line needs beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sympy import Symbol

from deltasift import Derivative, exp, real
from deltasift.domain import closure
from deltasift.inert import Apply, Continuous, Func
from deltasift.judge.context import World
from deltasift.judge.term import read
from deltasift.judge.verify import Question, RejectedError, goals

x, a = real("x"), real("a")
CORNER = Func("Abs", x)


def taken(rule: str, before: Any, after: Any) -> bool:
    try:
        return not list(goals(rule, Question(read(before), read(after), None, (), World())))
    except RejectedError:
        return False


def d(body: Any) -> Any:
    return Derivative(body, x)


@pytest.mark.parametrize(
    ("rule", "before", "after", "is_right"),
    [
        ("deriv_add", d(exp(x) + x * x), d(exp(x)) + d(x * x), True),
        ("deriv_add", d(exp(x) + a), d(exp(x)), True),
        ("deriv_add", d(CORNER + a), d(CORNER), True),  # one term that varies has one where the sum has
        ("deriv_add", d(CORNER + x), d(CORNER) + d(x), False),
        ("deriv_mul", d(a * CORNER), a * d(CORNER), False),  # where a is 0 the product has one at 0
        ("deriv_mul", d(2 * CORNER), 2 * d(CORNER), True),
        ("deriv_mul", d(x * exp(x)), d(x) * exp(x) + x * d(exp(x)), True),
        ("deriv_mul", d(x * CORNER), d(x) * CORNER + x * d(CORNER), False),
    ],
)
def test_what_may_have_no_derivative_is_not_taken_apart(rule: str, before: Any, after: Any, is_right: bool) -> None:
    assert taken(rule, before, after) is is_right


def test_a_derivative_has_one_where_the_function_has_more_that_are_continuous() -> None:
    f, name = Symbol("f"), x.symbol
    value = Apply(f, name)
    first, second = Derivative(value, x), Derivative(value, x, 2)
    question = Question(read(d(first + x)), read(d(first) + d(x)), None, (), World())
    with pytest.raises(RejectedError):
        list(goals("deriv_add", question))
    for known, is_enough in ((value, False), (first, False), (second, True)):
        world = World(closure((x,)), (Continuous(known, name, name),))
        try:
            accepted = not list(goals("deriv_add", replace(question, world=world)))
        except RejectedError:
            accepted = False
        assert accepted is is_enough
