"""The value of every line on a user's data, and what is said of data that do not fit."""

from __future__ import annotations

import importlib
import math
import sys
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deltasift import (
    AverageNLL,
    Integral,
    S,
    Sum,
    calc,
    delta,
    density,
    dirac,
    index,
    labels,
    log,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.emit import evaluate
from deltasift.emit.evaluate import measure
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


def test_an_expression_is_a_derivation_of_one_line() -> None:
    data = {"y": [0, 1, 1], "q": [0.25, 0.75]}
    assert evaluate(AverageNLL(q, y), data) == {1: evaluate(proof, data)[4]}


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
        ({"q": [0.25, 0.750002]}, "q sums to 1.000002, not to 1"),
        ({"q": [-0.25, 1.25]}, r"q\[0\] is -0.25"),
        ({"y": np.array([0, 1, 1], dtype=object)}, "y is an array of Python's objects"),
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


# --- libraries of arrays -----------------------------------------------------------------------------------------


def converter(name: str) -> Any:
    """Return what makes an array of a library of one of NumPy, or skip the test where it is not installed."""
    pytest.importorskip(name, reason=f"{name} is not installed")
    if name == "torch":
        return importlib.import_module("torch").as_tensor
    if name == "jax":
        importlib.import_module("jax").config.update("jax_enable_x64", True)
        return importlib.import_module("jax.numpy").asarray
    dask = pytest.importorskip("dask.array", reason="dask is not installed")
    return lambda array: dask.from_array(array, chunks=2)


LIBRARIES = ["torch", "jax", "dask"]
ROWS = {"y": np.array([0, 2, 1]), "q": np.array([[0.25, 0.5, 0.25], [0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])}


@pytest.mark.parametrize("name", LIBRARIES)
def test_arrays_of_other_libraries_have_the_same_values(name: str) -> None:
    convert = converter(name)
    page = load("classification_loss_is_average_nll")
    expected = evaluate(page, ROWS)
    found = evaluate(page, {k: convert(v) for k, v in ROWS.items()})
    assert list(found.values()) == pytest.approx(list(expected.values()), rel=1e-14)


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"y": np.array([0, 3, 1])}, r"y\[1\] is 3, and the labels are 0\.\.2"),
        ({"y": np.array([True, False, True])}, r"y\[0\] is True"),
        ({"q": ROWS["q"] * np.array([[1.0], [1.0], [1.1]])}, r"row 2 of q sums to 1\.1, not to 1"),
        ({"q": np.where(ROWS["q"] == 0.75, np.nan, ROWS["q"])}, r"q\[2, 1\] is nan"),
    ],
    ids=["label", "truth values", "sum", "nan"],
)
def test_rows_are_named_in_other_libraries(name: str, changed: dict[str, Any], message: str) -> None:
    convert = converter(name)
    with pytest.raises(DataError, match=message):
        evaluate(load("classification_loss_is_average_nll"), {k: convert(v) for k, v in (ROWS | changed).items()})


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16"])
@pytest.mark.parametrize("name", ["numpy", *LIBRARIES])
def test_labels_may_be_of_one_byte_where_there_are_more_classes(name: str, kind: str) -> None:
    convert = np.asarray if name == "numpy" else converter(name)
    labels, classes = np.array([0, 100, 7], dtype=kind), np.full((3, 300), 1 / 300)
    found = evaluate(load("classification_loss_is_average_nll"), {"y": convert(labels), "q": convert(classes)})
    assert found[1] == pytest.approx(math.log(300))


def test_a_sparse_tensor_is_refused() -> None:
    q = converter("torch")(np.array([0.25, 0.75])).to_sparse()
    with pytest.raises(DataError, match="q is a sparse array, and a dense one is needed"):
        evaluate(proof, {"y": converter("torch")(np.array([0, 1])), "q": q})


