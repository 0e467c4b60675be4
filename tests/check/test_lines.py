"""Checking some lines of a page and not the others."""

from __future__ import annotations

from dataclasses import replace

from deltasift.calc import Page
from deltasift.check import check
from deltasift.inert import Neg
from deltasift.pages import load


def with_a_wrong_sign(page: Page, number: int) -> Page:
    proof = page.proofs[0]
    steps = list(proof.steps)
    steps[number - 2] = replace(steps[number - 2], expr=Neg(steps[number - 2].expr))
    return replace(page, proofs=(replace(proof, steps=tuple(steps)), *page.proofs[1:]))


def test_only_the_lines_that_are_named_are_checked() -> None:
    page = with_a_wrong_sign(load("cross_entropy_is_average_nll"), 4)
    report = check(page, lines={3, 4})
    assert [bool(line.checks) for line in report.lines] == [False, False, True, True, False, False, False]
    assert [line.number for line in report.lines if line.problems] == [4]


def test_a_line_that_is_not_named_is_no_problem() -> None:
    report = check(with_a_wrong_sign(load("cross_entropy_is_average_nll"), 4), lines={3, 6})
    assert report.ok


def test_the_lines_of_a_right_page_are_right_one_by_one() -> None:
    page = load("average_or_sum")
    for number in range(1, 9):
        assert check(page, lines={number}).ok
