"""What a proof needs is said where it is needed, and not where it is seen from what has been said."""

from __future__ import annotations

import pytest

from deltasift import check, load
from deltasift.inert import Or, postorder
from deltasift.render.theorems import Theorem, theorems


def of_page(name: str) -> list[Theorem]:
    return theorems(check(load(name), layers=("structure", "conditions")))


def needed(theorem: Theorem) -> list[str]:
    return [str(c) for _, conditions in theorem.before for c in conditions] + [
        str(c) for row in theorem.rows for c in row.needs
    ]


@pytest.mark.parametrize("name", ["gan_value_is_jensen_shannon", "info_nce_gradient", "elbo_is_a_lower_bound"])
def test_a_case_that_cannot_be_is_not_said(name: str) -> None:
    conditions = [c for t in of_page(name) for r in t.rows for c in r.needs]
    assert not any(isinstance(e, Or) for c in conditions for e in postorder(c))


def test_a_distribution_is_named_where_it_is_spoken_of() -> None:
    first, second = of_page("gan_value_is_jensen_shannon")
    assert not any("m[k]" in c for c in needed(first))
    assert "Equality(Sum(m[k], (k, 1, K)), 1)" in needed(second)


def test_what_is_given_in_other_bound_names_is_not_said_again() -> None:
    assert not any("Sum(t[c]" in c for t in of_page("brier_score_is_proper") for c in needed(t))


def test_a_weaker_condition_of_the_same_step_is_left_out() -> None:
    (first, *_), *_ = [found for t in of_page("info_nce_bounds_by_log_n") for _, found in t.before]
    assert str(first) == "ForAll(ForAll(0 < s[w, i], (w, 1, W)), (i, 1, N))"


def test_one_claim_of_several_is_named_by_its_number() -> None:
    report = check(load("softmax_cross_entropy_gradient"), layers=("structure",))
    said = {s.reason for x in report.lines for s in x.substeps}
    assert 'Claim 3 of "The softmax sums to one, and a constant added to all scores changes nothing".' in said
    assert "The gradient of log-sum-exp is the softmax." in said
