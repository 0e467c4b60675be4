"""Python as it is written around losses: read as Python means it, or refused by the line; never guessed."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from deltasift import Max, ReadError, Sum, Unequal, assert_equal, expression_of, index, iverson, labels, real, sizes
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")
F = torch.nn.functional

N = sizes("N")
n = index("n", 1, N)
x, u = real("x", n), real("u", n)
MEAN = Sum(x[n], n) / N


def compiled(function: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.script(function)


def squares(x: Any, u: Any) -> Any:
    return torch.mean((x - u) ** 2)


with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    scripted = torch.jit.trace(squares, (torch.zeros(3), torch.zeros(3)))


def calls_scripted(x: Any, u: Any) -> Any:
    return scripted(x, u)


@torch.no_grad()
def decorated(x: Any, u: Any, *, reduction: str = "mean") -> Any:
    with torch.no_grad():
        d = (e := x - u) * e
    return d.mean() if reduction == "mean" else d.sum()


def asserts(x: Any, u: Any) -> Any:
    assert x.shape == u.shape, f"the shapes {x.shape} and {u.shape} differ: {x}, {x.mean():.3f}"
    return F.mse_loss(*(x, u), reduction="mean")


def enclosing(power: int) -> Callable[..., Any]:
    def loss(x: Any, u: Any) -> Any:
        parts = {"a": (x - u) ** power, "b": torch.zeros_like(x)}
        return sum(parts.values()).mean()

    return loss


def in_place(x: Any, u: Any) -> Any:
    other = d = torch.sub(x, u)
    d *= d
    return other.mean()


def in_place_of_a_number(x: Any, u: Any) -> Any:
    other = total = torch.sum((x - u) ** 2)
    total /= x.shape[0]
    return other


READ = [calls_scripted, decorated, asserts, enclosing(2), in_place, in_place_of_a_number, scripted]


@pytest.mark.parametrize("function", READ, ids=lambda f: getattr(f, "__qualname__", "scripted"))
def test_python_around_a_loss_is_read(function: Callable[..., Any]) -> None:
    found = reading(function, {"x": x, "u": u}, None)
    assert found.notes[-1] == COMPUTED


def test_numpy_makes_a_number_anew_where_pytorch_writes_to_it() -> None:
    def numpy_number(x: Any) -> Any:
        first = second = np.mean(x)
        second += 1
        return first

    def torch_number(x: Any) -> Any:
        first = second = torch.mean(x)
        second += 1
        return first

    def number_of_either(x: Any) -> Any:
        first = second = x.mean()
        second += 1
        return first

    assert str(expression_of(numpy_number, given={"x": x})) == str(MEAN)
    assert str(expression_of(torch_number, given={"x": x})) == str(MEAN + 1)
    with pytest.raises(ReadError, match="NumPy makes anew and PyTorch writes to"):
        expression_of(number_of_either, given={"x": x})


# --- writes to what is shared --------------------------------------------------------------------------------------


def through_reshape(x: Any) -> Any:
    v = torch.exp(x)
    v.reshape(-1).zero_()
    return v.sum()


def through_transposing(x: Any) -> Any:
    v = torch.outer(x, x)
    v.T.zero_()
    return v.sum()


def through_a_cast_to_its_own_type(x: Any) -> Any:
    v = torch.exp(x)
    v.to(v.dtype).mul_(0)
    return v.sum()


def through_parts(x: Any) -> Any:
    v = torch.stack([x, x], 1)
    v.unbind(1)[0].zero_()
    return v.sum()


def through_a_loop(x: Any) -> Any:
    v = torch.stack([x, x])
    for row in v:
        row.zero_()
    return v.sum()


def caught(x: Any) -> Any:
    try:
        value = torch.sum(x).item()
    except Exception:
        value = 0.0
    return x.mean() + value


def of_a_module(x: Any) -> Any:
    return torch.vmap(lambda v: v**2)(x).sum()


def of_an_operator(x: Any) -> Any:
    return torch.ops.aten.sum(x)


def rounded(x: Any) -> Any:
    return round(torch.mean(x), 2)


REFUSED = [
    *((f, "views") for f in (through_reshape, through_transposing, through_a_cast_to_its_own_type)),
    *((f, "views") for f in (through_parts, through_a_loop)),
    (caught, ".item() needs a number"),
    (of_a_module, "vmap of torch is not read"),
    (of_an_operator, "sum of torch is not read"),
    (rounded, "round(...) needs a number"),
]


@pytest.mark.parametrize(("function", "words"), REFUSED, ids=[f.__name__ for f, _ in REFUSED])
def test_what_python_does_with_an_array_is_refused_by_its_line(function: Callable[..., Any], words: str) -> None:
    with pytest.raises(ReadError) as refused:
        expression_of(function, given={"x": x})
    assert words in str(refused.value)
    first = function.__code__.co_firstlineno
    assert refused.value.line is not None
    assert first < refused.value.line <= first + 4


def test_a_compiled_module_is_refused_before_it_is_called() -> None:
    class Inside(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.inner = compiled(torch.nn.ReLU())

        def forward(self, x: Any) -> Any:
            return self.inner(x).sum()

    for module, name in ((compiled(torch.nn.ReLU()), "input"), (Inside(), "x")):
        with pytest.raises(ReadError, match=r"is compiled by torch\.jit"):
            expression_of(module, given={name: x})


# --- loops over arrays ---------------------------------------------------------------------------------------------

K = sizes("K")
k = index("k", 1, K)
z, y = real("z", n, k), labels("y", n, k)
MARGINS = Sum(Sum(iverson(Unequal(k, y[n])) * Max(0, z[n, k] - z[n, y[n]] + 1), k), n) / N


def by_skipping(scores: Any, y: Any) -> Any:
    total = 0.0
    for row in range(scores.shape[0]):
        for cls in range(scores.shape[1]):
            if cls == y[row]:
                continue
            total += max(0, scores[row, cls] - scores[row, y[row]] + 1)
    return total / scores.shape[0]


def by_rows(scores: Any, y: Any) -> Any:
    total = 0.0
    count, classes = scores.shape
    for i in range(count):
        row = scores[i]
        for j in range(classes):
            if j != y[i]:
                total += np.maximum(0, row[j] - row[y[i]] + 1)
    return total / count


def of_tensors(scores: Any, y: Any) -> Any:
    assert torch.is_tensor(scores)
    total = 0.0
    for i in range(len(scores)):
        for j in range(scores.shape[1]):
            if j != y[i]:
                total += max(0, scores[i, j] - scores[i, y[i]] + 1)
    return total / len(scores)


@pytest.mark.parametrize("function", [by_skipping, by_rows, of_tensors], ids=lambda f: f.__name__)
def test_loops_over_arrays_count_from_zero_and_are_compared_with_the_function(function: Callable[..., Any]) -> None:
    found = reading(function, {"scores": z, "y": y}, None)
    assert COMPUTED in found.notes
    assert_equal(found.derivation.lines[-1], MARGINS)


def writes_to_a_row(x: Any) -> Any:
    total = 0.0
    for i in range(len(x)):
        total += x[i]
    first = x[0]
    first += torch.tensor(1.0)
    return total + x[0]


def keeps_the_first_sum(x: Any) -> Any:
    total = x[0]
    for i in range(len(x)):
        total += x[i]
    return total + x[0]


@pytest.mark.parametrize("function", [writes_to_a_row, keeps_the_first_sum], ids=lambda f: f.__name__)
def test_a_loop_that_writes_to_a_view_is_no_formula(function: Callable[..., Any]) -> None:
    torch.is_tensor(0)
    with pytest.raises(ReadError):
        expression_of(function, given={"x": x})
