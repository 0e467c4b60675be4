"""Losses of JAX and optax that were written after everything that reads and proves them."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import optax

from benchmarks.loss_cases import BCE, CE, N, h, k, loss, n, t, u, x, y, z
from deltasift import Abs, Max, Piecewise, S, Sum, exp


def other(formula: Any, *, right: bool = True, **given: Any) -> Any:
    return loss("jax", formula, right=right, **given)


@other(BCE, logits=x, labels=t)
def binary_by_softplus(logits, labels):
    return jnp.mean(jax.nn.softplus(logits) - labels * logits)


@other(BCE, right=False, logits=x, labels=t)
def binary_of_the_negative(logits, labels):
    return jnp.mean(jax.nn.softplus(-logits) - labels * logits)


@other(CE, logits=z, labels=y)
def by_nn_one_hot(logits, labels):
    return -jnp.mean(jnp.sum(jax.nn.one_hot(labels, logits.shape[1]) * jax.nn.log_softmax(logits), axis=1))


@other(CE, right=False, logits=z, labels=y)
def log_softmax_over_examples(logits, labels):
    return -jnp.mean(jnp.sum(jax.nn.one_hot(labels, logits.shape[1]) * jax.nn.log_softmax(logits, axis=0), axis=1))


HUBER = Sum(Piecewise(((x[n] - u[n]) ** 2 / 2, Abs(x[n] - u[n]) <= 1), (Abs(x[n] - u[n]) - S(1) / 2, True)), n) / N


@other(HUBER, p=x, t=u)
def optax_huber(p, t):
    return optax.huber_loss(p, t).mean()


@other(Sum(Max(0, 1 - (2 * t[n] - 1) * x[n]), n) / N, f=x, y=t)
def optax_hinge(f, y):
    return optax.hinge_loss(f, 2 * y - 1).mean()


ELBO = Sum(Sum(exp(h[n, k]) + z[n, k] ** 2 - 1 - h[n, k], k), n) / (2 * N)


@other(ELBO, mu=z, logvar=h)
def latent_divergence(mu, logvar):
    return 0.5 * jnp.mean(jnp.sum(jnp.exp(logvar) + jnp.square(mu) - 1.0 - logvar, axis=-1))


@other(ELBO, right=False, mu=z, logvar=h)
def latent_divergence_of_deviations(mu, logvar):
    return 0.5 * jnp.mean(jnp.sum(jnp.exp(logvar) ** 2 + jnp.square(mu) - 1.0 - logvar, axis=-1))
