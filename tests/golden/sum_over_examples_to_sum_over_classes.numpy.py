"""The average negative log-likelihood is a sum over classes, by counting the labels.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np


def xlogy(x, y, xp):
    """x log(y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(y))


def line_1(N, q, y, xp=np):
    """Line 1.

        AverageNLL(q, y)
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_2(N, q, y, xp=np):
    """Line 2 by definition.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_3(K, N, q, y, xp=np):
    """Line 3 by sum_delta.reversed.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N))

    Checked: by sum_delta.reversed, exactly this line; 2 conditions proved, 2 of them true at points
    too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <=
    5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_4(K, N, q, y, xp=np):
    """Line 4 by sum_comm.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (n, 1, N)), (k, 1, K))

    Checked: by sum_comm, exactly this line; no condition; all K, N, all labels, all real q (exact;
    K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k[:, None] == y + 1, xp.log(q)[:, None], 0), axis=-1))


def line_5(K, N, q, y, xp=np):
    """Line 5 by sum_mul_right.reversed.

        -1/N*Sum(Sum(delta(k, y[n]), (n, 1, N))*log(q[k]), (k, 1, K))

    Checked: by sum_mul_right.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) * xp.log(q))


def line_6(K, N, q, y, xp=np):
    """Line 6 by definition.

        -1/N*Sum(c[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 43 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    c = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1)
    return -1 / N * xp.sum(c * xp.log(q))


def line_7(K, N, q, y, xp=np):
    """Line 7 by sum_mul_left.reversed.

        -Sum(c[k]/N*log(q[k]), (k, 1, K))

    Checked: by sum_mul_left.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    c = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1)
    return -xp.sum(c / N * xp.log(q))


def line_8(N, q, y, xp=np):
    """Line 8.

        AverageNLL(q, y)
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_9(N, q, y, xp=np):
    """Line 9 by definition.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_10(K, N, q, y, xp=np):
    """Line 10 by sum_delta.reversed.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N))

    Checked: by sum_delta.reversed, exactly this line; 2 conditions proved, 2 of them true at points
    too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <=
    5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_11(K, N, q, y, xp=np):
    """Line 11 by sum_comm.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (n, 1, N)), (k, 1, K))

    Checked: by sum_comm, exactly this line; no condition; all K, N, all labels, all real q (exact;
    K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.where(k[:, None] == y + 1, xp.log(q)[:, None], 0), axis=-1))


def line_12(K, N, q, y, xp=np):
    """Line 12 by sum_mul_right.reversed.

        -1/N*Sum(Sum(delta(k, y[n]), (n, 1, N))*log(q[k]), (k, 1, K))

    Checked: by sum_mul_right.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -1 / N * xp.sum(xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) * xp.log(q))


def line_13(K, N, q, y, xp=np):
    """Line 13 by definition.

        -1/N*Sum(c[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 43 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    c = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1)
    return -1 / N * xp.sum(c * xp.log(q))


def line_14(K, N, q, y, xp=np):
    """Line 14 by sum_mul_left.reversed.

        -Sum(c[k]/N*log(q[k]), (k, 1, K))

    Checked: by sum_mul_left.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    c = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1)
    return -xp.sum(c / N * xp.log(q))


def line_15(K, N, q, y, xp=np):
    r"""Line 15 by definition.

        -Sum(\hat p[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 43 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    c = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1)
    p_hat = c / N
    return -xp.sum(xlogy(p_hat, q, xp))


def line_16(K, N, q, y, xp=np):
    r"""Line 16 by definition.

        CrossEntropy(\hat p, q)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    c = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1)
    p_hat = c / N
    return -xp.sum(xlogy(p_hat, q, xp))
