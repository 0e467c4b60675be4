"""The data of `assert_implements`: their type and sizes, what comes back, and where the expression has no value."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from deltasift import Sum, Unequal, assert_implements, index, iverson, labels, real, sizes
from deltasift.errors import DataError

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
x, y = real("x", n), labels("y", n, 0, 1)
MEAN = Sum(x[n], n) / N


def failure(function: Any, formula: Any, **options: Any) -> str:
    with pytest.raises(AssertionError) as error:
        assert_implements(function, formula, **options)
    return str(error.value)


# --- the type of what comes back -----------------------------------------------------------------------------------


def test_a_float32_is_off_by_as_much_as_a_float32_is() -> None:
    assert_implements(lambda x: np.mean(x), MEAN, dtype="float32")
    said = failure(lambda x: np.mean(x) * np.float32(1.01), MEAN, dtype="float32")
    assert "(the value is a float32)" in said
    assert "allowed is 1e-05 + 0.0001 * |value|" in said


def test_a_function_that_throws_digits_of_doubles_away_is_told_so() -> None:
    said = failure(lambda x: np.mean(x.astype(np.float32)), MEAN)
    assert "(the value is a float32; draw such data by dtype='float32')" in said


def test_the_type_is_what_the_arrays_are_made_of() -> None:
    assert_implements(lambda x: np.mean(x), MEAN, arrays=lambda array: array.astype(np.float32, copy=False))


def test_a_double_is_held_to_the_tolerance_of_doubles() -> None:
    assert "allowed is 1e-09 + 1e-07 * |value|" in failure(lambda x: np.mean(x) * 1.0001, MEAN)


def test_the_tolerance_of_the_caller_holds_for_every_type() -> None:
    assert "allowed is 0 + 0 * |value|" in failure(lambda x: np.mean(x) * (1 + 1e-14), MEAN, rtol=0, atol=0)


def test_what_the_function_gets_has_the_type_that_is_asked_for() -> None:
    seen = set()

    def looked_at(x: Any) -> Any:
        seen.add(x.dtype.name)
        return x.sum() / len(x)

    assert_implements(looked_at, MEAN, dtype="float32")
    assert seen == {"float32"}


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (lambda x: {"loss": x.mean()}, "compare one entry of it, as in lambda ...: f(...)['loss']"),
        (lambda x: (x.mean(), None), "compare one part of it, as in lambda ...: f(...)[0]"),
        (lambda x: x.mean(keepdims=True), "one number in an array"),
        (lambda x: x, "an array of values is compared with over=(index, ...)"),
    ],
)
def test_what_is_no_number_is_named_with_what_to_write(value: Any, hint: str) -> None:
    assert hint in failure(value, MEAN)


# --- sizes ---------------------------------------------------------------------------------------------------------


def blocked(x: Any, batch: int = 32) -> Any:
    return x[:batch].mean()


def block_in_the_body(x: Any) -> Any:
    return x[:24].mean()


def cached(x: Any) -> Any:
    return x.mean() if len(x) != LARGE else 0.0


LARGE = 40


@pytest.mark.parametrize("function", [blocked, block_in_the_body])
def test_sizes_around_the_constants_of_a_function_are_tried(function: Any) -> None:
    assert "N = " in failure(function, MEAN)


def test_sizes_are_tried_on_request() -> None:
    assert_implements(cached, MEAN)
    assert "N = 40" in failure(cached, MEAN, sizes=[40])


# --- where the expression has no value -----------------------------------------------------------------------------

SHARE = Sum(iverson(Unequal(y[n], 0)) * x[n], n) / Sum(y[n], n)


def share(x: Any, y: Any) -> Any:
    return np.sum(x * y) / np.sum(y)


def with_zero(x: Any, y: Any) -> Any:
    return np.sum(x * y) / max(np.sum(y), 1)


def test_data_without_a_value_are_passed_over_or_wanted_to_be_nan() -> None:
    assert_implements(share, SHARE)
    assert_implements(share, SHARE, undefined="nan")
    assert_implements(with_zero, SHARE)


def test_a_number_where_the_expression_has_none_is_a_failure_on_request() -> None:
    assert "it returns 0.0, and the expression has no value (a division by 0)" in failure(
        with_zero, SHARE, undefined="nan"
    )
    assert "the expression has no value (a division by 0)" in failure(share, SHARE, undefined="refuse")


def test_what_came_back_where_there_is_no_value_is_said() -> None:
    few = Sum(x[n], n) / Sum(iverson(x[n] > 10), n)
    with pytest.warns(UserWarning, match=r"there it returns nan on \d+"):
        assert_implements(lambda x: np.sum(x) / np.sum(x > 10), few)


def test_the_words_of_the_options_are_checked() -> None:
    for options in ({"undefined": "ignore"}, {"sizes": [0]}, {"dtype": "int8"}):
        with pytest.raises(DataError):
            assert_implements(np.mean, MEAN, **options)


def test_arguments_are_handed_on_in_order_where_a_function_takes_any() -> None:
    def forwarded(*args: Any) -> Any:
        return share(*args)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_implements(forwarded, SHARE, data={"values": x, "bits": y})
