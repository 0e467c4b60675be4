"""The steps that benchmarks walk beside the pages: one by each statement of the rule table, each of them right."""

from __future__ import annotations

import pytest

from deltasift import rules
from deltasift.check import check
from deltasift.check.mutate import mutants, rejections
from oracle.rule_pages import PREFIX, page_called, rule_pages, verdict_of


def test_there_is_one_for_each_statement() -> None:
    assert len(rule_pages()) == sum(len(r.statements) for r in rules.RULES.values())


@pytest.mark.parametrize("name", rule_pages()[::9])
def test_brute_force_finds_nothing_wrong_with_it(name: str) -> None:
    page = page_called(name)
    assert page.name == name
    assert name.startswith(PREFIX)
    (proof,) = page.proofs
    before, after = proof.lines
    relation = proof.steps[0].relation
    found = verdict_of(page, before, after, relation, None, page.assumptions, name, 8)
    assert found.kind != "wrong", found.witness


@pytest.mark.parametrize(("rule", "relation"), [("le_max", ">="), ("lt_add_pos", ">"), ("sq_nonneg", "<")])
def test_brute_force_finds_an_inequality_that_is_turned_or_sharpened(rule: str, relation: str) -> None:
    page = page_called(f"{PREFIX}{rule} 1")
    before, after = page.proofs[0].lines
    assert verdict_of(page, before, after, relation, None, page.assumptions, rule, 20).kind == "wrong"


def test_brute_force_knows_the_relation_of_a_line_of_a_page() -> None:
    page = page_called("gibbs_inequality")
    proof = page.proofs[0]
    found = {
        step.relation: {
            r: verdict_of(page, before, step.expr, r, None, page.assumptions, "", 20).kind for r in ("<=", ">=")
        }
        for before, step in zip(proof.lines, proof.steps, strict=False)
    }
    assert found["="] == {"<=": "true", ">=": "true"}
    assert found[">="] == {"<=": "wrong", ">=": "true"}


def test_mistakes_are_made_in_tables_that_nobody_declared() -> None:
    assert any(m.kind == "order_turned" for m in mutants(page_called(f"{PREFIX}gibbs 1"), each=1))


@pytest.mark.parametrize("name", ["integral_add 1", "integral_mul 1"])
def test_numbers_see_integrals_of_functions_that_nobody_declared(name: str) -> None:
    """It is given that they exist, which is seen of what is drawn."""
    page = page_called(PREFIX + name)
    (numbers,) = (c for c in check(page, layers=("numbers",), points=10).lines[1].checks if c.kind == "numbers")
    assert numbers.status == "passed"
    twice = next(m for m in mutants(page, kinds=["factor_of_two"]))
    assert "numbers" in rejections(twice, layers=("numbers",), points=10)
