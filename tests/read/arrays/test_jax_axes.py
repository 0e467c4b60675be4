"""Axes, picks, writes, masks and products of JAX: what is read is what it returns, over shapes, axes and options.

Whatever is read has been compared with the function on random data; here it must have been, and nothing is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deltasift import Sum, assert_equal, delta, expression_of, index, iverson, labels, real, sizes
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

jax = pytest.importorskip("jax", reason="JAX is not installed: make frameworks")
jnp = jax.numpy

N, K, T = sizes("N K T")
n, k, t = index("n", 1, N), index("k", 1, K), index("t", 1, T)
x, z, v = real("x", n, k, t), real("z", n, k), real("v", n, k)
s, r, m = real("s", k, n), real("r", n), real("m", k)
q, three = real("q", n, index("o", 1, N)), real("three", n, index("c", 0, 2))
y, word, j = labels("y", n, k), labels("word", (n, t), k), labels("j", n, 0, 2)
b = labels("b", (n, k), 0, 1)
NAMES = {"x": x, "z": z, "v": v, "s": s, "r": r, "m": m, "q": q, "three": three, "y": y, "word": word, "j": j, "b": b}

FOLDS: dict[str, Callable[..., Any]] = {
    "sum": lambda x: jnp.sum(x, axis=(0, 2)) + jnp.sum(x, axis=(-1, 0), keepdims=True)[0, :, 0],
    "mean": lambda x: jnp.mean(x, axis=1, keepdims=True) + jnp.mean(x),
    "max": lambda x: jnp.max(x, axis=-1) - jnp.min(x, axis=-1, keepdims=True)[..., 0],
    "prod": lambda z: jnp.prod(z, axis=0, keepdims=True),
    "var": lambda x: jnp.var(x, axis=(0, 2), keepdims=True, ddof=1),
    "logsumexp": lambda x: jax.nn.logsumexp(x, axis=1, keepdims=True) + jax.nn.logsumexp(x, axis=-1)[..., None],
    "weighted logsumexp": lambda z, v: jax.nn.logsumexp(z, axis=1, b=v**2 + 1),
    "norm": lambda z: jnp.linalg.norm(z, axis=0) + jnp.linalg.norm(z, ord=3, axis=0),
    "softmax": lambda x: jax.nn.softmax(x, axis=1) - jax.nn.log_softmax(x, axis=0),
    "cumsum": lambda x: jnp.cumsum(x, axis=1),
    "of some": lambda z, b: jnp.mean(z, axis=0, where=b == 1) + jnp.max(z, where=b == 1, initial=-5.0),
    "average": lambda z, m: jnp.average(z, axis=1, weights=m**2 + 1),
    "truths": lambda z: jnp.any(z > 0, axis=0) * 1.0 + jnp.all(z > 0, axis=0) + jnp.count_nonzero(z > 0, axis=0),
}
SHAPES: dict[str, Callable[..., Any]] = {
    "transpose": lambda x: jnp.transpose(x, (2, 0, 1)) * jnp.moveaxis(x, -1, 0) + jnp.swapaxes(x, 0, 2).swapaxes(1, 2),
    "joined": lambda x: jnp.concatenate([x, 2 * x], axis=1) + jnp.concatenate([x, x], axis=1),
    "stacked": lambda x: jnp.stack([x, 2 * x], axis=-1),
    "padded": lambda z: jnp.pad(z, ((0, 0), (1, 0))),
    "repeated": lambda m, z: jnp.tile(m[None], (z.shape[0], 1)) + jnp.broadcast_to(m, z.shape),
    "parts": lambda x, three: x[0, ..., -1].sum() + three[:, :2].sum(1) + jnp.split(three, 3, axis=1)[1][:, 0],
    "differences": lambda x: jnp.diff(x, axis=1),
    "merged": lambda x: x.reshape(-1, x.shape[-1]).mean(0),
    "mapped": lambda z, s: jax.vmap(lambda a, c: a @ c, in_axes=(0, 1))(z, s),
    "mapped twice": lambda z, v: jax.vmap(lambda a: jax.vmap(lambda c: ((a - c) ** 2).sum())(v))(z),
}
PRODUCTS: dict[str, Callable[..., Any]] = {
    "nk,nk->n": lambda z, v: jnp.einsum("nk,nk->n", z, v),
    "nk,ki->in": lambda z, s: jnp.einsum("nk,ki->in", z, s),
    "nkt,k->tn": lambda x, m: jnp.einsum("nkt,k->tn", x, m),
    "ii->i": lambda q: jnp.einsum("ii->i", q) + jnp.einsum("ij->ji", q)[0],
    "of three": lambda z, v, r: jnp.einsum("nk,nk,n->k", z, v, r),
    "with dots": lambda z, m: jnp.einsum("...k,k->...", z, m),
    "of batches": lambda x: x @ jnp.swapaxes(x, 1, 2),
    "tensordot": lambda z, v, r, m: jnp.tensordot(z, v, axes=[[1], [1]]).sum(1) + jnp.outer(r, m).sum(1),
}
PICKS: dict[str, Callable[..., Any]] = {
    "along 0": lambda s, y: jnp.take_along_axis(s, y[None, :], axis=0)[0],
    "along -1": lambda x, word: jnp.take_along_axis(jnp.swapaxes(x, 1, 2), word[..., None], axis=-1)[..., 0],
    "take": lambda m, y, s: jnp.take(m, y) + jnp.take(s, y, axis=0)[:, 0],
    "columns": lambda z, y: z[:, y],
    "by rows": lambda z, y: z[jnp.arange(len(y)), y],
    "of sentences": lambda x, word: x[jnp.arange(len(word))[:, None], word, jnp.arange(word.shape[1])[None, :]],
    "one hot": lambda s, y: jax.nn.one_hot(y, s.shape[0], axis=0) * s,
    "one hot of three": lambda j, three: jax.nn.one_hot(j, 3) * three,
    "triangles": lambda q: jnp.triu(q, k=1) + jnp.tril(q, -1) * 2 + jnp.tril(q),
    "a mask": lambda q: jnp.where(jnp.tril(jnp.ones_like(q)) == 1, q, 0.0),
    "diagonals": lambda q: jnp.diag(q) + jnp.trace(q) + jnp.eye(q.shape[0], k=1).sum(0),
    "causal": lambda q: jax.nn.softmax(
        jnp.where(jnp.arange(len(q))[:, None] >= jnp.arange(len(q))[None, :], q, -jnp.inf), axis=-1
    ),
}
PUTS: dict[str, Callable[..., Any]] = {
    "set": lambda z, y: jnp.zeros_like(z).at[jnp.arange(len(y)), y].set(1.0) * z,
    "add": lambda z, y: z.at[jnp.arange(len(y)), y].add(-1.0),
    "multiply": lambda z, y: z.at[jnp.arange(len(y)), y].multiply(2.0),
    "a row": lambda z: z.at[0].set(0.0) + z.at[:, 0].add(1.0),
    "a slice": lambda z: z.at[:, 1:].set(0.0),
    "counts": lambda m, y: jnp.zeros(m.shape[0]).at[y].add(1.0) + jnp.bincount(y, length=m.shape[0]),
    "segments": lambda r, y, m: jax.ops.segment_sum(r, y, num_segments=len(m)),
}
CASES: dict[str, Callable[..., Any]] = {
    "select": lambda r: jnp.select([r > 1, r < -1], [r - 1, -r - 1], 0.0),
    "cond": lambda r: jax.lax.cond(r.sum() > 0, lambda a: a, lambda a: -2 * a, r),
    "switch": lambda r: jax.vmap(lambda a: jax.lax.switch((a > 0) + 1 * (a > 1), [lambda: a, lambda: a**2]))(r),
    "against infinity": lambda r: jnp.nan_to_num(r) + jnp.isfinite(r) + jnp.isnan(r),
}
TABLES = {"folds": FOLDS, "shapes": SHAPES, "products": PRODUCTS, "picks": PICKS, "puts": PUTS, "cases": CASES}
ALL = [(f"{table}: {name}", f) for table, found in TABLES.items() for name, f in found.items()]


@pytest.mark.parametrize("function", [f for _, f in ALL], ids=[name for name, _ in ALL])
def test_what_is_read_of_jax_is_what_it_returns(function: Callable[..., Any]) -> None:
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    found = reading(function, {name: NAMES[name] for name in names}, None)
    assert found.ran
    assert COMPUTED in found.notes


def test_what_is_added_at_labels_is_a_sum_over_those_that_name_the_place() -> None:
    counts = expression_of(lambda m, y: jnp.zeros(len(m)).at[y].add(m[y]), given={"m": m, "y": y})
    assert_equal(counts, m[k] * Sum(delta(k, y[n]), n))


# --- loops ---------------------------------------------------------------------------------------------------------

NLL = expression_of(lambda z, y: (jax.nn.logsumexp(z, axis=1) - z[jnp.arange(len(y)), y]).sum(), given={"z": z, "y": y})


def scanned(z: Any, y: Any) -> Any:
    def step(total: Any, row: Any) -> Any:
        return total + jax.nn.logsumexp(row[0]) - row[0][row[1]], None

    return jax.lax.scan(step, 0.0, (z, y))[0]


def mapped(z: Any, y: Any) -> Any:
    return jax.lax.map(lambda row: jax.nn.logsumexp(row[0]) - row[0][row[1]], (z, y)).sum()


def counted(z: Any, y: Any) -> Any:
    return jax.lax.fori_loop(0, z.shape[0], lambda i, total: total + jax.nn.logsumexp(z[i]) - z[i][y[i]], 0.0)


@pytest.mark.parametrize("function", [scanned, mapped, counted], ids=lambda f: f.__name__)
def test_loops_of_jax_are_sums_over_their_turns(function: Callable[..., Any]) -> None:
    assert_equal(expression_of(function, given={"z": z, "y": y}), NLL)


def test_a_mask_of_truths_is_a_bracket() -> None:
    found = expression_of(lambda q: jnp.where(jnp.tril(jnp.ones_like(q)) == 1, q, 0.0).sum(), given={"q": q})
    o = index("o", 1, N)
    assert_equal(found, Sum(Sum(iverson(o <= n) * q[n, o], o), n))
