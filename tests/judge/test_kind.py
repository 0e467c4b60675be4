"""What stands for an integer is one: the ends of ranges, and what integer-valued functions make of reals."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational, S, Symbol
from typer.testing import CliRunner

import deltasift as ds
from deltasift import Product, Sum, assert_equal, calc, delta, iverson, oo, real, sizes, step
from deltasift.cli import app
from deltasift.derive import collapse
from deltasift.errors import Undefined
from deltasift.inert import Div, Divides, Entry, Func, IsInteger, LessEqual
from deltasift.line.scope import Scope
from deltasift.rules import prod_const, prod_empty, sum_const, sum_delta, sum_empty, sum_id, sum_mul_left

N, M = sizes("N M")
a = real("a")
k, x = Symbol("k"), Symbol("x")
late = iverson(LessEqual(12, N))
NO_INTEGERS = (N / 2, late / 2, a, Rational(5, 2), Func("binomial", a, 2), N - a, ds.exp(N), 1 / N)


@pytest.mark.parametrize("end", NO_INTEGERS, ids=str)
@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (lambda e: Sum(7, (k, 1, e)), lambda e: 7 * e, sum_const),
        (lambda e: Sum(7, (k, e, 9)), lambda e: 7 * (9 - e + 1), sum_const),
        (lambda e: Sum(k, (k, 1, e)), lambda e: e * (e + 1) / 2, sum_id),
        (lambda e: Sum(7 * k, (k, 1, e)), lambda e: 7 * Sum(k, (k, 1, e)), sum_mul_left),
        (lambda e: Sum(7, (k, 1, e)), lambda e: S(0), sum_empty),
        (lambda e: Product(7, (k, 1, e)), lambda e: 7**e, prod_const),
        (lambda e: Product(7, (k, 1, e)), lambda e: S(1), prod_empty),
        (lambda e: Sum(delta(k, 1) * k, (k, 1, e)), lambda e: S(1), sum_delta),
    ],
    ids=["const-hi", "const-lo", "id", "mul", "empty", "prod", "prod-empty", "delta"],
)
def test_no_rule_about_a_range_is_used_where_an_end_may_be_no_integer(
    before: Any, after: Any, rule: Any, end: Any
) -> None:
    problems = calc(before(end), step(after(end), by=rule)).report.problems
    assert any("does not give this line" in p for p in problems), problems


def test_two_rules_about_a_range_that_ends_nowhere_prove_nothing() -> None:
    half = late / 2
    proof = calc(S(0), step(Sum(1, (k, 1, half)), by=sum_empty.reversed), step(half, by=sum_const))
    assert not proof.report.ok


@pytest.mark.parametrize("function", ["binomial", "factorial"])
def test_functions_of_reals_are_no_integers(function: str) -> None:
    value = Func(function, N / 2, 2) if function == "binomial" else Func(function, N / 2)
    assert not Scope().is_integer(value)
    with pytest.raises(AssertionError, match="undecided"):
        assert_equal(iverson(IsInteger(value)), 1)
    i = Symbol("i")
    with pytest.raises(AssertionError):
        assert_equal(Sum(delta(i, value), (i, -oo, oo)), 1)


def test_functions_of_integers_are_integers() -> None:
    n = Symbol("n", integer=True)
    for value in (Func("binomial", n, 2), Func("factorial", n), Func("Max", n, 2), Func("floor", n / S(2))):
        assert Scope().is_integer(value)


def test_a_quotient_is_an_integer_where_it_is_said_to_divide() -> None:
    n = Symbol("n", integer=True)
    third = Div(n, 3)
    assert not Scope().is_integer(third)
    assert not Scope(assumed=(Divides(2, n),)).is_integer(third)
    assert Scope(assumed=(Divides(3, n),)).is_integer(third)


def test_an_end_of_which_nothing_is_said_is_an_integer_and_that_is_printed() -> None:
    n = Symbol("n")
    derivation = collapse(Sum(x, (k, 1, n)))
    assert IsInteger(n) in derivation.report.assumptions
    assert derivation.report.ok
    assert derivation.result.subs(n, 3) == 3 * x
    assert IsInteger(Div(n, 2)) in collapse(Sum(x, (k, 1, Div(n, 2)))).report.assumptions


half = Rational(5, 2)


@pytest.mark.parametrize(
    "line",
    [
        Sum(1, (k, 1, half)),
        Sum(delta(k, 2), (k, 1, half)),
        Sum(1, (k, Rational(1, 2), 3)),
        Product(x, (k, 1, half)) + 1,
        Sum(Sum(x, (k, 1, half)), (Symbol("i"), 1, 2)),
        Sum(1, (k, 1, Div(5, 2))),
        Entry(Symbol("a"), half) * x,
    ],
    ids=str,
)
def test_a_number_that_is_no_integer_at_the_end_of_a_range_is_refused_with_that_reason(line: Any) -> None:
    with pytest.raises(Undefined, match="is no integer, and stands at an end of a range or as an index"):
        collapse(line)
    assert any("IsInteger" in problem for problem in calc(line).report.problems)


@pytest.mark.parametrize(
    "line",
    [Sum(Sum(x, (k, 1, half)), (Symbol("i"), 2, 1)), delta(1, 2) * Sum(x, (k, 1, half))],
    ids=str,
)
def test_what_is_excused_is_not_refused(line: Any) -> None:
    assert collapse(line).result == 0


def test_the_command_line_says_that_an_end_is_no_integer() -> None:
    said = CliRunner().invoke(app, ["collapse", "Sum(1, (k, 1, 5/2))"])
    assert isinstance(said.exception, Undefined)
    assert "5/2 is no integer" in str(said.exception)
