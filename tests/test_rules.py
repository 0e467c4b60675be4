"""One walk over the table of rules: each holds where its conditions hold, and needs each of them.

The variables are replaced by numbers and by concrete functions, and both sides are evaluated by loops with rigorous
enclosures. A new rule is tested without a new line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sympy import Symbol, oo

from deltasift import rules
from deltasift.check.rule_points import Instance, sample
from deltasift.check.sampling import generator
from deltasift.errors import RuleError
from deltasift.inert import Entry
from deltasift.line.scope import Scope
from deltasift.rule import Bound, Fn, Int, Real, Rule, Statement, rule

RULES = list(rules.RULES.values())
POINTS = 200  # at which each statement is tried
TRIES = 200_000


def statements() -> Iterator[Any]:
    for r in RULES:
        for i, s in enumerate(r.statements):
            yield pytest.param(r, s, id=r.name if len(r.statements) == 1 else f"{r.name}-{i + 1}")


def conditions() -> Iterator[Any]:
    for r in RULES:
        for i, s in enumerate(r.statements):
            for j, (condition, _) in enumerate(s.conditions):
                yield pytest.param(r, s, j, id=f"{r.name}-{i + 1}-{condition}")


@pytest.mark.parametrize(("rule", "statement"), list(statements()))
def test_rule_holds_where_its_conditions_hold(rule: Rule, statement: Statement) -> None:
    rng = generator("rules", rule.name, rule.statements.index(statement))
    seen = 0
    wanted = POINTS if rule.variables else 1
    for _ in range(TRIES):
        instance = sample(rule, statement, rng)
        if not all(instance.condition(i) for i in range(len(statement.conditions))):
            continue
        a, b = instance.sides()
        if a is None and b is None:
            continue
        assert instance.agrees(), (instance.binding.values, a, b)
        seen += 1
        if seen == wanted:
            return
    pytest.fail(f"only {seen} points of {wanted} were found")


@pytest.mark.parametrize(("rule", "statement", "which"), list(conditions()))
def test_condition_is_needed(rule: Rule, statement: Statement, which: int) -> None:
    instance = Instance(rule, statement, statement.conditions[which][1])
    holding = [instance.condition(i) for i in range(len(statement.conditions))]
    assert holding == [i != which for i in range(len(holding))]
    assert not instance.agrees()


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_says_why_and_where(rule: Rule) -> None:
    assert rule.reason.endswith(".")
    assert rule.reason[0].isupper()
    key, _, place = rule.ref.partition(", ")
    assert key
    assert place


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_repr_finds_the_rule_again(rule: Rule) -> None:
    assert rules.RULES[str(rule)] is rule
    assert str(rule.reversed) == f"{rule.name}.reversed"
    assert rule.reversed.reversed == rule
    assert rule.reversed != rule


def test_a_wrong_rule_is_caught() -> None:
    from deltasift import Equality, Sum

    @rule(ref="nobody, nowhere")
    def sum_square(f: Fn, i: Bound, lo: Int, hi: Int) -> Any:
        """The square of a sum is not the sum of the squares."""
        return Equality(Sum(f(i), (i, lo, hi)) ** 2, Sum(f(i) ** 2, (i, lo, hi)))

    with pytest.raises(AssertionError):
        test_rule_holds_where_its_conditions_hold(sum_square, sum_square.statements[0])


def test_a_rule_without_a_reason_is_refused() -> None:
    def silent(a: Real) -> Any:
        from deltasift import Equality

        return Equality(a + a, 2 * a)

    with pytest.raises(RuleError, match="has no reason"):
        rule(ref="nobody, nowhere")(silent)


def test_a_name_that_the_left_side_does_not_bind_is_refused() -> None:
    def loose(a: Real, b: Real) -> Any:
        """Out of nowhere."""
        from deltasift import Equality

        return Equality(a + a, a + b)

    with pytest.raises(RuleError, match="b of the right side is not on the left side"):
        rule(ref="nobody, nowhere")(loose)


def test_infinite_ends_are_no_integers() -> None:
    """A rule with `Int` ends, such as the exchange of sums, does not apply to infinite sums."""
    from deltasift.inert import Sum
    from deltasift.match.search import Search

    i, j, f = Symbol("i"), Symbol("j"), Symbol("f")
    line = Sum(Sum(Entry(f, i, j), (j, 1, oo)), (i, 1, oo))
    assert list(Search().everywhere(rules.sum_comm, line, Scope())) == []
