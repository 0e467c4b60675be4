"""A reason says what was done, in the direction in which it was done, and of what."""

from __future__ import annotations

import pytest

from deltasift import check, load
from deltasift.check import Report
from deltasift.inert import Fold, Integral
from deltasift.render.board import board
from deltasift.render.reasons import instance, reason

PAGES = ("square_of_a_sum", "conditioning_reduces_entropy", "dirac_cross_entropy_is_average_nll", "parseval")


def checked(name: str) -> Report:
    return check(load(name), layers=("structure", "conditions"))


@pytest.mark.parametrize("name", PAGES)
def test_a_factor_moves_where_it_then_stands(name: str) -> None:
    uses = [s for x in checked(name).lines for s in x.substeps]
    said = {s.number: instance(s, board, str) for s in uses}
    assert any(" moves " in words for words in said.values())
    for s in uses:
        if " moves out of " in said[s.number]:
            assert not isinstance(s.after, (Fold, Integral))
        if " moves into " in said[s.number]:
            assert not isinstance(s.before, (Fold, Integral))


def test_a_factor_of_minus_one_is_a_sign() -> None:
    said = [reason(x, board, str) for x in checked("entropy_of_a_histogram").lines]
    assert sum("A sign moves out of the sum." in words for words in said) == 1
    assert not any("factor -1" in words for words in said)


def test_a_definition_that_is_used_very_often_is_named_once() -> None:
    said = [reason(x, board, str) for x in checked("product_of_two_permutation_signs").lines]
    assert said[2] == "By definition of ε."


@pytest.mark.parametrize(
    ("page", "line", "said"),
    [
        ("softmax_jacobian", 9, "By definition of s."),
        ("gan_value_is_jensen_shannon", 8, "By definition of KL(q ‖ m) and KL(p ‖ m)."),
        ("brier_score_splits_by_calibration", 3, "A sign moves out of the sum. The factors 1 - 2 "),
        ("dpo_gradient", 3, "The derivative of σ(b (x - y))."),
    ],
)
def test_what_is_used_several_times_is_said_in_one_sentence(page: str, line: int, said: str) -> None:
    assert said in reason(checked(page).lines[line - 1], board, str)


def test_the_data_say_the_direction_too() -> None:
    said = [(s.named, s.reason) for x in checked("sum_over_examples_to_sum_over_classes").lines for s in x.substeps]
    assert ("sum_mul_right.reversed", "A factor free of the index moves out of the sum.") in said
