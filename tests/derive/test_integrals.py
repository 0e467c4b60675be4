"""Point masses under integrals: what they sift out, where they are refused, and what is left alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Derivative,
    DiracDelta,
    Eq,
    Function,
    Heaviside,
    Integral,
    Piecewise,
    Rational,
    Subs,
    Symbol,
    exp,
    log,
    oo,
    pi,
)

from deltasift.derive import collapse
from deltasift.errors import Undefined
from deltasift.inert import Dirac, postorder

x, y, a, b, t = (Symbol(s, real=True) for s in ["x", "y", "a", "b", "t"])
c, z = Symbol("c", positive=True), Symbol("z", positive=True)
n, N = Symbol("n", integer=True), Symbol("N", integer=True, positive=True)
f, g = Function("f"), Function("g")
LINE = (x, -oo, oo)


def slope_of(h: Any, point: Any, order: int = 1) -> Any:
    return Subs(Derivative(h(x), (x, order)), x, point)


CLOSED = {
    # arguments that are linear
    "scaled": (f(x) * DiracDelta(a * x - b), LINE, f(b / a) / Abs(a)),
    "scaled by what is positive": (f(x) * DiracDelta(c * x - b), LINE, f(b / c) / c),
    "outside": (f(x) * DiracDelta(x - 5), (x, 0, 2), 0),
    "reversed": (f(x) * DiracDelta(x - 1), (x, 2, -2), -f(1)),
    "reversed, with a case distinction": (
        Piecewise((x, x < 0), (2, True)) * DiracDelta(x**2 - 2),
        (x, 4, -6),
        Rational(1, 2) - 1 / sympy.sqrt(2),
    ),
    "beside a finite product": (
        sympy.Product(1 + x**2 / n, (n, 1, N)) * DiracDelta(x - a),
        LINE,
        sympy.Product(1 + a**2 / n, (n, 1, N)),
    ),
    "undecided": (f(x) * DiracDelta(x - a), (x, 0, 1), Piecewise((f(a), (a > 0) & (a < 1)), (0, True))),
    # arguments with several zeros
    "a factored cubic": (DiracDelta((x - 1) * (x - 2) * (x - 3)) * f(x), LINE, f(1) / 2 + f(2) + f(3) / 2),
    "irrational": (x**2 * DiracDelta(x**2 - 2), LINE, sympy.sqrt(2)),
    "symbolic": (f(x) * DiracDelta(x**2 - c**2), LINE, (f(c) + f(-c)) / (2 * c)),
    "exponential": (f(x) * DiracDelta(exp(x) - 2), LINE, f(log(2)) / 2),
    "logarithm": (f(x) * DiracDelta(log(x)), (x, 0, oo), f(1)),
    "sine": (f(x) * DiracDelta(sympy.sin(x)), (x, 1, 7), f(pi) + f(2 * pi)),
    "cosine": (f(x) * DiracDelta(sympy.cos(2 * x) - Rational(1, 2)), (x, 0, 1), f(pi / 6) / sympy.sqrt(3)),
    # derivatives
    "derivative": (f(x) * DiracDelta(x - a, 1), LINE, -slope_of(f, a)),
    "reflected": (f(x) * DiracDelta(1 - x, 1), LINE, slope_of(f, 1)),
    "scaled derivative": (f(x) * DiracDelta(1 - 2 * x, 1), LINE, slope_of(f, Rational(1, 2)) / 4),
    "second": (f(x) * DiracDelta(x, 2), (x, -1, 2), slope_of(f, 0, 2)),
    "outside of the interval": (f(x) * DiracDelta(x - 5, 1), (x, 0, 2), 0),
    "product rule": (x * f(x) * DiracDelta(x - 1, 1), LINE, -f(1) - slope_of(f, 1)),
    "elementary": (exp(-x) * DiracDelta(x - a, 3), LINE, exp(-a)),
    "written as one": (f(x) * Derivative(DiracDelta(x - a), x), LINE, -slope_of(f, a)),
    "of a square": (
        f(x) * DiracDelta(x**2 - 1, 1),
        LINE,
        f(-1) / 4 + f(1) / 4 + slope_of(f, -1) / 4 - slope_of(f, 1) / 4,
    ),
    "second, of a square": (x**4 * DiracDelta(x**2 - 1, 2), (x, 0, oo), Rational(3, 8)),
    "of a magnitude": (f(x) * DiracDelta(Abs(x) - 1, 1), LINE, slope_of(f, -1) - slope_of(f, 1)),
    "beside a corner elsewhere": (f(x) * Abs(x) * DiracDelta(x + 2, 1), LINE, f(-2) - 2 * slope_of(f, -2)),
    "beside a corner at a name": (Abs(x) * DiracDelta(x - a, 1), LINE, -sympy.sign(a)),
    "the derivative of a step": (f(x) * Derivative(Heaviside(1 - 2 * x), x), LINE, -f(Rational(1, 2))),
    "the second derivative of a step": (f(x) * Derivative(Heaviside(x - 1), (x, 2)), (x, 0, 2), -slope_of(f, 1)),
    # what stands beside
    "a derivative": (x * Derivative(f(x), x) * DiracDelta(x - a), LINE, a * slope_of(f, a)),
    "a derivative, differentiated": (Derivative(f(x), x) * DiracDelta(x - 1, 1), LINE, -slope_of(f, 1, 2)),
    "a factorial": (sympy.factorial(x) * DiracDelta(x - 3), (x, 0, 4), 6),
    "an integral with a moving end": (DiracDelta(x - 2) * Integral(x * y, (y, 0, x)), LINE, 4),
    "cases that meet": (Piecewise((x**2, x < 1), (x, True)) * DiracDelta(x - 1), LINE, 1),
    "a double zero outside": (f(x) * DiracDelta((x - 1) ** 2 * (x - 3)), (x, 2, 5), f(3) / 4),
    "an x": (x * DiracDelta(x), LINE, 0),
    "a floor": (sympy.floor(x) * DiracDelta(x - Rational(5, 2)), LINE, 2),
    "a mixture": (
        (c * DiracDelta(x) + (1 - c) * exp(-(x**2) / 2) / sympy.sqrt(2 * pi)) * (x**2 + 1),
        LINE,
        2 - c,
    ),
    "a waiting time": ((c * DiracDelta(x - 1) + (1 - c) * z * exp(-z * x)) * x, (x, 0, oo), c + (1 - c) / z),
    "cases": (Piecewise((x, x < 1), (x**2, True)) * DiracDelta(x - 3), LINE, 9),
    "a step": (exp(-c * x) * Heaviside(x - 1) * DiracDelta(x - 2), LINE, exp(-2 * c)),
    "a logarithm": (log(f(x)) * DiracDelta(x - a), LINE, log(f(a))),
}


@pytest.mark.parametrize("name", CLOSED)
def test_closed_form(name: str) -> None:
    body, limit, expected = CLOSED[name]
    d = collapse(Integral(body, limit))
    assert sympy.expand(d.result - expected) == 0 or d.result == expected
    assert d.report.problems == ()


def test_zeros_that_may_not_be_there_are_guarded() -> None:
    d = collapse(Integral(exp(x) * DiracDelta(x**2 - a), (x, 0, oo)))
    assert d.result.subs(a, 4) == exp(2) / 4
    assert d.result.subs(a, -4) == 0
    assert d.report.problems == ()


TWO_VARIABLES = {
    "Jacobian": (DiracDelta(2 * x + y) * DiracDelta(x - y - 3) * f(x, y), (LINE, (y, -oo, oo)), f(1, -2) / 3),
    "chain": (y * DiracDelta(x - y**2) * DiracDelta(x - 4), (LINE, (y, 0, oo)), Rational(1, 2)),
    "the diagonal of a square": (DiracDelta(x - y), ((x, 0, 1), (y, 0, 1)), 1),
    "a sum of exponentials, by steps": (
        exp(-x - y) * Heaviside(x) * Heaviside(y) * DiracDelta(z - x - y),
        (LINE, (y, -oo, oo)),
        z * exp(-z),
    ),
    "a step on the diagonal": (DiracDelta(x - y) * Heaviside(x), ((x, -1, 1), (y, -1, 1)), 1),
    "cases on the diagonal": (
        DiracDelta(x - y) * Piecewise((x, x < 0), (1, True)),
        (LINE, (y, -1, 1)),
        Rational(1, 2),
    ),
    "a parabola": (DiracDelta(x - a) * DiracDelta(y - x**2) * f(x, y), (LINE, (y, -oo, oo)), f(a, a**2)),
    "a logarithm of a variable": (DiracDelta(x - y) * log(x), (LINE, (y, 0, 1)), Integral(log(t), (t, 0, 1))),
    "a sum of exponentials": (exp(-x - y) * DiracDelta(z - x - y), ((x, 0, oo), (y, 0, oo)), z * exp(-z)),
    "a mass inside of an integral beside one": (
        DiracDelta(x - 1) * Integral(f(y) * DiracDelta(y - x), (y, 0, 3)),
        ((x, 0, 2),),
        f(1),
    ),
    "capture": (DiracDelta(x - y) * Integral(f(x, y), (y, 0, 1)), (LINE,), Integral(f(y, t), (t, 0, 1))),
}


@pytest.mark.parametrize("name", TWO_VARIABLES)
def test_two_variables(name: str) -> None:
    body, limits, expected = TWO_VARIABLES[name]
    d = collapse(Integral(body, *limits))
    bound = [s for e in sympy.preorder_traversal(d.result) if isinstance(e, Integral) for s in e.bound_symbols]
    result = d.result
    for s in bound:
        result = result.replace(lambda e: isinstance(e, Integral), lambda e, s=s: e.as_dummy())
        expected = expected.as_dummy()
    assert result == expected
    assert d.report.problems == ()


def test_what_jumps_on_the_diagonal_still_jumps_for_a_mass_there() -> None:
    line = Integral(DiracDelta(x - y) * Heaviside(x) * DiracDelta(y), (x, -oo, oo), (y, -1, 1))
    with pytest.raises(Undefined, match="jumps"):
        collapse(line)
    derivative = Integral(DiracDelta(x - y, 1) * Heaviside(x), (x, -oo, oo), (y, -1, 1))
    assert collapse(derivative).result == derivative  # minus the mass of the derivative of the step, -1


def test_the_sum_of_two_uniforms_is_a_triangle() -> None:
    d = collapse(Integral(DiracDelta(t - x - y), (x, 0, 1), (y, 0, 1)))
    for value in map(Fraction, ("-1/2", "1/3", "1/2", "4/3", "7/4", "5/2")):
        at = Rational(value.numerator, value.denominator)
        assert d.result.subs(t, at) == max(0, 1 - abs(at - 1))
    assert d.report.problems == ()


def test_a_comb_is_a_series() -> None:
    comb = sympy.Sum(DiracDelta(x - n), (n, -oo, oo))
    assert collapse(Integral(comb * f(x), LINE)).result == sympy.Sum(f(n), (n, -oo, oo))
    k = Symbol("k", integer=True)
    d = collapse(Integral(DiracDelta(sympy.sin(x)) * exp(-Abs(x)), LINE))
    assert d.result == sympy.Sum(exp(-pi * Abs(k)), (k, -oo, oo))
    assert d.report.problems == ()


REFUSED = {
    "a delta of a delta": (DiracDelta(DiracDelta(x)), (x, -1, 1), "nonlinear function of a Dirac delta"),
    "on an end by a zero": (f(x) * DiracDelta(x**2 - x), (x, 0, 3), "on an end"),
    "on an end by a period": (f(x) * DiracDelta(sympy.sin(x)), (x, 0, 7), "on an end"),
    "one of a comb on an end": (f(x) * sympy.Sum(DiracDelta(x - n), (n, -oo, oo)), (x, 0, oo), "on an end"),
    "a period on an end of a half-line": (exp(-x) * DiracDelta(sympy.sin(x)), (x, 0, oo), "on an end"),
    "a double zero": (f(x) * DiracDelta(x**2), LINE, "double zero"),
    "a period on a jump": (exp(-x) * Heaviside(x) * DiracDelta(sympy.sin(x)), LINE, "not so that pi"),
    "a zero on a jump": (Heaviside(x - 1) * DiracDelta(x**2 - 1), LINE, "jumps"),
    "masses where there is no value": (log(x) * sympy.Sum(DiracDelta(x - n), (n, -oo, oo)), LINE, "not so that 0 < n"),
    "one of a scaled comb on an end": (f(x) * sympy.Sum(DiracDelta(x - c * n), (n, 1, N)), (x, 0, c), "on an end"),
    "a zero on an end beside what is 0 there": (x * DiracDelta(x**2 - 3 * x), (x, 0, oo), "on an end"),
    "a step beside its derivative": (Heaviside(x - 1) * Derivative(Heaviside(x - 1), x), LINE, "jumps"),
    "a step beside a derivative": (Heaviside(x) * Derivative(f(x), x) * DiracDelta(x), LINE, "jumps"),
    "one delta twice": (DiracDelta(x - y) * DiracDelta(2 * x - 2 * y), LINE, "product of Dirac deltas"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    body, limit, why = REFUSED[name]
    with pytest.raises(Undefined, match=why):
        collapse(Integral(body, limit))


LEFT = {
    "a double zero somewhere": DiracDelta(x * sympy.sin(x)) * f(x),
    "a cubic": DiracDelta(x**3 + a * x) * f(x),
}


@pytest.mark.parametrize("name", LEFT)
def test_left_alone(name: str) -> None:
    d = collapse(Integral(LEFT[name], LINE))
    assert any(isinstance(e, Dirac) for e in postorder(d.lines[-1]))


def test_what_a_value_needs_is_written_down() -> None:
    d = collapse(Integral(log(f(x)) * DiracDelta(x - a), LINE))
    assert [str(s) for step in d.steps for s in step.assumptions] == ["0 < f(a)"]
    masses = sympy.Sum(DiracDelta(x - sympy.IndexedBase("X", real=True)[n]), (n, 1, N))
    d = collapse(Integral(masses * log(f(x)), LINE))
    assert [str(s) for step in d.steps for s in step.assumptions] == ["ForAll(0 < f(X[n]), (n, 1, N))"]
    assert d.report.problems == ()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.fractions(-4, 4, max_denominator=3), min_size=1, max_size=4, unique=True),
    st.fractions(-3, 3, max_denominator=2).filter(bool),
    st.integers(-5, 0),
    st.integers(1, 5),
)
def test_polynomials_with_known_zeros(zeros: list[Fraction], scale: Fraction, lo: int, hi: int) -> None:
    """A delta of a polynomial sifts at each zero in the interval, divided by the slope there."""
    p = sympy.expand(Rational(scale) * sympy.prod([x - Rational(r) for r in zeros]))
    weight = x**3 - 2 * x + 5
    line = Integral(DiracDelta(p) * weight, (x, lo, hi))
    if {lo, hi} & set(zeros):
        with pytest.raises(Undefined):
            collapse(line)
        return
    slope = p.diff(x)
    expected = sum((weight / abs(slope)).subs(x, Rational(r)) for r in zeros if lo < r < hi)
    d = collapse(line)
    assert d.result == expected
    assert d.report.problems == ()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 4), st.fractions(-3, 3, max_denominator=3).filter(bool), st.fractions(-3, 3, max_denominator=3))
def test_derivatives_at_linear_arguments(order: int, scale: Fraction, shift: Fraction) -> None:
    """`delta^(n)(s*x + t)` sifts `(-1)**n w^(n)(-t/s) / (|s| s**n)`."""
    s, r = Rational(scale), Rational(shift)
    weight = x**5 - x**2 + exp(x)
    d = collapse(Integral(DiracDelta(s * x + r, order) * weight, LINE))
    expected = (-1) ** order * weight.diff(x, order).subs(x, -r / s) / (abs(s) * s**order)
    assert sympy.expand(d.result - expected) == 0
    assert d.report.problems == ()


def test_the_value_of_a_derivative_crosses_the_bridge() -> None:
    d = collapse(Integral(f(x) * DiracDelta(x - a, 1), LINE))
    assert r"\left[\frac{\mathrm{d}}{\mathrm{d} x} f(x)\right]_{x = a}" in d.latex()
    assert Eq(collapse(d.result).result, d.result)


def test_the_ends_of_an_integral_decide_nothing_where_their_order_is_not_known() -> None:
    """The integral over reversed ends is the negative of the other: with b < y < a its value is -y."""
    a_, b_, x_, y_ = (sympy.Symbol(s, real=True) for s in ("a", "b", "x", "y"))
    line = sympy.Integral(sympy.Piecewise((x_, x_ < a_), (2, True)) * sympy.DiracDelta(x_ - y_), (x_, a_, b_))
    result = collapse(line).result
    at = {a_: 4, b_: 0, y_: 3}
    if not result.has(sympy.Integral):
        assert result.subs(at) == -3
