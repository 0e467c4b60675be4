"""Losses of JAX and optax."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import optax

from benchmarks.loss_cases import BCE, CE, MSE, N, k, log_p, loss, n, p, t, u, x, y, z
from deltasift import Sum


def jax_loss(formula: Any, *, right: bool = True, **given: Any) -> Any:
    return loss("jax", formula, right=right, **given)


@jax_loss(CE, z=z, y=y)
def cross_entropy(z, y):
    return -jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1).mean()


@jax_loss(CE, z=z, y=y)
def cross_entropy_one_hot(z, y):
    return -jnp.mean(jnp.sum(jax.nn.one_hot(y, z.shape[-1]) * jax.nn.log_softmax(z), axis=-1))


@jax_loss(CE, z=z, y=y)
def cross_entropy_mapped(z, y):
    return jax.vmap(lambda row, label: jax.nn.logsumexp(row) - row[label])(z, y).mean()


@jax_loss(CE, right=False, z=z, y=y)
def cross_entropy_mean_of_all(z, y):
    return -jnp.mean(jax.nn.one_hot(y, z.shape[-1]) * jax.nn.log_softmax(z))


@jax_loss(CE, z=z, y=y)
def optax_labels(z, y):
    return optax.softmax_cross_entropy_with_integer_labels(z, y).mean()


@jax_loss(-Sum(Sum(p[n, k] * log_p(n, k), k), n) / N, z=z, p=p)
def optax_soft(z, p):
    return optax.softmax_cross_entropy(z, p).mean()


@jax_loss(BCE, x=x, t=t)
def optax_binary(x, t):
    return optax.sigmoid_binary_cross_entropy(x, t).mean()


@jax_loss(BCE, right=False, x=x, t=t)
def binary_of_sigmoid(x, t):
    return optax.sigmoid_binary_cross_entropy(jax.nn.sigmoid(x), t).mean()


@jax_loss(MSE, right=False, x=x, u=u)
def optax_l2(x, u):
    return optax.l2_loss(x, u).mean()


@jax_loss(MSE, x=x, u=u)
def optax_square(x, u):
    return optax.squared_error(x, u).mean()
