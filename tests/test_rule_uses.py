"""Uses made from the rule table itself: each statement applies to its own left side, and the judge accepts that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from deltasift import rules
from deltasift.check import check
from deltasift.judge import ACCEPT
from deltasift.rule import Rule
from oracle.judging import verdict
from oracle.rule_pages import valued
from oracle.rule_uses import named_fillings, numbered_fillings, uses


def statements() -> Iterator[Any]:
    for r in rules.RULES.values():
        for i in range(len(r.statements)):
            yield pytest.param(r, i, id=f"{r.name}-{i + 1}")


@pytest.mark.parametrize(("rule", "number"), list(statements()))
def test_a_statement_applies_to_its_own_left_side(rule: Rule, number: int) -> None:
    """Else nothing is known of it: a rule that nothing can use is right whatever it says."""
    assert any(not check(valued(u.page()), layers=("structure",)).problems for u in uses(rule, number))


@pytest.mark.parametrize(("rule", "number"), list(statements()))
def test_the_judge_accepts_what_a_statement_gives_where_its_conditions_are_given(rule: Rule, number: int) -> None:
    ways = [*named_fillings(rule, number)]
    assert len(ways) == 2
    for filled in ways:
        use = filled.use(rule, number)
        status, why = verdict(use.run(rule), use.facts, relation=rule.statements[number].relation.sign)
        assert status == ACCEPT or why.endswith("which the line needs to have a value"), (use.before, use.after, why)


def test_there_are_numbers_for_nearly_every_statement() -> None:
    found = [
        any(f.way == "numbers" for f in numbered_fillings(r, i))
        for r in rules.RULES.values()
        for i in range(len(r.statements))
    ]
    assert sum(found) >= len(found) - 3
