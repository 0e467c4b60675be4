"""JAX functions are read from their jaxpr on symbolic shapes, what is called by a known name at its own level."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from deltasift import ReadError, Sum, assert_equal, exp, expression_of, index, labels, log, positive, real, sizes
from deltasift.read.arrays.library import COMPUTED
from deltasift.read.reading import reading

jax = pytest.importorskip("jax", reason="JAX is not installed: make frameworks")
jnp = jax.numpy

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
x, u, pos = real("x", n), real("u", n), positive("pos", n)
z, v = real("z", n, k), real("v", n, k)
LSE = log(Sum(exp(z[n, k]), k))
CROSS_ENTROPY = Sum(LSE - z[n, y[n]], n) / N


def picked(z: Any, y: Any) -> Any:
    return -jax.nn.log_softmax(z)[jnp.arange(z.shape[0]), y].mean()


def along_axis(z: Any, y: Any) -> Any:
    return -jnp.take_along_axis(jax.nn.log_softmax(z, axis=-1), y[:, None], axis=1).mean()


def one_hot(z: Any, y: Any) -> Any:
    return -jnp.mean(jnp.sum(jax.nn.one_hot(y, z.shape[-1]) * jax.nn.log_softmax(z), axis=-1))


def mapped(z: Any, y: Any) -> Any:
    return jax.vmap(lambda row, label: jax.nn.logsumexp(row) - row[label])(z, y).mean()


def mapped_softmax(z: Any, y: Any) -> Any:
    return jax.vmap(lambda row, label: -jax.nn.log_softmax(row)[label])(z, y).mean()


def compiled(z: Any, y: Any) -> Any:
    return jax.jit(along_axis)(z, y)


@pytest.mark.parametrize("function", [picked, along_axis, one_hot, mapped, mapped_softmax, compiled])
def test_cross_entropies_of_jax_are_proved(function: Callable[..., Any]) -> None:
    assert_equal(expression_of(function, given={"z": z, "y": y}), CROSS_ENTROPY)


def soft(z: Any, y: Any) -> Any:
    return -jnp.log(jax.nn.softmax(z, axis=-1)[jnp.arange(z.shape[0]), y]).mean()


@pytest.mark.parametrize("function", [along_axis, mapped, soft])
def test_calls_with_a_known_name_stay_short(function: Callable[..., Any]) -> None:
    assert "Maximum" not in str(expression_of(function, given={"z": z, "y": y}))


OPERATORS: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "functions": (
        lambda x: jnp.exp(x) + jnp.tanh(x) + jnp.expm1(x) + jnp.abs(x) + jnp.sign(x) + jnp.sin(x) + jax.nn.sigmoid(x),
        {"x": x},
    ),
    "logs": (
        lambda pos: jnp.log(pos) + jnp.log1p(pos) + jnp.sqrt(pos) + jax.lax.rsqrt(pos) + jax.lax.lgamma(pos) + pos**2.5,
        {"pos": pos},
    ),
    "stable": (lambda x, u: jax.nn.softplus(x) + jax.nn.log_sigmoid(u) + jnp.logaddexp(x, u), {"x": x, "u": u}),
    "bounds": (
        lambda x, u: jnp.clip(x, -1, 1) + jax.nn.relu(x) + jnp.maximum(x, u) + jnp.minimum(x, 0.5),
        {"x": x, "u": u},
    ),
    "choices": (
        lambda x, u: jnp.where(x > u, x, 0.0) + (x <= 0) * u + jnp.where((x > 0) & ~(u > 1), 1.0, x),
        {"x": x, "u": u},
    ),
    "folds": (
        lambda z: z.sum(1) + z.mean(axis=1) + z.prod(1) + z.max(1) - jnp.min(z, axis=1) + jax.nn.logsumexp(z, axis=1),
        {"z": z},
    ),
    "spread": (lambda z: jnp.var(z) + jnp.std(z, axis=0).sum() + jnp.linalg.norm(z, axis=1).sum(), {"z": z}),
    "products": (
        lambda z, v: (
            (z @ v.T).sum() + jnp.einsum("nk,nk->", z, v) + jnp.dot(z[0], v[0]) + jnp.outer(z[:, 0], v[0]).sum()
        ),
        {"z": z, "v": v},
    ),
    "shapes": (
        lambda z: z.T.sum(0) + z.reshape(-1).sum() + z[:, None].squeeze(1).sum(-1) + jnp.stack([z, z]).sum((0, 2)),
        {"z": z},
    ),
    "parts": (lambda z: z[:, 1:].sum(1) - z[:, :-1].sum(1) + z[:, -1] + jnp.flip(z, 1)[:, 0], {"z": z}),
    "softmaxes of some": (
        lambda z, v: jax.nn.softmax(jnp.where(v > 0, z, -jnp.inf), axis=1),
        {"z": z, "v": v},
    ),
    "log softmaxes of some": (
        lambda z, v: jnp.where(v > 0, jax.nn.log_softmax(jnp.where(v > 0, z, -jnp.inf), axis=0), 0.0),
        {"z": z, "v": v},
    ),
    "running": (lambda z: jnp.cumsum(z, axis=1), {"z": z}),
    "counted": (lambda z: jnp.arange(z.shape[1]) * z + jnp.eye(z.shape[1])[0] + z.size, {"z": z}),
}


@pytest.mark.parametrize("name", OPERATORS)
def test_operators_of_jax(name: str) -> None:
    function, given = OPERATORS[name]
    assert reading(function, given, None).notes[-1] == COMPUTED


def branch(x: Any) -> Any:
    return x.mean() if jnp.sum(x) > 0 else jnp.sum(x)


def noise(x: Any) -> Any:
    return (x + jax.random.normal(jax.random.key(0), x.shape)).sum()


def argmax(z: Any) -> Any:
    return jnp.argmax(z, axis=1).sum()


def until(x: Any) -> Any:
    return jax.lax.while_loop(lambda c: c < 10, lambda c: c + (x**2).sum() + 1, 0.0)


def moving_mean(x: Any) -> Any:
    return jax.lax.scan(lambda c, v: (0.9 * c + 0.1 * v, v), 0.0, x)[0]


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (branch, "a branch on"),
        (noise, "random"),
        (argmax, "argmax is not read"),
        (until, "ends by a condition"),
        (moving_mean, "otherwise than by adding"),
    ],
)
def test_what_is_no_formula_is_refused(function: Callable[..., Any], words: str) -> None:
    name = function.__code__.co_varnames[0]
    with pytest.raises(ReadError, match=words) as refused:
        expression_of(function, given={name: {"x": x, "z": z}[name]})
    assert refused.value.line == function.__code__.co_firstlineno + 1


def test_losses_of_optax_are_read() -> None:
    optax = pytest.importorskip("optax", reason="optax is not installed: make frameworks")
    loss = expression_of(optax.softmax_cross_entropy_with_integer_labels, given={"logits": z, "labels": y})
    assert_equal(loss, LSE - z[n, y[n]])


def test_a_shifted_loss_of_optax_is_read_and_says_for_which_sizes_it_was_traced() -> None:
    optax = pytest.importorskip("optax", reason="optax is not installed: make frameworks")

    def shifted(z: Any, y: Any) -> Any:
        return optax.softmax_cross_entropy_with_integer_labels(z[:-1], y[1:]).sum()

    found = reading(shifted, {"z": z, "y": y}, None)
    assert "it was traced for sizes of at least 2" in found.notes
    assert_equal(found.derivation.lines[-1], Sum(LSE - z[n, y[n + 1]], (n.symbol, 1, N - 1)))
