"""The cross entropy to the empirical distribution is the average negative log-likelihood.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np


def xlogy(x, y, xp):
    """x log(y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(y))


def line_1(K, N, q, y, xp=np):
    r"""Line 1.

        CrossEntropy(\hat p, q)
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    return -xp.sum(xlogy(p_hat, q, xp))


def line_2(K, N, q, y, xp=np):
    r"""Line 2 by definition.

        -Sum(\hat p[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    return -xp.sum(xlogy(p_hat, q, xp))


def line_3(K, N, q, y, xp=np):
    """Line 3 by definition.

        -Sum(Sum(delta(k, y[n]), (n, 1, N))/N*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 45 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -xp.sum(xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N * xp.log(q))


def line_4(K, N, q, y, xp=np):
    """Line 4 by sum_mul_right, sum_mul_left.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (n, 1, N)), (k, 1, K))

    Checked: by sum_mul_right, sum_mul_left, exactly this line; no condition; all K, N, all labels,
    all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k[:, None] == y + 1, xp.log(q)[:, None], 0), axis=-1))


def line_5(K, N, q, y, xp=np):
    """Line 5 by sum_comm.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N))

    Checked: by sum_comm, exactly this line; no condition; all K, N, all labels, all real q (exact;
    K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_6(N, q, y, xp=np):
    """Line 6 by sum_delta.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_7(N, q, y, xp=np):
    """Line 7 by definition.

        AverageNLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])
