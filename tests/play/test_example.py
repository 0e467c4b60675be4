"""The player begins with the numbers of a page's example."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import check, load
from deltasift.play import play
from deltasift.play.example import starts

BEGIN: dict[str, dict[str, Any]] = {
    "likelihood_by_counts": {"y": [0, 2, 2, 1], "q": [0.5, 0.25, 0.25], "N": 4, "K": 3},
    "bernoulli_score": {"y": [1, 0, 1, 1], "t": 0.5, "N": 4},
    "normal_equations": {"x": [[1, 0], [1, 1], [1, 2]], "w": [0, 1], "y": [0, 2, 3], "i": 2, "N": 3, "D": 2},
    "dirac_delta_scaled": {},
}


@pytest.mark.parametrize("name", BEGIN)
def test_labels_count_from_0_and_sizes_follow_from_the_tables(name: str) -> None:
    assert starts(load(name)) == BEGIN[name]


def test_the_file_has_the_numbers() -> None:
    html = play(check(load("likelihood_by_counts"), layers=()))
    assert '"start":[0,2,2,1]' in html
    assert '"start":' not in play(check(load("dirac_delta_scaled"), layers=()))
