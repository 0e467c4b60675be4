"""The imaginary unit has no order: what asks for a real number is not accepted of it, hidden by a definition or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sympy import I, S, Symbol, oo, pi

from deltasift import Integral, calc, check, define, dirac, exp, real, step
from deltasift.calc import page_of
from deltasift.inert import Func, LessEqual, Pow, inert
from deltasift.rules import abs_as_max, exp_pos, integral_dirac, le_max, max_self_neg, mul_add, one_sub_sigma, sq_nonneg

a, b, t, x = (real(name) for name in "abtx")
hidden = define("w", I * x)
function = define("f", t, I * t)
to_i = Integral(x, (x, 0, I))
REFUSED: dict[str, tuple[Any, Any, Any, str]] = {
    "the square of the unit": (S.Zero, Pow(I, 2), sq_nonneg, "<="),
    "the square of what is defined by it": (S.Zero, hidden**2, sq_nonneg, "<="),
    "the square of a value of a function": (S.Zero, function(x) ** 2, sq_nonneg, "<="),
    "the square of a name that claims to be imaginary": (S.Zero, Pow(Symbol("z", imaginary=True), 2), sq_nonneg, "<="),
    "an exponential": (S.Zero, exp(I), exp_pos, "<"),
    "a maximum above it": (a * I, Func("Max", a * I, 0), le_max, "<="),
    "a maximum in the line after": (Func("Abs", I), 2 * Func("Max", I, 0) - I, abs_as_max, "="),
    "a maximum in the line before": (Func("Max", I, -I), Func("Abs", I), max_self_neg, "="),
    "a pole of the logistic function": (1 - Func("sigma", I * pi), Func("sigma", -I * pi), one_sub_sigma, "="),
    "the end of an integral": (to_i * (a + b), to_i * a + to_i * b, mul_add, "="),
}


@pytest.mark.parametrize("name", REFUSED)
def test_no_order_of_what_is_not_real(name: str) -> None:
    before, after, rule, relation = REFUSED[name]
    assert check(calc(before, step(after, by=rule, relation=relation)), layers=("structure",)).problems


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (Integral(dirac(x - a) * exp(I * x), (x, -oo, oo)), exp(I * a), integral_dirac),
        ((a + I) * b, a * b + I * b, mul_add),
        (Func("cos", I) * (a + b), Func("cos", I) * a + Func("cos", I) * b, mul_add),
    ],
)
def test_equalities_of_complex_numbers_are_accepted(before: Any, after: Any, rule: Any) -> None:
    assert not check(calc(before, step(after, by=rule)), layers=("structure",)).problems


@pytest.mark.parametrize("e", [inert(I), hidden])
def test_what_is_not_real_is_not_at_most_itself(e: Any) -> None:
    page = replace(page_of(calc(e)), claims=(LessEqual(e, e),))
    assert any("not in the claim" in str(p) for p in check(page, layers=("structure",)).problems)


def test_what_is_real_is_at_most_itself() -> None:
    page = replace(page_of(calc(a * b)), claims=(LessEqual(a * b, a * b),))
    assert not check(page, layers=("structure",)).problems
