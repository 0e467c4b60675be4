"""Conditions that were proved are tried at points, and sizes are drawn beside the integers of a line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sympy import Integer

from deltasift import Iverson, Sum, calc, check, delta, index, labels, log, pmf, real, sizes, step
from deltasift.check import Report
from deltasift.check.constants import beside_constants
from deltasift.check.needs import Need, needs
from deltasift.check.numbers import check_numbers
from deltasift.check.taking_part import Change
from deltasift.inert import Add, ForAll, Less, LessEqual, Mul, inert, postorder
from deltasift.line.scope import Scope
from deltasift.rules import sum_delta

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, q, x = labels("y", n, k), pmf("q", k, positive=True), real("x")
SCOPE = Scope({d.symbol: d for d in (N, K, n, k, y, q, x)})


def flagship() -> Report:
    return check(
        calc(
            Sum(Sum(delta(k, y[n]) * log(q[k]), k), n) / N,
            step(Sum(log(q[y[n]]), n) / N, by=sum_delta),
        )
    )


def conditions(report: Report) -> str:
    return next(c.covers for c in report.lines[1].checks if c.kind == "conditions")


def test_conditions_that_are_true_at_points_are_counted() -> None:
    report = flagship()
    assert report.ok
    assert conditions(report) == "2 conditions proved, 2 of them true at points too"
    assert conditions(check(report.page, layers=("structure",))) == "2 conditions proved"


def test_a_condition_is_one_for_all_indices_around() -> None:
    line = flagship().lines[1]
    found = needs(line.substeps, [b for b, _ in line.around()], SCOPE)
    assert [str(f.statement) for f in found] == [
        "ForAll(1 <= y[n], (n, 1, N))",
        "ForAll(y[n] <= K, (n, 1, N))",
    ]


@pytest.mark.parametrize("guard", [Iverson(LessEqual(n, 2)), delta(n, 3)])
def test_where_a_factor_may_be_zero_the_indices_are_not_gone_through(guard: Any) -> None:
    """The condition need hold only where the factor is not 0."""
    line = flagship().lines[1]
    before = inert(Sum(guard * Sum(delta(k, y[n]) * log(q[k]), k), n))
    [s] = line.substeps
    path = next(p for p in paths(before) if at(before, p) == s.before)
    assert needs([replace(s, path=path)], [before], SCOPE) == ()


def paths(e: Any, path: tuple[int, ...] = ()) -> Any:
    yield path
    for i, a in enumerate(getattr(e, "args", ())):
        yield from paths(a, (*path, i))


def at(e: Any, path: tuple[int, ...]) -> Any:
    for i in path:
        e = e.args[i]
    return e


def checked(statement: Any, guard: Any = 1) -> Any:
    line = Mul.make((inert(guard), inert(x)))
    change = Change(line, (Mul.make((inert(guard), Add.make((inert(x), Integer(1))))),), False)
    need = Need(inert(statement), "some_rule", change)
    [found] = check_numbers([(line, line, "=", None)], SCOPE, changes=[[change]], needs=[[need]])
    return found


def test_a_condition_that_is_false_at_a_point_is_an_error_of_the_checker() -> None:
    found = checked(LessEqual(K, 3))
    assert found.status == "failed"
    assert str(found.covers).startswith("an error of the checker: K <= 3, proved for some_rule, is false at ")
    assert found.covers.endswith(" K = 5")
    assert found.counterexample is None


def test_a_condition_may_be_false_where_what_it_is_for_takes_no_part() -> None:
    found = checked(LessEqual(K, 3), Iverson(LessEqual(K, 3)))
    assert (found.status, found.conditions) == ("passed", 1)


def test_a_condition_without_a_value_at_points_says_nothing() -> None:
    assert checked(Less(Sum(1 / (n - n), n), 1)).conditions == 0
    assert checked(ForAll(LessEqual(1, y[n]), n)).conditions == 1


# --- sizes beside constants ------------------------------------------------------------------------------------------


def test_the_integers_of_lines_have_neighbours() -> None:
    assert beside_constants([inert(Sum(7 * n, (n, 1, N))), inert(K - 20)]) == (1, 2, 6, 7, 8, 19, 20, 21)
    assert beside_constants([inert(x + 100)]) == ()


def test_a_line_that_is_wrong_only_beyond_a_large_constant_is_refuted() -> None:
    line = inert(Iverson(LessEqual(40, K)) * x)
    assert not any(e == 41 for e in postorder(line))
    [found] = check_numbers([(line, Integer(0), "=", None)], SCOPE)
    assert found.status == "failed"
    [found] = check_numbers([(line, inert(Iverson(Less(39, K)) * x), "=", None)], SCOPE)
    assert (found.status, found.covers) == ("passed", "100 random points, K <= 41, N <= 41 (enclosed)")
