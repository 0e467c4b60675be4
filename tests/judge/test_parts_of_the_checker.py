"""Small functions of the judge each by itself, where certificates alone seldom lead."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import I, S, Symbol, oo

from deltasift import Integral, Sum, define, exp, iverson, real
from deltasift.domain import closure
from deltasift.inert import (
    And,
    Continuous,
    Equality,
    Func,
    Integrable,
    IsInteger,
    Less,
    LessEqual,
    Or,
    Pow,
    Unequal,
    inert,
)
from deltasift.judge import certificate as kinds
from deltasift.judge.context import Context, World
from deltasift.judge.kind import is_integer
from deltasift.judge.linear import Polynomials, contradict, tightened
from deltasift.judge.place import Place
from deltasift.judge.products import stands_below
from deltasift.judge.proof import Checker
from deltasift.judge.saying import range_orders
from deltasift.judge.term import INFINITY, MINUS_INFINITY, NAME, ONE, Term, bound, make, number
from judge.attacking import term

x, y, z = (real(name) for name in "xyz")
HIDDEN = define("w", 2 * I)


# --- polynomials -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "e",
    [
        S(0),
        S(3) / 4,
        x,
        -x,
        2 * x + y,
        x**2,
        x**3 * y - x,
        (x + y) ** 2,
        x / y,
        1 / (x * y**2),
        1 / (x + y),
        exp(x) * x - exp(x) * x,
        Func("Max", x, y) * 2,
    ],
    ids=str,
)
def test_a_polynomial_is_written_as_what_is_read_as_it(e: Any) -> None:
    polynomials = Polynomials()
    read = polynomials.of(term(inert(e)))
    assert polynomials.of(polynomials.written(read)) == read


@pytest.mark.parametrize(
    ("one", "other", "are_equal"),
    [
        (x + x, 2 * x, True),
        (x * y, y * x, True),
        (x**2 - y**2, (x - y) * (x + y), True),
        (x / x, S(1), False),
        (1 / (2 * x), (1 / x) / 2, True),
        (Func("Max", x, y), Func("Max", y, x), True),
        (Func("Max", x, y), Func("Min", x, y), False),
        (Func("Max", x, x), Func("Max", x, y), False),
        (Func("Mod", x, y), Func("Mod", y, x), False),
        (exp(x + x), exp(2 * x), True),
        (Sum(x + x, (Symbol("k"), 1, 3)), Sum(2 * x, (Symbol("k"), 1, 3)), True),
        (Sum(x, (Symbol("k"), 1, 3)), Sum(x, (Symbol("k"), 1, 4)), False),
        (iverson(Continuous(x + x, x.symbol, S(1))), iverson(Continuous(2 * x, x.symbol, S(1))), False),
    ],
)
def test_terms_are_one_where_they_are_one_polynomial(one: Any, other: Any, are_equal: bool) -> None:
    assert Polynomials().equal(term(inert(one)), term(inert(other))) is are_equal


@pytest.mark.parametrize(
    ("e", "is_real"),
    [
        (x, True),
        (exp(x) / y, True),
        (I, False),
        (exp(I * x), False),
        (1 / (1 + I), False),
        (Sum(I, (Symbol("k"), 1, 3)), False),
        (I - I, True),
        (Symbol("u", complex=True), False),
        (Symbol("u", real=False) * x, False),
        (HIDDEN, False),
        (exp(HIDDEN), False),
        (Func("root_of_unity", 3, 1), False),
    ],
)
def test_a_polynomial_is_real_where_its_atoms_are(e: Any, is_real: bool) -> None:
    world = World(closure((x, y, HIDDEN)))
    polynomials = Polynomials()
    assert polynomials.is_real(polynomials.of(term(inert(e))), world) is is_real
    assert not polynomials.is_real(polynomials.of(INFINITY), world)


@pytest.mark.parametrize(
    ("order", "tight"),
    [
        (Less(1, 2 * x), LessEqual(1, x)),
        (LessEqual(1, 2 * x), LessEqual(1, x)),
        (Less(2, 2 * x), LessEqual(2, x)),
        (LessEqual(2, 2 * x), LessEqual(1, x)),
        (Less(0, 2 * x + 4 * y - 3), LessEqual(2, x + 2 * y)),
        (LessEqual(x / 2, S(3) / 4), LessEqual(x, 1)),
        (Less(x, 1), LessEqual(x, 0)),
    ],
)
def test_an_order_of_integers_is_tightened_and_no_more(order: Any, tight: Any) -> None:
    checker, place = Checker(), Context(World(closure((x, y)), integers=frozenset((x.symbol, y.symbol))))
    real_place = Context(World(closure((x, y))))
    loose, wanted = (checker.bound_of(term(s), real_place) for s in (order, tight))
    assert tightened(loose) == tightened(wanted)
    assert contradict([(Fraction(1), tightened(loose))]) is False
    assert place.world.integers


def test_an_order_takes_no_negative_multiple() -> None:
    checker, place = Checker(), Context(World(closure((x,))))
    positive, zero = (checker.bound_of(term(s), place) for s in (Less(0, x), Equality(0, x)))
    at_most = checker.bound_of(term(LessEqual(0, x)), place)
    for facts, contradicts in (
        ([(1, positive), (-1, zero)], True),
        ([(1, at_most), (-1, zero)], False),
        ([(-1, positive), (1, zero)], False),
        ([(1, positive), (-1, at_most)], False),
        ([(0, positive)], False),
        ([], False),
    ):
        assert contradict([(Fraction(by), fact) for by, fact in facts]) is contradicts


# --- facts -----------------------------------------------------------------------------------------------------------


def every(body: Term, lo: Term, hi: Term) -> Term:
    return make("ForAll", (body, NAME, lo, hi))


def test_an_instance_is_in_the_range_and_an_infinite_end_asks_nothing() -> None:
    one, three, value = number(1), number(3), number(2)
    lower, upper = make("LessEqual", (one, value)), make("LessEqual", (value, three))
    body = make("LessEqual", (bound(0), value))
    for ends, orders in (
        ((one, three), [lower, upper]),
        ((one, INFINITY), [lower]),
        ((MINUS_INFINITY, three), [upper]),
        ((MINUS_INFINITY, INFINITY), []),
    ):
        assert range_orders(every(body, *ends), [value]) == orders
    outside = (INFINITY, three), (one, MINUS_INFINITY)
    assert all(len(range_orders(every(body, *ends), [value])) == 2 for ends in outside)


@pytest.mark.parametrize(
    ("fact", "cases", "is_shown"),
    [
        (Or(Less(0, x), LessEqual(x, 0)), 2, True),
        (Unequal(x, y), 2, True),
        (And(Less(0, x), Less(x, 1)), 2, False),
        (LessEqual(x, y), 2, False),
        (Equality(x, y), 2, False),
    ],
)
def test_only_an_alternative_and_a_difference_have_cases(fact: Any, cases: int, is_shown: bool) -> None:
    place = Context(World(closure((x, y)), (fact,), names=frozenset((x.symbol, y.symbol))))
    true = kinds.Linear((((Fraction(1), kinds.Contrary(0)),),))
    split = kinds.Split(kinds.Given(len(place.world.given) - 1), (true,) * cases)
    assert Checker().accepts(term(Less(0, 1)), split, place) is is_shown


@pytest.mark.parametrize("given", [Less(0, 1), Integrable(Integral(exp(x) + y, (x, 0, 1)))])
def test_the_rest_of_an_integral_is_that_of_one_that_exists(given: Any) -> None:
    """Of a statement that is none of existence nothing follows, whatever it is made of."""
    place = Context(World(closure((x, y)), (given,), names=frozenset((y.symbol,))))
    whole, goal = term(Integral(exp(x) + y, (x, 0, 1))), term(Integrable(Integral(exp(x), (x, 0, 1))))
    other = make("Integral", (whole.args[0].args[1], *whole.args[1:]))
    exists = make("Integrable", (other,))
    said = kinds.Given(len(place.world.given) - 1)
    proof = kinds.Closure(())
    assert Checker().accepts(exists, proof, place)
    for fact, is_shown in ((said, isinstance(given, Integrable)), (kinds.Lemma(exists, proof), False)):
        assert Checker().accepts(goal, kinds.Rest(fact, 0, (proof,)), place) is is_shown


# --- places and products ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "after"),
    [
        ((), 0),
        ((0,), 0),
        ((1,), 0),
        ((1, 0), 2),
        ((1, 0, 0), 2),
        ((1, 0, 0, 0), 2),
        ((1, 2), 0),
        ((1, 3), 0),
        ((1, 0, 0, 3), 2),
    ],
)
def test_the_outermost_integral_is_one_whose_body_the_place_is_in(path: tuple[int, ...], after: int) -> None:
    line = y + Integral(Integral(exp(x * z), (z, 0, x)) + x, (x, 0, y))
    place = Place(term(line), Context(World(closure((x, y, z)))))
    place.go(path)
    assert place.integral(place.depth) == after


def test_a_part_is_below_where_something_is_divided_by_it_whatever_is_around() -> None:
    part = make("Delta", (bound(0), bound(1)))
    inner = make("Delta", (bound(1), bound(2)))  # the same, seen from inside of one more binder
    for t, is_below in (
        (make("Div", (ONE, part)), True),
        (make("Div", (part, ONE)), False),
        (make("Pow", (part, number(-1))), True),
        (make("Pow", (number(2), part)), False),
        (make("Sum", (make("Div", (ONE, inner)), NAME, ONE, ONE)), True),
        (make("Sum", (make("Div", (ONE, part)), NAME, ONE, ONE)), False),
        (make("Div", (ONE, make("Sum", (inner, NAME, ONE, ONE)))), True),
        (make("Div", (ONE, make("Add", (ONE, make("Mul", (ONE, part)))))), True),
    ):
        assert stands_below(part, t) is is_below
    assert stands_below(part, part, below=True)
    assert not stands_below(part, part)


def test_a_power_of_what_is_added_up_is_no_sum_of_powers() -> None:
    polynomials = Polynomials()
    assert not polynomials.equal(term(Pow(x + y, 3)), term(x**3 + y**3))
    assert polynomials.equal(term(Pow(x, 0)), ONE)
    assert not polynomials.equal(term(oo * x), term(oo * y))


def test_a_sum_is_an_integer_where_it_is_said_to_be_one() -> None:
    place = Context(World(closure((x, y))))
    said = place.assuming(term(IsInteger(x + y)))
    assert is_integer(term(x + y), said)
    assert is_integer(term(y + x), said)
    assert not is_integer(term(x - y), said)
    assert not is_integer(term(x), said)
    assert not is_integer(term(x + y), place)
    assert not is_integer(term(x + y), said.varying(term(x)))
