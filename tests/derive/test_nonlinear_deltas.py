"""Deltas of what is not linear in the index, taken by cases, against sums that are written out at points."""

from __future__ import annotations

import pytest
import sympy
from sympy import Abs, IndexedBase, KroneckerDelta, Le, Sum, symbols

from deltasift import check, collapse
from deltasift.inert.bridge import to_sympy

i, m, k, a, b = symbols("i m k a b", integer=True)
x = IndexedBase("x")
CASES = {
    "a square": Sum(x[i] * KroneckerDelta(i**2, k), (i, 1, m)),
    "a square over both signs": Sum(x[i] * KroneckerDelta(i**2, k), (i, -m, m)),
    "two multiples": Sum(x[i] * KroneckerDelta(a * i, b * i), (i, 0, m)),
    "two multiples and a number": Sum(KroneckerDelta(a * i + 1, b * i + 1), (i, 0, m)),
    "a magnitude": Sum(x[i] * KroneckerDelta(Abs(i - 1), k), (i, -m, m)),
}
LAST = {name: to_sympy(collapse(e).lines[-1]) for name, e in CASES.items()}


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_left_of_the_delta_and_each_line_is_accepted(name: str) -> None:
    found = collapse(CASES[name])
    assert check(found).ok
    free_of_index = [s for s in sympy.preorder_traversal(to_sympy(found.lines[-1])) if isinstance(s, KroneckerDelta)]
    assert all(i not in d.free_symbols for d in free_of_index)


@pytest.mark.parametrize("at", [(0, 0, 0, 0), (1, 1, 1, 0), (2, 4, 1, 1), (3, 2, -1, -1), (3, -1, 0, 1), (2, 3, 1, -1)])
@pytest.mark.parametrize("name", CASES)
def test_the_cases_are_those_of_the_sum(name: str, at: tuple[int, ...]) -> None:
    numbers = dict(zip((m, k, a, b), at, strict=True))
    assert sympy.expand(LAST[name].subs(numbers).doit() - CASES[name].subs(numbers).doit()) == 0


def test_a_short_sum_differentiated_by_an_entry_is_one_term() -> None:
    found = collapse(sympy.Derivative(Sum(x[i] ** 2, (i, 1, 3)), x[m]), facts=[Le(1, m), Le(m, 3)])
    assert to_sympy(found.lines[-1]) == 2 * x[m]
    assert check(found).ok


def test_a_square_in_a_series_beside_its_value_is_worked_out() -> None:
    found = collapse(Sum(KroneckerDelta(i**2, k), (i, 0, sympy.oo)) * KroneckerDelta(k, 9))
    assert to_sympy(found.lines[-1]) == KroneckerDelta(k, 9)
    assert check(found).ok
