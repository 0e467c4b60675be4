"""Losses of NumPy that were written after everything that reads and proves them."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.loss_cases import N, c, k, loss, n, prob, t, tau, u, v, w, x, z
from deltasift import Abs, Max, Min, S, Sum, log, real, sqrt

beta = real("beta", k)


def other(formula: Any, *, right: bool = True, **given: Any) -> Any:
    return loss("numpy", formula, right=right, **given)


RMSLE = sqrt(Sum((log(1 + c[n]) - log(1 + v[n])) ** 2, n) / N)


@other(RMSLE, y=c, p=v)
def rmsle(y, p):
    return np.sqrt(np.mean((np.log1p(y) - np.log1p(p)) ** 2))


@other(RMSLE, right=False, y=c, p=v)
def rmsle_without_one(y, p):
    return np.sqrt(np.mean((np.log(y) - np.log(p)) ** 2))


MAPE = 100 * Sum(Abs(c[n] - x[n]) / c[n], n) / N


@other(MAPE, y=c, p=x)
def mape(y, p):
    return 100 * np.mean(np.abs((y - p) / y))


@other(MAPE, right=False, y=c, p=v)
def mape_of_the_prediction(y, p):
    return 100 * np.mean(np.abs(y - p) / p)


RIDGE = Sum((Sum(z[n, k] * beta[k], k) - u[n]) ** 2, n) / N + tau * Sum(beta[k] ** 2, k)


@other(RIDGE, X=z, beta=beta, y=u, lam=tau)
def ridge(X, beta, y, lam):
    residual = X @ beta - y
    return residual @ residual / len(y) + lam * beta @ beta


@other(RIDGE, right=False, X=z, beta=beta, y=u, lam=tau)
def ridge_of_means(X, beta, y, lam):
    return np.mean((X @ beta - y) ** 2) + lam * np.mean(beta**2)


DEVIANCE = 2 * Sum(c[n] * log(c[n] / v[n]) - c[n] + v[n], n) / N


@other(DEVIANCE, y=c, mu=v)
def poisson_deviance(y, mu):
    return 2 * np.mean(y * np.log(y) - y * np.log(mu) - (y - mu))


@other(DEVIANCE, right=False, y=c, mu=v)
def poisson_deviance_turned(y, mu):
    return 2 * np.mean(mu * np.log(mu / y) - (mu - y))


TINY = S(1) / 10**15
CUT = Max(Min(prob[n], 1 - TINY), TINY)
LOG_LOSS = -Sum(t[n] * log(CUT) + (1 - t[n]) * log(1 - CUT), n) / N


@other(LOG_LOSS, y=t, p=prob)
def clipped_log_loss(y, p, eps=1e-15):
    p = np.clip(p, eps, 1 - eps)
    return -np.average(y * np.log(p) + (1 - y) * np.log(1 - p))


@other(LOG_LOSS, right=False, y=t, p=prob)
def clipped_log_loss_of_ones(y, p, eps=1e-15):
    p = np.clip(p, eps, 1 - eps)
    return -np.mean(y * np.log(p))


R2 = 1 - Sum((x[n] - u[n]) ** 2, n) / Sum((x[n] - Sum(x[n], n) / N) ** 2, n)


@other(Sum((x[n] - Sum(x[n], n) / N) ** 2, n), y=x)
def total_of_squares(y):
    return np.sum(y**2) - np.sum(y) ** 2 / y.size


@other(Sum((x[n] - Sum(x[n], n) / N) ** 2, n), right=False, y=x)
def total_of_squares_of_the_mean(y):
    return np.sum(y**2) - np.mean(y) ** 2


SQUARED_HINGE = Sum(Max(0, 1 - (2 * t[n] - 1) * x[n]) ** 2, n) / N


@other(SQUARED_HINGE, y=t, f=x)
def squared_hinge(y, f):
    signs = np.where(y == 1, 1, -1)
    return np.mean(np.maximum(0, 1 - signs * f) ** 2)


@other(SQUARED_HINGE, right=False, y=t, f=x)
def squared_hinge_of_bits(y, f):
    return np.mean(np.maximum(0, 1 - y * f) ** 2)


@other(Sum(w[k] * Sum((z[n, k] - Sum(z[n, k], n) / N) ** 2, n), k) / N, x=z, w=w)
def weighted_variance(x, w):
    return np.var(x, axis=0) @ w


@other(Sum(w[k] * Sum((z[n, k] - Sum(z[n, k], n) / N) ** 2, n), k) / N, right=False, x=z, w=w)
def weighted_variance_of_rows(x, w):
    return np.mean((x - x.mean()) ** 2, axis=0) @ w
