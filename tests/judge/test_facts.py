"""What the judge knows of a value by its form alone is true of it, and is as much as it ought to be."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sympy import Rational, S

from deltasift import delta, density, exp, iverson, log, real, sizes
from deltasift.domain import closure
from deltasift.inert import Div, Func, LessEqual, Mul, Neg, Or, inert
from deltasift.judge.context import Context, World
from deltasift.judge.facts import cases, forms
from deltasift.judge.functions import rational
from deltasift.judge.term import read
from judge.small import Model, evaluate

N = sizes("N")
a, b = real("a"), real("b")
f, g = density("f"), density("g", positive=True)
PLACE = Context(World(closure((N, a, b, f, g))))
NUMBERS = [Rational(x) for x in ("-7/2", "-2", "-1", "-1/3", "0", "1/2", "1", "5/3", "4")]
WITH_VALUE = [
    *(Func(name, x, y) for name in ("Max", "Min") for x in NUMBERS[::2] for y in NUMBERS[1::2]),
    *(Func(name, x) for name in ("Abs", "floor", "ceiling") for x in NUMBERS),
    *(Func("Mod", x, y) for x in NUMBERS for y in (S(1), S(3), Rational(1, 2))),
    *(delta(x, y) for x in NUMBERS[::3] for y in NUMBERS[::2]),
    *(iverson(LessEqual(x, 1)) for x in NUMBERS),
]


def true(statement: Any) -> bool:
    return bool(evaluate(statement, Model(random.Random(0), PLACE)))


@pytest.mark.parametrize("e", WITH_VALUE, ids=str)
def test_what_is_known_by_the_form_is_true(e: Any) -> None:
    known = forms(read(inert(e)), PLACE)
    assert known
    assert all(map(true, known)), [str(s) for s in known if not true(s)]


@pytest.mark.parametrize("e", [e for e in WITH_VALUE if cases(read(inert(e))) is not None], ids=str)
def test_one_of_the_cases_is_so(e: Any) -> None:
    found = cases(read(inert(e)))
    assert found is not None
    assert any(all(map(true, case)) for case in found)


@pytest.mark.parametrize(
    ("e", "count"),
    [
        (Func("Max", a, b), 2),
        (Func("Min", a, b, N), 3),
        (Func("Abs", a), 3),
        (Func("floor", a), 2),
        (Func("ceiling", a), 2),
        (Func("Mod", N, 3), 2),
        (Func("Mod", N, N), 0),
        (Func("Mod", N, 0), 0),
        (Func("Mod", N, -3), 0),
        (Func("sin", a), 2),
        (Func("tanh", a), 2),
        (Func("cosh", a), 1),
        (Func("tan", a), 0),
        (Func("sinh", a), 0),
        (exp(a), 1),
        (exp(S.Zero), 2),
        (log(a), 0),
        (log(S.One), 1),
        (f(a), 1),
        (g(a), 1),
        (a, 0),
        (a + b, 0),
        (delta(a, b), 2),
        (iverson(Or(LessEqual(a, b), LessEqual(N, 3))), 2),
    ],
    ids=str,
)
def test_no_more_is_known_than_that(e: Any, count: int) -> None:
    assert len(forms(read(inert(e)), PLACE)) == count


def test_a_positive_density_is_more_than_not_negative() -> None:
    assert [str(s) for s in forms(read(inert(f(a))), PLACE)] == ["LessEqual(0, Apply(f, a))"]
    assert [str(s) for s in forms(read(inert(g(a))), PLACE)] == ["Less(0, Apply(g, a))"]


@pytest.mark.parametrize(
    ("e", "value"),
    [
        (S(3), "3"),
        (Rational(-2, 3), "-2/3"),
        (Neg(S(4)), "-4"),
        (Div(1, 2), "1/2"),
        (Neg(Div(3, 4)), "-3/4"),
        (Div(Neg(S(1)), Div(2, 3)), "-3/2"),
        (Div(1, 0), "None"),
        (Div(a, 2), "None"),
        (Div(2, a), "None"),
        (Neg(a), "None"),
        (a, "None"),
        (Mul(2, 3), "None"),
    ],
    ids=str,
)
def test_an_exponent_is_a_number_or_none(e: Any, value: str) -> None:
    assert str(rational(read(inert(e)))) == value
