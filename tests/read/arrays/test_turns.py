"""Loops over rows, with vector work in each turn, are read as sums over the turns; what is no such sum is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from deltasift import (
    Abs,
    Max,
    Maximum,
    Piecewise,
    Product,
    ReadError,
    S,
    Sum,
    Unequal,
    assert_equal,
    delta,
    exp,
    expression_of,
    index,
    iverson,
    labels,
    log,
    real,
    sizes,
)
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")
F = torch.nn.functional

N, K, T = sizes("N K T")
n, k, t = index("n", 1, N), index("k", 1, K), index("t", 1, T)
m = index("m", 1, N)
x, u = real("x", n), real("u", n)
z, h = real("z", n, k), real("h", n, k)
a, word = real("a", n, t, k), labels("word", (n, t), k)
y = labels("y", n, k)
NLL = log(Sum(exp(z[n, k]), k)) - z[n, y[n]]
CROSS_ENTROPY = Sum(NLL, n) / N
Function = Callable[..., Any]


def by_position(z: Any, y: Any) -> Any:
    total = 0.0
    for i in range(len(y)):
        row = z[i]
        total += np.log(np.exp(row).sum()) - row[y[i]]
    return total / len(y)


def of_pairs(z: Any, y: Any) -> Any:
    losses = []
    for row, label in zip(z, y, strict=True):
        losses.append(torch.logsumexp(row, 0) - row[label])
    return torch.stack(losses).mean()


def of_a_list(z: Any, y: Any) -> Any:
    return np.mean([np.log(np.exp(row).sum()) - row[label] for row, label in zip(z, y, strict=True)])


def of_a_generator(z: Any, y: Any) -> Any:
    return sum(-F.log_softmax(z[i], dim=0)[y[i]] for i in range(z.shape[0])) / z.shape[0]


def into_an_array(z: Any, y: Any) -> Any:
    out = np.zeros(len(y))
    for i, row in enumerate(z):
        out[i] = np.log(np.sum(np.exp(row))) - row[y[i]]
    return out.mean()


@pytest.mark.parametrize("function", [by_position, of_pairs, of_a_list, of_a_generator, into_an_array])
def test_a_cross_entropy_of_rows_is_proved(function: Function) -> None:
    assert_equal(expression_of(function, given={"z": z, "y": y}), CROSS_ENTROPY)


def test_a_loss_of_the_sum_of_rows_is_refuted() -> None:
    def divided_in_the_loop(z: Any, y: Any) -> Any:
        total = 0.0
        for i in range(len(y)):
            total += (np.log(np.exp(z[i]).sum()) - z[i, y[i]]) / z.shape[1]
        return total

    with pytest.raises(AssertionError, match="not equal at"):
        assert_equal(expression_of(divided_in_the_loop, given={"z": z, "y": y}), CROSS_ENTROPY)


def of_sentences(a: Any, word: Any) -> Any:
    loss = 0
    for row, words in zip(a, word, strict=True):
        logs = F.log_softmax(row, dim=-1)
        own = 0
        for j in range(row.shape[0]):
            own = own - logs[j, words[j]]
        loss = loss + own / row.shape[0]
    return loss / a.shape[0]


def skipping(z: Any, y: Any) -> Any:
    total, count = 0.0, 0
    for i in range(len(y)):
        if y[i] == 0:
            continue
        total += np.log(np.sum(np.exp(z[i]))) - z[i, y[i]]
        count += 1
    return total / count


def of_cases(x: Any, u: Any) -> Any:
    total = np.zeros(())
    for i in range(len(x)):
        d = x[i] - u[i]
        w = abs(d) - 0.5
        if not abs(d) >= 1:
            w = 0.5 * d**2
        total = total + w
    return total / len(x)


def of_vectors(z: Any, x: Any) -> Any:
    total = torch.zeros(z.shape[1])
    for i in range(z.shape[0]):
        total += x[i] * z[i]
    return total.pow(2).sum()


def of_products(x: Any) -> Any:
    product, most = np.ones(()), x[0]
    for v in x:
        product = product * v
        most = max(most, v)
    return product + most


def of_two_rows(z: Any) -> Any:
    total = 0.0
    for i in range(z.shape[0]):
        for j in range(z.shape[0]):
            total += torch.exp(-((z[i] - z[j]) ** 2).sum()) if i != j else 0.0
    return total


def counting(y: Any, z: Any) -> Any:
    counts = np.zeros(z.shape[1])
    for i in range(len(y)):
        counts[y[i]] += 1
    return (counts**2).sum()


def of_steps(x: Any) -> Any:
    total = np.zeros(())
    for i in range(1, len(x)):
        total = total + (x[i] - x[i - 1]) ** 2
    return total


def of_slices(z: Any, y: Any) -> Any:
    losses = []
    for i in range(len(y)):
        losses += [F.cross_entropy(z[i : i + 1], y[i : i + 1])]
    return torch.stack(losses).mean()


def of_prefixes(x: Any) -> Any:
    total = np.zeros(())
    for i in range(len(x)):
        total = total + x[: i + 1].sum() ** 2
    return total


def between_neighbours(x: Any) -> Any:
    total = np.zeros(())
    for i in range(len(x)):
        if i > 0:
            total = total + (x[i] - x[i - 1]) ** 2
    return total


def matrix_of_distances(z: Any) -> Any:
    distances = np.zeros((len(z), len(z)))
    for i in range(len(z)):
        for j in range(len(z)):
            distances[i, j] = ((z[i] - z[j]) ** 2).sum()
    return distances.mean()


HUBER = Piecewise((S(1) / 2 * (x[n] - u[n]) ** 2, Abs(x[n] - u[n]) < 1), (Abs(x[n] - u[n]) - S(1) / 2, True))
KEPT = iverson(Unequal(y[n], 1))
SOME = Unequal(Sum(KEPT, n), 0)
FORMULAS: list[tuple[Function, dict[str, Any], Any]] = [
    (of_sentences, {"a": a, "word": word}, Sum(Sum(log(Sum(exp(a[n, t, k]), k)) - a[n, t, word[n, t]], t) / T, n) / N),
    (skipping, {"z": z, "y": y}, Sum(KEPT * NLL, n) / Sum(KEPT, n)),
    (of_cases, {"x": x, "u": u}, Sum(HUBER, n) / N),
    (of_vectors, {"z": z, "x": x}, Sum(Sum(x[n] * z[n, k], n) ** 2, k)),
    (of_products, {"x": x}, Product(x[n], n) + Max(x[1], Maximum(x[n], n))),
    (of_two_rows, {"z": z}, Sum(Sum(iverson(Unequal(n, m)) * exp(-Sum((z[n, k] - z[m, k]) ** 2, k)), m), n)),
    (counting, {"y": y, "z": z}, Sum(Sum(delta(k, y[n]), n) ** 2, k)),
    (of_slices, {"z": z, "y": y}, CROSS_ENTROPY),
    (of_prefixes, {"x": x}, Sum(Sum(x[m], (m.symbol, 1, n)) ** 2, n)),
    (between_neighbours, {"x": x}, Sum(iverson(n >= 2) * (x[n] - x[n - 1]) ** 2, n)),
    (matrix_of_distances, {"z": z}, Sum(Sum(Sum((z[n, k] - z[m, k]) ** 2, k), m), n) / N**2),
    (of_steps, {"x": x}, Sum((x[n + 1] - x[n]) ** 2, (n.symbol, 1, N - 1))),
]


@pytest.mark.parametrize(("function", "given", "formula"), FORMULAS, ids=[f.__name__ for f, _, _ in FORMULAS])
def test_what_is_carried_is_a_fold_over_the_turns(function: Function, given: dict[str, Any], formula: Any) -> None:
    found = reading(function, given, None)
    assert found.ran
    assert COMPUTED in found.notes
    assert_equal(found.derivation.lines[-1], formula, given=SOME if function is skipping else ())


def test_an_index_that_a_sum_binds_is_no_other_than_the_turn() -> None:
    def with_all(z: Any) -> Any:
        total = 0.0
        for i in range(z.shape[0]):
            total += (z[i] * z).sum()
        return total

    square = Sum(Sum(z[n, k], n) ** 2, k)
    assert_equal(expression_of(with_all, given={"z": z}), square)


def test_that_a_loop_has_turns_is_not_known_after_it() -> None:
    def of_several(x: Any) -> Any:
        total = np.zeros(())
        for i in range(1, len(x)):
            total = total + x[i]
        return total if len(x) > 1 else x[0]

    with pytest.raises(ReadError, match="a branch on whether 1 < N"):
        expression_of(of_several, given={"x": x})


class Margins(torch.nn.Module):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.margin = 1.0

    def forward(self, z: Any, h: Any) -> Any:
        return torch.stack([F.relu(self.margin - z[i] @ h[i]) for i in range(len(z))]).sum()


def test_a_module_and_what_it_calls_are_read_and_get_their_code_back() -> None:
    before = Margins.forward.__code__
    assert "Max" in str(expression_of(Margins(), given={"z": z, "h": h}))
    assert Margins.forward.__code__ is before


def moving(x: Any) -> Any:
    mean = np.zeros(())
    for v in x:
        mean = 0.9 * mean + 0.1 * v
    return mean


def the_last(x: Any) -> Any:
    for v in x:
        last = np.exp(v)
    return last


def alternating(x: Any) -> Any:
    total, sign = np.zeros(()), 1
    for v in x:
        total = total + sign * v
        sign = -sign
    return total


def told_apart(x: Any) -> Any:
    before, total = None, np.zeros(())
    for v in x:
        total = total + (v if before is None else v - before)
        before = v
    return total


def some_entries(x: Any) -> Any:
    kept = []
    for v in x:
        if v > 0:
            kept.append(v)
    return np.sum(kept)


def of_one_branch(x: Any) -> Any:
    total = np.zeros(())
    for v in x:
        if v > 0:
            w = v
        total = total + w
    return total


def two_at_once(x: Any) -> Any:
    kept = []
    for v in x:
        kept.append(v)
        kept.append(2 * v)
    return np.sum(kept)


def counted_by_a_dictionary(x: Any) -> Any:
    found = {"count": 0}
    for _ in x:
        found["count"] += 1
    return np.sum(x) / found["count"]


REFUSED = [
    (moving, "otherwise than by adding"),
    (the_last, "what the last turn of a loop leaves"),
    (alternating, "depends on what else the turn before has made"),
    (told_apart, "is another in the next turn"),
    (some_entries, "an entry is added to a list in some turns"),
    (of_one_branch, "in one branch of a condition"),
    (two_at_once, "adds more than one entry"),
    (counted_by_a_dictionary, "found is changed by a loop"),
]


@pytest.mark.parametrize(("function", "words"), REFUSED, ids=[f.__name__ for f, _ in REFUSED])
def test_what_is_no_fold_is_refused(function: Function, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        expression_of(function, given={"x": x})
