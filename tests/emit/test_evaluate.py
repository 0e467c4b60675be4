"""The value of every line on a user's data, and what is said of data that do not fit."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltasift import AverageNLL, Sum, calc, delta, density, index, labels, log, pmf, positive, real, sizes, step
from deltasift.emit import evaluate
from deltasift.errors import DataError
from deltasift.pages import load
from deltasift.rules import definition, sum_comm, sum_delta

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k)
proof = calc(
    -1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), n), k),
    step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_comm),
    step(-1 / N * Sum(log(q[y[n]]), n), by=sum_delta),
    step(AverageNLL(q, y), by=definition),
)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9), st.lists(st.integers(1, 50), min_size=4, max_size=4))
def test_every_line_has_the_value_of_a_loss_written_by_hand(targets: list[int], weights: list[int]) -> None:
    probabilities = np.array(weights) / sum(weights)
    values = proof.evaluate(y=np.array(targets), q=probabilities)
    assert list(values) == [1, 2, 3, 4]
    assert list(values.values()) == pytest.approx([-np.log(probabilities)[targets].mean()] * 4, rel=1e-12)


def test_labels_may_start_from_one() -> None:
    assert evaluate(proof, {"y": [1, 2, 2], "q": [0.25, 0.75]}, labels_from=1)[3] == pytest.approx(
        -(math.log(0.25) + 2 * math.log(0.75)) / 3
    )


def test_a_page_of_the_catalogue_with_points_and_a_density() -> None:
    page = load("dirac_cross_entropy_is_average_nll")
    values = evaluate(page, {"x": [0.0, 1.0, -2.0], "q": lambda t: math.exp(-t * t / 2) / math.sqrt(2 * math.pi)})
    expected = 0.5 * math.log(2 * math.pi) + (0 + 1 + 4) / 6
    assert list(values.values()) == pytest.approx([expected] * 7, rel=1e-12)


GOOD: dict[str, Any] = {"y": [0, 1, 1], "q": [0.25, 0.75]}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"y": [0, 1, 2]}, r"y\[2\] is 2, and the labels are 0..1"),
        ({"y": [0, -1, 1]}, r"y\[1\] is -1, and the labels are 0..1"),
        ({"y": [0, 1.5, 1]}, r"y\[1\] is 1.5, and a label is an integer"),
        ({"y": [0, math.nan, 1]}, r"y\[1\] is nan"),
        ({"y": []}, "1"),
        ({"y": [[0], [1]]}, "y has more than 1 axes"),
        ({"q": [0.25, 0.5]}, "q sums to 0.75, not to 1"),
        ({"q": [-0.25, 1.25]}, r"q\[0\] is -0.25"),
        ({"q": [math.inf, 1.0]}, r"q\[0\] is inf"),
        ({"q": 1.0}, "q has 0 axes, and needs 1"),
        ({"q": ["a", "b"]}, "is no real number"),
        ({"N": 4}, "N would be 4"),
        ({"p": [1.0]}, "the page has no p"),
        ({"q": [0.0, 1.0], "y": [0, 1, 1]}, "line 1 has no value on these data"),
    ],
    ids=str,
)
def test_data_that_do_not_fit_are_named(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        evaluate(proof, GOOD | changed)


@pytest.mark.parametrize(
    ("missing", "message"), [("y", "the labels y is missing|follows from no array"), ("q", "K|the pmf q is missing")]
)
def test_missing_data_are_named(missing: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        evaluate(proof, {name: value for name, value in GOOD.items() if name != missing})


def test_rows_of_a_conditional_pmf_are_checked_one_by_one() -> None:
    r = pmf("r", k, given=n)
    page = calc(Sum(log(r[n, y[n]]), n))
    with pytest.raises(DataError, match=r"row 1 of r sums to 0\.9"):
        evaluate(page, {"y": [0, 1], "r": [[0.5, 0.5], [0.5, 0.4]]})


def test_bounds_of_reals_are_checked() -> None:
    s, b = positive("s", n), real("b", above=0, below=1)
    with pytest.raises(DataError, match=r"s\[1\] is 0"):
        evaluate(calc(Sum(s[n], n) * b), {"s": [1, 0], "b": 0.5})
    with pytest.raises(DataError, match="b is 2"):
        evaluate(calc(Sum(s[n], n) * b), {"s": [1, 1], "b": 2})


def test_a_density_that_fails_is_reported_by_line() -> None:
    x, f = real("x", n), density("f")
    with pytest.raises(DataError, match="line 1 has no value"):
        evaluate(calc(Sum(log(f(x[n])), n)), {"x": [1.0], "f": lambda t: 0.0})
