"""Losses of NumPy with a loop over the rows, as courses and old code have them, written after loops were read."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.loss_cases import (
    BCE_OF,
    CE,
    HINGE,
    MSE,
    N,
    k,
    log_p,
    loss,
    lse,
    n,
    p,
    prob,
    q,
    t,
    tau,
    u,
    x,
    y,
    z,
    z2,
)
from deltasift import Abs, Max, Piecewise, S, Sum, Unequal, exp, index, iverson, log, positive, sqrt

K = k.hi
m = index("m", 1, N)
margin = positive("margin")


def rows(formula: Any, *, right: bool = True, facts: Any = (), **given: Any) -> Any:
    return loss("numpy", formula, right=right, facts=facts, **given)


@rows(CE, X=z, y=y)
def cross_entropy_of_rows(X, y):
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i] - np.max(X[i])
        loss += -scores[y[i]] + np.log(np.sum(np.exp(scores)))
    return loss / X.shape[0]


@rows(CE, right=False, X=z, y=y)
def cross_entropy_of_rows_over_classes(X, y):
    loss = 0.0
    for i in range(X.shape[0]):
        scores = X[i] - np.max(X[i])
        loss += -scores[y[i]] + np.log(np.sum(np.exp(scores)))
    return loss / X.shape[1]


@rows(Sum(Sum(iverson(Unequal(k, y[n])) * Max(0, z[n, k] - z[n, y[n]] + 1), k), n) / N, X=z, y=y)
def margins_of_rows(X, y):
    total = 0.0
    for row, label in zip(X, y):  # noqa: B905
        margins = np.maximum(0, row - row[label] + 1.0)
        margins[label] = 0
        total += np.sum(margins)
    return total / len(X)


@rows(Sum(Sum(iverson(Unequal(k, y[n])) * Max(0, z[n, k] - z[n, y[n]] + 1), k), n) / N, right=False, X=z, y=y)
def margins_of_all_rows(X, y):
    total = 0.0
    for row, label in zip(X, y):  # noqa: B905
        total += np.sum(np.maximum(0, row - row[label] + 1.0))
    return total / len(X)


@rows(MSE, y_true=x, y_pred=u)
def squares_in_a_list(y_true, y_pred):
    errors = []
    for a, b in zip(y_true, y_pred):  # noqa: B905
        errors.append(np.square(a - b))
    return np.mean(errors)


@rows(sqrt(MSE), right=False, y_true=x, y_pred=u)
def root_of_each_square(y_true, y_pred):
    return np.mean([np.sqrt((a - b) ** 2) for a, b in zip(y_true, y_pred)])  # noqa: B905


@rows(BCE_OF, y=t, p=prob)
def bits_by_cases(y, p):
    total = 0.0
    for i in range(len(y)):
        if y[i] == 1:
            total += -np.log(p[i])
        else:
            total += -np.log(1 - p[i])
    return total / len(y)


@rows(BCE_OF, right=False, y=t, p=prob)
def bits_by_cases_turned(y, p):
    total = 0.0
    for i in range(len(y)):
        total += -np.log(p[i]) if y[i] == 0 else -np.log(1 - p[i])
    return total / len(y)


HUBER = Sum(Piecewise(((x[n] - u[n]) ** 2 / 2, Abs(x[n] - u[n]) <= 1), (Abs(x[n] - u[n]) - S(1) / 2, True)), n) / N


@rows(HUBER, a=x, b=u)
def huber_of_rows(a, b):
    out = np.zeros(len(a))
    for i in range(len(a)):
        r = np.abs(a[i] - b[i])
        out[i] = 0.5 * r**2 if r <= 1 else r - 0.5
    return out.mean()


@rows(HUBER, right=False, a=x, b=u)
def huber_with_a_jump(a, b):
    out = np.zeros(len(a))
    for i in range(len(a)):
        r = np.abs(a[i] - b[i])
        out[i] = 0.5 * r**2 if r <= 1 else r
    return out.mean()


@rows(HUBER, a=x, b=u)
def huber_by_select(a, b):
    r = np.abs(a - b)
    return np.mean(np.select([r <= 1, r > 1], [0.5 * r**2, r - 0.5]))


@rows(Sum(Sum(p[n, k] * log(p[n, k] / q[n, k]), k), n) / N, p=p, q=q)
def divergence_of_rows(p, q):
    return sum(np.dot(a, np.log(a) - np.log(b)) for a, b in zip(p, q)) / p.shape[0]  # noqa: B905


@rows(Sum(Sum(p[n, k] * log(p[n, k] / q[n, k]), k), n) / N, right=False, p=p, q=q)
def divergence_of_rows_turned(p, q):
    return sum(np.dot(b, np.log(b) - np.log(a)) for a, b in zip(p, q)) / p.shape[0]  # noqa: B905


KEPT = iverson(Unequal(y[n], 1))


@rows(Sum(KEPT * (lse(n) - z[n, y[n]]), n) / Sum(KEPT, n), facts=[Unequal(Sum(KEPT, n), 0)], X=z, y=y)
def passing_over_padding(X, y):
    total, count = 0.0, 0
    for i in range(len(y)):
        if y[i] == 0:
            continue
        total += np.log(np.sum(np.exp(X[i]))) - X[i, y[i]]
        count += 1
    return total / count


@rows(Sum(KEPT * (lse(n) - z[n, y[n]]), n) / Sum(KEPT, n), right=False, facts=[Unequal(Sum(KEPT, n), 0)], X=z, y=y)
def passing_over_padding_counted_twice(X, y):
    total = 0.0
    for i in range(len(y)):
        if y[i] != 0:
            total += np.log(np.sum(np.exp(X[i]))) - X[i, y[i]]
    return total / len(y)


@rows(Sum(Sum(iverson(Unequal(n, m)) * exp(-Sum((z[n, k] - z[m, k]) ** 2, k) / tau), m), n), Z=z, tau=tau)
def pairs_of_rows(Z, tau):
    total = 0.0
    for a in range(len(Z)):
        for b in range(len(Z)):
            if a != b:
                total += np.exp(-np.sum((Z[a] - Z[b]) ** 2) / tau)
    return total


@rows(Sum(Sum(iverson(Unequal(n, m)) * exp(-Sum((z[n, k] - z[m, k]) ** 2, k) / tau), m), n), right=False, Z=z, tau=tau)
def pairs_with_themselves(Z, tau):
    total = 0.0
    for a in range(len(Z)):
        for b in range(len(Z)):
            total += np.exp(-np.sum((Z[a] - Z[b]) ** 2) / tau)
    return total


@rows(Sum(Max(0, margin - Sum(z[n, k] * z2[n, k], k)), n) / N, a=z, b=z2, margin=margin)
def products_of_rows(a, b, margin):
    losses = [np.maximum(0.0, margin - np.dot(u, v)) for u, v in zip(a, b)]  # noqa: B905
    return sum(losses) / len(losses)


@rows(Sum(Sum(Abs(z[n, k] - z2[n, k]) ** 3, k) ** (S(1) / 3), n) / N, a=z, b=z2)
def distances_of_order_three(a, b):
    return np.linalg.norm(a - b, ord=3, axis=1).mean()


@rows(Sum(Sum(Abs(z[n, k] - z2[n, k]) ** 3, k) ** (S(1) / 3), n) / N, right=False, a=z, b=z2)
def distances_without_the_root(a, b):
    return (np.abs(a - b) ** 3).sum(axis=1).mean()


@rows(HINGE, y=t, f=x)
def hinge_of_rows(y, f):
    total = 0.0
    for label, score in zip(y, f):  # noqa: B905
        total = total + max(0, 1 - (2 * label - 1) * score)
    return np.true_divide(total, len(f))


@rows(-Sum(log_p(n, y[n]), n) / N, right=False, X=z, y=y)
def log_of_the_mean_likelihood(X, y):
    product = 0.0
    for i in range(len(y)):
        product += np.exp(X[i, y[i]]) / np.sum(np.exp(X[i]))
    return -np.log(product / len(y))
