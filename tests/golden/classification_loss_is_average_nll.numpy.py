"""The classification loss with one-hot targets is the average negative log-likelihood.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np


def line_1(K, N, q, y, xp=np):
    """Line 1.

        -1/N*Sum(Sum(t[n, k]*log(q[n, k]), (k, 1, K)), (n, 1, N))
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_2(K, N, q, y, xp=np):
    """Line 2 by definition.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[n, k]), (k, 1, K)), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 48 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_3(N, q, y, xp=np):
    """Line 3 by sum_delta.

        -1/N*Sum(log(q[n, y[n]]), (n, 1, N))

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -1 / N * xp.sum(xp.log(xp.take_along_axis(q, y[:, None], axis=1)[:, 0]))


def line_4(N, q, y, xp=np):
    """Line 4 by definition.

        AverageNLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(xp.take_along_axis(q, y[:, None], axis=1)[:, 0]))
