"""A rule with something altered gives lines that the judge, who has the rule as it is, does not accept.

`python -m benchmarks.broken_rules` tries all alterations, and asks models and numbers, too.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from deltasift import rules
from deltasift.judge import ACCEPT
from deltasift.rule import Rule
from oracle.broken_statements import alterations
from oracle.coded_uses import coded_uses
from oracle.drawn import compared
from oracle.judging import verdict
from sampled import sampled

pytestmark = pytest.mark.xdist_group("coded uses")  # one worker makes what they share

EACH = 1  # alteration of a statement
CODED = 3  # of a use


def statements() -> Iterator[tuple[Rule, int]]:
    for r in rules.RULES.values():
        yield from ((r, i) for i in range(0, len(r.statements), 3))


@pytest.mark.parametrize(("rule", "number"), sampled(statements(), 3, lambda s: f"{s[0].name}-{s[1] + 1}"))
def test_what_an_altered_rule_gives_is_not_accepted(rule: Rule, number: int) -> None:
    every = list(alterations(rule, number))
    for a in random.Random(f"{rule.name} {number}").sample(every, min(EACH, len(every))):
        for use in a.uses():
            status, _ = verdict(use.run(rule), use.facts, relation=use.relation)
            if status == ACCEPT:
                found = compared(use.before, use.after, use.facts, "", relation=use.relation)
                assert found.kind == "true", (a.what, use.before, use.after)


@pytest.mark.parametrize("name", sampled(sorted(rules.METHODS), 3))
def test_what_is_altered_of_a_coded_rule_is_not_accepted(name: str) -> None:
    assert coded_uses(name)
    for use in coded_uses(name):
        assert verdict(use.run, use.facts, use.given, use.relation, use.varying)[0] == ACCEPT
        every = list(use.altered())
        for other in random.Random(name).sample(every, min(CODED, len(every))):
            status, _ = verdict(other.run, other.facts, other.given, other.relation, other.varying)
            assert status != ACCEPT or other.is_harmless(use), (use.before, other.after)


def test_every_statement_is_altered_in_several_ways() -> None:
    rule = rules.RULES["sum_delta"]
    kinds = {a.kind for a in alterations(rule, 0)}
    assert {"sign", "factor", "term", "argument", "bound", "condition", "kind"} <= kinds


@pytest.mark.parametrize("rule", rules.INEQUALITIES.values(), ids=str)
def test_an_inequality_that_is_turned_around_is_wrong_and_not_accepted(rule: Rule) -> None:
    (turned,) = (a for a in alterations(rule, 0) if a.what == "turned around")
    said = (compared(u.before, u.after, u.facts, "", 8, relation=u.relation).kind for u in turned.uses())
    wrong = next(u for u, kind in zip(turned.uses(), said, strict=True) if kind == "wrong")
    assert verdict(wrong.run(rule), wrong.facts, relation=wrong.relation)[0] != ACCEPT
