"""The rule table in words: every rule is there with all it states, and words lead to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from deltasift.catalogue import page_names
from deltasift.cli import main
from deltasift.errors import PageError
from deltasift.inert.printing import latex
from deltasift.render import board
from deltasift.rule import Rule
from deltasift.rulebook import found, pages_by_rule, reference, rules_text, subjects
from deltasift.rules import METHODS, RULES, sum_congr, sum_delta

REFERENCE = Path(__file__).parents[1] / "docs" / "reference" / "rules.md"


def test_every_rule_has_its_subject_just_once() -> None:
    names = [r.name for _, rules in subjects() for r in rules]
    assert sorted(names) == sorted([*RULES, *METHODS])


def test_the_reference_is_what_the_table_says(update_golden: bool) -> None:
    if update_golden:
        REFERENCE.write_text(reference(latex), encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == reference(latex)


@pytest.mark.parametrize("rule", list(RULES.values()), ids=str)
def test_a_rule_is_shown_with_every_statement_and_condition(rule: Rule) -> None:
    shown = rules_text([rule.name], board)
    assert rule.reason in shown
    assert rule.ref in shown
    for s in rule.statements:
        sign = {"=": "=", "<=": "≤", "<": "<"}[s.relation.sign]
        assert f"    {board(s.lhs)} {sign} {board(s.rhs)}\n" in shown
        assert all(f"where {board(c)}; without it false at " in shown for c, _ in s.conditions)


def test_words_lead_to_the_rules_that_speak_of_them() -> None:
    assert found(["sum_delta"]) == [sum_delta]
    assert {r.name for r in found(["exchanged"])} >= {"sum_comm", "prod_comm", "integral_sum"}
    assert {r.name for r in found(["dirac", "slope"])} >= {"dirac_roots"}


def test_a_rule_that_is_not_there_gets_the_nearest_names() -> None:
    with pytest.raises(PageError, match="no rule is called sum_dleta or speaks of it; there is sum_delta"):
        found(["sum_dleta"])


def test_a_rule_names_the_pages_that_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    using = pages_by_rule()["sum_delta"]
    assert "kl_is_constant_plus_nll" in using
    assert set(using) <= set(page_names())
    with pytest.raises(SystemExit) as end:
        main(["rules", "sum_delta"])
    assert end.value.code == 0
    assert f"used by {', '.join(using)}" in capsys.readouterr().out


def test_all_rules_are_listed_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["rules"])
    assert len(capsys.readouterr().out.splitlines()) == len(RULES) + len(METHODS)


def test_a_rule_shows_what_it_states_where_python_shows_it() -> None:
    assert repr(sum_delta).startswith("<rule sum_delta: Sum(delta(i, a)*f(i), (i, lo, hi)) = f(a)")
    assert repr(sum_congr(sum_delta)).startswith("<rule sum_congr(sum_delta): ")
    assert str(sum_delta.reversed) == "sum_delta.reversed"
