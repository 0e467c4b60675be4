"""Which line follows: the right one stands among wrong ones, and each wrong one is shown to be wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deltasift.check import Report
from deltasift.play.quiz import WRONG, wrong_lines

PAGES = ("cross_entropy_is_average_nll", "dirac_cross_entropy_is_average_nll", "logistic_posterior")


@pytest.mark.parametrize("name", PAGES)
def test_a_wrong_line_differs_from_the_line_before_at_its_numbers(name: str, report: Callable[[str], Report]) -> None:
    found = wrong_lines(report(name))
    assert found
    for number, wrong in found.items():
        right = report(name).lines[number - 1].expr
        assert 1 <= len(wrong) <= WRONG
        for w in wrong:
            assert w.line != right
            assert not w.counterexample.before.missing
            assert str(w.counterexample.before) != str(w.counterexample.after)


def test_the_line_at_which_the_delta_sifts_is_asked_about(report: Callable[[str], Report]) -> None:
    asked = wrong_lines(report("cross_entropy_is_average_nll"))
    assert "sum_delta" in {
        s.rule for number in asked for s in report("cross_entropy_is_average_nll").lines[number - 1].substeps
    }


@pytest.mark.parametrize("name", PAGES)
def test_no_mistake_is_made_in_every_question(name: str, report: Callable[[str], Report]) -> None:
    changes = [w.change for wrong in wrong_lines(report(name)).values() for w in wrong]
    assert "the sign of the line is turned" not in changes
    assert len(set(changes)) == len(changes)


def test_a_page_that_is_wrong_asks_nothing(report: Callable[[str], Report], wrong: Callable[[str], str]) -> None:
    assert wrong_lines(report(wrong("sign"))) == {}


def test_the_place_of_the_right_line_tells_nothing(html: Callable[[str], str]) -> None:
    places = set()
    for name in PAGES:
        quiz = html(name).partition('<section id="quiz" hidden>')[2]
        for question in quiz.split("<div data-for=")[1:]:
            before = question.partition("<div data-right")[0]
            places.add(before.count("<div data-point"))
    assert len(places) > 1
