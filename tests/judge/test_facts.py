"""What the judge knows of a value by its form alone is true of it, and is as much as it ought to be."""

from __future__ import annotations

import random
from typing import Any

import pytest
from sympy import Rational, S, Symbol, oo

from deltasift import Sum, delta, density, exp, iverson, log, real, sizes
from deltasift.domain import Reals, closure
from deltasift.inert import Div, Entry, Func, Less, LessEqual, Mul, Neg, Or, Piecewise, Pow, Unequal, inert
from deltasift.judge.context import Context, World
from deltasift.judge.facts import cases, forms, holds_nearby, varies
from deltasift.judge.functions import rational
from deltasift.judge.term import NAME, ONE, Term, bound, make, read
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


def test_a_case_is_one_where_those_before_it_are_not() -> None:
    t = read(inert(Piecewise((a, Less(0, a)), (b, Less(0, b)), (1, True))))
    first, second = read(inert(Less(0, a))), read(inert(Less(0, b)))
    not_first, not_second = read(inert(LessEqual(a, 0))), read(inert(LessEqual(b, 0)))
    values = [make("Equality", (t, v)) for v in t.args[::2]]
    last = make("truth", (), True)
    wanted = (first, values[0]), (not_first, second, values[1]), (not_first, not_second, last, values[2])
    assert cases(t) == wanted
    assert cases(make("Piecewise", (*t.args[:-1], make("truth", (), False)))) is None
    assert cases(make("Piecewise", t.args[:-2])) is None


def test_other_terms_have_no_cases() -> None:
    for e in (Func("sin", a), Func("floor", a), exp(a), a, a + b, Piecewise((a, Less(0, a)))):
        assert cases(read(inert(e))) is None


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


# --- symbols of which no domain says anything ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        ({}, ()),
        ({"positive": True}, (lambda t: Less(0, t),)),
        ({"negative": True}, (lambda t: Less(t, 0),)),
        ({"nonnegative": True}, (lambda t: LessEqual(0, t),)),
        ({"nonpositive": True}, (lambda t: LessEqual(t, 0),)),
        ({"nonzero": True}, (lambda t: Unequal(t, 0),)),
        ({"positive": True, "integer": True}, (lambda t: LessEqual(1, t),)),
        ({"negative": True, "integer": True}, (lambda t: LessEqual(t, -1),)),
        ({"nonnegative": True, "integer": True}, (lambda t: LessEqual(0, t),)),
        ({"nonzero": True, "integer": True}, (lambda t: Unequal(t, 0),)),
    ],
)
def test_a_symbol_is_believed_where_no_domain_speaks_of_it(claims: dict[str, bool], wanted: Any) -> None:
    name = Symbol("u", **claims)
    for t in (name, Entry(name, 2)):
        assert forms(read(inert(t)), PLACE) == tuple(read(inert(w(t))) for w in wanted)
    spoken_of = Context(World({name: Reals("u", ())}))
    assert forms(read(name), spoken_of) == ()


# --- what holds nearby, too ------------------------------------------------------------------------------------------

TWO_INDICES = Context(World(closure((N, a, b)))).enter(read(inert(Sum(1, (Symbol("i"), 1, 2)))))
INNER = TWO_INDICES.enter(read(inert(Sum(1, (Symbol("j"), 1, 2)))))


@pytest.mark.parametrize(
    ("by", "t", "is_varying"),
    [
        (bound(0), bound(0), True),
        (bound(0), bound(1), False),
        (bound(1), bound(1), True),
        (bound(1), bound(0), False),
        (bound(0), make("Sum", (bound(1), NAME, ONE, ONE)), True),
        (bound(0), make("Sum", (bound(0), NAME, ONE, ONE)), False),
        (bound(0), make("Sum", (bound(2), NAME, ONE, ONE)), False),
        (bound(1), make("Sum", (bound(2), NAME, ONE, ONE)), True),
        (read(a.symbol), read(a.symbol), True),
        (read(a.symbol), read(b.symbol), False),
    ],
)
def test_a_term_varies_with_what_a_derivative_is_by(by: Term, t: Term, is_varying: bool) -> None:
    assert varies(t, INNER.varying(by)) is is_varying
    assert not varies(t, INNER)


@pytest.mark.parametrize(
    ("statement", "is_open"),
    [
        (Less(a, b), True),
        (LessEqual(a, b), False),
        (Unequal(a, b), False),
        (LessEqual(b, 0), True),
        (Less(exp(a) * log(b), 1), True),
        (Less(0, Pow(a, 2)), True),
        (Less(0, Pow(a, -2)), False),
        (Less(0, Pow(a, 0)), True),
        (Less(0, Pow(a, b)), False),
        (Less(0, Pow(a, Rational(1, 2))), False),
        (Less(0, Func("Abs", a)), True),
        (Less(0, Func("floor", a)), False),
        (Less(0, delta(a, b)), False),
        (Less(0, exp(Func("floor", a))), False),
        (Less(0, Sum(a, (Symbol("i"), 1, 3))), True),
        (Less(0, Sum(b, (Symbol("i"), 1, a))), False),
        (Less(0, Sum(a, (Symbol("i"), 1, oo))), False),
    ],
)
def test_a_strict_order_of_what_is_continuous_holds_nearby(statement: Any, is_open: bool) -> None:
    assert holds_nearby(read(inert(statement)), PLACE.varying(read(a.symbol))) is is_open
