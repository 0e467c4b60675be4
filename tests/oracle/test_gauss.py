"""Integrals with narrow Gaussians, compared with what is known of the Dirac delta."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from sympy import (
    Derivative,
    DiracDelta,
    Heaviside,
    Integral,
    KroneckerDelta,
    Rational,
    Subs,
    Sum,
    exp,
    log,
    oo,
    pi,
    sin,
)

from oracle.decide import compared, has_no_value
from oracle.instances import Problem

DECLARED = (
    "x, z: real; c: positive; n, k: integer; N: positive integer; X: real table; f, g: function; q: positive function"
)
x, z = sympy.Symbol("x", real=True), sympy.Symbol("z", real=True)
c = sympy.Symbol("c", positive=True)
n, N = sympy.Symbol("n", integer=True), sympy.Symbol("N", integer=True, positive=True)
X = sympy.IndexedBase("X", real=True)
f, q = sympy.Function("f"), sympy.Function("q")
LINE = (x, -oo, oo)

EQUAL: list[tuple[Any, Any]] = [
    (Integral(exp(-(x**2)), LINE), sympy.sqrt(pi)),
    (Integral(x, (x, 2, 0)), sympy.Integer(-2)),
    (Integral(f(x) * DiracDelta(x - z), LINE), f(z)),
    (Integral(f(x) * DiracDelta(3 - 2 * x), LINE), f(Rational(3, 2)) / 2),
    (Integral(f(x) * DiracDelta(x - c), (x, 0, oo)), f(c)),
    (Integral(f(x) * DiracDelta(x + c), (x, 0, oo)), sympy.Integer(0)),
    (Integral(f(x) * DiracDelta(x, 1), LINE), -Subs(Derivative(f(x), x), x, 0)),
    (Integral(f(x) * DiracDelta(x**2 - 4), LINE), (f(2) + f(-2)) / 4),
    (Integral(abs(x) * DiracDelta(x), LINE), sympy.Integer(0)),
    (Integral(DiracDelta(sin(x)), (x, 1, 7)), sympy.Integer(2)),
    (Integral(log(q(x)) * Sum(DiracDelta(x - X[n]), (n, 1, N)), LINE), Sum(log(q(X[n])), (n, 1, N))),
    (Integral(Heaviside(x - 1) * DiracDelta(x - 2), LINE), sympy.Integer(1)),
    (Integral(DiracDelta(x - 1) * KroneckerDelta(n, 2), LINE), KroneckerDelta(n, 2)),
    (Integral(Integral(exp(-x * z), (z, 0, 1)) * DiracDelta(x - 2), LINE), (1 - exp(-2)) / 2),
]


@pytest.mark.parametrize(("expr", "known"), EQUAL, ids=lambda e: str(e)[:70])
def test_known_integrals(expr: Any, known: Any) -> None:
    problem = Problem.plain(expr, DECLARED)
    assert compared(problem, known).equal is True
    assert compared(problem, known + Rational(1, 1000)).equal is False


@pytest.mark.parametrize(
    "expr",
    [
        Integral(DiracDelta(x) ** 2, LINE),
        Integral(DiracDelta(x) * log(DiracDelta(x)), LINE),
        Integral(DiracDelta(x) * f(x), (x, 0, oo)),
        Integral(DiracDelta(x) * Heaviside(x), LINE),
        Integral(DiracDelta(x**2), LINE),
        Integral(DiracDelta(x) / x, LINE),
        Integral(DiracDelta(x, 1) * abs(x), LINE),
    ],
    ids=str,
)
def test_what_has_no_value(expr: Any) -> None:
    assert has_no_value(Problem.plain(expr, DECLARED))


def test_what_has_a_value_is_not_refused() -> None:
    assert not has_no_value(Problem.plain(Integral(DiracDelta(x - 1) / x, LINE), DECLARED))
    assert not has_no_value(Problem.plain(Integral(abs(x) * DiracDelta(x), LINE), DECLARED))


def test_a_delta_without_an_integral_is_tried_on_a_test_function() -> None:
    problem = Problem(x * DiracDelta(x), Problem.plain(x, DECLARED).declared, options={"smear": "x"})
    assert compared(problem, sympy.Integer(0)).equal is True
    assert compared(problem, DiracDelta(x)).equal is False
