"""What the judge knows of folds is its own table, and is of the folds that there are."""

from __future__ import annotations

from deltasift.inert import FOLDS as HEADS
from deltasift.judge.tree import BINDERS, COUNTED, FOLDS, INDEXED


def test_the_judge_knows_the_folds_that_there_are_and_what_they_are_of_nothing() -> None:
    assert {head.__name__: head.unit is not None for head in HEADS} == {n: f.of_nothing for n, f in FOLDS.items()}


def test_every_fold_binds_an_index_of_integers() -> None:
    assert FOLDS.keys() < COUNTED < INDEXED <= BINDERS.keys()
