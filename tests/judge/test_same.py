"""What the judge takes for one line, pair by pair: order and signs and a/b, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational, S, Symbol

from deltasift import delta, real
from deltasift.inert import Add, Div, Equality, Less, Mul, Neg, Pow, Sum, Unequal, inert
from deltasift.judge.same import factors_of, key, product_of, same, sum_of, terms_of
from deltasift.judge.term import ONE, Term, make, number, read

a, b, c = real("a"), real("b"), real("c")
i = Symbol("i")


def line(e: Any) -> Term:
    return read(inert(e))


ONE_LINE: list[tuple[Any, Any]] = [
    (Add(a, b), Add(b, a)),
    (Add(Add(a, b), c), Add(a, Add(c, b))),
    (Mul(a, b), Mul(b, a)),
    (Mul(Mul(a, b), c), Mul(c, Mul(b, a))),
    (Neg(Neg(a)), a),
    (Mul(Neg(a), b), Neg(Mul(b, a))),
    (Mul(Neg(a), Neg(b)), Mul(a, b)),
    (Div(Neg(a), b), Neg(Div(a, b))),
    (Div(a, Neg(b)), Neg(Div(a, b))),
    (Div(Neg(a), Neg(b)), Div(a, b)),
    (Div(a, b), Mul(a, Div(1, b))),
    (Div(Mul(a, c), b), Mul(a, Div(c, b))),
    (Mul(S(-1), a), Mul(a, S(-1))),
    (Mul(S(-2), a), Neg(Mul(2, a))),
    (Rational(1, 2) * a, Mul(a, Div(1, 2))),
    (Mul(Rational(-3, 2), a), Neg(Mul(Div(3, 2), a))),
    (delta(a, b), delta(b, a)),
    (Equality(a, b), Equality(b, a)),
    (Unequal(a, b), Unequal(b, a)),
    (Sum(i * a, (i, 1, 3)), Sum(a * Symbol("j"), (Symbol("j"), 1, 3))),
]
TWO_LINES: list[tuple[Any, Any]] = [
    (a, Neg(a)),
    (Mul(1, a), a),
    (Add(0, a), a),
    (Add(a, a), Mul(2, a)),
    (Add(a, b), Add(a, Neg(b))),
    (Add(a, a), a),
    (Mul(a, a), a),
    (Mul(a, a), Pow(a, 2)),
    (Mul(a, Add(b, c)), Add(Mul(a, b), Mul(a, c))),
    (Add(a, Neg(Add(b, c))), Add(a, Neg(b), Neg(c))),
    (Div(a, b), Div(b, a)),
    (Div(Div(a, b), c), Div(a, Div(b, c))),
    (Div(a, 1), a),
    (Div(1, a), a),
    (Mul(2, 3), S(6)),
    (Rational(2, 3), Rational(3, 2)),
    (S(2), S(-2)),
    (Mul(a, Div(1, a)), S(1)),
    (Pow(a, b), Pow(b, a)),
    (Less(a, b), Less(b, a)),
    (Sum(i, (i, 1, 3)), Sum(i, (i, 1, 4))),
    (Sum(i, (i, 1, 3)), Sum(i, (i, 2, 3))),
    (Sum(i, (i, 1, 3)), Sum(a, (i, 1, 3))),
]


@pytest.mark.parametrize(("one", "other"), ONE_LINE, ids=str)
def test_they_are_one_line(one: Any, other: Any) -> None:
    assert same(line(one), line(other))
    assert key(line(one)) is key(line(other))


@pytest.mark.parametrize(("one", "other"), TWO_LINES, ids=str)
def test_they_are_two_lines(one: Any, other: Any) -> None:
    assert not same(line(one), line(other))


def test_the_parts_of_a_key_make_it_again() -> None:
    for e in (Mul(a, Neg(b)), Div(a, Neg(b)), Neg(a), a, S(1), S(-1), Div(-1, b)):
        k = key(line(e))
        assert product_of(*factors_of(k)) is k
    for e in (Add(a, Neg(b), c), a, Mul(a, b)):
        k = key(line(e))
        terms = terms_of(k)
        assert (terms[0] if len(terms) == 1 else sum_of(terms)) is k


def test_one_has_no_factors_and_a_sign_is_none() -> None:
    assert factors_of(key(ONE)) == (1, ())
    assert factors_of(key(number(-1))) == (-1, ())
    assert product_of(1, ()) is ONE
    assert product_of(1, (ONE,)) is ONE
    assert product_of(-1, (ONE,)) is key(number(-1))
    assert factors_of(key(make("Mul", (ONE, line(a))))) == (1, tuple(sorted((ONE, line(a)), key=lambda t: t.serial)))
