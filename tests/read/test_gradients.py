"""Gradients: read from a program they are proved to be the derivative of the loss; those of a library are compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from deltasift import (
    Derivative,
    ReadError,
    Sum,
    assert_equal,
    assert_implements,
    exp,
    expression_of,
    index,
    labels,
    log,
    real,
    sigma,
    sizes,
)

N, K = sizes("N K")
n, k, i, j = index("n", 1, N), index("k", 1, K), index("i", 1, N), index("j", 1, K)
y, t = labels("y", n, k), labels("t", n, 0, 1)
z, x, u, w, X = real("z", n, k), real("x", n), real("u", n), real("w", k), real("X", n, k)
CROSS_ENTROPY = Sum(log(Sum(exp(z[n, k]), k)) - z[n, y[n]], n) / N
LOGISTIC = -Sum(t[n] * log(sigma(x[n])) + (1 - t[n]) * log(1 - sigma(x[n])), n) / N
SQUARES = Sum((Sum(X[n, k] * w[k], k) - u[n]) ** 2, n) / N


def of_cross_entropy(z: Any, y: Any) -> Any:
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


def of_the_sum(z: Any, y: Any) -> Any:
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return p - np.eye(z.shape[1])[y]


def of_logits(x: Any, t: Any) -> Any:
    return (1 / (1 + np.exp(-x)) - t) / len(x)


def of_squares(w: Any, X: Any, u: Any) -> Any:
    return 2 * X.T @ (X @ w - u) / len(u)


@pytest.mark.parametrize(
    ("function", "given", "loss", "at"),
    [
        (of_cross_entropy, {"z": z, "y": y}, CROSS_ENTROPY, z[i, j]),
        (of_logits, {"x": x, "t": t}, LOGISTIC, x[i]),
        (of_squares, {"w": w, "X": X, "u": u}, SQUARES, w[j]),
    ],
)
def test_a_gradient_is_the_derivative(function: Any, given: Any, loss: Any, at: Any) -> None:
    indices = {2: (i, j), 1: i if at.args[0] == x.symbol else j}[len(at.args) - 1]
    entry = expression_of(function, given=given, at=indices)
    assert_equal(entry, Derivative(loss, at), given=indices, accept="proof")


def test_a_gradient_that_forgets_the_mean_is_refuted() -> None:
    entry = expression_of(of_the_sum, given={"z": z, "y": y}, at=(i, j))
    with pytest.raises(AssertionError, match="not equal at K = 2, N = 2"):
        assert_equal(entry, Derivative(CROSS_ENTROPY, z[i, j]), given=(i, j))


def test_indices_are_those_of_the_domains_unless_others_are_asked_for() -> None:
    entry = expression_of(of_logits, given={"x": x, "t": t})
    assert_equal(entry, Derivative(LOGISTIC, x[n]), given=n, accept="proof")


def test_indices_of_other_ranges_are_refused() -> None:
    with pytest.raises(ReadError, match=r"one index for each axis of what is returned, of the ranges 1\.\.N, 1\.\."):
        expression_of(of_cross_entropy, given={"z": z, "y": y}, at=(j, i))


def test_a_gradient_of_autograd_is_compared_with_the_derivative() -> None:
    torch = pytest.importorskip("torch")

    def gradient(z: Any, y: Any) -> Any:
        z = z.clone().requires_grad_(True)
        torch.nn.functional.cross_entropy(z, y).backward()
        return z.grad

    def of_the_sum(z: Any, y: Any) -> Any:
        z = z.clone().requires_grad_(True)
        torch.nn.functional.cross_entropy(z, y, reduction="sum").backward()
        return z.grad

    formula = Derivative(CROSS_ENTROPY, z[i, j])
    assert_implements(gradient, formula, over=(i, j), arrays=torch.as_tensor, examples=20)
    with pytest.raises(AssertionError, match="N = 2"):
        assert_implements(of_the_sum, formula, over=(i, j), arrays=torch.as_tensor, examples=20)


def test_a_gradient_of_jax_is_compared_with_the_derivative() -> None:
    jax = pytest.importorskip("jax")

    def loss(x: Any, t: Any) -> Any:
        return jax.numpy.mean(jax.numpy.logaddexp(0, x) - t * x)

    formula = Derivative(LOGISTIC, x[i])
    assert_implements(jax.grad(loss), formula, over=i, arrays=jax.numpy.asarray, examples=10)
