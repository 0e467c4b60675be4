"""Losses of NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.loss_cases import (
    BCE,
    BCE_OF,
    CE,
    HINGE,
    MSE,
    N,
    c,
    h,
    k,
    loss,
    n,
    p,
    prob,
    q,
    t,
    u,
    x,
    y,
    z,
)
from deltasift import KL, AverageNLL, S, Sum, define, exp, log, sqrt


def numpy_loss(formula: Any, *, right: bool = True, **given: Any) -> Any:
    return loss("numpy", formula, right=right, **given)


@numpy_loss(AverageNLL(q, y), q=q, y=y)
def average_nll(q, y):
    return -np.log(q[np.arange(len(y)), y]).mean()


@numpy_loss(AverageNLL(q, y), q=q, y=y)
def average_nll_one_hot(q, y):
    target = np.zeros((len(y), q.shape[1]))
    target[np.arange(len(y)), y] = 1
    return -np.sum(target * np.log(q)) / len(y)


@numpy_loss(AverageNLL(q, y), q=q, y=y)
def average_nll_eye(q, y):
    return np.mean(-np.sum(np.eye(q.shape[1])[y] * np.log(q), axis=1))


@numpy_loss(AverageNLL(q, y), q=q, y=y)
def average_nll_along_axis(q, y):
    return -np.mean(np.log(np.take_along_axis(q, y[:, None], axis=1)))


@numpy_loss(AverageNLL(q, y), right=False, q=q, y=y)
def average_over_entries(q, y):
    return -np.mean(np.eye(q.shape[1])[y] * np.log(q))


@numpy_loss(AverageNLL(q, y), right=False, q=q, y=y)
def all_columns(q, y):
    return -np.mean(np.log(q[:, y]))


@numpy_loss(AverageNLL(q, y), right=False, q=q, y=y)
def log_of_the_mean(q, y):
    return -np.log(np.mean(q[np.arange(len(y)), y]))


@numpy_loss(CE, z=z, y=y)
def softmax_cross_entropy(z, y):
    shifted = z - np.max(z, axis=1, keepdims=True)
    log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(len(y)), y].mean()


@numpy_loss(CE, z=z, y=y)
def softmax_then_log(z, y):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return -np.sum(np.log(probs[range(len(y)), y])) / len(y)


@numpy_loss(CE, right=False, z=z, y=y)
def softmax_over_examples(z, y):
    e = np.exp(z)
    probs = e / e.sum(axis=0)
    return -np.log(probs[np.arange(len(y)), y]).mean()


@numpy_loss(BCE, x=x, t=t)
def logistic_loss(x, t):
    return np.mean(np.logaddexp(0, x) - t * x)


@numpy_loss(BCE, x=x, t=t)
def logistic_loss_of_signs(x, t):
    return np.mean(np.log(1 + np.exp(-(2 * t - 1) * x)))


@numpy_loss(BCE, right=False, x=x, t=t)
def logistic_loss_of_bits(x, t):
    return np.mean(np.log(1 + np.exp(-t * x)))


@numpy_loss(BCE_OF, p=prob, t=t)
def binary_cross_entropy(p, t):
    return -np.average(t * np.log(p) + (1 - t) * np.log1p(-p))


@numpy_loss(BCE_OF, p=prob, t=t)
def binary_cross_entropy_by_power(p, t):
    return -np.log(p**t * (1 - p) ** (1 - t)).mean()


@numpy_loss(MSE, x=x, u=u)
def mean_square(x, u):
    return np.square(np.subtract(x, u)).mean()


@numpy_loss(MSE, x=x, u=u)
def mean_square_dot(x, u):
    d = x - u
    return d @ d / d.size


@numpy_loss(sqrt(MSE), x=x, u=u)
def root_mean_square(x, u):
    return np.sqrt(np.mean((x - u) ** 2))


@numpy_loss(sqrt(MSE), right=False, x=x, u=u)
def mean_of_roots(x, u):
    return np.mean(np.sqrt((x - u) ** 2))


@numpy_loss(MSE, right=False, x=x, u=u)
def mean_square_of_columns(x, u):
    return np.mean((x[:, None] - u) ** 2)


@numpy_loss(Sum(c[n] * (x[n] - u[n]) ** 2, n) / Sum(c[n], n), x=x, u=u, c=c)
def weighted_mean_square(x, u, c):
    return np.average((x - u) ** 2, weights=c)


@numpy_loss(Sum(Sum(p[n, k] * log(p[n, k] / q[n, k]), k), n), p=p, q=q)
def divergence(p, q):
    return np.sum(p * np.log(p / q))


@numpy_loss(Sum(Sum(p[n, k] * log(p[n, k] / q[n, k]), k), n), right=False, p=p, q=q)
def divergence_swapped(p, q):
    return np.sum(q * np.log(q / p))


@numpy_loss(HINGE, x=x, t=t)
def hinge(x, t):
    return np.maximum(0, 1 - (2 * t - 1) * x).mean()


@numpy_loss(Sum(log(exp(x[n] - u[n]) + exp(u[n] - x[n])) - log(S(2)), n) / N, x=x, u=u)
def log_cosh(x, u):
    d = x - u
    return np.mean(d + np.log1p(np.exp(-2 * d)) - np.log(2))


MEANS = define("m", k, Sum(z[n, k], n) / N)


@numpy_loss(Sum(Sum((z[n, k] - MEANS[k]) ** 2, k), n) / N, z=z)
def within_variance(z):
    return np.sum(np.var(z, axis=0))


@numpy_loss(Sum(Sum((z[n, k] - h[n, k]) ** 2, k), n) / N, a=z, b=h)
def mean_distance(a, b):
    return np.mean(np.linalg.norm(a - b, axis=1) ** 2)


del KL
