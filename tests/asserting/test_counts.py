"""Counts and lengths are the same numbers in a program as on a page, where labels are shifted."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from deltasift import (
    DomainError,
    Sum,
    Unequal,
    assert_equal,
    assert_implements,
    calc,
    counts,
    exp,
    expression_of,
    index,
    iverson,
    labels,
    log,
    real,
    sizes,
)
from deltasift.errors import DataError
from deltasift.parse.domains import domains

N, T = sizes("N T")
n, t = index("n", 1, N), index("t", 1, T)
c, length = counts("c", n, 1, 9), counts("length", n, 1, T)
u, x = real("u", n), real("x", n, t)
POISSON = Sum(exp(u[n]) - c[n] * u[n], n) / N
ROWS = Sum(Sum(x[n, t], (t.symbol, 1, length[n])) / length[n], n) / N


def poisson(u: Any, c: Any) -> Any:
    return (np.exp(u) - c * u).mean()


def mean_of_means(x: Any, length: Any) -> Any:
    mask = np.arange(x.shape[1]) < length[:, None]
    return ((x * mask).sum(axis=1) / length).mean()


def one_further(x: Any, length: Any) -> Any:
    mask = np.arange(x.shape[1]) <= length[:, None]
    return ((x * mask).sum(axis=1) / length).mean()


def test_counts_are_handed_over_as_they_are() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert_implements(poisson, POISSON)
        assert_implements(lambda x, length: np.mean([x[i, :m].mean() for i, m in enumerate(length)]), ROWS)


def test_counts_are_read_as_they_are() -> None:
    assert_equal(expression_of(poisson, given={"u": u, "c": c}), POISSON)


def test_lengths_of_rows_are_proved_by_their_mask() -> None:
    given = {"x": x, "length": length}
    assert_equal(expression_of(mean_of_means, given=given), ROWS)
    with pytest.raises(AssertionError, match=r"^not equal at N = 1, T = 2, length\[1\] = 1"):
        assert_equal(expression_of(one_further, given=given), ROWS)


def test_data_have_the_counts_of_the_page() -> None:
    assert calc(ROWS).evaluate(x=[[1.0, 2.0], [3.0, 4.0]], length=[1, 2]) == {1: pytest.approx(2.25)}
    with pytest.raises(DataError, match=r"c\[1\] is 10, and has to lie in 1\.\.9"):
        calc(POISSON).evaluate(u=[0.0, 0.0], c=[1, 10])


def test_labels_that_name_nothing_are_handed_over_with_a_warning() -> None:
    k = labels("k", n, 1, 9)
    with pytest.warns(UserWarning, match=r"k is handed over as labels from 0.*counts\('k', \.\.\.\)"):
        assert_implements(lambda u, k: (k + 1) @ u, Sum(k[n] * u[n], n))


def test_counts_are_declared_on_the_command_line() -> None:
    found = domains(["n: 1..N", "T: size", "c: counts[n] 0..T"])["c"]
    assert (found.counted, str(found.facts()[1].source)) == (True, "c[n] lies in 0, ..., T")  # type: ignore[attr-defined]


def test_no_count_is_refused() -> None:
    with pytest.raises(DomainError, match="from 3 to 1: there is no such number"):
        counts("c", n, 3, 1)


def test_a_label_outside_of_the_classes_is_passed_over() -> None:
    torch = pytest.importorskip("torch")
    cross_entropy = torch.nn.functional.cross_entropy
    size, k = sizes("K"), index("k", 0, sizes("K") - 1)
    z, y = real("z", n, k), counts("y", n, -1, size - 1)  # -1 is no class
    kept = iverson(Unequal(y[n], -1))
    formula = Sum(kept * (log(Sum(exp(z[n, k]), k)) - z[n, y[n]]), n) / Sum(kept, n)
    some = Unequal(Sum(kept, n), 0)

    def mean_of_kept(z: Any, y: Any) -> Any:
        return cross_entropy(z, y, ignore_index=-1)

    def mean_of_all(z: Any, y: Any) -> Any:
        return cross_entropy(z, y, ignore_index=-1, reduction="sum") / len(y)

    assert_implements(mean_of_kept, formula, given=some, arrays=torch.as_tensor, examples=20)
    assert_equal(expression_of(mean_of_kept, given={"z": z, "y": y}), formula, given=some)
    with pytest.raises(AssertionError, match=r"^not equal at K = 2, N = 2, y\[1\] = -1"):
        assert_equal(expression_of(mean_of_all, given={"z": z, "y": y}), formula, given=some)
