"""Functions over arrays are run once on stand-ins; what is no formula is refused by its line, never guessed."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from deltasift import (
    AverageNLL,
    Equality,
    LessEqual,
    Max,
    ReadError,
    S,
    Sum,
    Unequal,
    assert_equal,
    derivation_of,
    exp,
    expression_of,
    index,
    iverson,
    labels,
    log,
    pmf,
    real,
    sigma,
    sizes,
)
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")
F = torch.nn.functional

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, t = labels("y", n, k), labels("t", n, 0, 1)
z, x, u = real("z", n, k), real("x", n), real("u", n)
q = pmf("q", k, given=n, positive=True)
plain = pmf("p", k, given=n)
w = real("w", k)
LSE = log(Sum(exp(z[n, k]), k))
CROSS_ENTROPY = Sum(LSE - z[n, y[n]], n) / N


def function_with_gather(z: Any, y: Any) -> Any:
    return -torch.log_softmax(z, dim=-1).gather(1, y.unsqueeze(1)).squeeze(1).mean()


def with_default(z: Any, y: Any, reduction: str = "mean") -> Any:
    return F.cross_entropy(z, y, reduction=reduction)


def forwarded(*args: Any, **options: Any) -> Any:
    return F.cross_entropy(*args, **options)


def positional_only(z: Any, y: Any, /) -> Any:
    return F.nll_loss(F.log_softmax(z, 1), y)


class Loss:
    def __init__(self, scale: float) -> None:
        self.scale = scale

    def __call__(self, z: Any, y: Any) -> Any:
        return self.loss(z, y)

    def loss(self, z: Any, y: Any) -> Any:
        return self.scale * F.cross_entropy(z, y)


class Weighted(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.rand(3))
        self.inner = torch.nn.CrossEntropyLoss(weight=torch.rand(3))

    def forward(self, z: Any, y: Any) -> Any:
        return (self.weight[y] * F.cross_entropy(z, y, reduction="none")).mean() + self.inner(z, y)


@pytest.mark.parametrize(
    "function",
    [
        function_with_gather,
        with_default,
        forwarded,
        positional_only,
        lambda z, y: F.cross_entropy(z, y),
        Loss(1.0),
        Loss(1.0).loss,
        functools.partial(F.cross_entropy, reduction="mean"),
        torch.nn.CrossEntropyLoss(),
        F.cross_entropy,
    ],
    ids=["def", "default", "args", "positional", "lambda", "object", "method", "partial", "module", "library"],
)
def test_what_can_be_called_is_read(function: Callable[..., Any]) -> None:
    names = ("input", "target") if "orward" in repr(function) or function in (F.cross_entropy,) else ("z", "y")
    if isinstance(function, (torch.nn.Module, functools.partial)):
        names = ("input", "target")
    assert_equal(expression_of(function, given=dict(zip(names, (z, y), strict=True))), CROSS_ENTROPY)


def test_attributes_of_a_module_are_bound_and_put_back() -> None:
    module = Weighted()
    before = dict(module.__dict__)
    read = expression_of(module, given={"z": z, "y": y, "self.weight": w, "self.inner.weight": w})
    one = Sum(w[y[n]] * (LSE - z[n, y[n]]), n)
    assert_equal(read, one / N + one / Sum(w[y[n]], n), given=[Equality(Sum(w[y[n]], n), 1)])
    assert module.__dict__ == before
    assert isinstance(module.weight, torch.nn.Parameter)


def test_options_are_bound_by_value() -> None:
    assert_equal(expression_of(with_default, given={"z": z, "y": y, "reduction": "sum"}), N * CROSS_ENTROPY)


def test_an_array_is_read_as_a_family_in_its_indices() -> None:
    read = expression_of(lambda z, y: F.cross_entropy(z, y, reduction="none"), given={"z": z, "y": y})
    assert_equal(read, LSE - z[n, y[n]])
    matrix = expression_of(lambda x: x[:, None] - x[None, :], given={"x": x})
    assert str(matrix) == "x[n] - x[n']"


def test_what_is_put_into_globals_is_taken_out() -> None:
    space = function_with_gather.__globals__
    before = dict(space)
    expression_of(function_with_gather, given={"z": z, "y": y})
    with pytest.raises(ReadError):
        expression_of(lambda z: z.argmax(1), given={"z": z})
    assert dict(space) == before


def test_numpy_is_read_where_its_source_is_no_formula() -> None:
    def of_arrays(q: Any, y: Any) -> Any:
        return -np.mean(np.log(q[np.arange(len(y)), y]))

    read = reading(of_arrays, {"q": q, "y": y}, None)
    assert read.ran
    assert_equal(read.derivation.lines[-1], AverageNLL(q, y))


def test_plain_loops_are_not_run() -> None:
    ran = []

    def of_loops(q: Any, y: Any, N: Any) -> Any:
        return -sum(math.log(q[n][y[n]]) for n in range(N)) / N if True else ran.append(1)

    given = {"q": pmf("q", index("k", 0, K - 1), given=index("n", 0, N - 1), positive=True)}
    given["y"] = labels("y", index("n", 0, N - 1), index("k", 0, K - 1))
    assert not reading(of_loops, given, None).ran
    assert ran == []


def test_a_loop_over_the_entries_of_an_array_is_read() -> None:
    def of_entries(x: Any) -> Any:
        total = 0
        for i in range(x.shape[0]):
            total = total + x[i] * (i + 1)
        return total

    read = reading(of_entries, {"x": x}, None)
    assert_equal(read.derivation.lines[-1], Sum(n * x[n], n))


def test_labels_count_as_the_function_counts() -> None:
    read = expression_of(lambda q, y: -np.log(q[np.arange(len(y)), y - 1]).sum(), given={"q": q, "y": y}, labels_from=1)
    assert_equal(read, -Sum(log(q[n, y[n]]), n))


# --- a product with a comparison -----------------------------------------------------------------------------------


def test_a_comparison_as_a_factor_guards_nothing() -> None:
    """0 times an infinity is no number in arrays, so what stands beside a comparison needs a value."""
    read = expression_of(lambda p, y: np.sum(np.eye(p.shape[1])[y] * np.log(p)), given={"p": plain, "y": y})
    assert "Piecewise" in str(read)
    with pytest.raises(AssertionError, match="not defined"):
        assert_equal(read, Sum(log(plain[n, y[n]]), n))


def test_a_comparison_beside_what_has_a_value_is_a_delta() -> None:
    read = expression_of(lambda q, y: np.sum(np.eye(q.shape[1])[y] * np.log(q)), given={"q": q, "y": y})
    assert "Piecewise" not in str(read)
    assert_equal(read, Sum(log(q[n, y[n]]), n))


def test_what_is_chosen_guards() -> None:
    read = expression_of(lambda x: torch.where(x > 0, torch.log(x), torch.zeros_like(x)).sum(), given={"x": x})
    assert_equal(read, Sum(iverson(x[n] > 0) * log(x[n]), n))


# --- floats --------------------------------------------------------------------------------------------------------


def test_a_short_float_is_the_decimal_that_it_is_written_as() -> None:
    read = reading(lambda x: torch.sum(0.1 * x), {"x": x}, None)
    assert_equal(read.derivation.lines[-1], Sum(x[n], n) / 10)
    assert "0.1 is read as the decimal that it is written as" in read.notes


def test_constants_are_exact() -> None:
    read = expression_of(lambda x: torch.sum(x) * math.log(2) + math.sqrt(2) * np.pi, given={"x": x})
    assert_equal(read, Sum(x[n], n) * log(S(2)) + S(2) ** (S(1) / 2) * S.Pi)


def test_a_float_that_is_a_quotient_of_small_integers_is_that_quotient() -> None:
    read = reading(lambda x: torch.sum(x) * (1 / 3) - torch.sum(x) * (5 / 7), {"x": x}, None)
    assert_equal(read.derivation.lines[-1], Sum(x[n], n) / 3 - 5 * Sum(x[n], n) / 7)
    assert "0.3333333333333333 is read as 1/3" in read.notes


@pytest.mark.parametrize("value", [1 / 1009, 0.1 + 0.2, math.exp(1.5)])
def test_a_long_float_is_refused_with_what_to_write(value: float) -> None:
    with pytest.raises(ReadError, match="has more than 12 digits"):
        expression_of(lambda x: torch.sum(x) * value, given={"x": x})


# --- refusals ------------------------------------------------------------------------------------------------------


def branch(x: Any) -> Any:
    if x.sum() > 0:
        return x.mean()
    return x.sum()


def item(x: Any) -> Any:
    return x.sum().item()


def random_noise(x: Any) -> Any:
    return (x + torch.randn(3).sum()).sum()


def random_like(x: Any) -> Any:
    return (x + torch.rand_like(x)).sum()


def dropout(x: Any) -> Any:
    return F.dropout(x, 0.5).sum()


def loop_with_an_end(x: Any) -> Any:
    total = 0
    for v in x:
        total = total + torch.exp(v)
        if total is None:
            break
    return total


def loop_with_a_filter(x: Any) -> Any:
    return sum(torch.exp(v) for v in x if v > 0)


def aliased(z: Any) -> Any:
    row = z[0]
    z += 1
    return torch.sum(row)


def aliased_write(x: Any) -> Any:
    out = torch.exp(x)
    part = out.view(-1)
    out[0] = 0
    return part.sum()


def data_shape(x: Any) -> Any:
    return torch.exp(x[x > 0])


def nonzero(x: Any) -> Any:
    return torch.nonzero(x).sum()


def classes_of_data(y: Any) -> Any:
    return F.one_hot(y).sum()


def argmax(z: Any, y: Any) -> Any:
    return (z.argmax(1) == y).float().mean()


def wrong_shapes(z: Any, x: Any) -> Any:
    return (z - x).sum()


def unknown(x: Any) -> Any:
    return torch.fft.fft(x).sum()


def dictionary(x: Any) -> Any:
    return {"loss": x.sum()}


def other_library(x: Any) -> Any:
    return torch.sum(x) + np.asarray(x).sum()


REFUSED = [
    (branch, "a branch on whether"),
    (item, ".item"),
    (random_noise, "randn is random"),
    (random_like, "rand_like is random"),
    (dropout, "dropout is random"),
    (loop_with_an_end, "a loop over N entries"),
    (loop_with_a_filter, "a loop over N entries"),
    (aliased, "writes to an array of which there are views"),
    (aliased_write, "writes to an array of which there are views"),
    (data_shape, "what a mask has picked, whose length depends on the data"),
    (nonzero, "its length depends on the data"),
    (classes_of_data, "say how many classes"),
    (argmax, "argmax is not read"),
    (wrong_shapes, "axes of the lengths K and N meet"),
    (unknown, "not read"),
    (dictionary, "it returns a dict"),
    (other_library, "handed to a function of another library"),
]


@pytest.mark.parametrize(("function", "words"), REFUSED, ids=[f.__name__ for f, _ in REFUSED])
def test_what_is_no_formula_is_refused_by_its_line(function: Callable[..., Any], words: str) -> None:
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    with pytest.raises(ReadError) as refused:
        expression_of(function, given={name: {"x": x, "z": z, "y": y}[name] for name in names})
    assert words in str(refused.value)
    if function not in (data_shape, dictionary):  # what is returned has no line of its own
        assert refused.value.line is not None
        first = function.__code__.co_firstlineno
        assert first < refused.value.line <= first + 4


def test_a_parameter_without_a_shape_is_asked_for() -> None:
    with pytest.raises(ReadError, match="nothing is said of the parameter y"):
        expression_of(function_with_gather, given={"z": z})


# --- what was read is compared -------------------------------------------------------------------------------------


def test_what_was_read_is_compared_with_the_function() -> None:
    assert reading(function_with_gather, {"z": z, "y": y}, None).notes[-1] == COMPUTED


def test_a_function_that_depends_on_more_than_its_arguments_is_refused() -> None:
    calls = []

    def changing(x: Any) -> Any:
        calls.append(1)
        return torch.sum(x) * len(calls)

    with pytest.raises(ReadError, match="does not compute what was read of it"):
        expression_of(changing, given={"x": x})


def test_a_function_that_fails_at_a_size_of_one_is_refused() -> None:
    """`squeeze()` drops an axis of symbolic length where that is one."""

    def squeezes(x: Any, t: Any) -> Any:
        return F.binary_cross_entropy(torch.sigmoid(x[:, None]).squeeze(), t.double())

    with pytest.raises(ReadError, match="at N = 1"):
        expression_of(squeezes, given={"x": x, "t": t})


def test_the_derivation_of_a_function_over_arrays_is_checked() -> None:
    derivation = derivation_of(lambda x, t: F.binary_cross_entropy_with_logits(x, t.double()), given={"x": x, "t": t})
    claim = -Sum(t[n] * log(sigma(x[n])) + (1 - t[n]) * log(1 - sigma(x[n])), n) / N
    assert_equal(derivation.lines[-1], claim)
    assert derivation.report.ok


# --- what is left out, and floats that Python has computed with ----------------------------------------------------


def test_what_is_filled_with_minus_infinity_is_left_out_of_a_sum_of_exponentials() -> None:
    def of_others(x: Any) -> Any:
        scores = x[:, None] - x[None, :]
        return torch.logsumexp(scores.masked_fill(torch.eye(len(x), dtype=torch.bool), float("-inf")), dim=1).sum()

    read = reading(of_others, {"x": x}, None)
    assert read.notes[-1] == COMPUTED
    i = index("i", 1, N)
    others = Sum(log(Sum(iverson(Unequal(n, i)) * exp(x[n] - x[i]), i)), n)
    assert_equal(read.derivation.lines[-1], others, accept="numbers", given=[LessEqual(2, N)])


def test_an_infinity_elsewhere_is_refused() -> None:
    with pytest.raises(ReadError, match="an infinity is multiplied"):
        expression_of(lambda x: (torch.masked_fill(x, x < 0, -math.inf) * x).sum(), given={"x": x})


def quantile(x: Any, u: Any, level: float = 0.9) -> Any:
    error = u - x
    return torch.maximum((level - 1) * error, level * error).mean()


class Smoothed:
    def __init__(self) -> None:
        self.rate = 0.7

    def __call__(self, x: Any) -> Any:
        return ((1 - self.rate) * x).sum() + torch.zeros(1).sum()


def test_floats_that_python_computes_with_are_exact() -> None:
    """1 - 0.9 is no decimal that was written, 0.9 is."""
    assert_equal(
        expression_of(quantile, given={"x": x, "u": u}),
        Sum(Max(-(u[n] - x[n]) / 10, 9 * (u[n] - x[n]) / 10), n) / N,
    )
    smoothed = Smoothed()
    assert_equal(expression_of(smoothed, given={"x": x}), 3 * Sum(x[n], n) / 10)
    assert smoothed.rate == 0.7


def test_constants_that_programs_compute_are_known() -> None:
    read = expression_of(lambda x: torch.sum(x) + HALF_LOG_TWO_PI, given={"x": x})
    assert_equal(read, Sum(x[n], n) + log(2 * S.Pi) / 2)


HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


# --- numbers of single precision, and targets as floats ---------------------------------------------------------------


def log_of_two(x: Any) -> Any:
    return (x - torch.log(torch.tensor(2.0))).sum()


def test_a_constant_that_was_computed_in_single_precision_is_the_constant() -> None:
    assert_equal(expression_of(log_of_two, given={"x": x}), Sum(x[n] - log(S(2)), n))


def root_of_seven(x: Any) -> Any:
    return (x * torch.sqrt(torch.tensor(7.0))).sum()


def test_what_else_was_computed_in_single_precision_is_refused() -> None:
    with pytest.raises(ReadError, match="computed in single precision"):
        expression_of(root_of_seven, given={"x": x})


def focal_of_targets(x: Any, t: Any) -> Any:
    bce = F.binary_cross_entropy_with_logits(x, t, reduction="none")
    return (bce * (1 - torch.sigmoid(x)) ** 2).mean()


def test_targets_that_a_loss_takes_as_floats_are_compared_as_floats() -> None:
    found = reading(focal_of_targets, {"x": x, "t": t}, None)
    assert COMPUTED in found.notes


def with_its_shape(z: Any, y: Any) -> Any:
    total = 0
    for row in range(z.shape[0]):
        for cls in range(z.shape[1]):
            if cls != y[row]:
                total += z[row, cls]
    return total / z.shape[0]


def test_plain_loops_may_run_over_a_shape() -> None:
    found = expression_of(with_its_shape, given={"z": z, "y": y}, labels_from=0)
    assert_equal(found, Sum(Sum(iverson(Unequal(k, y[n])) * z[n, k], k), n) / N)
