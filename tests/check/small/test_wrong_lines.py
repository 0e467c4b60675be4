"""No line that was made wrong on purpose is said to hold at all sizes."""

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
        if found.proved:
            worlds = Worlds(scope.domains, (), frozenset(d.name for d in scope.distributions), mutant.kind)
            assert compared(worlds, mutant.previous, mutant.step.expr, "=", None, WORLDS).kind == "true", str(mutant)
    assert tried
