"""Words that know their expressions: a text in the spelling of a page, parts for whoever sets them otherwise."""

from __future__ import annotations

import pickle

import pytest
from sympy import Symbol

from checked import report
from deltasift.catalogue import page_names
from deltasift.check.report import Problem
from deltasift.inert import Entry, LessEqual
from deltasift.render.board import board
from deltasift.said import Said, cut, listed, set_words, without

y = Entry(Symbol("y"), Symbol("n"))
WORDS = Said(y, " is one of ", Symbol("mu_1"), "..3")


def test_it_is_a_text_and_is_set_by_whoever_shows_it() -> None:
    assert WORDS == "y[n] is one of mu_1..3"
    assert set_words(WORDS, board, str.upper) == "y_n IS ONE OF μ_1..3"
    assert set_words("plain", board, str.upper) == "PLAIN"


def test_words_in_words_keep_their_parts() -> None:
    whole = Said("line 2: ", WORDS)
    assert whole.parts == ("line 2: ", *WORDS.parts)
    assert set_words(without(whole, "line 2: "), board, str) == "y_n is one of μ_1..3"
    assert set_words(cut(Said(WORDS, " (exact)"), " ("), board, str) == "y_n is one of μ_1..3"
    assert listed([y, "all"]) == "y[n], all"


def test_it_is_pickled_with_its_parts() -> None:
    problem = Problem(Said("line 2: needs ", LessEqual(1, y)), "conditions")
    for made in (pickle.loads(pickle.dumps(x)) for x in (WORDS, problem)):
        assert made.parts in (WORDS.parts, problem.parts)
    back = pickle.loads(pickle.dumps(problem))
    assert (back, back.kind) == (problem, "conditions")


@pytest.mark.parametrize("name", page_names())
def test_what_decided_a_condition_names_no_entry_in_the_spelling_of_a_page(name: str) -> None:
    """Each table with indices is an expression of the words, and not a text in brackets."""
    said = [w for x in report(name).lines for s in x.substeps for p in s.proofs for w in p.because]
    said += [c.covers for x in report(name).lines for c in x.checks]
    assert said
    for words in said:
        assert "[" not in set_words(words, board, str), words


def test_a_problem_shows_what_is_needed_as_a_formula() -> None:
    problem = Problem(Said("line 1: needs ", LessEqual(1, y)), "conditions")
    assert isinstance(problem, Said)
    assert set_words(problem, board, str) == "line 1: needs 1 ≤ y_n"
