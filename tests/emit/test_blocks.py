"""More data than memory: blocks that fit, chosen lines, progress; and arrays that have no numbers to evaluate."""

from __future__ import annotations

import math
import sys
import warnings
from typing import Any

import numpy as np
import pytest

from deltasift import AverageNLL, Sum, calc, counts, delta, index, labels, log, pmf, real, sizes, step
from deltasift.emit import blocks, evaluate, forecast
from deltasift.emit.blocks import cut, lengths_of_blocks
from deltasift.emit.evaluate import measure
from deltasift.emit.memory import bytes_of
from deltasift.errors import DataError
from deltasift.rules import definition, sum_comm, sum_delta

MODULE = sys.modules["deltasift.emit.evaluate"]  # as an attribute, `evaluate` is the function
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, q, x = labels("y", n, k), pmf("q", k), real("x", n)
proof = calc(
    -1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), n), k),
    step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_comm),
    step(-1 / N * Sum(log(q[y[n]]), n), by=sum_delta),
    step(AverageNLL(q, y), by=definition),
)


@pytest.mark.parametrize("axes", [(200_000_000, 1000), (1000,), (7, 7), (10**6, 10**6), (3, 10**5, 10**7)])
def test_a_block_of_the_largest_array_fits(axes: tuple[int, ...]) -> None:
    found = lengths_of_blocks(axes)
    assert math.prod(found[length] for length in axes) <= blocks.ENTRIES
    assert all(1 <= found[length] <= length for length in axes)


def test_short_axes_stay_whole() -> None:
    assert lengths_of_blocks((200_000_000, 1000)) == {1000: 1000, 200_000_000: blocks.ENTRIES // 1000}


def dask_data(classes: int, count: int) -> tuple[dict[str, Any], float]:
    da = pytest.importorskip("dask.array", reason="Dask is not installed: pip install 'deltasift[dask]'")
    rng = np.random.default_rng(0)
    p, label = rng.dirichlet(np.ones(classes)), rng.integers(0, classes, count)
    return {"q": da.from_array(p), "y": da.from_array(label, chunks=-1)}, float(-np.log(p)[label].mean())


def test_one_long_block_of_labels_is_cut_for_the_lines_that_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data, expected = dask_data(50, 4000)
    longest: list[int] = []

    def noted(value: Any, found: dict[int, int]) -> Any:
        parts = cut(value, found)
        longest.append(max(parts.chunks[0]) if hasattr(parts, "chunks") and parts.shape == (4000,) else 0)
        return parts

    monkeypatch.setattr("deltasift.emit.memory.ENTRIES", 5000)
    monkeypatch.setattr(MODULE, "cut", noted)
    values = [line.value for line in measure(proof, data).lines]
    assert values == pytest.approx([expected] * 4, rel=1e-12)
    assert set(longest) == {0, 100, 4000}  # labels beside the classes, and alone


def test_a_cluster_of_two_processes_has_the_same_values() -> None:
    distributed = pytest.importorskip("distributed", reason="Dask's cluster is not installed")
    data, expected = dask_data(20, 3000)
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with (
        distributed.LocalCluster(host="127.0.0.1", **options) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert len(client.scheduler_info()["workers"]) == 2
        assert list(evaluate(proof, data).values()) == pytest.approx([expected] * 4, rel=1e-12)


def test_lines_are_chosen_by_their_numbers() -> None:
    data = {"y": [0, 1, 1], "q": [0.25, 0.75]}
    assert list(evaluate(proof, data, lines=[4, 2])) == [2, 4]
    assert proof.evaluate(lines=[3], **data) == {3: pytest.approx(evaluate(proof, data)[1])}
    with pytest.raises(DataError, match=r"the page has no line 5: its lines are 1\.\.4"):
        evaluate(proof, data, lines=[5])


def test_progress_is_told_before_each_line() -> None:
    told: list[str] = []
    measure(proof, {"y": [0], "q": [0.25, 0.75]}, lines=[1, 3], progress=told.append)
    assert told == ["line 1 of 4", "line 3 of 4"]


# --- what has no numbers -----------------------------------------------------------------------------------------


def test_chunks_of_unknown_sizes_are_one_line() -> None:
    data, _ = dask_data(3, 10)
    with pytest.raises(DataError, match=r"^y has chunks of unknown sizes: call compute_chunk_sizes"):
        evaluate(proof, {**data, "y": data["y"][data["y"] > 0]})


def test_meta_and_nested_tensors_are_one_line() -> None:
    torch = pytest.importorskip("torch")
    q = torch.tensor([0.5, 0.5])
    with pytest.raises(DataError, match=r"^y is a meta tensor"):
        evaluate(proof, {"q": q, "y": torch.zeros(3, dtype=torch.int64, device="meta")})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nested = torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)])
    with pytest.raises(DataError, match=r"^q is a nested tensor"):
        evaluate(proof, {"q": nested, "y": torch.zeros(3, dtype=torch.int64)})


