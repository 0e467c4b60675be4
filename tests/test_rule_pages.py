"""The steps that benchmarks walk beside the pages: one by each statement of the rule table, each of them right."""

from __future__ import annotations

import pytest

from deltasift import rules
from oracle.rule_pages import PREFIX, page_called, rule_pages, verdict_of


def test_there_is_one_for_each_statement() -> None:
    assert len(rule_pages()) == sum(len(r.statements) for r in rules.EQUALITIES.values())


@pytest.mark.parametrize("name", rule_pages()[::9])
def test_brute_force_finds_nothing_wrong_with_it(name: str) -> None:
    page = page_called(name)
    assert page.name == name
    assert name.startswith(PREFIX)
    (proof,) = page.proofs
    before, after = proof.lines
    found = verdict_of(page, before, after, "=", None, page.assumptions, name, 8)
    assert found.kind != "wrong", found.witness
