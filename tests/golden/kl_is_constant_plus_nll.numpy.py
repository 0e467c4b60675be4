"""The KL divergence from the empirical distribution is a constant plus the average negative log-likelihood.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np


def rel_entr(x, y, xp):
    """x log(x / y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(x / y))


def xlogy(x, y, xp):
    """x log(y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(y))


def line_1(K, N, q, y, xp=np):
    r"""Line 1.

        KL(\hat p, q)
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    return xp.sum(rel_entr(p_hat, q, xp))


def line_2(K, N, q, y, xp=np):
    r"""Line 2 by kl_splits_into_entropies.

        -Entropy(\hat p) + CrossEntropy(\hat p, q)

    Checked: by kl_splits_into_entropies, exactly this line; 5 conditions proved, 5 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    cross_entropy = -xp.sum(xlogy(p_hat, q, xp))
    return -entropy + cross_entropy


def line_3(K, N, q, y, xp=np):
    r"""Line 3 by definition.

        -Entropy(\hat p) - Sum(\hat p[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    return -entropy - xp.sum(xlogy(p_hat, q, xp))


def line_4(K, N, q, y, xp=np):
    r"""Line 4 by definition.

        -Entropy(\hat p) - Sum(Sum(delta(k, y[n]), (n, 1, N))/N*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 51 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    return (
        -entropy
        - xp.sum(xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N * xp.log(q))
    )


def line_5(K, N, q, y, xp=np):
    r"""Line 5 by sum_mul_right, sum_mul_left.

        -Entropy(\hat p) - (1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (n, 1, N)), (k, 1, K)))

    Checked: by sum_mul_right, sum_mul_left, exactly this line; no condition; all K, N, all labels,
    all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    return (
        -entropy
        - 1 / N * xp.sum(xp.sum(xp.where(k[:, None] == y + 1, xp.log(q)[:, None], 0), axis=-1))
    )


def line_6(K, N, q, y, xp=np):
    r"""Line 6 by sum_comm.

        -Entropy(\hat p) - (1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N)))

    Checked: by sum_comm, exactly this line; no condition; all K, N, all labels, all real q (exact;
    K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    return -entropy - 1 / N * xp.sum(xp.sum(xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_7(K, N, q, y, xp=np):
    r"""Line 7 by sum_delta.

        -Entropy(\hat p) - (1/N*Sum(log(q[y[n]]), (n, 1, N)))

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    return -entropy - 1 / N * xp.sum(xp.log(q)[y])


def line_8(K, N, q, y, xp=np):
    r"""Line 8.

        KL(\hat p, q)
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    return xp.sum(rel_entr(p_hat, q, xp))


def line_9(K, N, q, y, xp=np):
    r"""Line 9 by kl_splits_into_entropies.

        -Entropy(\hat p) + CrossEntropy(\hat p, q)

    Checked: by kl_splits_into_entropies, exactly this line; 5 conditions proved, 5 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    cross_entropy = -xp.sum(xlogy(p_hat, q, xp))
    return -entropy + cross_entropy


def line_10(K, N, q, y, xp=np):
    r"""Line 10 by cross_entropy_is_average_nll.

        -Entropy(\hat p) + AverageNLL(q, y)

    Checked: by cross_entropy_is_average_nll, exactly this line; 6 conditions proved, 6 of them true
    at points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random
    points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    average_nll = -1 / N * xp.sum(xp.log(q)[y])
    return -entropy + average_nll


def line_11(N, q, y, xp=np):
    """Line 11 by order_add_const.

        AverageNLL(q, y)

    Checked: by order_add_const, exactly this line; no condition; all K, N <= 3, all labels, any two
    q (exact); 51 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])
