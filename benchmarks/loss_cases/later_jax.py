"""More losses of JAX and optax, in the styles in which people publish them, written after the others were proved."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import optax

from benchmarks.loss_cases import BCE, CE, N, T, alpha, h, i, k, log_p, loss, lse, n, p, s, t, tau, u, v, x, y, z
from deltasift import Abs, Max, Piecewise, S, Sum, exp, labels, log, positive, real, sigma

K = k.hi
delta = positive("delta")
zz, yy = real("zz", n, s, k), labels("yy", (n, s), k)


def later(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("jax", formula, right=right, facts=facts, **given)


SHIFT = Sum(Sum(log(Sum(exp(zz[n, s, k]), k)) - zz[n, s, yy[n, s + 1]], (s.symbol, 1, T - 1)), n) / (N * (T - 1))


@later(SHIFT, facts=[T >= 2], logits=zz, tokens=yy)
def flax_causal_lm(logits, tokens):
    losses = optax.softmax_cross_entropy_with_integer_labels(logits[:, :-1], tokens[:, 1:])
    return losses.mean()


@later(SHIFT, right=False, facts=[T >= 2], logits=zz, tokens=yy)
def flax_causal_lm_without_shift(logits, tokens):
    return optax.softmax_cross_entropy_with_integer_labels(logits[:, 1:], tokens[:, 1:]).mean()


SMOOTHED = Sum((1 - alpha) * (lse(n) - z[n, y[n]]) + alpha * (lse(n) - Sum(z[n, k], k) / K), n) / N


@later(SMOOTHED, logits=z, labels=y, alpha=alpha)
def smooth_of_optax(logits, labels, alpha):
    onehot = jax.nn.one_hot(labels, logits.shape[-1])
    return optax.softmax_cross_entropy(logits, optax.smooth_labels(onehot, alpha)).mean()


@later(SMOOTHED, right=False, logits=z, labels=y, alpha=alpha)
def smooth_without_the_number_of_classes(logits, labels, alpha):
    onehot = jax.nn.one_hot(labels, logits.shape[-1])
    return optax.softmax_cross_entropy(logits, onehot * (1 - alpha) + alpha).mean()


@later(BCE, logits=x, labels=t)
def sigmoid_bce(logits, labels):
    return optax.sigmoid_binary_cross_entropy(logits, labels).mean()


@later(BCE, right=False, logits=x, labels=t)
def sigmoid_bce_sum(logits, labels):
    return optax.sigmoid_binary_cross_entropy(logits, labels).sum()


HUBER = (
    Sum(
        Piecewise(((x[n] - u[n]) ** 2 / 2, Abs(x[n] - u[n]) <= delta), (delta * (Abs(x[n] - u[n]) - delta / 2), True)),
        n,
    )
    / N
)


@later(HUBER, a=x, b=u, delta=delta)
def huber_by_where(a, b, delta):
    r = jnp.abs(a - b)
    return jnp.mean(jnp.where(r <= delta, 0.5 * r**2, delta * (r - 0.5 * delta)))


@later(HUBER, right=False, a=x, b=u, delta=delta)
def huber_by_where_turned(a, b, delta):
    r = jnp.abs(a - b)
    return jnp.mean(jnp.where(r > delta, 0.5 * r**2, delta * (r - 0.5 * delta)))


ELBO = -S(1) / 2 * Sum(Sum(1 + h[n, k] - z[n, k] ** 2 - exp(h[n, k]), k), n) / N


@later(ELBO, mean=z, logvar=h)
def flax_vae_kl(mean, logvar):
    @jax.vmap
    def kl_divergence(mean, logvar):
        return -0.5 * jnp.sum(1 + logvar - jnp.square(mean) - jnp.exp(logvar))

    return kl_divergence(mean, logvar).mean()


@later(ELBO, right=False, mean=z, logvar=h)
def flax_vae_kl_of_the_root(mean, logvar):
    return -0.5 * jnp.mean(jnp.sum(1 + logvar - jnp.square(mean) - jnp.exp(0.5 * logvar), axis=-1))


CLIP = (
    Sum(log(Sum(exp(Sum(z[n, k] * h[i, k], k) / tau), i)) - Sum(z[n, k] * h[n, k], k) / tau, n) / N
    + Sum(log(Sum(exp(Sum(z[i, k] * h[n, k], k) / tau), i)) - Sum(z[n, k] * h[n, k], k) / tau, n) / N
) / 2


@later(CLIP, image=z, text=h, tau=tau)
def clip_of_jax(image, text, tau):
    logits = jnp.einsum("id,jd->ij", image, text) / tau
    rows = jax.nn.logsumexp(logits, axis=1) - jnp.diagonal(logits)
    columns = jax.nn.logsumexp(logits, axis=0) - jnp.diagonal(logits)
    return (rows.mean() + columns.mean()) / 2


@later(CLIP, right=False, image=z, text=h, tau=tau)
def clip_of_jax_twice_the_rows(image, text, tau):
    logits = jnp.einsum("id,jd->ij", image, text) / tau
    rows = jax.nn.logsumexp(logits, axis=1) - jnp.diagonal(logits)
    return rows.mean()


@later(-Sum(log_p(n, y[n]) * u[n], n) / N, logits=z, actions=y, advantages=u)
def policy_gradient(logits, actions, advantages):
    logp = jax.nn.log_softmax(logits)
    chosen = logp[jnp.arange(logp.shape[0]), actions]
    return -jnp.mean(jax.lax.stop_gradient(advantages) * chosen)


@later(-Sum(log_p(n, y[n]) * u[n], n) / N, right=False, logits=z, actions=y, advantages=u)
def policy_gradient_of_the_sum(logits, actions, advantages):
    logp = jax.nn.log_softmax(logits)
    return -jnp.mean(advantages[:, None] * logp)


LOG_COSH = Sum(log((exp(x[n] - u[n]) + exp(u[n] - x[n])) / 2), n) / N


@later(LOG_COSH, a=x, b=u)
def log_cosh_of_optax(a, b):
    return optax.log_cosh(a, b).mean()


@later(LOG_COSH, right=False, a=x, b=u)
def log_cosh_of_optax_scaled(a, b):
    return optax.log_cosh(2 * a, 2 * b).mean()


@later(CE, logits=z, labels=y)
def ce_by_one_hot_einsum(logits, labels):
    onehot = jax.nn.one_hot(labels, logits.shape[1])
    return -jnp.einsum("nk,nk->", onehot, jax.nn.log_softmax(logits)) / logits.shape[0]


@later(CE, right=False, logits=z, labels=y)
def ce_of_the_softmax(logits, labels):
    onehot = jax.nn.one_hot(labels, logits.shape[1])
    return -jnp.einsum("nk,nk->", onehot, jax.nn.softmax(logits)) / logits.shape[0]


@later(Sum(Sum(p[n, k] * (log(p[n, k]) - log_p(n, k)), k), n) / N, logits=z, targets=p)
def kl_of_optax(logits, targets):
    return optax.kl_divergence(jax.nn.log_softmax(logits), targets).mean()


@later(Sum(Max(0, 1 - (2 * t[n] - 1) * x[n]), n) / N, scores=x, t=t)
def hinge_of_optax(scores, t):
    return optax.hinge_loss(scores, 2.0 * t - 1.0).mean()


@later(Sum(-log(sigma(tau * (x[n] - u[n]))), n) / N, chosen=x, rejected=u, beta=tau)
def reward_model(chosen, rejected, beta):
    return -jax.nn.log_sigmoid(beta * (chosen - rejected)).mean()


@later(Sum(-log(sigma(tau * (x[n] - u[n]))), n) / N, right=False, chosen=x, rejected=u, beta=tau)
def reward_model_turned(chosen, rejected, beta):
    return -jax.nn.log_sigmoid(beta * (rejected - chosen)).mean()


@later(Sum((log(v[n]) + (x[n] - u[n]) ** 2 / v[n]) / 2, n) / N, mean=x, target=u, var=v)
def gaussian_by_logpdf(mean, target, var):
    return jnp.mean(0.5 * (jnp.log(var) + (target - mean) ** 2 / var))
