"""The number at each line, whatever is set through the controls, is the one that Python computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deltasift import load
from deltasift.emit.evaluate import measure
from founding import FOUNDING
from player_states import states
from sampled import sampled

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
# In how many states a page is seen; often one of each kind: labels, spikes, a joint table, reals, models of each input.
STATES = dict.fromkeys(FOUNDING, 4) | {
    "cross_entropy_is_average_nll": 50,
    "dirac_cross_entropy_is_average_nll": 50,
    "mutual_information": 50,
    "softmax_cross_entropy_gradient": 50,
    "squares_split_about_the_mean": 50,
    "conditional_cross_entropy_is_average_nll": 8,
}


@pytest.mark.parametrize("name", sampled(sorted(STATES), 3))
def test_every_line_has_the_value_that_evaluate_has(name: str, opened: Open) -> None:
    page = load(name)
    for given, shown in states(opened(name), name, count=STATES[name], seed=len(name)):
        lines = measure(page, given, trace=False).lines
        assert list(map(int, sorted(shown, key=int))) == [line.number for line in lines]
        for line in lines:
            number = shown[str(line.number)]
            if line.value is None:
                assert number == "", (line.number, given)
            else:
                assert float(number) == pytest.approx(line.value, rel=1e-12, abs=1e-12), (line.number, given)
        assert any(line.value is not None for line in lines)
