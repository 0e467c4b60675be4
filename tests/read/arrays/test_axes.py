"""What takes axes, over each of them, with and without `keepdim`: what is read is what PyTorch and NumPy return.

Whatever is read has been compared with the function on random data; here it must have been, and nothing is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from deltasift import index, positive, real, sizes
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")

N, K, T = sizes("N K T")
n, k, t = index("n", 1, N), index("k", 1, K), index("t", 1, T)
x, w, row = real("x", n, k, t), positive("w", k, t), positive("row", t)
AXES = (0, 1, -1)
PAIRS = ((0, 2), (-1, 1))

FOLDS = ("sum", "mean", "amax", "amin", "logsumexp")
OF_ONE_AXIS = ("softmax", "log_softmax", "cumsum")
Call = Callable[..., Any]


def torch_cases() -> dict[str, Call]:
    found: dict[str, Call] = {}
    for name, dim, keep in product(FOLDS, (*AXES, *PAIRS), (False, True)):
        function = getattr(torch, name)
        found[f"{name}, {dim}, {keep}"] = lambda x, f=function, d=dim, k=keep: f(torch.abs(x) + 1, dim=d, keepdim=k)
    for dim, keep, correction in product((*AXES, (0, 2)), (False, True), (0, 1)):
        found[f"var, {dim}, {keep}, {correction}"] = lambda x, d=dim, k=keep, c=correction: torch.var(
            x, dim=d, keepdim=k, correction=c
        )
    for dim, keep in product(AXES, (False, True)):
        found[f"prod, {dim}, {keep}"] = lambda x, d=dim, k=keep: torch.prod(x, dim=d, keepdim=k)
        found[f"norm, {dim}, {keep}"] = lambda x, d=dim, k=keep: torch.linalg.vector_norm(x, dim=d, keepdim=k)
        found[f"max, {dim}, {keep}"] = lambda x, d=dim, k=keep: torch.max(x, dim=d, keepdim=k).values
    for name, dim in product(OF_ONE_AXIS, AXES):
        function = getattr(torch, name)
        found[f"{name}, {dim}"] = lambda x, f=function, d=dim: f(x, dim=d)
    for dim, other in ((0, 1), (-1, 0), (1, -2)):
        found[f"transpose, {dim}, {other}"] = lambda x, a=dim, b=other: x.transpose(a, b) * 2
    for dim in (0, 2, 3, -2):
        found[f"unsqueeze, {dim}"] = lambda x, d=dim: x.unsqueeze(d) + 1
        found[f"stack, {dim}"] = lambda x, d=dim: torch.stack([x, 2 * x], dim=d)
    for dim in AXES:
        found[f"cat, {dim}"] = lambda x, d=dim: torch.cat([x, 2 * x], dim=d)
    for order in ((2, 0, 1), (1, 0, 2), (-1, 0, 1)):
        found[f"permute, {order}"] = lambda x, o=order: x.permute(*o) * x.permute(*o)
    return found


def numpy_cases() -> dict[str, Call]:
    found: dict[str, Call] = {}
    for name, axis, keep in product(("sum", "mean", "max", "min", "prod"), (*AXES, *PAIRS, None), (False, True)):
        function = getattr(np, name)
        found[f"{name}, {axis}, {keep}"] = lambda x, f=function, a=axis, k=keep: f(x, axis=a, keepdims=k)
    for axis, keep, ddof in product((*AXES, (0, 2), None), (False, True), (0, 1)):
        found[f"var, {axis}, {keep}, {ddof}"] = lambda x, a=axis, k=keep, d=ddof: np.var(x, axis=a, keepdims=k, ddof=d)
    for axis in AXES:
        found[f"cumsum, {axis}"] = lambda x, a=axis: np.cumsum(x, axis=a)
        found[f"concatenate, {axis}"] = lambda x, a=axis: np.concatenate([x, 2 * x], axis=a)
    for axis in (0, 3, -2):
        found[f"expand_dims, {axis}"] = lambda x, a=axis: np.expand_dims(x, a) + 1
        found[f"stack, {axis}"] = lambda x, a=axis: np.stack([x, 2 * x], axis=a)
    for axes in ((2, 0, 1), (1, 0, 2)):
        found[f"transpose, {axes}"] = lambda x, a=axes: np.transpose(x, a) * 2
    found["swapaxes"] = lambda x: np.swapaxes(x, 0, -1) * 2
    found["moveaxis"] = lambda x: np.moveaxis(x, 0, -1) * 2
    return found


def broadcasts() -> dict[str, Call]:
    return {
        "a matrix to the right": lambda x, w, row: x * w,
        "a row": lambda x, w, row: x / row,
        "a row as a matrix": lambda x, w, row: x - row[None, :],
        "a column": lambda x, w, row: x * w[:, :1],
        "a matrix before a new axis": lambda x, w, row: x.sum(-1)[..., None] + x,
        "a mean taken off": lambda x, w, row: x - x.mean(1)[:, None],
        "the outer difference": lambda x, w, row: row[:, None] - row[None, :],
        "a matrix product": lambda x, w, row: x @ w.T,
        "a product with a row": lambda x, w, row: x @ row,
        "slices": lambda x, w, row: x[:, 1:] - x[:, :-1],
    }


OF_TORCH, OF_NUMPY, BROADCASTS = torch_cases(), numpy_cases(), broadcasts()


def is_compared(function: Call, **given: Any) -> bool:
    found = reading(function, given, None)
    return found.ran and COMPUTED in found.notes


@pytest.mark.parametrize("name", OF_TORCH)
def test_axes_of_torch(name: str) -> None:
    assert is_compared(OF_TORCH[name], x=x)


@pytest.mark.parametrize("name", OF_NUMPY)
def test_axes_of_numpy(name: str) -> None:
    assert is_compared(OF_NUMPY[name], x=x)


@pytest.mark.parametrize("name", BROADCASTS)
def test_arrays_meet_from_the_right(name: str) -> None:
    assert is_compared(BROADCASTS[name], x=x, w=w, row=row)
