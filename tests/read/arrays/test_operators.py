"""Each operator that is read, against the real library: what was read has the value that the function returns.

Reading compares on random data over sizes from 1 on; here it is asked for over shapes, axes and options, so that every
operator of the tables is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from deltasift import index, labels, pmf, positive, real, sizes
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make frameworks")
F = torch.nn.functional

N, K, T = sizes("N K T")
n, k, t = index("n", 1, N), index("k", 1, K), index("t", 0, T - 1)
c = index("c", 0, 2)  # an axis of three
x, u = real("x", n), real("u", n)
pos, other = positive("pos", n), positive("other", n)
unit = real("unit", n, above=0, below=1)
z, v = real("z", n, k), real("v", n, k)
a = real("a", n, t, k)
m = real("m", k)
s = real("s", k, n)
three = real("three", n, c)
y = labels("y", n, k)
j = labels("j", n, 0, 2)
bit = labels("bit", n, 0, 1)
q = pmf("q", k, given=n, positive=True)
square = real("square", n, index("o", 1, N))

TORCH: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    # arithmetic and functions
    "arithmetic": (lambda x, u: (2 * x - u) / (3 + u**2) + -x * 0.25, {"x": x, "u": u}),
    "reflected": (lambda x: 1 - x + 2 / (1 + x * x) + 2**x, {"x": x}),
    "functions": (lambda x: torch.exp(x) + x.tanh() + torch.sin(x) + torch.expm1(x), {"x": x}),
    "logs": (lambda pos: pos.log() + torch.log1p(pos) + pos.log2() + torch.log10(pos), {"pos": pos}),
    "roots": (lambda pos: pos.sqrt() + torch.rsqrt(pos) + pos**0.5 + pos.reciprocal(), {"pos": pos}),
    "square": (lambda x: torch.square(x) + x.pow(2) + torch.pow(x, 3), {"x": x}),
    "powers": (lambda pos, x: pos**x, {"pos": pos, "x": x}),
    "sigmoid": (lambda x: torch.sigmoid(x) + F.logsigmoid(x) + F.softplus(x) + x.sigmoid(), {"x": x}),
    "softplus beta": (lambda x: F.softplus(x, beta=2), {"x": x}),
    "relu": (lambda x: F.relu(x) + torch.relu(-x) + F.leaky_relu(x, 0.1) + F.elu(x), {"x": x}),
    "abs sign": (lambda x: x.abs() + torch.abs(x - 1) + torch.sign(x), {"x": x}),
    "clamp": (lambda x: x.clamp(min=-1) + x.clamp(max=1) + torch.clamp(x, -0.5, 0.5), {"x": x}),
    "clamp min max": (lambda x: torch.clamp_min(x, 0) + x.clip(-1, 1), {"x": x}),
    "extremes of two": (lambda x, u: torch.maximum(x, u) - torch.min(x, u) + torch.max(x, u), {"x": x, "u": u}),
    "logaddexp": (lambda x, u: torch.logaddexp(x, u), {"x": x, "u": u}),
    "xlogy": (lambda bit, pos: torch.xlogy(bit.double(), pos), {"bit": bit, "pos": pos}),
    "lgamma": (lambda pos: torch.lgamma(pos), {"pos": pos}),
    "erf": (lambda x: torch.erf(x), {"x": x}),
    # broadcasting
    "row and column": (lambda z, x, m: z * x[:, None] + m, {"z": z, "x": x, "m": m}),
    "column against row": (lambda x, u: x.unsqueeze(1) - u, {"x": x, "u": u}),
    "keepdim": (lambda z: z - z.mean(dim=1, keepdim=True), {"z": z}),
    # truths
    "comparisons": (lambda x, u: (x > u).double() + (x <= 0.5) * 2 + (x != u), {"x": x, "u": u}),
    "comparisons of integers": (lambda y: (y == 0).float() + (y >= 1).float() + (y < 2).float(), {"y": y}),
    "connectives": (lambda x, bit: ((x > 0) & (bit == 1) | ~(x < 1)).double(), {"x": x, "bit": bit}),
    "logical": (lambda x, u: torch.logical_and(x > 0, torch.logical_not(u > 0)).double(), {"x": x, "u": u}),
    "all any": (lambda z: (z > 0).all().double() + (z > 1).any().double(), {"z": z}),
    "where": (lambda x, u: torch.where(x > 0, x, u) + torch.where(u < 0, u, 0.0), {"x": x, "u": u}),
    "where of a mask": (lambda x: torch.where(x > 0, torch.log1p(x.abs()), torch.zeros_like(x)), {"x": x}),
    "masked_fill": (lambda x: x.masked_fill(x < 0, 0.5), {"x": x}),
    "mask as factor": (lambda x, bit: bit * x + (1 - bit) * x**2, {"x": x, "bit": bit}),
    # folds
    "sums": (lambda a: a.sum(), {"a": a}),
    "sum over axes": (lambda a: a.sum((0, 2)), {"a": a}),
    "sum over one": (lambda a: torch.sum(a, dim=-1), {"a": a}),
    "means": (lambda a: a.mean(1) + torch.mean(a, dim=(1,)), {"a": a}),
    "mean of all": (lambda z: z.mean() + torch.mean(z * z), {"z": z}),
    "prod": (lambda z: z.prod(1) + torch.prod(z, 1, keepdim=True)[:, 0], {"z": z}),
    "logsumexp": (lambda z: torch.logsumexp(z, 1) + z.logsumexp(dim=-1), {"z": z}),
    "softmax": (lambda z: z.softmax(1) + torch.softmax(z, dim=0), {"z": z}),
    "log_softmax": (lambda z: F.log_softmax(z, dim=1) + z.log_softmax(-1), {"z": z}),
    "variance": (lambda z: z.var() + z.var(0, unbiased=False).sum() + torch.var(z, dim=1).sum(), {"z": z}),
    "deviation": (lambda z: z.std(1, correction=0), {"z": z}),
    "norms": (lambda z: z.norm(dim=1) + torch.norm(z) + torch.linalg.norm(z, dim=1) + z.norm(p=1), {"z": z}),
    "norms of any order": (
        lambda z: torch.linalg.vector_norm(z, ord=3, dim=1) + z.norm(p=4, dim=1) + torch.norm(z, p=float("inf"), dim=1),
        {"z": z},
    ),
    "cumsum": (lambda z: z.cumsum(1) + torch.cumsum(z, dim=0), {"z": z}),
    "extremes of three": (lambda three: torch.stack([three[:, 0], three[:, 1]]).amax(0), {"three": three}),
    "numel": (lambda z: z.sum() / z.numel() + z.size(0) * z.shape[1] + len(z), {"z": z}),
    # products
    "matmul": (lambda z, s: z @ s, {"z": z, "s": s}),
    "matmul of vectors": (lambda z, m: z @ m + torch.mv(z, m), {"z": z, "m": m}),
    "dot": (lambda x, u: torch.dot(x, u) + x @ u, {"x": x, "u": u}),
    "einsum": (lambda z, v: torch.einsum("nk,nk->n", z, v), {"z": z, "v": v}),
    "einsum of matrices": (lambda z, v: torch.einsum("ik,jk->ij", z, v), {"z": z, "v": v}),
    "bmm": (lambda a: torch.bmm(a, a.transpose(1, 2)), {"a": a}),
    "linear": (lambda z, v: F.linear(z, v), {"z": z, "v": v}),
    "cdist": (lambda z, v: torch.cdist(z, v) ** 2, {"z": z, "v": v}),
    "outer": (lambda x, m: torch.outer(x, m), {"x": x, "m": m}),
    # picks
    "gather": (lambda z, y: z.gather(1, y.unsqueeze(1)).squeeze(1), {"z": z, "y": y}),
    "take_along_dim": (lambda z, y: torch.take_along_dim(z, y[:, None], dim=1), {"z": z, "y": y}),
    "fancy": (lambda z, y: z[torch.arange(len(y)), y] + z[range(z.shape[0]), y], {"z": z, "y": y}),
    "labels pick": (lambda m, y: m[y] + torch.index_select(m, 0, y), {"m": m, "y": y}),
    "one_hot": (lambda z, y: (F.one_hot(y, z.size(1)) * z).sum(1), {"z": z, "y": y}),
    "one_hot of three": (lambda three, j: F.one_hot(j, num_classes=3) * three, {"three": three, "j": j}),
    "scatter": (lambda z, y: torch.zeros_like(z).scatter_(1, y.unsqueeze(1), 1.0) * z, {"z": z, "y": y}),
    "scatter value": (lambda z, y: z.scatter(1, y[:, None], 0.5), {"z": z, "y": y}),
    "eye": (lambda y, z: torch.eye(z.shape[1])[y] * z, {"y": y, "z": z}),
    "full": (lambda z: torch.full((z.shape[0],), 0.25) + torch.ones(z.shape).sum(1), {"z": z}),
    "full_like": (lambda z: torch.full_like(z, 2.0) * z - torch.ones_like(z), {"z": z}),
    "arange": (lambda z: torch.arange(z.shape[1]) * z + torch.arange(1, z.shape[1] + 1), {"z": z}),
    "diagonal": (lambda square: square.diagonal() + torch.diag(square), {"square": square}),
    "trace": (lambda square: torch.trace(square), {"square": square}),
    "triangles": (lambda square: square.tril() + torch.triu(square, diagonal=1) * 2, {"square": square}),
    "triangle mask": (
        lambda square: (square * torch.tril(torch.ones(square.shape[0], square.shape[0]))).sum(),
        {"square": square},
    ),
    "mask picks": (lambda x, bit: x[bit == 1].sum() + x[x > 0].mean(), {"x": x, "bit": bit}),
    "mask picks rows": (lambda z, y: F.cross_entropy(z[y != 0], y[y != 0], reduction="sum"), {"z": z, "y": y}),
    "masked_select": (lambda x, bit: torch.masked_select(x, bit.bool()).sum(), {"x": x, "bit": bit}),
    # shapes
    "slices": (lambda a: a[:, 1:] - a[:, :-1], {"a": a}),
    "slices of the end": (lambda a: a[..., :-1].sum() + a[:, -1] + a[:, 0].sum(), {"a": a}),
    "slices of three": (lambda three: three[:, :2].sum(1) + three[:, 2] + three[:, 1:3].mean(1), {"three": three}),
    "flip": (lambda z: torch.flip(z, dims=[1]), {"z": z}),
    "none": (lambda x: x[None, :] * x[:, None], {"x": x}),
    "transpose": (lambda a: a.transpose(1, 2).permute(2, 0, 1).movedim(0, -1), {"a": a}),
    "t": (lambda z: z.t() + z.T, {"z": z}),
    "view": (lambda a: a.view(a.shape[0], -1).sum(1), {"a": a}),
    "view merges": (lambda a: a.reshape(-1, a.size(-1)).mean(0), {"a": a}),
    "view splits": (lambda a: a.view(-1, a.size(2)).view(a.shape[0], a.shape[1], a.shape[2]), {"a": a}),
    "flatten": (lambda a: a.flatten().sum() + a.flatten(1).sum(1), {"a": a}),
    "expand": (lambda x, z: x[:, None].expand(-1, z.shape[1]) + x.unsqueeze(1).expand_as(z), {"x": x, "z": z}),
    "repeat": (lambda m, z: m.unsqueeze(0).repeat(z.shape[0], 1), {"m": m, "z": z}),
    "stack": (lambda x, u: torch.stack([x, u, x * u], dim=1).sum(1), {"x": x, "u": u}),
    "stack softmax": (lambda x, u: torch.stack([x, u], dim=1).log_softmax(1)[:, 1], {"x": x, "u": u}),
    "cat": (lambda z, v: torch.cat([z, v], dim=0).sum(0), {"z": z, "v": v}),
    "cat columns": (lambda x, z: torch.cat([x.unsqueeze(1), z], dim=1).logsumexp(1), {"x": x, "z": z}),
    "unbind": (lambda three: three.unbind(1)[0] + three.unbind(1)[2], {"three": three}),
    "casts": (lambda y, x: y.float() * x.double() + y.to(torch.float32) + (x > 0).to(x.dtype), {"y": y, "x": x}),
    "detach": (lambda x: x.detach().clone() + x.contiguous(), {"x": x}),
}

NUMPY: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "arithmetic": (
        lambda x, u: np.add(x, u) * np.subtract(x, 2) / (1 + np.square(u)) - np.negative(x),
        {"x": x, "u": u},
    ),
    "functions": (lambda x: np.exp(x) + np.tanh(x) + np.cos(x) + np.expm1(x) + np.abs(x) + np.sign(x), {"x": x}),
    "logs": (lambda pos: np.log(pos) + np.log1p(pos) + np.log2(pos) + np.log10(pos) + np.sqrt(pos), {"pos": pos}),
    "norms of any order": (
        lambda z: np.linalg.norm(z, ord=3, axis=1) + np.linalg.norm(z, 1, 1) + np.linalg.norm(z, np.inf, axis=1),
        {"z": z},
    ),
    "powers": (lambda pos, x: np.power(pos, x) + pos**2 + np.power(pos, 0.5), {"pos": pos, "x": x}),
    "constants": (lambda x: x * np.log(2) + np.log(2 * np.pi) + np.sqrt(2.0) + np.e, {"x": x}),
    "clip": (lambda x: np.clip(x, -1, 1) + x.clip(0) + np.maximum(x, 0) + np.minimum(x, 0.5), {"x": x}),
    "logaddexp": (lambda x, u: np.logaddexp(x, u) + np.logaddexp(0, x), {"x": x, "u": u}),
    "comparisons": (lambda x, u: (x > u) * 1.0 + np.equal(x, u) + (x <= u).astype(float), {"x": x, "u": u}),
    "connectives": (lambda x, u: np.logical_or(x > 0, u > 0) & ~(x > 1), {"x": x, "u": u}),
    "where": (lambda x, u: np.where(x > u, x, -u) + np.where(x > 0, x, 0), {"x": x, "u": u}),
    "all any": (lambda z: np.all(z > 0) + 1.0 * np.any(z > 1, axis=1).sum(), {"z": z}),
    "sums": (lambda a: np.sum(a, axis=(0, 2)) + a.sum(axis=2).sum(axis=0), {"a": a}),
    "means": (lambda z: z.mean(axis=0) + np.mean(z, axis=0, keepdims=True)[0], {"z": z}),
    "prod": (lambda z: np.prod(z, axis=1) + z.prod(axis=1), {"z": z}),
    "average": (lambda z, pos: np.average(z, axis=0, weights=pos) + np.average(z[:, 0]), {"z": z, "pos": pos}),
    "variance": (lambda z: np.var(z) + z.var(axis=0).sum() + np.std(z, axis=1, ddof=0).sum(), {"z": z}),
    "variance ddof": (lambda z: np.var(z, axis=0, ddof=1), {"z": z}),
    "norm": (lambda z: np.linalg.norm(z, axis=1) + np.linalg.norm(z), {"z": z}),
    "cumsum": (lambda z: np.cumsum(z, axis=1) + z.cumsum(axis=0), {"z": z}),
    "reduce": (lambda z: np.add.reduce(z, axis=1) + np.multiply.reduce(z, axis=1), {"z": z}),
    "python sum": (lambda x: sum(x) / len(x) + float(np.sum(x)), {"x": x}),
    "matmul": (lambda z, s, m: z @ s @ z @ m + np.dot(z, m) + np.matmul(z, m), {"z": z, "s": s, "m": m}),
    "einsum": (lambda z, v: np.einsum("nk,nk->", z, v) + np.inner(z, v).sum() + np.vdot(1, 1) * 0, {"z": z, "v": v}),
    "outer": (lambda x, m: np.outer(x, m), {"x": x, "m": m}),
    "take_along_axis": (lambda z, y: np.take_along_axis(z, y[:, None], axis=1)[:, 0], {"z": z, "y": y}),
    "fancy": (lambda z, y: z[np.arange(len(y)), y] + z[range(len(y)), y], {"z": z, "y": y}),
    "take": (lambda m, y: np.take(m, y) + m[y] + np.take(m, y, axis=0), {"m": m, "y": y}),
    "eye": (lambda z, y: np.eye(z.shape[1])[y] * z + np.identity(z.shape[1])[y], {"z": z, "y": y}),
    "full": (lambda z: np.full(z.shape, 0.5) * z + np.zeros(z.shape) + np.ones((z.shape[0], 1)), {"z": z}),
    "like": (lambda z: np.full_like(z, 2) * z - np.ones_like(z) + np.zeros_like(z), {"z": z}),
    "arange": (lambda z: np.arange(z.shape[1]) * z + np.arange(1, z.shape[1] + 1), {"z": z}),
    "shape": (lambda z: z.sum() / z.size + z.shape[0] * np.size(z, 1) + np.shape(z)[1], {"z": z}),
    "diagonal": (lambda square: np.diagonal(square) + np.diag(square) + np.trace(square), {"square": square}),
    "triangles": (lambda square: np.tril(square) - np.triu(square, k=1), {"square": square}),
    "mask picks": (lambda x, bit: x[bit == 1].sum() + x[x > 0].mean(), {"x": x, "bit": bit}),
    "count": (lambda x: np.count_nonzero(x > 0) + (x > 0).sum(), {"x": x}),
    "slices": (lambda a: a[:, 1:] - a[:, :-1], {"a": a}),
    "backwards": (lambda z: z[:, ::-1] + np.flip(z, axis=1), {"z": z}),
    "newaxis": (lambda x: x[np.newaxis, :] + x[:, np.newaxis], {"x": x}),
    "transpose": (lambda a: np.transpose(a, (2, 0, 1)) + a.transpose(2, 0, 1) + np.moveaxis(a, 2, 0), {"a": a}),
    "T": (lambda z: z.T + np.swapaxes(z, 0, 1), {"z": z}),
    "reshape": (lambda a: a.reshape(a.shape[0], -1).sum(axis=1) + np.reshape(a, (len(a), -1)).sum(1), {"a": a}),
    "ravel": (lambda z: z.ravel().sum() + np.sum(z.flatten()), {"z": z}),
    "expand_dims": (lambda x, z: np.expand_dims(x, 1) * z + np.broadcast_to(x[:, None], z.shape), {"x": x, "z": z}),
    "squeeze": (lambda x: np.squeeze(x[:, None], axis=1), {"x": x}),
    "stack": (lambda x, u: np.stack([x, u], axis=1).sum(axis=1) + np.stack((x, u)).mean(0), {"x": x, "u": u}),
    "concatenate": (lambda z, v: np.concatenate([z, v], axis=0).sum(axis=0), {"z": z, "v": v}),
    "written entries": (lambda z, y: _one_hot_by_writing(z, y) * z, {"z": z, "y": y}),
    "written column": (lambda z: _first_column(z), {"z": z}),
    "written mask": (lambda z: _where_positive(z), {"z": z}),
    "in place": (lambda z: _shifted_in_place(z), {"z": z}),
    "astype": (lambda y, x: y.astype(np.float64) * x + (x > 0).astype(int), {"y": y, "x": x}),
}


def _one_hot_by_writing(z: Any, y: Any) -> Any:
    rows = np.zeros((len(y), z.shape[1]))
    rows[np.arange(len(y)), y] = 1
    return rows


def _first_column(z: Any) -> Any:
    out = np.zeros_like(z)
    out[:, 0] = z.sum(axis=1)
    return out


def _where_positive(z: Any) -> Any:
    out = z * 1
    out[z < 0] = 0
    return out


def _shifted_in_place(z: Any) -> Any:
    out = z * 2
    out -= z.mean(axis=1, keepdims=True)
    out /= 3
    return out


@pytest.mark.parametrize("name", TORCH)
def test_operators_of_torch(name: str) -> None:
    function, given = TORCH[name]
    assert reading(function, given, None).notes[-1] == COMPUTED


@pytest.mark.parametrize("name", NUMPY)
def test_operators_of_numpy(name: str) -> None:
    function, given = NUMPY[name]
    assert reading(function, given, None).notes[-1] == COMPUTED
