"""What is not decided is kept as a guard, or assumed, or refused by its name; the three agree where it holds."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import DiracDelta, Function, IndexedBase, Integral, KroneckerDelta, Product, Sum, Symbol, oo, symbols

from deltasift.derive import collapse
from deltasift.errors import ExpressionError

i, m, K = symbols("i m K", integer=True)
P = Symbol("P", integer=True, positive=True)
s = Symbol("s")
x, a, b = symbols("x a b", real=True)
u, f = IndexedBase("u"), Function("f")
INSIDE = {m: 2, K: 5, P: 5, s: 2, a: 2, b: 3}  # where all that may be assumed holds

UNDECIDED = {
    "a delta of a symbol": (Sum(KroneckerDelta(i, s) * u[i], (i, 1, P)), u[s], "IsInteger"),
    "a scaled delta of a symbol": (Sum(KroneckerDelta(2 * i, s) * u[i], (i, 1, P)), u[s / 2], "IsInteger"),
    "a scaled delta": (Sum(KroneckerDelta(2 * i, m) * u[i], (i, 1, P)), u[m / 2], "Divides"),
    "a power of a delta": (Product(u[i] ** KroneckerDelta(i, m), (i, 1, P)), u[m], "1 <= m"),
    "a power of a scaled delta": (Product(u[i] ** KroneckerDelta(2 * i, m), (i, 1, P)), u[m / 2], "Divides"),
    "one factor": (Product(1 + KroneckerDelta(i, m) * u[i], (i, 1, P)), 1 + u[m], "1 <= m"),
    "one factor, of a symbol": (Product(1 + KroneckerDelta(i, s) * u[i], (i, 1, P)), 1 + u[s], "IsInteger"),
    "one factor of infinitely many": (Product(1 + KroneckerDelta(i, m) * u[i], (i, 1, oo)), 1 + u[m], "1 <= m"),
    "one of equal factors": (Product(3 + KroneckerDelta(i, m), (i, 1, P)), 3**P + 3 ** (P - 1), "1 <= m"),
    "equal factors": (Product(3, (i, 1, K)), 3**K, "1 <= K"),
    "a point mass": (Integral(DiracDelta(x - a) * f(x), (x, 0, 4)), f(a), "0 < a"),
    "a scaled point mass": (Integral(DiracDelta(a * x - b) * f(x), (x, -oo, oo)), f(b / a) / abs(a), "a != 0"),
}


@pytest.mark.parametrize("name", UNDECIDED)
def test_it_is_refused_by_its_name(name: str) -> None:
    line, _, condition = UNDECIDED[name]
    with pytest.raises(ExpressionError, match=f"not decided whether .*{condition}"):
        collapse(line, undecided="refuse")


@pytest.mark.parametrize("name", UNDECIDED)
def test_it_is_assumed_and_the_lines_are_checked(name: str) -> None:
    line, value, _ = UNDECIDED[name]
    found = collapse(line, undecided="assume")
    assert (found.result - value).expand() == 0
    assert found.report.ok, found.report.problems
    assert found.report.assumptions


@pytest.mark.parametrize("name", UNDECIDED)
def test_the_guard_agrees_where_it_holds(name: str) -> None:
    line, value, _ = UNDECIDED[name]
    found: Any = collapse(line)
    assert (found.result.subs(INSIDE) - value.subs(INSIDE)).expand() == 0
    assert found.report.ok, found.report.problems


def test_the_zeros_of_an_argument_are_refused_where_nothing_says_that_there_are_any() -> None:
    line = Integral(DiracDelta(x**2 - a) * f(x), (x, -oo, oo))
    with pytest.raises(ExpressionError, match="not decided whether 0 < a"):
        collapse(line, undecided="refuse")
    assert not collapse(line, facts=[a > 1], undecided="refuse").result.has(Integral)
