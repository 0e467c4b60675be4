"""The imaginary unit has no order: what asks for a real number is not accepted of it, hidden by a definition or not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sympy import I, S, Symbol, oo, pi

from deltasift import (
    Abs,
    Divides,
    Integral,
    Minimiser,
    Sum,
    calc,
    check,
    define,
    delta,
    dirac,
    exp,
    index,
    iverson,
    log,
    real,
    root_of_unity,
    sizes,
    sqrt,
    step,
)
from deltasift.calc import page_of
from deltasift.inert import Func, LessEqual, Pow, inert
from deltasift.rules import (
    abs_as_max,
    abs_sq,
    arithmetic,
    bracket_true,
    definition,
    exp_pos,
    integral_dirac,
    le_max,
    le_of_given,
    max_self_neg,
    mul_add,
    one_mul,
    one_sub_sigma,
    root_add,
    root_half,
    root_period,
    root_pow,
    root_zero,
    sq_nonneg,
    sqrt_sq,
    sum_add,
    sum_root,
)

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


# --- roots of unity ------------------------------------------------------------------------------------------------

N = sizes("N")
n, m, k = index("n", 1, N), index("m", 1, N), index("k", 1, N)
y = real("y", n)
w = root_of_unity(N, n)
hidden_root = define("v", n, y[n] * root_of_unity(N, n))
NOT_REAL: dict[str, tuple[Any, Any, Any, str]] = {
    "its square is not negative": (S.Zero, w**2, sq_nonneg, "<="),
    "nor is that of what is defined by it": (S.Zero, hidden_root[n] ** 2, sq_nonneg, "<="),
    "the square of a magnitude is the square": (Pow(Abs(w), 2), w**2, abs_sq, "="),
    "the same of the imaginary unit": (Pow(Abs(inert(I)), 2), Pow(I, 2), abs_sq, "="),
    "the square root of its square is a magnitude": (sqrt(w**2), Abs(w), sqrt_sq, "="),
    "a logarithm": (log(w) + y[n], y[n] + 1 * log(w), arithmetic, "="),
    "1 and its square are not 0": (y[n] * (1 + w**2) / (1 + w**2), y[n], arithmetic, "="),
    "what is divided by it less 1": (y[n] / (w - 1) * (w - 1), y[n], arithmetic, "="),
    "what is divided by an exponential of an infinite end": (exp(inert(-oo)) / exp(inert(-oo)), S.One, arithmetic, "="),
    "half of another order": (root_of_unity(3 * inert(N), n + N), -root_of_unity(3 * inert(N), n), root_half, "="),
    "an order between sums": (Sum(w, n), Sum(w, n) + y[n] ** 2, le_of_given, "<="),
    "a bracket of an order": (iverson(LessEqual(0, w)), inert(1), bracket_true, "="),
    "a half as its power": (root_of_unity(N, inert(n) / 2) ** 2, w, root_pow, "="),
    "an order that is no integer": (root_of_unity(inert(N) / 2, 0), inert(1), root_zero, "="),
    "a period that is none": (root_of_unity(N, n + m), root_of_unity(N, n), root_period, "="),
    "a sum over all that may be 1": (Sum(root_of_unity(N, k * (n + m)), k), N * delta(n, -m), sum_root, "="),
    "a sum that is 0 for N above 1 alone": (Sum(root_of_unity(N, k), k), inert(0), sum_root, "="),
    "a sum that ends too early": (
        Sum(root_of_unity(N, k * (n - m)), (k, 1, N - 1)),
        N * delta(n, m) - 1,
        sum_root,
        "=",
    ),
}


@pytest.mark.parametrize("name", NOT_REAL)
def test_what_is_true_of_reals_alone_is_refused_of_roots_of_unity(name: str) -> None:
    before, after, rule, relation = NOT_REAL[name]
    assert check(calc(before, step(after, by=rule, relation=relation)), layers=("structure",)).problems


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (root_of_unity(N, n + m), root_of_unity(N, n) * root_of_unity(N, m), root_add),
        (y[n] / w * w, y[n], arithmetic),
        (y[n] / exp(w) * exp(w), y[n], arithmetic),
        (root_of_unity(2 * inert(N), n + N), -root_of_unity(2 * inert(N), n), root_half),
        (Sum(root_of_unity(N, -k), k), delta(N, 1), sum_root),
        (root_of_unity(N, n) ** 3, root_of_unity(N, n * 3), root_pow),
        (root_of_unity(N, N) * y[n], y[n], [root_period, one_mul]),
        (root_of_unity(N, n + N * m), w, root_period),
        (Sum(root_of_unity(N, k * (n - m)), k), N * delta(n, m), sum_root),
        (Sum(root_of_unity(N, k * (n + m)), k), N * iverson(Divides(N, n + m)), sum_root),
        (Sum(hidden_root[n] + w, n), Sum(y[n] * w, n) + Sum(w, n), [definition, sum_add]),
        ((w + y[n]) * (w - y[n]), w**2 - y[n] ** 2, arithmetic),
    ],
)
def test_roots_of_unity_are_multiplied_and_added(before: Any, after: Any, rule: Any) -> None:
    report = check(calc(before, step(after, by=rule)))
    assert not report.problems
    assert all(c.status == "passed" for c in report.lines[1].checks if c.kind in ("models", "numbers"))


def test_a_minimiser_is_real() -> None:
    q = real("q")
    page = replace(page_of(calc(q)), claims=(Minimiser(Abs(q), q, w),))
    assert check(page, layers=("structure",)).problems
