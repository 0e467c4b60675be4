"""Losses of JAX with loops, writes to entries, masks and branches, written after these were read."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from benchmarks.loss_cases import BCE, CE, MSE, N, T, k, loss, lse, n, p, s, t, tau, u, x, y, z
from deltasift import Abs, Max, Piecewise, S, Sum, Unequal, delta, exp, iverson, labels, log, real

K = k.hi
seq, word = real("seq", n, s, k), labels("word", (n, s), k)
TOKENS = Sum(Sum(log(Sum(exp(seq[n, s, k]), k)) - seq[n, s, word[n, s]], s), n) / (N * T)
HUBER = Sum(Piecewise(((x[n] - u[n]) ** 2 / 2, Abs(x[n] - u[n]) <= 1), (Abs(x[n] - u[n]) - S(1) / 2, True)), n) / N


def rows(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("jax", formula, right=right, facts=facts, **given)


@rows(CE, logits=z, labels=y)
def cross_entropy_by_scan(logits, labels):
    def step(total, row):
        scores, label = row
        return total + jax.nn.logsumexp(scores) - scores[label], None

    total, _ = jax.lax.scan(step, 0.0, (logits, labels))
    return total / len(labels)


@rows(CE, right=False, logits=z, labels=y)
def cross_entropy_by_scan_of_probabilities(logits, labels):
    def step(total, row):
        scores, label = row
        return total - jax.nn.log_softmax(jax.nn.softmax(scores))[label], None

    total, _ = jax.lax.scan(step, 0.0, (logits, labels))
    return total / len(labels)


@rows(CE, logits=z, labels=y)
def cross_entropy_by_map(logits, labels):
    return jax.lax.map(lambda row: -jax.nn.log_softmax(row[0])[row[1]], (logits, labels)).mean()


@rows(MSE, a=x, b=u)
def squares_by_counting(a, b):
    return jax.lax.fori_loop(0, a.shape[0], lambda i, total: total + (a[i] - b[i]) ** 2, 0.0) / len(a)


@rows(MSE, right=False, a=x, b=u)
def squares_of_the_sum(a, b):
    return jax.lax.fori_loop(0, a.shape[0], lambda i, total: total + (a[i] - b[i]), 0.0) ** 2 / len(a)


@rows(CE, logits=z, labels=y)
def cross_entropy_by_scatter(logits, labels):
    target = jnp.zeros_like(logits).at[jnp.arange(len(labels)), labels].set(1.0)
    return -(target * jax.nn.log_softmax(logits, axis=-1)).sum() / len(labels)


@rows(CE, right=False, logits=z, labels=y)
def cross_entropy_of_the_first_column(logits, labels):
    target = jnp.zeros_like(logits).at[:, 0].set(1.0)
    return -(target * jax.nn.log_softmax(logits, axis=-1)).sum() / len(labels)


SMOOTH = S(9) / 10 * (lse(n) - z[n, y[n]]) + S(1) / 10 * Sum(lse(n) - z[n, k], k) / K


@rows(Sum(SMOOTH, n) / N, logits=z, labels=y)
def smoothed_by_adding(logits, labels):
    classes = logits.shape[1]
    target = jnp.full_like(logits, 0.1) / classes
    target = target.at[jnp.arange(len(labels)), labels].add(0.9)
    return -(target * jax.nn.log_softmax(logits)).sum(axis=1).mean()


@rows(Sum(SMOOTH, n) / N, right=False, logits=z, labels=y)
def smoothed_by_setting(logits, labels):
    classes = logits.shape[1]
    target = jnp.full_like(logits, 0.1) / classes
    target = target.at[jnp.arange(len(labels)), labels].set(0.9)
    return -(target * jax.nn.log_softmax(logits)).sum(axis=1).mean()


@rows(TOKENS, logits=seq, tokens=word)
def tokens_along_the_last_axis(logits, tokens):
    logs = jax.nn.log_softmax(logits, axis=-1)
    return -jnp.take_along_axis(logs, tokens[..., None], axis=-1).squeeze(-1).mean()


@rows(TOKENS, right=False, logits=seq, tokens=word)
def tokens_normalised_over_time(logits, tokens):
    logs = jax.nn.log_softmax(logits, axis=1)
    return -jnp.take_along_axis(logs, tokens[..., None], axis=-1).squeeze(-1).mean()


@rows(HUBER, a=x, b=u)
def huber_by_select(a, b):
    r = jnp.abs(a - b)
    return jnp.select([r <= 1], [0.5 * r**2], r - 0.5).mean()


@rows(HUBER, a=x, b=u)
def huber_by_cond(a, b):
    def one(r):
        return jax.lax.cond(jnp.abs(r) <= 1, lambda r: 0.5 * r**2, lambda r: jnp.abs(r) - 0.5, r)

    return jax.vmap(one)(a - b).mean()


@rows(HUBER, right=False, a=x, b=u)
def huber_with_exchanged_branches(a, b):
    def one(r):
        return jax.lax.cond(jnp.abs(r) <= 1, lambda r: jnp.abs(r) - 0.5, lambda r: 0.5 * r**2, r)

    return jax.vmap(one)(a - b).mean()


@rows(Sum(Sum(delta(k, y[n]) * (x[n] - u[n]) ** 2, n), k) / N, a=x, b=u, groups=y, weight=real("weight", k))
def squares_by_groups(a, b, groups, weight):
    return jax.ops.segment_sum((a - b) ** 2, groups, num_segments=len(weight)).sum() / len(a)


@rows(BCE, logits=x, labels=t)
def bits_by_where(logits, labels):
    return -jnp.where(labels == 1, jax.nn.log_sigmoid(logits), jax.nn.log_sigmoid(-logits)).mean()


@rows(BCE, right=False, logits=x, labels=t)
def bits_by_where_without_the_sign(logits, labels):
    return -jnp.where(labels == 1, jax.nn.log_sigmoid(logits), jax.nn.log_sigmoid(logits)).mean()


@rows(Sum(Sum(p[n, k] * (lse(n) - z[n, k]), k), n) / N, target=p, logits=z)
def targets_by_einsum(target, logits):
    return -jnp.einsum("nk,nk->", target, jax.nn.log_softmax(logits)) / logits.shape[0]


KEPT = iverson(Unequal(y[n], 1))


@rows(Sum(KEPT * (lse(n) - z[n, y[n]]), n) / Sum(KEPT, n), facts=[Unequal(Sum(KEPT, n), 0)], logits=z, labels=y)
def mean_of_the_kept(logits, labels):
    each = -jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], axis=1)[:, 0]
    return jnp.mean(each, where=labels != 0)


@rows(Sum(Max(0, tau - x[n] + u[n]), n) / N, near=x, far=u, margin=tau)
def triplets_of_scores(near, far, margin):
    return jax.nn.relu(margin - near + far).mean()


@rows(Sum(Max(0, tau - x[n] + u[n]), n) / N, right=False, near=x, far=u, margin=tau)
def triplets_of_the_mean(near, far, margin):
    return jax.nn.relu((margin - near + far).mean())
