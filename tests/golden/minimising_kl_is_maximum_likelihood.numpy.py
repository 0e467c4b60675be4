"""Whoever minimises the KL divergence maximises the likelihood.

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
    r"""Line 3 by cross_entropy_is_average_nll.

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


def line_4(N, q, y, xp=np):
    """Line 4 by order_add_const.

        AverageNLL(q, y)

    Checked: by order_add_const, exactly this line; no condition; all K, N <= 3, all labels, any two
    q (exact); 48 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_5(N, q, y, xp=np):
    """Line 5 by definition.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_6(q, y, xp=np):
    """Line 6 by order_mul_pos.

        -Sum(log(q[y[n]]), (n, 1, N))

    Checked: by order_mul_pos, exactly this line; 1 condition proved; all K, N <= 3, all labels, any
    two q (exact); 48 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -xp.sum(xp.log(q)[y])


def line_7(q, y, xp=np):
    """Line 7 by definition.

        NLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -xp.sum(xp.log(q)[y])


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
    q (exact); 48 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_12(N, q, y, xp=np):
    """Line 12 by definition.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_13(q, y, xp=np):
    """Line 13 by order_mul_pos.

        -Sum(log(q[y[n]]), (n, 1, N))

    Checked: by order_mul_pos, exactly this line; 1 condition proved; all K, N <= 3, all labels, any
    two q (exact); 48 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -xp.sum(xp.log(q)[y])


def line_14(q, y, xp=np):
    """Line 14 by log_prod.reversed.

        -log(Product(q[y[n]], (n, 1, N)))

    Checked: by log_prod.reversed, exactly this line; 1 condition proved, 1 of them true at points
    too; all K, N, all labels, all real q (exact; K <= 1, N <= 1 suffice); 100 random points, K <=
    5, N <= 8 (enclosed).
    """
    return -xp.log(xp.prod(q[y]))


def line_15(q, y, xp=np):
    """Line 15 by order_comp_strict_mono.

        -Product(q[y[n]], (n, 1, N))

    Checked: by order_comp_strict_mono, exactly this line; 1 condition proved; models unknown: 3 of
    56 models decided exactly; 48 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -xp.prod(q[y])


def line_16(q, y, xp=np):
    """Line 16 by argmax_eq_argmin_neg.

        Product(q[y[n]], (n, 1, N))

    Checked: by argmax_eq_argmin_neg, exactly this line; no condition; all K, N <= 3, all labels,
    any two q (exact); 48 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return xp.prod(q[y])


def line_17(q, y, xp=np):
    """Line 17 by definition.

        Likelihood(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return xp.prod(q[y])
