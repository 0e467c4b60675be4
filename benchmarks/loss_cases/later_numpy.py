"""More losses of NumPy, in the styles in which people publish them, written after the others were proved."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.loss_cases import (
    BCE_OF,
    CE,
    HINGE,
    MSE,
    N,
    T,
    alpha,
    c,
    i,
    k,
    loss,
    n,
    p,
    prob,
    q,
    s,
    t,
    tau,
    u,
    x,
    y,
    z,
)
from deltasift import Abs, Equality, Max, Piecewise, S, Sum, exp, iverson, log, positive, real, sqrt

K = k.hi
b = positive("b", n)
xx = real("xx", n, s)
lam = positive("lam")
w = real("w", k)


def later(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("numpy", formula, right=right, facts=facts, **given)


@later(CE, scores=z, y=y)
def cs231n_softmax(scores, y):
    num_train = scores.shape[0]
    scores = scores - np.max(scores, axis=1, keepdims=True)
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    return np.sum(-np.log(probs[range(num_train), y])) / num_train


@later(CE, right=False, scores=z, y=y)
def cs231n_softmax_over_examples(scores, y):
    num_train = scores.shape[0]
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores, axis=0, keepdims=True)
    return np.sum(-np.log(probs[range(num_train), y])) / num_train


SVM = Sum(Sum(Piecewise((0, Equality(k, y[n])), (Max(0, z[n, k] - z[n, y[n]] + 1), True)), k), n) / N


@later(SVM, scores=z, y=y)
def cs231n_svm(scores, y):
    num_train = scores.shape[0]
    correct = scores[np.arange(num_train), y][:, np.newaxis]
    margins = np.maximum(0, scores - correct + 1)
    margins[np.arange(num_train), y] = 0
    return np.sum(margins) / num_train


@later(SVM, right=False, scores=z, y=y)
def cs231n_svm_with_the_own_class(scores, y):
    num_train = scores.shape[0]
    correct = scores[np.arange(num_train), y][:, np.newaxis]
    return np.sum(np.maximum(0, scores - correct + 1)) / num_train


@later(SVM, scores=z, y=y)
def svm_less_the_own_class(scores, y):
    correct = scores[np.arange(len(y)), y].reshape(-1, 1)
    return (np.maximum(0, scores - correct + 1).sum() - len(y)) / len(y)


@later(Sum((x[n] - u[n]) ** 2, n) / (2 * N) + lam * Sum(w[k] ** 2, k) / 2, pred=x, y=u, w=w, reg=lam)
def ridge(pred, y, w, reg):
    return 0.5 * np.mean((pred - y) ** 2) + 0.5 * reg * np.sum(w * w)


@later(Sum((x[n] - u[n]) ** 2, n) / (2 * N) + lam * Sum(w[k] ** 2, k) / 2, right=False, pred=x, y=u, w=w, reg=lam)
def ridge_of_the_length(pred, y, w, reg):
    return 0.5 * np.mean((pred - y) ** 2) + 0.5 * reg * np.linalg.norm(w)


@later(MSE, a=x, b=u)
def mse_by_dot(a, b):
    d = a - b
    return np.dot(d, d) / len(d)


@later(MSE, right=False, a=x, b=u)
def rmse(a, b):
    return np.sqrt(((a - b) ** 2).mean())


@later(BCE_OF, y_true=t, y_pred=prob)
def log_loss(y_true, y_pred):
    return -np.average(y_true * np.log(y_pred) + (1 - y_true) * np.log(1 - y_pred))


@later(BCE_OF, y_true=t, y_pred=prob)
def log_loss_by_where(y_true, y_pred):
    return -np.mean(np.log(np.where(y_true == 1, y_pred, 1 - y_pred)))


@later(BCE_OF, right=False, y_true=t, y_pred=prob)
def log_loss_of_ones(y_true, y_pred):
    return -np.mean(y_true * np.log(y_pred))


@later(HINGE, y=t, f=x)
def hinge_of_zero_and_one(y, f):
    return np.maximum(0.0, 1.0 - (2 * y - 1) * f).mean()


@later(HINGE, right=False, y=t, f=x)
def hinge_of_zero_and_one_taken_for_signs(y, f):
    return np.maximum(0.0, 1.0 - y * f).mean()


QUANTILE = Sum(Piecewise((alpha * (u[n] - x[n]), u[n] >= x[n]), ((1 - alpha) * (x[n] - u[n]), True)), n) / N


@later(QUANTILE, y=u, f=x, tau=alpha)
def quantile(y, f, tau):
    e = y - f
    return np.mean(np.maximum(tau * e, (tau - 1) * e))


@later(QUANTILE, right=False, y=u, f=x, tau=alpha)
def quantile_without_the_sign(y, f, tau):
    e = y - f
    return np.mean(np.maximum(tau * e, (1 - tau) * e))


LOGISTIC = Sum(log(1 + exp(-(2 * t[n] - 1) * x[n])), n) / N


@later(LOGISTIC, y=t, f=x)
def logistic_by_logaddexp(y, f):
    return np.mean(np.logaddexp(0, -(2 * y - 1) * f))


@later(LOGISTIC, right=False, y=t, f=x)
def logistic_by_logaddexp_turned(y, f):
    return np.mean(np.logaddexp(0, (2 * y - 1) * f))


JS = (
    Sum(Sum(p[n, k] * log(2 * p[n, k] / (p[n, k] + q[n, k])), k), n)
    + Sum(Sum(q[n, k] * log(2 * q[n, k] / (p[n, k] + q[n, k])), k), n)
) / (2 * N)


@later(JS, p=p, q=q)
def jensen_shannon(p, q):
    m = 0.5 * (p + q)
    kl_pm = np.sum(p * np.log(p / m), axis=1)
    kl_qm = np.sum(q * np.log(q / m), axis=1)
    return 0.5 * (kl_pm + kl_qm).mean()


@later(JS, right=False, p=p, q=q)
def jensen_shannon_once(p, q):
    m = 0.5 * (p + q)
    return np.sum(p * np.log(p / m), axis=1).mean()


HELLINGER = Sum(1 - Sum(sqrt(p[n, k] * q[n, k]), k), n) / N


@later(HELLINGER, p=p, q=q)
def hellinger(p, q):
    return (1 - np.sqrt(p * q).sum(axis=1)).mean()


@later(HELLINGER, p=p, q=q)
def hellinger_by_differences(p, q):
    return (0.5 * ((np.sqrt(p) - np.sqrt(q)) ** 2).sum(axis=1)).mean()


BRIER = Sum(Sum((p[n, k] - iverson(Equality(k, y[n]))) ** 2, k), n) / N


@later(BRIER, p=p, y=y)
def brier(p, y):
    onehot = np.eye(p.shape[1])[y]
    return np.mean(np.sum((p - onehot) ** 2, axis=1))


@later(BRIER, right=False, p=p, y=y)
def brier_over_classes(p, y):
    onehot = np.eye(p.shape[1])[y]
    return np.mean((p - onehot) ** 2)


@later(Sum(b[n] - u[n] * log(b[n] + S(1) / 10**8), n) / N, pred=b, true=u)
def poisson_deviance(pred, true):
    return np.mean(pred - true * np.log(pred + 1e-8))


GAMMA = Sum(2 * (log(b[n] / c[n]) + c[n] / b[n] - 1), n) / N


@later(GAMMA, mu=b, y=c)
def gamma_deviance(mu, y):
    return 2 * np.mean(np.log(mu / y) + y / mu - 1)


@later(GAMMA, right=False, mu=b, y=c)
def gamma_deviance_turned(mu, y):
    return 2 * np.mean(np.log(y / mu) + y / mu - 1)


@later(Sum((log(1 + b[n]) - log(1 + c[n])) ** 2, n) / N, y=b, f=c)
def msle(y, f):
    return np.mean((np.log1p(y) - np.log1p(f)) ** 2)


@later(Sum((log(1 + b[n]) - log(1 + c[n])) ** 2, n) / N, right=False, y=b, f=c)
def msle_of_the_logarithm(y, f):
    return np.mean((np.log(y) - np.log(f)) ** 2)


MAPE = 100 * Sum(Abs(c[n] - x[n]) / c[n], n) / N


@later(MAPE, actual=c, forecast=x)
def mape(actual, forecast):
    return np.mean(np.abs((actual - forecast) / actual)) * 100


@later(MAPE, right=False, actual=c, forecast=x)
def wape(actual, forecast):
    return np.abs(actual - forecast).sum() / actual.sum() * 100


CONTRAST = Sum(Sum((xx[n, s] - Sum(xx[n, s], s) / T) ** 2, s) / T, n) / N


@later(CONTRAST, x=xx)
def mean_of_variances(x):
    return np.var(x, axis=1).mean()


@later(CONTRAST, x=xx)
def mean_of_variances_by_squares(x):
    return ((x**2).mean(axis=1) - x.mean(axis=1) ** 2).mean()


@later(CONTRAST, right=False, facts=[T >= 2], x=xx)
def mean_of_variances_corrected(x):
    return np.var(x, axis=1, ddof=1).mean()


MMD = (
    Sum(Sum(exp(-((x[n] - x[i]) ** 2) / tau), i), n)
    + Sum(Sum(exp(-((u[n] - u[i]) ** 2) / tau), i), n)
    - 2 * Sum(Sum(exp(-((x[n] - u[i]) ** 2) / tau), i), n)
) / N**2


@later(MMD, x=x, y=u, h=tau)
def mmd(x, y, h):
    kxx = np.exp(-((x[:, None] - x[None, :]) ** 2) / h)
    kyy = np.exp(-((y[:, None] - y[None, :]) ** 2) / h)
    kxy = np.exp(-((x[:, None] - y[None, :]) ** 2) / h)
    return kxx.mean() + kyy.mean() - 2 * kxy.mean()


@later(MMD, right=False, x=x, y=u, h=tau)
def mmd_once_crossed(x, y, h):
    kxx = np.exp(-((x[:, None] - x[None, :]) ** 2) / h)
    kyy = np.exp(-((y[:, None] - y[None, :]) ** 2) / h)
    kxy = np.exp(-((x[:, None] - y[None, :]) ** 2) / h)
    return kxx.mean() + kyy.mean() - kxy.mean()


RANKNET = Sum(Sum(log(1 + exp(-(x[n] - x[i]))), i), n) / N**2


@later(RANKNET, s=x)
def ranknet_of_all_pairs(s):
    d = s[:, None] - s[None, :]
    return np.log1p(np.exp(-d)).mean()


@later(SVM, scores=z, y=y)
def svm_in_loops(scores, y):
    total = 0.0
    for row in range(scores.shape[0]):
        for cls in range(scores.shape[1]):
            if cls == y[row]:
                continue
            total += max(0, scores[row, cls] - scores[row, y[row]] + 1)
    return total / scores.shape[0]
