"""Every rule under the binders of a line: where the checker accepts a step, brute force finds the two lines equal; and
where one condition fails somewhere in the range of a binder, the checker refuses it.

The line is a statement of the rule with numbers and small functions for its variables, and for one of its integers the
index of a sum around it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol
from sympy.core.basic import Basic

from deltasift import Product, Sum, calc, rules, step
from deltasift.check import check
from deltasift.errors import DeltasiftError
from deltasift.inert import Add, Mul
from deltasift.match.pattern import Binding, instantiate
from deltasift.rule import Bound, End, Fn, Int, Real, Rule, Statement
from oracle.lines import Given
from oracle.pages import related
from oracle.rule_uses import drawn_function, function_of_point
from oracle.values import NotCovered
from sampled import sampled

OUTER = Symbol("o")
INSTANCES = 6  # of each statement
NUMBERS = [Rational(x) for x in ("-2", "-1", "0", "1/2", "1", "2", "3")]


def under_a_sum(e: Basic, at: int) -> Basic:
    return Sum(e, (OUTER, at, at + 2))


def under_a_product_of_sums(e: Basic, at: int) -> Basic:
    return Add(1, Mul(-2, Product(Add(3, e), (OUTER, at, at + 1))))


def under_two_sums(e: Basic, at: int) -> Basic:
    return Sum(Add(Sum(e, (OUTER, at, at)), 1), (Symbol("w"), 1, 2))


PLACES = [under_a_sum, under_a_product_of_sums, under_two_sums]


def lines(rule: Rule, statement: Statement, values: dict[str, Any], around: Any, at: int) -> tuple[Any, Any]:
    """Return a line with the left side of a statement in it, and the one with the right side."""
    bound: dict[Basic, Any] = {Symbol(n): v for n, v in values.items()}
    bound |= {Symbol(n): Symbol(n) for n, kind in rule.variables.items() if kind is Bound}
    binding = Binding(bound)
    left, right = (instantiate(side, binding, rule) for side in (statement.lhs, statement.rhs))
    return around(left, at), around(right, at)


def truth(before: Any, after: Any) -> str:
    """Return what brute force finds: "" where the lines are equal, else where they differ, or "unknown"."""
    try:
        return related(Given({}, {}, {}, {}), before, after, "=")
    except NotCovered:
        return "unknown"


def problems(rule: Rule, before: Any, after: Any, *layers: str) -> tuple[str, ...]:
    try:
        report = check(calc(before, step(after, by=rule)), layers=layers, points=2)
    except DeltasiftError as error:
        return (str(error),)
    return report.lines[1].problems


def statements() -> Iterator[tuple[Rule, Statement]]:
    for r in rules.EQUALITIES.values():
        yield from ((r, s) for s in r.statements)


def conditions() -> Iterator[tuple[Rule, Statement, int]]:
    for r in rules.EQUALITIES.values():
        for s in r.statements:
            yield from ((r, s, j) for j in range(len(s.conditions)))


def named(case: tuple[Any, ...]) -> str:
    rule, statement, *which = case
    return "-".join(map(str, (rule.name, rule.statements.index(statement) + 1, *which)))


@pytest.mark.parametrize(("rule", "statement"), sampled(statements(), 3, named))
def test_what_is_accepted_under_a_binder_is_true(rule: Rule, statement: Statement) -> None:
    @settings(max_examples=INSTANCES)
    @given(st.integers(0, 2**32))
    def holds(seed: int) -> None:
        rng = random.Random(f"{rule.name} {seed}")
        at = rng.randint(-1, 2)
        values: dict[str, Any] = {}
        for name, kind in rule.variables.items():
            if kind in (Int, End):
                values[name] = Integer(rng.randint(-2, 4))
            elif kind is Real:
                values[name] = rng.choice(NUMBERS)
            elif kind is Fn:
                values[name] = drawn_function(statement, Symbol(name), rng)
        loose = [n for n, kind in rule.variables.items() if kind in (Int, Real)]
        if loose:
            values[rng.choice(loose)] = OUTER
        before, after = lines(rule, statement, values, rng.choice(PLACES), at)
        if not problems(rule, before, after, "structure"):
            assert truth(before, after) in ("", "unknown"), (before, after)

    holds()


@pytest.mark.parametrize("around", PLACES)
@pytest.mark.parametrize(("rule", "statement", "which"), sampled(conditions(), 3, named))
def test_a_condition_that_fails_in_the_range_of_a_binder_is_missed(
    rule: Rule, statement: Statement, which: int, around: Any
) -> None:
    """All conditions but one hold at the breaking point of that one, which is where the binder around begins."""
    condition, point = statement.conditions[which]
    values: dict[str, Any] = {}
    for name, value in point.items():
        if rule.variables[name] is Fn:
            values[name] = function_of_point(statement, Symbol(name), value)
        else:
            values[name] = Rational(value)
    mentioned = {s.name for s in condition.free_symbols}
    loose = [n for n, kind in rule.variables.items() if kind in (Int, Real) and n in values and values[n].is_Integer]
    loose.sort(key=lambda name: name not in mentioned)
    at = 1
    if loose:
        at = int(values[loose[0]])
        values[loose[0]] = OUTER
    before, after = lines(rule, statement, values, around, at)
    wrong = truth(before, after)
    found = problems(rule, before, after, "structure")
    if wrong not in ("", "unknown"):
        assert found, (before, after, wrong)
        assert any("needs" in p or "is false" in p or "does not give" in p or "no value" in p for p in found), found
