"""An integral has a value where all of its integrand has one, a derivative where nothing in it jumps, hidden or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sympy import S, oo

from deltasift import (
    Derivative,
    Integral,
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
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.calc import assuming
from deltasift.inert import Func, IsInteger, Less, LessEqual, Piecewise, Pow
from deltasift.rules import mul_add

K, M = sizes("K M")
k, j = index("k", 1, K), index("j", 1, M)
a, b, t, x, y, z = (real(name) for name in ("a", "b", "t", "x", "y", "z"))
s, q, r = positive("s"), pmf("q", k), real("r", j)
magnitude = define("w", Func("Abs", x))
table = define("v", k, Func("Abs", x) * k)
function = define("f", t, Func("Abs", x) * t)

WITHOUT_A_VALUE: dict[str, Callable[[], Any]] = {
    "a divisor beside the variable": lambda: Integral(x / y, (x, 0, 1)),
    "a logarithm beside the variable": lambda: Integral(exp(x) * log(y), (x, 0, 1)),
    "a logarithm beside what falls off": lambda: Integral(exp(-(x**2)) * log(y), (x, -oo, oo)),
    "a logarithm in an exponent": lambda: Integral(exp(x * log(y)), (x, 0, 1)),
    "an entry out of its range": lambda: Integral(exp(x) * q[K + 1], (x, 0, 1)),
    "a divisor in an inner sum": lambda: Integral(Sum(x / (k - 1), k), (x, 0, 1)),
    "an inner integral": lambda: Integral(x * Integral(1 / z, (z, 0, 1)), (x, 0, 3)),
    "an inner series": lambda: Integral(x * Sum(1, (k, 1, oo)), (x, 0, 3)),
    "cases that leave some out": lambda: Integral(x * Piecewise((1, Less(y, 0))), (x, 0, 3)),
    "a logarithm beside a point mass": lambda: Integral(dirac(x) * log(y), (x, -oo, oo)),
    "where a point mass is": lambda: Integral(dirac(x - log(y)), (x, -oo, oo)),
    "a logarithm in a bracket": lambda: Integral(iverson(Less(log(x), 3)) * x, (x, -1, 1)),
    "a divisor in a bracket": lambda: Integral(iverson(Less(x, 1 / y)), (x, 0, 1)),
    "a root in a bracket": lambda: Integral(iverson(LessEqual(Pow(x, S.Half), 2)), (x, -1, 1)),
    "a derivative of a defined name": lambda: Derivative(magnitude, x),
    "a derivative of a derivative at a kink": lambda: Derivative(Derivative(Func("Abs", x - y) * x, x), y),
    "a derivative of a derivative by another name at a kink": lambda: Derivative(Derivative(magnitude * y, y), x),
    "a derivative of a derivative by an entry that moves": lambda: Derivative(Derivative(r[x] ** 2, r[x]), x),
    "a derivative of a defined entry": lambda: Derivative(table[1], x),
    "a derivative of a sum of defined entries": lambda: Derivative(Sum(table[k], k), x),
    "a derivative of a defined function of another name": lambda: Derivative(function(y), x),
    "a derivative of an entry whose index jumps": lambda: Derivative(r[Func("floor", x)], x),
    "a derivative of an entry at a point that varies": lambda: Derivative(r[x], x),
    "a derivative of an entry at a bracket": lambda: Derivative(r[1 + iverson(Less(0, r[1]))], r[1]),
}
WITH_A_VALUE: dict[str, Callable[[], Any]] = {
    "a divisor that is positive": lambda: Integral(x / s, (x, 0, 1)),
    "a logarithm that exists": lambda: Integral(exp(-s * x**2) * log(s), (x, -oo, oo)),
    "an entry in its range": lambda: Integral(exp(x) * q[1], (x, 0, 1)),
    "an inner sum": lambda: Integral(Sum(x / k, k), (x, 0, 1)),
    "what a delta excuses": lambda: Integral(delta(y, s) * x / y, (x, 0, 1)),
    "what stands beside a point mass": lambda: Integral(dirac(x - s) * log(x), (x, -oo, oo)),
    "a bracket": lambda: Integral(iverson(Less(log(x), y)) * x, (x, 1, 2)),
    "a derivative of what is defined by another name": lambda: Derivative(magnitude, y),
    "a derivative of a derivative": lambda: Derivative(Derivative(log(Sum(exp(r[j]), j)), r[1]), r[M]),
    "a derivative of a derivative by another name": lambda: Derivative(Derivative(log(s) * y, s), y),
    "a third derivative": lambda: Derivative(Derivative(Derivative(log(s) * y * s, s), y), s),
    "a derivative of an entry": lambda: Derivative(r[1] * r[M], r[1]),
}


def problems(value: Any, *given: Any) -> list[Any]:
    """Return what is said of a line in which something stands beside a sum that is multiplied out."""
    by = [mul_add, assuming(*given)] if given else [mul_add]
    return list(check(calc(value * (a + b), step(value * a + value * b, by=by)), layers=("structure",)).problems)


@pytest.mark.parametrize("name", WITHOUT_A_VALUE)
def test_what_may_have_no_value_is_not_accepted(name: str) -> None:
    value = WITHOUT_A_VALUE[name]()
    given = () if "entry" not in name or "r[" not in str(value) else _in_range(name)
    assert problems(value, *given)


def _in_range(name: str) -> tuple[Any, ...]:
    """Return what makes the index an integer of the range, so that the derivative alone is in question."""
    if "jumps" in name:
        return Less(1, x), Less(x, M)
    return (LessEqual(3, M),) if "bracket" in name else (IsInteger(x), LessEqual(1, x), LessEqual(x, M))


@pytest.mark.parametrize("name", WITH_A_VALUE)
def test_what_has_a_value_is_accepted(name: str) -> None:
    assert not problems(WITH_A_VALUE[name]())
