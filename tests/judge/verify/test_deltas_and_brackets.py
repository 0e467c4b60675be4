"""Verifiers of deltas, brackets, slopes: a right result, and what is near it and wrong."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, Symbol

from deltasift import exp, iverson, log, real
from deltasift.domain import closure
from deltasift.inert import (
    And,
    Apply,
    At,
    Delta,
    Derivative,
    Divides,
    Equality,
    Func,
    IsInteger,
    Less,
    LessEqual,
    Not,
    Or,
    Piecewise,
    Pow,
    Unequal,
    inert,
)
from deltasift.judge.context import World
from deltasift.judge.term import Term, bound, make
from deltasift.judge.verify import Question, RejectedError, goals
from deltasift.judge.verify.parts import alike
from deltasift.judge.verify.polynomials import coefficients
from deltasift.judge.verify.rational import equal
from deltasift.judge.verify.slope import slope
from judge.attacking import term


def sin(e: Any) -> Any:
    return Func("sin", e)


def cos(e: Any) -> Any:
    return Func("cos", e)


i, j, k = (Symbol(name, integer=True) for name in "ijk")
x, y = real("x"), real("y")
REJECTED = None


def asked(rule: str, before: Any, after: Any, by: Any = None) -> list[Term] | None:
    """Return the statements that a verifier asks for, None where it rejects."""
    witness = None if by is None else term(by)
    question = Question(term(before), term(after), witness, (), World(closure((x, y))))
    try:
        return [g.statement for g in goals(rule, question)]
    except RejectedError:
        return REJECTED


def whole(*names: Any) -> list[Term]:
    return [term(IsInteger(n)) for n in names]


@pytest.mark.parametrize(
    ("before", "after", "is_right"),
    [
        (Delta(2 * i, 2 * j), Delta(i, j), True),
        (Delta(i - j, 0), Delta(j, i), True),
        (Delta(2 * i, 4), Delta(i, 2), True),
        (Delta(2 * i, 4), Delta(i, 3), False),
        (Delta(i, j), Delta(i, k), False),
        (Delta(i * j, 0), Delta(i, 0), False),
        (iverson(Unequal(2 * i, 4)), iverson(Unequal(i, 2)), True),
        (iverson(Unequal(2 * i, 4)), Delta(i, 2), False),
        (Delta(i, 2), iverson(Unequal(i, 2)), False),
        (iverson(Less(2 * i, 4)), iverson(Less(i, 2)), False),
        (Delta(i / j, 1), Delta(i, j), False),
    ],
)
def test_equations_of_deltas_are_multiples(before: Any, after: Any, is_right: bool) -> None:
    assert asked("delta_arith", before, after) == ([] if is_right else REJECTED)


@pytest.mark.parametrize(
    ("before", "after", "is_right"),
    [
        (Delta(i, j) * Pow(i, 2), Delta(i, j) * Pow(j, 2), True),
        (Delta(j, i) * Pow(i, 2), Delta(i, j) * (i * j) * (j / i), False),
        (Delta(3, i) * exp(i), Delta(3, i) * exp(S(3)), True),
        (Delta(i, j) * exp(k), Delta(i, j) * exp(i), False),
        (Delta(i + 1, 3) * exp(i + 1), Delta(i + 1, 3) * exp(S(3)), False),
        (exp(i) / Delta(i, j), exp(j) / Delta(i, j), False),
        (Delta(i, j) * exp(i), exp(j), False),
        (exp(i), Delta(i, j) * exp(i), False),
    ],
)
def test_beside_a_delta_its_arguments_are_one(before: Any, after: Any, is_right: bool) -> None:
    assert asked("delta_subst", before, after) == ([] if is_right else REJECTED)


D = Delta(i, j)


@pytest.mark.parametrize(
    ("before", "after", "by", "is_right"),
    [
        (D * D, D, D, True),
        (Pow(2, D), 1 + D, D, True),
        (exp(x * D), 1 + D * (exp(x) - 1), D, True),
        (exp(x * D), 1 + D * exp(x), D, False),
        (D * x, D * y, D, False),
        (iverson(Unequal(i, j)) + D, S(1), D, True),
        (iverson(Unequal(i, j)) - D, S(1), D, False),
        (1 - D, iverson(Unequal(i, j)), D, True),
        (D * D, D, None, False),
        (D * D, D, iverson(Equality(i, j)), False),
        (D + x, x, D, False),
    ],
)
def test_a_delta_is_0_or_1(before: Any, after: Any, by: Any, is_right: bool) -> None:
    assert asked("delta_cases", before, after, by) == ([] if is_right else REJECTED)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (Delta(Pow(2, i), 8), Delta(i, 3), whole(i)),
        (Delta(8, Pow(2, i)), Delta(3, i), whole(i)),
        (Delta(Pow(2, i), S(1) / 4), Delta(i, -2), whole(i)),
        (Delta(Pow(2, i), 8), Delta(i, 2), REJECTED),
        (Delta(Pow(2, i), 8), Delta(j, 3), REJECTED),
        (Delta(Pow(2, i), 8), S(0), REJECTED),
        (Delta(Pow(2, i), 6), S(0), whole(i)),
        (Delta(Pow(2, i), -8), S(0), whole(i)),
        (Delta(Pow(2, i), 0), S(0), whole(i)),
        (Delta(Pow(2, i), 1), Delta(i, 0), whole(i)),
        (Delta(Pow(2, i), 1), S(0), REJECTED),
        (Delta(Pow(1, i), 1), Delta(i, 0), REJECTED),
        (Delta(Pow(-2, i), 8), S(0), REJECTED),
        (Delta(Pow(2, i), 8), x, REJECTED),
        (Delta(i, 8), Delta(i, 8), REJECTED),
        (exp(i), S(0), REJECTED),
    ],
)
def test_a_power_is_a_number_for_one_exponent(before: Any, after: Any, wanted: Any) -> None:
    assert asked("delta_power", before, after) == wanted


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (Delta(Pow(i, 2), 4), Delta(i, 2) + Delta(i, -2), whole(i)),
        (Delta(Pow(i, 2), i), Delta(i, 0) + Delta(i, 1), whole(i)),
        (Delta(Pow(i, 2), 4), Delta(i, 2), REJECTED),
        (Delta(Pow(i, 2), 4), Delta(i, 2) + Delta(i, -2) + Delta(i, 3), REJECTED),
        (Delta(Pow(i, 2), 4), Delta(i, 2) + Delta(i, 2), REJECTED),
        (Delta(Pow(i, 2), 4), Delta(j, 2) + Delta(j, -2), REJECTED),
        (Delta(Pow(i, 2), 4), Delta(i, 2) - Delta(i, -2), REJECTED),
        (Delta(4 * Pow(i, 2), 1), S(0), whole(i)),
        (Delta(2 * Pow(i, 2), 3 * i), Delta(i, 0), whole(i)),
        (Delta(Pow(i, 2), 2), S(0), whole(i)),
        (Delta(Pow(i, 2), 1), S(0), REJECTED),
        (Delta(i * j, 4), S(0), REJECTED),
        (Delta(exp(i), 1), Delta(i, 0), REJECTED),
        (Delta(3 * i, 6), Delta(i, 2), whole(i)),
    ],
)
def test_the_integer_zeros_are_all_there(before: Any, after: Any, wanted: Any) -> None:
    assert asked("delta_roots", before, after) == wanted


P, Q, R = Less(0, x), Less(x, y), LessEqual(y, 1)


@pytest.mark.parametrize(
    ("rule", "before", "after", "by", "wanted"),
    [
        ("bracket_true", iverson(And(P, Q)), iverson(Q), None, [P]),
        ("bracket_true", iverson(P), S(1), None, [P]),
        ("bracket_true", iverson(And(P, Q)), S(1), None, [P, Q]),
        ("bracket_true", iverson(P), iverson(Q), None, REJECTED),
        ("bracket_true", iverson(P), iverson(P), None, REJECTED),
        ("bracket_true", x, S(1), None, REJECTED),
        ("bracket_false", iverson(And(P, Q)) * x, S(0), P, [LessEqual(x, 0)]),
        ("bracket_false", iverson(P) * iverson(Q), S(0), And(P, Q), [Or(LessEqual(x, 0), LessEqual(y, x))]),
        ("bracket_false", iverson(P) * x, S(0), Q, REJECTED),
        ("bracket_false", iverson(P) * x, S(0), None, REJECTED),
        ("bracket_false", iverson(P) * x, x, P, REJECTED),
        ("bracket_false", x / iverson(P), S(0), P, REJECTED),
        ("bracket_and", iverson(And(P, Q)), iverson(Q) * iverson(P), None, []),
        ("bracket_and", iverson(And(P, Q)), iverson(P) * iverson(P), None, REJECTED),
        ("bracket_and", iverson(And(P, Q)), iverson(P), None, REJECTED),
        ("bracket_and", iverson(And(P, Q)), -(iverson(P) * iverson(Q)), None, REJECTED),
        ("bracket_and", iverson(And(P, Q)), iverson(P) / iverson(Q), None, REJECTED),
        ("bracket_delta", iverson(Equality(i, j)), Delta(j, i), None, [IsInteger(j), IsInteger(i)]),
        ("bracket_delta", iverson(Equality(i, j)), Delta(i, k), None, REJECTED),
        ("bracket_delta", iverson(Unequal(i, j)), Delta(i, j), None, REJECTED),
        ("bracket_delta", iverson(Equality(i, j)), iverson(Equality(i, j)), None, REJECTED),
        ("bracket_not", iverson(Not(P)), iverson(LessEqual(x, 0)), None, []),
        ("bracket_not", iverson(Not(P)), iverson(Less(x, 0)), None, REJECTED),
        ("bracket_not", iverson(Not(P)), iverson(P), None, REJECTED),
        ("bracket_or", iverson(Or(P, Q)), iverson(P) + iverson(LessEqual(x, 0)) * iverson(Q), None, []),
        ("bracket_or", iverson(Or(P, Q, R)), iverson(P) + iverson(LessEqual(x, 0)) * iverson(Or(Q, R)), None, []),
        ("bracket_or", iverson(Or(P, Q)), iverson(P) + iverson(Q), None, REJECTED),
        ("bracket_or", iverson(And(P, Q)), iverson(P) + iverson(LessEqual(x, 0)) * iverson(Q), None, REJECTED),
        ("bracket_compl", 1 - iverson(P), iverson(LessEqual(x, 0)), None, []),
        ("bracket_compl", x + 1 - iverson(P), x + iverson(LessEqual(x, 0)), None, []),
        ("bracket_compl", 1 + iverson(P), iverson(LessEqual(x, 0)), None, REJECTED),
        ("bracket_compl", 1 - iverson(P), iverson(Less(x, 0)), None, REJECTED),
        ("bracket_compl", 2 - iverson(P), iverson(LessEqual(x, 0)), None, REJECTED),
        ("bracket_compl", x - iverson(P), iverson(LessEqual(x, 0)), None, REJECTED),
        ("bracket_zero", iverson(Unequal(x, y)) * (x - y), x - y, Equality(x, y), [Equality(x, y)]),
        ("bracket_zero", iverson(Unequal(x, y)) * Pow(y - x, 2), Pow(y - x, 2), Equality(x, y), [Equality(x, y)]),
        ("bracket_zero", iverson(Unequal(x, y)) * Pow(x - y, 0), Pow(x - y, 0), Equality(x, y), REJECTED),
        ("bracket_zero", iverson(Unequal(x, y)) * Pow(x - y, -1), Pow(x - y, -1), Equality(x, y), REJECTED),
        ("bracket_zero", iverson(Unequal(x, y)) * (x + y), x + y, Equality(x, y), REJECTED),
        ("bracket_zero", iverson(Unequal(x, y)) * (x - y), -(x - y), Equality(x, y), REJECTED),
        ("bracket_zero", iverson(Unequal(x, y)) / (x - y), 1 / (x - y), Equality(x, y), REJECTED),
        ("bracket_zero", iverson(Unequal(x, y)) * (x - y), x - y, Less(x, y), REJECTED),
        ("bracket_zero", iverson(Unequal(x, y)) * (x - y), x - y, None, REJECTED),
    ],
)
def test_a_bracket_is_1_where_its_statement_is_true(rule: str, before: Any, after: Any, by: Any, wanted: Any) -> None:
    found = asked(rule, before, after, by)
    assert found == (None if wanted is REJECTED else [term(s) for s in wanted])


@pytest.mark.parametrize(
    ("after", "is_right"),
    [
        (iverson(P) * x + iverson(LessEqual(x, 0)) * y, True),
        (y + iverson(P) * (x - y), True),
        (iverson(P) * x + y, False),
        (iverson(P) * y + iverson(LessEqual(x, 0)) * x, False),
        (iverson(Q) * x + iverson(LessEqual(x, 0)) * y, False),
        (x, False),
    ],
)
def test_in_each_case_the_terms_that_are_left_are_its_value(after: Any, is_right: bool) -> None:
    cases = Piecewise((x, P), (y, True))
    assert asked("piecewise_bracket", cases, after) == ([] if is_right else REJECTED)


def test_a_delta_of_a_case_is_one_of_integers() -> None:
    cases = Piecewise((x, Equality(i, j)), (y, True))
    assert asked("piecewise_bracket", cases, y + Delta(i, j) * (x - y)) == whole(i, j)
    assert asked("piecewise_bracket", Piecewise((x, P)), iverson(P) * x) is REJECTED


@pytest.mark.parametrize(
    ("said", "is_every"),
    [
        ((0, 1, 2), True),
        ((3, -2, 2), True),
        ((0, 1), False),
        ((0, 1, 1), False),
        ((0, 1, 4), False),
        ((0, 1, 2, 3), False),
    ],
)
def test_a_number_leaves_one_of_the_remainders(said: Any, is_every: bool) -> None:
    before = inert(0) + sum((iverson(Divides(3, i + n)) * x for n in said[1:]), iverson(Divides(3, i + said[0])) * x)
    found = asked("bracket_add", before.args[1] if before.args[0] == 0 else before, x)
    assert (found == []) is is_every


# --- rational functions ----------------------------------------------------------------------------------------------


def root(e: Any) -> Any:
    return Pow(S(e) if isinstance(e, int) else e, S(1) / 2)


@pytest.mark.parametrize(
    ("one", "other", "are_equal"),
    [
        (root(6) * root(6), S(6), True),
        (root(8), 2 * root(2), True),
        (root(12), 2 * root(3), True),
        (root(50), 5 * root(2), True),
        (root(6), 2 * root(3), False),
        (root(S(1) / 2), root(2) / 2, True),
        (root(4 * x), 2 * root(x), True),
        (root(x) * root(x), x, True),
        (Pow(root(x), 3), x * root(x), True),
        (root(Pow(x, 2)), x, False),
        (root(x * y), root(x) * root(y), False),
        (root(-x) * root(-x), -x, True),
        (root(exp(2 * x)), exp(x), True),
        (exp(x + y), exp(x) * exp(y), True),
        (exp(x - y), exp(x) / exp(y), True),
        (exp(x / y), exp(x) / exp(y), False),
        (Pow(x, -2) * Pow(x, 3), x, True),
        (Pow(x, 0), S(1), True),
        (1 / (1 + 1 / x), x / (x + 1), True),
        ((x**2 - y**2) / (x - y), x + y, True),
        ((x**2 + y**2) / (x + y), x + y, False),
    ],
)
def test_an_identity_is_told_from_what_is_none(one: Any, other: Any, are_equal: bool) -> None:
    assert equal(term(inert(one)), term(inert(other))) is are_equal


@pytest.mark.parametrize(
    ("e", "count", "of_numerator"),
    [
        (x**2 + 1, 3, 3),
        (y * x, 2, 2),
        (x * y + x**3 / y, 4, 4),
        (1 / x, None, 1),
        (x / (x + 1), None, 2),
        ((x + 1) / x, None, 2),
        (exp(x), None, None),
        (root(x), None, None),
        (x * exp(x), None, None),
        (S(0), None, None),
    ],
)
def test_a_polynomial_in_a_name_has_coefficients(e: Any, count: int | None, of_numerator: int | None) -> None:
    for over_all, wanted in ((True, count), (False, of_numerator)):
        found = coefficients(term(inert(e)), term(x), over_all=over_all)
        assert (None if found is None else len(found)) == wanted


# --- slopes ----------------------------------------------------------------------------------------------------------

f = Symbol("f")


@pytest.mark.parametrize(
    ("e", "wanted"),
    [
        (y, 0),
        (x, 1),
        (x * y, y),
        (x * x, x + x),
        (-x, S(-1)),
        (x / y, 1 / y),
        (y / x, -(y / (x * x))),
        (Pow(x, 3), 3 * Pow(x, 2)),
        (Pow(x, S(1) / 2), S(1) / 2 * Pow(x, S(-1) / 2)),
        (exp(2 * x), 2 * exp(2 * x)),
        (log(3 * x), 3 / (3 * x)),
        (sin(2 * x), 2 * cos(2 * x)),
        (cos(x), -sin(x)),
        (Func("tan", x), 1 + Func("tan", x) * Func("tan", x)),
        (Func("sinh", x), Func("cosh", x)),
        (Func("cosh", x), Func("sinh", x)),
        (Func("tanh", x), 1 - Func("tanh", x) * Func("tanh", x)),
        (Func("atan", x), 1 / (1 + x * x)),
        (Func("sigma", x), Func("sigma", x) * (1 - Func("sigma", x))),
        (Func("Abs", x), None),
        (Func("Max", x, y), None),
        (Pow(x, y), None),
        (Pow(y, x), None),
        (Delta(x, y), None),
        (iverson(Less(0, x)), None),
        (Apply(f, x, y), None),
    ],
)
def test_a_slope_is_that_of_calculus_or_not_known(e: Any, wanted: Any) -> None:
    found = slope(term(inert(e)), term(x))
    assert (found is None) is (wanted is None)
    assert found is None or alike(found, term(inert(wanted)))


def test_the_slope_of_a_function_of_one_name_is_its_derivative_there() -> None:
    there = slope(term(Apply(f, 2 * x)), term(x))
    assert there is not None
    z = Symbol("z")
    assert alike(there, term(2 * At(Derivative(Apply(f, z), z, 1), z, 2 * x)))
    again = slope(make("Neg", (there,)), term(x))
    assert again is not None
    assert alike(again, term(-4 * At(Derivative(Apply(f, z), z, 2), z, 2 * x)))
    own = slope(term(Derivative(Apply(f, x), x)), term(x))
    assert own is not None
    assert alike(own, term(At(Derivative(Apply(f, z), z, 2), z, x)))
    assert slope(make("Derivative", (term(Apply(f, x)), term(y), bound(0))), term(x)) is None
