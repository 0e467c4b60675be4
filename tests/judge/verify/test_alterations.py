"""A verifier accepts what the rules make of the cases, and nothing with a sign, a factor, a term or an end changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sympy import Integer
from sympy.core.basic import Basic

from deltasift import rules
from deltasift.check.witness import witness_holds
from deltasift.conditions.prove import Prover
from deltasift.derive import collapse
from deltasift.errors import DeltasiftError
from deltasift.inert import Mul
from deltasift.judge.verify import VERIFIERS
from oracle.uses import altered, cases_with, have_same_values, is_another, uses
from oracle.verdict import judged
from sampled import sampled

pytestmark = pytest.mark.xdist_group("coded uses")  # one worker makes what they share

MOST_USES = 4
MOST_ALTERATIONS = 40  # of one use, evenly taken from all of them


def test_every_verifier_is_that_of_a_rule_and_the_rule_names_its_file() -> None:
    files = {name: v.__module__.rpartition(".")[2] for name, v in VERIFIERS.items()}
    assert files == {m.name: m.verifier for m in rules.METHODS.values() if m.verifier}


@pytest.mark.parametrize("name", sorted(VERIFIERS))
def test_what_the_rule_makes_is_accepted(name: str) -> None:
    prover = Prover()
    assert uses(name)
    for x in uses(name):
        assert witness_holds(x, prover), (x.before, x.after)


@pytest.mark.parametrize("name", sampled(sorted(VERIFIERS), 4))
def test_what_is_altered_is_rejected(name: str) -> None:
    tried = 0
    for x in uses(name)[:MOST_USES]:
        prover = Prover()
        every = list(altered(x.after))
        for after in every[:: 1 + len(every) // MOST_ALTERATIONS]:
            other = replace(x, after=after)
            if not is_another(x, other):
                continue
            tried += 1
            if witness_holds(other, prover):
                assert have_same_values(x.before, x.after, after, x.scope), (x.before, x.after, after)
    assert tried


@pytest.mark.parametrize("name", sorted(VERIFIERS))
def test_a_rule_that_is_wrong_by_a_factor_gives_no_line(name: str) -> None:
    rule = rules.METHODS[name]

    seen: list[Basic] = []

    def wrong(expr: Basic, scope: Any) -> Iterator[Any]:
        for after, *rest in rule_find(expr, scope):
            seen.append(expr)  # wrong of the first alone, lest the walk have no end
            yield Mul.make((Integer(2), after)) if expr == seen[0] else after, *rest

    cases = cases_with(name)[:MOST_USES]
    rule_find = rule.find
    assert rule_find is not None
    object.__setattr__(rule, "find", wrong)
    try:
        for case in cases:
            seen.clear()
            with suppress(DeltasiftError, ValueError, IndexError):  # of no value, or unlike what the engine expects
                found = collapse(case.expr, facts=case.known)
                assert not found.report.ok or judged(case, found.result).name == "right"
    finally:
        object.__setattr__(rule, "find", rule_find)
