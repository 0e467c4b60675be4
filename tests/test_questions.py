"""Each question is answered by lines that exist, are right, and can be asked for from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from deltasift.errors import PageError
from deltasift.pages import load
from deltasift.questions import QUESTIONS, Question, questions_about

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.asked)
def test_the_lines_of_an_answer_exist(question: Question) -> None:
    assert question.places
    for name, number in question.places:
        assert 1 <= number <= sum(len(proof.lines) for proof in load(name).proofs)


def test_the_lines_that_carry_an_answer_use_the_rules_that_it_speaks_of() -> None:
    rules = {
        (name, number): [rule.name for rule in step.by]
        for name in {name for q in QUESTIONS for name, _ in q.places}
        for number, step in enumerate((s for p in load(name).proofs for s in (None, *p.steps)), 1)
        if step is not None
    }
    for place, rule in {
        ("cross_entropy_is_average_nll", 5): "sum_comm",
        ("cross_entropy_is_average_nll", 6): "sum_delta",
        ("classification_loss_is_average_nll", 3): "sum_delta",
        ("delta_is_one_hot", 15): "sum_delta",
        ("dirac_cross_entropy_is_average_nll", 6): "integral_dirac",
        ("kl_is_constant_plus_nll", 11): "order_add_const",
        ("average_or_sum", 7): "order_mul_pos",
        ("log_likelihood_is_a_sum", 4): "log_prod",
    }.items():
        assert place in [p for q in QUESTIONS for p in q.places]
        assert rules[place] == [rule]


def test_a_question_is_found_by_its_own_words() -> None:
    for question in QUESTIONS:
        assert question in questions_about(question.asked)
    assert questions_about() == QUESTIONS


def test_words_about_nothing_are_refused_in_one_line() -> None:
    with pytest.raises(PageError, match="no question is about 'weather'"):
        questions_about("weather")


def test_the_readme_leads_to_the_same_lines() -> None:
    for question in QUESTIONS:
        assert question.asked in README
        assert all(f"`{name}:{number}`" in README for name, number in question.places)
