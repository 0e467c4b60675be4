"""Where functions have a value, at points inside and outside of where they do."""

from __future__ import annotations

from fractions import Fraction
from operator import eq, le, lt, ne

import pytest

from deltasift.judge.functions import ENOUGH, FUNCTIONS, by_definition, rational
from deltasift.judge.term import FALSE, ONE, Term, make, number

ORDERS = {"Less": lt, "LessEqual": le, "Equality": eq, "Unequal": ne}
HALF = Fraction(1, 2)
Points = list[tuple[Fraction | int, ...]]
INSIDE_AND_OUTSIDE: dict[str, tuple[Points, Points]] = {
    "acos": ([(-1,), (0,), (1,)], [(Fraction(3, 2),), (Fraction(-3, 2),)]),
    "asin": ([(-1,), (1,)], [(2,), (-2,)]),
    "asec": ([(1,), (-1,), (3,)], [(0,), (HALF,), (-HALF,)]),
    "acsc": ([(1,), (-2,)], [(0,), (-HALF,)]),
    "coth": ([(1,), (-1,)], [(0,)]),
    "csch": ([(HALF,)], [(0,)]),
    "acsch": ([(-HALF,)], [(0,)]),
    "Ei": ([(1,), (-1,)], [(0,)]),
    "atan2": ([(0, 1), (1, 0), (-1, -1)], [(0, 0)]),
    "acosh": ([(1,), (2,)], [(HALF,), (-1,)]),
    "atanh": ([(0,), (HALF,), (-HALF,)], [(1,), (-1,), (2,)]),
    "erfinv": ([(0,)], [(1,), (-1,)]),
    "acoth": ([(2,), (-2,)], [(1,), (-1,), (0,)]),
    "asech": ([(HALF,), (1,)], [(0,), (2,), (-1,)]),
    "erfcinv": ([(1,), (HALF,)], [(0,), (2,), (-1,)]),
    "Mod": ([(5, 2), (5, -2), (0, 1)], [(5, 0)]),
    "factorial": ([(0,), (3,), (-HALF,), (Fraction(-3, 2),)], [(-1,), (-2,)]),
    "gamma": ([(1,), (HALF,), (-HALF,)], [(0,), (-1,), (-2,)]),
    "digamma": ([(2,), (Fraction(-3, 2),)], [(0,), (-3,)]),
    "loggamma": ([(HALF,)], [(0,), (-HALF,)]),
    "binomial": ([(5, 2), (-3, 2), (HALF, HALF), (0, HALF)], [(-1, HALF), (-2, HALF)]),
    "Ci": ([(1,)], [(0,), (-1,)]),
    "li": ([(HALF,), (2,)], [(0,), (1,), (-1,)]),
    "zeta": ([(2,), (0,)], [(1,)]),
}


def holds(t: Term) -> bool:
    if t.head == "Or":
        return any(map(holds, t.args))
    if t.head == "Not":
        return not holds(t.args[0])
    if t.head == "IsInteger":
        return bool(t.args[0].value.denominator == 1)
    return bool(ORDERS[t.head](*(a.value for a in t.args)))


@pytest.mark.parametrize("name", INSIDE_AND_OUTSIDE)
def test_a_function_has_a_value_inside_of_its_domain_alone(name: str) -> None:
    inside, outside = INSIDE_AND_OUTSIDE[name]
    domain = FUNCTIONS[name]
    assert domain is not None
    for point in (*inside, *outside):
        assert all(map(holds, domain([number(x) for x in point]))) is (point in inside), point


def test_of_the_others_some_arguments_are_enough() -> None:
    inside: dict[str, Points] = {
        "beta": [(1, HALF)],
        "factorial2": [(0,), (3,)],
        "RisingFactorial": [(-HALF, 0), (2, 3)],
        "lowergamma": [(1, 1)],
        "polygamma": [(0, HALF)],
        "expint": [(-1, HALF)],
        "polylog": [(2, HALF), (1, -HALF)],
        "besselj": [(-2, -1)],
        "bessely": [(HALF, 1)],
    }
    outside: dict[str, Points] = {
        "beta": [(0, 1), (1, 0)],
        "factorial2": [(-1,), (HALF,)],
        "RisingFactorial": [(1, -1), (1, HALF)],
        "lowergamma": [(0, 1), (1, 0)],
        "polygamma": [(-1, 1), (HALF, 1), (0, 0)],
        "expint": [(1, 0)],
        "polylog": [(2, 1), (2, -1)],
        "besselj": [(HALF, 1)],
        "bessely": [(1, 0)],
    }
    for name, points in inside.items():
        assert all(all(map(holds, ENOUGH[name]([number(x) for x in p]))) for p in points), name
        assert not any(all(map(holds, ENOUGH[name]([number(x) for x in p]))) for p in outside[name]), name


def test_an_exponent_is_a_number_by_its_form() -> None:
    two, three = number(2), number(3)
    assert rational(make("Div", (two, three))) == Fraction(2, 3)
    assert rational(make("Neg", (make("Div", (ONE, two)),))) == -HALF
    assert rational(make("Div", (two, number(0)))) is None
    assert rational(make("Add", (two, three))) is None
    assert rational(make("Neg", (make("Add", (two, three)),))) is None


def test_some_functions_take_so_many_arguments_and_no_others() -> None:
    n = number(5)
    for name, fitting in (("root_of_unity", 2), ("LambertW", 1)):
        domain = FUNCTIONS[name]
        assert domain is not None
        for count in (1, 2, 3):
            assert (FALSE in domain([n] * count)) is (count != fitting)


@pytest.mark.parametrize(
    ("n", "k", "has_value"), [(1, 0, True), (0, 0, False), (-2, 1, False), (3, HALF, False), (3, -7, True)]
)
def test_a_root_of_unity_has_an_order_of_at_least_one(n: int, k: Fraction | int, has_value: bool) -> None:
    domain = FUNCTIONS["root_of_unity"]
    assert domain is not None
    assert all(map(holds, domain([number(n), number(k)]))) is has_value


def test_a_function_by_definition_is_one_of_its_argument() -> None:
    text, x = make("text", (), "sigma"), make("text", (), "cos")
    value = by_definition(make("Func", (text, ONE)))
    assert value is not None
    assert value == make("Div", (ONE, make("Add", (ONE, make("Exp", (make("Neg", (ONE,)),))))))
    assert by_definition(make("Func", (x, ONE))) is None
    assert by_definition(make("Func", (text, ONE, ONE))) is None


@pytest.mark.parametrize(("name", "divisor"), [("tan", "cos"), ("sec", "cos"), ("cot", "sin"), ("csc", "sin")])
def test_a_quotient_of_waves_has_a_value_where_its_divisor_is_not_0(name: str, divisor: str) -> None:
    domain = FUNCTIONS[name]
    assert domain is not None
    wave = make("Func", (make("text", (), divisor), number(5)))
    assert domain([number(5)]) == (make("Unequal", (wave, number(0))),)
