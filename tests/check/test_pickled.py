"""A report that was pickled is the same report, and what it shows can be judged again."""

from __future__ import annotations

import pickle

import pytest

from checked import report
from deltasift import rules
from deltasift.judge.tree import make


@pytest.mark.parametrize("name", ["kl_is_constant_plus_nll", "average_or_sum", "delta_is_one_hot"])
def test_a_report_comes_back(name: str) -> None:
    made = report(name)
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_rule_of_the_table_is_the_one_that_there_is() -> None:
    for r in (rules.sum_delta, rules.sum_delta.reversed):
        back = pickle.loads(pickle.dumps(r))
        assert back == r
        assert back.statements is r.statements


def test_a_term_is_the_one_that_there_is() -> None:
    term = make("Add", (make("free", (), rules.sum_delta.statements[0].lhs.args[2]), make("truth", (), True)))
    assert pickle.loads(pickle.dumps(term)) is term
