"""Names that nobody declared: what random points say of them, and of what they stay silent."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import IndexedBase, KroneckerDelta, Le, Sum, Symbol, symbols

from deltasift import collapse
from deltasift.check.numbers import check_numbers
from deltasift.check.report import CheckResult
from deltasift.derive.text import read
from deltasift.inert import inert
from deltasift.line.scope import Scope

i, j, k, m, n = symbols("i j k m n", integer=True)
K = Symbol("K", integer=True)
a, y = IndexedBase("a"), IndexedBase("y")


def numbers(before: Any, after: Any, *assumptions: Any, partial: bool = False) -> CheckResult:
    pairs = [(inert(before), inert(after), "=", None)]
    [found] = check_numbers(pairs, Scope(), tuple(map(inert, assumptions)), partial=partial)
    return found


@pytest.mark.parametrize(
    ("text", "covers"),
    [
        ("Sum(KroneckerDelta(k, 2)*a[k], (k, 1, K))", "100 random points, K in -2..4 (enclosed)"),
        ("Sum(KroneckerDelta(k, m)*x[k, j], (k, 1, K))", "100 random points, K, j, m in -2..4 (enclosed)"),
        ("Sum(KroneckerDelta(k, y[n])*b, (k, 1, K))", "100 random points, K, n in -2..4 (enclosed)"),
    ],
)
def test_what_collapse_finds_is_compared_at_random_points(text: str, covers: str) -> None:
    report = collapse(read(text).expr).report
    assert report.ok
    assert [c.covers for line in report.lines for c in line.checks if c.kind == "numbers"] == [covers]


def test_a_wrong_line_is_refuted_with_the_entries_that_were_read() -> None:
    found = numbers(Sum(KroneckerDelta(k, m) * a[k], (k, 1, K)), a[m])
    assert found.status == "failed"
    assert str(found.counterexample) == "differs from the line before at K = 0, m = 0, a[0] = 1: 0 before, 1 after"


def test_an_assumption_holds_at_every_point() -> None:
    found = numbers(Sum(KroneckerDelta(k, m) * a[k], (k, 1, K)), a[m], Le(1, m), Le(m, K))
    assert (found.status, found.covers) == ("passed", "100 random points, K in -2..4, m in 1..4 (enclosed)")


def test_an_assumption_that_no_point_decides_leaves_no_points() -> None:
    from deltasift import ForAll
    from deltasift.inert import LessEqual

    every = ForAll.make((LessEqual.make((inert(1), inert(y[n]))), n, *map(inert, (Symbol("lo", prime=True), K))))
    found = numbers(y[1], y[1] + 1, every)
    assert (found.status, found.covers[:21]) == ("skipped", "not covered: whether ")


@pytest.mark.parametrize(
    ("facts", "ranges"),
    [
        ((Le(10, K),), "K in 10..16"),
        ((Le(10, K), K < 13), "K in 10..12"),
        ((Le(1, K),), "K in 1..4"),
        ((K < -5,), "K in -12..-6"),
        ((K <= 0,), "K in -2..0"),
    ],
)
def test_the_range_of_an_integer_is_within_what_is_assumed(facts: tuple[Any, ...], ranges: str) -> None:
    found = numbers(K + K, 2 * K, *facts)
    assert (found.status, found.covers) == ("passed", f"100 random points, {ranges} (enclosed)")


def test_facts_that_no_point_meets_leave_none() -> None:
    found = numbers(K, K + 1, Le(1000, K), Le(m, -1000), Le(K, m * m))
    assert found.status in ("failed", "skipped")
    nowhere = numbers(K, K + 1, Le(K * K, 7), Le(5, K * K))
    assert (nowhere.status, nowhere.covers) == ("skipped", "not covered: no point was found")


@pytest.mark.parametrize(
    "name", [Symbol("t", even=True), Symbol("t", complex=True), Symbol("t", imaginary=True), Symbol("t", prime=True)]
)
def test_of_a_name_of_which_more_is_known_nothing_is_said(name: Symbol) -> None:
    found = numbers(name, name + 1)
    assert (found.status, found.covers) == ("skipped", "not covered: t has no value")


def test_two_symbols_of_one_name_have_no_value() -> None:
    found = numbers(Symbol("t"), Symbol("t", integer=True) + 1)
    assert found.status == "skipped"


def test_the_points_follow_from_the_seed() -> None:
    assert numbers(a[i] * 2, a[i] + a[j]).counterexample == numbers(a[i] * 2, a[i] + a[j]).counterexample
