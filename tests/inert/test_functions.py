"""The table of functions: what it says is so, and a function that is only defined is computed, written and judged."""

from __future__ import annotations

import math

import pytest
import sympy
from sympy import Symbol

from deltasift import calc, exp, log, real, sigma, step
from deltasift.check import check
from deltasift.errors import BridgeError
from deltasift.inert import Exp, Func, Log, inert
from deltasift.inert.bridge import to_sympy
from deltasift.inert.functions import FUNCTIONS, Function, known_of
from deltasift.judge import functions as judged
from deltasift.rules import definition

X = Symbol("x", real=True)
POINTS = [sympy.Rational(n, 7) for n in (-25, -9, -4, -1, 1, 3, 8, 22)]
OF_ONE = [f for f in FUNCTIONS.values() if f.definition is None and f.name not in ("Max", "Min", "Mod", "atan2")]


def value(name: str, at: sympy.Rational) -> sympy.Expr:
    return to_sympy(Func(name, at)).evalf(30)


@pytest.mark.parametrize("f", [f for f in OF_ONE if f.bound is not None], ids=lambda f: f.name)
def test_a_bound_is_one(f: Function) -> None:
    assert f.bound is not None
    assert all(abs(value(f.name, at)) <= f.bound for at in POINTS)


@pytest.mark.parametrize("f", [f for f in OF_ONE if f.sign], ids=lambda f: f.name)
def test_a_sign_is_one(f: Function) -> None:
    points = [at for at in POINTS if at > 0] if f.sign == "positive from 0 on" else POINTS
    assert all(value(f.name, at) >= 0 for at in points)


@pytest.mark.parametrize("f", [f for f in FUNCTIONS.values() if f.derivative is not None], ids=lambda f: f.name)
def test_a_derivative_is_one(f: Function) -> None:
    assert f.derivative is not None
    told = to_sympy(f.derivative(Func(f.name, X)))
    taken = sympy.diff(to_sympy(Func(f.name, X)), X)
    for at in POINTS:
        assert abs((told - taken).subs(X, at).evalf(30)) < 1e-20


@pytest.mark.parametrize("f", [f for f in FUNCTIONS.values() if f.in_math], ids=lambda f: f.name)
def test_the_name_in_python_is_one(f: Function) -> None:
    assert callable(getattr(math, f.in_math))


def test_a_definition_takes_as_many_arguments_as_it_says() -> None:
    assert known_of("sigma").defined([X, X]) is None
    with pytest.raises(BridgeError, match="sigma takes 1 argument"):
        to_sympy(Func("sigma", X, X))


def test_of_a_function_in_no_record_nothing_is_known() -> None:
    assert known_of("strange") == Function("strange")


@pytest.fixture
def softplus(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function by two records, one of the table and one of the judge's."""
    record = Function("softplus", "the logarithm of 1 + exp(z)", definition=lambda z: Log(1 + Exp(z)), is_total=True)
    monkeypatch.setitem(FUNCTIONS, "softplus", record)
    monkeypatch.setitem(
        judged.DEFINITIONS,
        "softplus",
        lambda z: judged.make("Log", (judged.make("Add", (judged.ONE, judged.make("Exp", (z,)))),)),
    )


@pytest.mark.usefixtures("softplus")
def test_a_function_that_is_defined_is_judged_and_computed_by_its_definition() -> None:
    z = real("z")
    right = calc(Func("softplus", z), step(log(1 + exp(z)), by=definition))
    assert check(right).is_proved
    assert right.evaluate(z=2.0)[1] == pytest.approx(math.log1p(math.exp(2)))
    assert to_sympy(Func("softplus", z)) == sympy.log(sympy.exp(z.symbol) + 1)
    wrong = calc(Func("softplus", z), step(log(2 + exp(z)), by=definition))
    assert not check(wrong).ok


def test_sigma_is_its_definition() -> None:
    z = real("z")
    assert check(calc(sigma(z), step(inert(1) / (1 + exp(-inert(z))), by=definition))).is_proved
