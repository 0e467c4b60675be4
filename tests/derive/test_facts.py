"""What is known decides ranges, also together and by remainders; what contradicts it is not assumed."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Eq, IndexedBase, KroneckerDelta, Le, Lt, Mod, Or, Piecewise, Product, Rational, Sum, floor, symbols

from deltasift.derive import collapse
from deltasift.errors import DomainError, ExpressionError

i, j, m, N, K = symbols("i j m N K", integer=True)
x = symbols("x", real=True)
u, v = IndexedBase("u"), IndexedBase("v")
PLAIN = Sum(KroneckerDelta(i, m) * u[i], (i, 1, N))
EVEN = Sum(KroneckerDelta(2 * i, m) * u[i], (i, 1, N))
REAL = Sum(KroneckerDelta(i, x) * u[i], (i, 1, N))


@pytest.mark.parametrize("undecided", ["guard", "assume", "refuse"])
@pytest.mark.parametrize(
    ("line", "facts"),
    [
        (PLAIN, [Lt(N, 1)]),
        (PLAIN, [Lt(m + N, 0)]),
        (PLAIN, [Or(m < 1, m > N)]),
        (EVEN, [Eq(Mod(m, 2), 1)]),
        (EVEN, [Eq(Mod(m, 4), 3)]),
        (REAL, [Lt(x, 1)]),
        (REAL, [Eq(x, Rational(1, 2))]),
    ],
    ids=str,
)
def test_a_range_that_facts_exclude_gives_0(line: Sum, facts: list[Any], undecided: str) -> None:
    found = collapse(line, facts=facts, undecided=undecided)
    assert found.result == 0
    assert found.report.ok, found.report.problems


@pytest.mark.parametrize(
    ("line", "facts", "result"),
    [
        (EVEN, [Eq(Mod(m, 2), 0)], Piecewise((u[m / 2], (m >= 2) & (m <= 2 * N)), (0, True))),
        (REAL, [Le(1, x), Le(x, N)], Piecewise((u[x], Eq(x, floor(x))), (0, True))),
        (REAL, [Le(1, x)], Piecewise((u[x], (x <= N) & Eq(x, floor(x))), (0, True))),
        (REAL, [Eq(x, 2)], Piecewise((u[x], x <= N), (0, True))),
        (Sum(KroneckerDelta(i, floor(x)) * u[i], (i, 1, N)), [Le(1, x), Le(x, N)], u[floor(x)]),
        (Sum(KroneckerDelta(i, Mod(m, 3)) * u[i], (i, 0, 2)), [], u[Mod(m, 3)]),
    ],
    ids=str,
)
def test_a_condition_that_is_proved_disappears(line: Sum, facts: list[Any], result: Any) -> None:
    found = collapse(line, facts=facts)
    assert found.result == result
    assert found.report.ok, found.report.problems


def test_assumptions_that_exclude_each_other_are_refused() -> None:
    line = Sum(KroneckerDelta(i, m) * KroneckerDelta(j, m) * u[i] * v[j], (i, 1, N), (j, N + 1, K))
    with pytest.raises(ExpressionError, match=r"never so: m <= N; 1 \+ N <= m"):
        collapse(line, undecided="assume")


def test_what_sympy_found_to_be_true_is_no_fact_and_what_it_found_false_is_an_error() -> None:
    size = symbols("M", integer=True, positive=True)
    line = Sum(KroneckerDelta(i, m) * u[i], (i, 1, size))
    assert collapse(line, facts=[Le(1, size), Le(1, m), Le(m, size)]).result == u[m]
    with pytest.raises(DomainError, match="false as it was written"):
        collapse(line, facts=[Lt(size, 0)])


@pytest.mark.parametrize("facts", [Le(1, m), [Le(1, m)], {Le(1, m)}, (fact for fact in [Le(1, m)])], ids=range(4))
def test_facts_may_be_one_or_any_iterable(facts: Any) -> None:
    assert collapse(PLAIN, facts=facts).result == Piecewise((u[m], m <= N), (0, True))


@pytest.mark.parametrize("facts", [None, 3, "1 <= m"], ids=str)
def test_what_is_no_sequence_of_facts_is_named(facts: Any) -> None:
    with pytest.raises(ExpressionError, match="facts is a sequence"):
        collapse(PLAIN, facts=facts)


@pytest.mark.parametrize(
    ("line", "value", "assumed"),
    [
        (EVEN, u[m / 2], ["Divides(2, m)", "2*1 <= m", "m <= 2*N"]),
        (EVEN * v[1], v[1] * u[m / 2], ["Divides(2, m)", "2*1 <= m", "m <= 2*N"]),
        (Product(u[i] ** KroneckerDelta(i, m), (i, 1, N)), u[m], ["1 <= m", "m <= N"]),
    ],
    ids=str,
)
def test_the_conditions_of_scaled_deltas_and_products_are_assumed_or_refused_too(
    line: Any, value: Any, assumed: list[str]
) -> None:
    found = collapse(line, undecided="assume")
    assert found.result == value
    assert found.report.ok, found.report.problems
    assert [str(a) for a in found.report.assumptions] == assumed
    with pytest.raises(ExpressionError, match="not decided"):
        collapse(line, undecided="refuse")


def test_a_bracket_that_was_given_is_not_assumed() -> None:
    line = Sum(KroneckerDelta(2 * i, m) * Piecewise((u[i], j > 0), (0, True)), (i, 1, N))
    assert collapse(line, undecided="assume").result == Piecewise((u[m / 2], j > 0), (0, True))
