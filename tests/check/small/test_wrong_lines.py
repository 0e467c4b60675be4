"""No line that was made wrong on purpose is said to hold at all sizes, and nearly all right ones are."""

from __future__ import annotations

import pytest

from deltasift.check.checker import page_scope
from deltasift.check.mutate import mutants
from deltasift.check.small import all_sizes
from deltasift.pages import load
from founding import FOUNDING
from oracle.pages import Worlds, compared

WORLDS = 12  # in which brute force looks whether a line that is said to hold does


@pytest.mark.parametrize("name", FOUNDING)
def test_a_changed_line_that_is_decided_at_all_sizes_is_right(name: str) -> None:
    tried = 0
    for mutant in mutants(load(name), each=1):
        if mutant.breaks != "value" or mutant.step.relation != "=":
            continue
        tried += 1
        scope = page_scope(mutant.page)
        found = all_sizes(mutant.previous, mutant.step.expr, scope)
        if found.decided:
            worlds = Worlds(scope.domains, (), frozenset(d.name for d in scope.distributions), mutant.kind)
            verdict = compared(worlds, mutant.previous, mutant.step.expr, "=", None, WORLDS)
            has_none = not found.valued and "no value" in verdict.witness  # of which no more is said
            assert verdict.kind == "true" or has_none, f"{mutant}: {verdict.witness}"
    assert tried


NOT_DECIDED = {"log_likelihood_is_a_sum": [6]}  # a product of products is no sum of local terms


@pytest.mark.parametrize("name", FOUNDING)
def test_the_steps_of_a_page_are_decided_at_all_sizes(name: str) -> None:
    page = load(name)
    scope = page_scope(page)
    open_ones, number = [], 0
    for proof in page.proofs:
        number += 1
        before = proof.start
        for s in proof.steps:
            number += 1
            if s.relation == "=" and not all_sizes(before, s.expr, scope).decided:
                open_ones.append(number)
            before = s.expr
    assert open_ones == NOT_DECIDED.get(name, [])