def test_inside_of_a_gradient_of_jax_nothing_is_evaluated() -> None:
    jax = pytest.importorskip("jax")
    page = calc(Sum(x[n] ** 2, n))
    with pytest.raises(DataError, match=r"^x is traced by JAX"):
        jax.grad(lambda v: evaluate(page, {"x": v})[1])(jax.numpy.ones(3))


def test_integers_that_doubles_round_are_told_of() -> None:
    page = calc(Sum(x[n], n))
    with pytest.warns(UserWarning, match=r"x has integers beyond 2\*\*53"):
        evaluate(page, {"x": np.array([2**53 + 1, 1])})
    many = counts("many", n, 0, 2**60)
    with pytest.warns(UserWarning, match=r"many has integers beyond 2\*\*53"):
        evaluate(Sum(many[n], n), {"many": np.array([2**53 + 1, 1])})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert evaluate(page, {"x": np.array([2**53, 1])}) == {1: 2.0**53}


def test_what_is_no_page_is_refused_in_one_line() -> None:
    with pytest.raises(DataError, match="3 is no page"):
        evaluate(3, {})  # type: ignore[arg-type]


# --- memory is foretold ------------------------------------------------------------------------------------------


def small_data() -> dict[str, Any]:
    rng = np.random.default_rng(0)
    return {"q": rng.dirichlet(np.ones(30)), "y": rng.integers(0, 30, 9000)}


def test_memory_is_foretold_from_the_lengths_of_the_largest_array() -> None:
    found = forecast(proof, small_data(), memory=10**9)
    assert [x.form for x in found] == ["arrays"] * 4
    assert [x.needed for x in found] == [8 * 3 * n for n in (270_000, 270_000, 9000, 9000)]


def test_a_line_that_would_take_more_than_is_allowed_is_cut_into_blocks_that_fit() -> None:
    pytest.importorskip("dask.array", reason="Dask is not installed: pip install 'deltasift[dask]'")
    data, room = small_data(), 2_000_000
    found = forecast(proof, data, memory=room)
    assert [x.form for x in found] == ["blocks", "blocks", "arrays", "arrays"]
    assert all(x.needed <= room for x in found)
    assert evaluate(proof, data, memory=room) == pytest.approx(evaluate(proof, data), rel=1e-12)


def test_what_is_foretold_of_blocks_of_dask_is_what_all_threads_hold() -> None:
    data, _ = dask_data(50, 4000)
    [whole, *_] = forecast(proof, data)
    [less, *_] = forecast(proof, data, memory=10**6)
    assert whole.form == less.form == "blocks"
    assert less.needed <= 10**6 < whole.needed


def test_a_line_that_nothing_cuts_is_refused_in_one_line() -> None:
    torch = pytest.importorskip("torch")
    data = {name: torch.as_tensor(value) for name, value in small_data().items()}
    [said] = [x.problem for x in forecast(proof, data, lines=[1], memory=10**6)]
    assert said.startswith("line 1 makes arrays of ")
    assert "(6.18 MiB; 977 KiB are allowed)" in said
    with pytest.raises(DataError) as refused:
        evaluate(proof, data, lines=[1], memory=10**6)
    assert str(refused.value) == said


def test_less_memory_than_a_block_takes_is_refused() -> None:
    pytest.importorskip("dask.array", reason="Dask is not installed: pip install 'deltasift[dask]'")
    [said, *_] = forecast(proof, small_data(), memory=1000)
    assert said.problem.endswith("which is less than blocks take")


@pytest.mark.parametrize(
    ("words", "expected"), [("2GiB", 2**31), ("500 MB", 5 * 10**8), ("1000", 1000), ("0.5 kib", 512)]
)
def test_an_amount_of_memory_is_read(words: str, expected: int) -> None:
    assert bytes_of(words) == expected


@pytest.mark.parametrize("words", ["", "2 apples", "-1", "0", "GiB"])
def test_what_is_no_amount_of_memory_is_refused(words: str) -> None:
    with pytest.raises(DataError, match="is no amount of memory"):
        bytes_of(words)


# --- cancellation ------------------------------------------------------------------------------------------------

VARIANCE = calc(Sum(x[n] ** 2, n) / N - (Sum(x[n], n) / N) ** 2)


def test_large_terms_that_cancel_are_told_of() -> None:
    values = 1e8 + np.random.default_rng(0).normal(size=1000)
    with pytest.warns(UserWarning, match=r"line 1: large terms cancel, so that 16 of about 16 digits are rounding"):
        evaluate(VARIANCE, {"x": values})


def test_terms_that_do_not_cancel_are_no_matter() -> None:
    values = np.random.default_rng(0).normal(size=1000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert evaluate(VARIANCE, {"x": values})[1] == pytest.approx(values.var())


def test_in_single_precision_less_cancels_before_it_is_told() -> None:
    torch = pytest.importorskip("torch")
    values = torch.as_tensor(1000 + np.random.default_rng(0).normal(size=1000))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        evaluate(VARIANCE, {"x": values})
    with pytest.warns(UserWarning, match=r"of about 7 digits are rounding"):
        evaluate(VARIANCE, {"x": values.to(torch.float32)})