def test_jax_with_32_bits_does_not_warn() -> None:
    convert = converter("jax")
    jax = importlib.import_module("jax")
    jax.config.update("jax_enable_x64", False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = evaluate(proof, {"y": convert(np.array([0, 1])), "q": convert(np.array([0.25, 0.75]))})
    finally:
        jax.config.update("jax_enable_x64", True)
    assert found[1] == pytest.approx(-(math.log(0.25) + math.log(0.75)) / 2, rel=1e-6)


@pytest.mark.parametrize("labels_from", [2, True, 1.0, "1", None])
def test_labels_start_from_0_or_from_1(labels_from: Any) -> None:
    with pytest.raises(DataError, match="labels start from 0 or from 1"):
        evaluate(proof, GOOD, labels_from=labels_from)


def test_tensors_that_ask_for_gradients_are_read() -> None:
    tensor = converter("torch")
    values = proof.evaluate(q=tensor(np.array([0.25, 0.75])).requires_grad_(), y=tensor(np.array([0, 1])))
    assert values[3] == pytest.approx(-(math.log(0.25) + math.log(0.75)) / 2)


def test_arrays_of_two_libraries_are_refused() -> None:
    q, y = converter("torch")(np.array([0.25, 0.75])), converter("dask")(np.array([0, 1]))
    with pytest.raises(DataError, match="of several libraries: dask, torch"):
        proof.evaluate(q=q, y=y)


def test_masked_entries_have_no_value() -> None:
    with pytest.raises(DataError, match="q has masked entries"):
        proof.evaluate(q=np.ma.array([0.25, 0.75], mask=[True, False]), y=[0, 1])


# --- memory ------------------------------------------------------------------------------------------------------


MODULE = sys.modules["deltasift.emit.evaluate"]  # as an attribute, `evaluate` is the function


def test_arrays_that_do_not_fit_into_memory_are_cut_into_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    converter("dask")
    rng = np.random.default_rng(0)
    data = {"q": rng.dirichlet(np.ones(30)), "y": rng.integers(0, 30, 9000)}
    expected = evaluate(proof, data)
    monkeypatch.setattr(MODULE, "free_memory", lambda: 1_000_000)
    found = measure(proof, data).lines
    assert [x.form for x in found] == ["blocks", "blocks", "arrays", "arrays"]
    assert [x.value for x in found] == pytest.approx(list(expected.values()), rel=1e-14)


def test_arrays_that_do_not_fit_are_named_where_nothing_cuts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MODULE, "free_memory", lambda: 100)
    monkeypatch.setattr(MODULE, "has_dask", lambda: False)
    with pytest.raises(DataError, match=r"line 1 makes arrays of K\*N = 6 numbers .* with Dask"):
        evaluate(proof, GOOD)


def test_a_sum_with_a_range_that_depends_on_another_index_is_left_to_loops() -> None:
    x = real("x", n)
    page = calc(Sum(Sum(x[k] * n, (k, 1, n)), n))
    [line] = measure(page, {"x": [1.0, 2.0, 3.0]}).lines
    assert (line.value, line.form) == (25.0, "loops")


def test_nothing_is_counted_from_the_end_of_an_array() -> None:
    x, u = real("x", n), real("u")
    for e in (Sum(x[n - 1], n), Sum(x[n - 1] * Integral(dirac(u - 1), u), n)):
        with pytest.raises(DataError, match="line 1 reaches outside of an array"):
            evaluate(calc(e), {"x": [1.0, 2.0, 3.0]})


def test_an_index_that_the_page_leaves_free_is_checked() -> None:
    data = {"q": [0.2, 0.3, 0.5], "y": [0, 2]}
    page = load("delta_is_one_hot")
    assert evaluate(page, data | {"n": 2})[15] == pytest.approx(-math.log(0.5))
    with pytest.raises(DataError, match="n is 0, and it runs from 1 to 2"):
        evaluate(page, data | {"n": 0})


def test_bounds_that_are_no_integers_are_checked() -> None:
    with pytest.raises(DataError, match=r"h is 0\.75, and has to be below 0\.5"):
        evaluate(calc(real("h", below=S(1) / 2) + 0), {"h": 0.75})


def test_without_the_libraries_that_it_needs_evaluating_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "array_api_compat", None)
    with pytest.raises(DataError, match=r"pip install 'deltasift\[numpy\]'"):
        evaluate(proof, GOOD)
