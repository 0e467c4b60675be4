"""The Kronecker delta of a label is the one-hot vector.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np


def rel_entr(x, y, xp):
    """x log(x / y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(x / y))


def xlogy(x, y, xp):
    """x log(y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(y))


def line_1(K, n, y, xp=np):
    """Line 1.

        Sum(e[n, k], (k, 1, K))
    """
    k = xp.arange(1, K + 1)
    e = xp.astype(k == y[:, None] + 1, xp.float64)
    return xp.sum(e[n - 1, :])


def line_2(K, n, y, xp=np):
    """Line 2 by definition.

        Sum(delta(k, y[n]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return xp.sum(xp.astype(k == y[n - 1] + 1, xp.float64))


def line_3(xp=np):
    """Line 3 by sum_delta.

        1

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return 1


def line_4(K, n, y, xp=np):
    """Line 4.

        -Sum(e[n, k]*log(e[n, k]), (k, 1, K))
    """
    k = xp.arange(1, K + 1)
    e = xp.astype(k == y[:, None] + 1, xp.float64)
    return -xp.sum(xp.where(k == y[n - 1] + 1, xp.log(e[n - 1, :]), 0))


def line_5(K, n, y, xp=np):
    """Line 5 by definition.

        -Sum(delta(k, y[n])*log(delta(k, y[n])), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -xp.sum(xp.where(k == y[n - 1] + 1, xp.log(xp.astype(k == y[n - 1] + 1, xp.float64)), 0))


def line_6(K, xp=np):
    """Line 6 by sum_congr(delta_mul_log_delta).

        -Sum(0, (k, 1, K))

    Checked: by sum_congr(delta_mul_log_delta), exactly this line; no condition; all K, N, all
    labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -(K * 0)


def line_7(K, xp=np):
    """Line 7 by sum_const.

        -(K*0)

    Checked: by sum_const, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 1 suffices); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -(K * 0)


def line_8(xp=np):
    """Line 8 by arithmetic.

        0

    Checked: by arithmetic, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1 suffices); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return 0


def line_9(K, n, q, y, xp=np):
    """Line 9.

        Sum(e[n, k]*log(e[n, k]/q[k]), (k, 1, K))
    """
    k = xp.arange(1, K + 1)
    return xp.sum(xp.where(k == y[n - 1] + 1, xp.log(xp.where(k == y[n - 1] + 1, 1 / q, 0)), 0))


def line_10(K, n, q, y, xp=np):
    """Line 10 by definition.

        Sum(delta(k, y[n])*log(delta(k, y[n])/q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return xp.sum(xp.where(k == y[n - 1] + 1, xp.log(xp.where(k == y[n - 1] + 1, 1 / q, 0)), 0))


def line_11(K, n, q, y, xp=np):
    """Line 11 by sum_congr(mul_log_div).

        Sum(delta(k, y[n])*log(delta(k, y[n])) - (delta(k, y[n])*log(q[k])), (k, 1, K))

    Checked: by sum_congr(mul_log_div), exactly this line; 2 conditions proved, 2 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return xp.sum(
        xp.where(k == y[n - 1] + 1, xp.log(xp.astype(k == y[n - 1] + 1, xp.float64)), 0)
        - xp.where(k == y[n - 1] + 1, xp.log(q), 0)
    )


def line_12(K, n, q, y, xp=np):
    """Line 12 by sum_congr(delta_mul_log_delta).

        Sum(0 - (delta(k, y[n])*log(q[k])), (k, 1, K))

    Checked: by sum_congr(delta_mul_log_delta), exactly this line; no condition; all K, N, all
    labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    k = xp.arange(1, K + 1)
    return xp.sum(0 - xp.where(k == y[n - 1] + 1, xp.log(q), 0))


def line_13(K, n, q, y, xp=np):
    """Line 13 by arithmetic.

        Sum(-(delta(k, y[n])*log(q[k])), (k, 1, K))

    Checked: by arithmetic, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    k = xp.arange(1, K + 1)
    return xp.sum(xp.where(k == y[n - 1] + 1, -xp.log(q), 0))


def line_14(K, n, q, y, xp=np):
    """Line 14 by sum_neg.

        -Sum(delta(k, y[n])*log(q[k]), (k, 1, K))

    Checked: by sum_neg, exactly this line; no condition; all K, N, all labels, all real q (exact; K
    <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return -xp.sum(xp.where(k == y[n - 1] + 1, xp.log(q), 0))


def line_15(n, q, y, xp=np):
    """Line 15 by sum_delta.

        -log(q[y[n]])

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -xp.log(q)[y[n - 1]]


def line_16(K, N, q, y, xp=np):
    """Line 16.

        1/N*Sum(Sum(e[n, k]*log(e[n, k]/q[k]), (k, 1, K)), (n, 1, N))
    """
    k = xp.arange(1, K + 1)
    return (
        1 / N
        * xp.sum(
            xp.sum(
                xp.where(k == y[:, None] + 1, xp.log(xp.where(k == y[:, None] + 1, 1 / q, 0)), 0),
                axis=-1,
            )
        )
    )


def line_17(K, N, q, y, xp=np):
    """Line 17 by definition.

        1/N*Sum(Sum(delta(k, y[n])*log(delta(k, y[n])/q[k]), (k, 1, K)), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return (
        1 / N
        * xp.sum(
            xp.sum(
                xp.where(k == y[:, None] + 1, xp.log(xp.where(k == y[:, None] + 1, 1 / q, 0)), 0),
                axis=-1,
            )
        )
    )


def line_18(K, N, q, y, xp=np):
    """Line 18 by sum_congr(mul_log_div).

        1/N*Sum(Sum(delta(k, y[n])*log(delta(k, y[n])) - (delta(k, y[n])*log(q[k])), (k, 1, K)), (n,
        1, N))

    Checked: by sum_congr(mul_log_div), exactly this line; 2 conditions proved, 2 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return (
        1 / N
        * xp.sum(
            xp.sum(
                xp.where(k == y[:, None] + 1, xp.log(xp.astype(k == y[:, None] + 1, xp.float64)), 0)
                - xp.where(k == y[:, None] + 1, xp.log(q), 0),
                axis=-1,
            )
        )
    )


def line_19(K, N, q, y, xp=np):
    """Line 19 by sum_congr(delta_mul_log_delta).

        1/N*Sum(Sum(0 - (delta(k, y[n])*log(q[k])), (k, 1, K)), (n, 1, N))

    Checked: by sum_congr(delta_mul_log_delta), exactly this line; no condition; all K, N, all
    labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    k = xp.arange(1, K + 1)
    return 1 / N * xp.sum(xp.sum(0 - xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_20(K, N, q, y, xp=np):
    """Line 20 by arithmetic.

        1/N*Sum(Sum(-(delta(k, y[n])*log(q[k])), (k, 1, K)), (n, 1, N))

    Checked: by arithmetic, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    k = xp.arange(1, K + 1)
    return 1 / N * xp.sum(xp.sum(xp.where(k == y[:, None] + 1, -xp.log(q), 0), axis=-1))


def line_21(K, N, q, y, xp=np):
    """Line 21 by sum_neg.

        1/N*Sum(-Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N))

    Checked: by sum_neg, exactly this line; no condition; all K, N, all labels, all real q (exact; K
    <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    k = xp.arange(1, K + 1)
    return 1 / N * xp.sum(-xp.sum(xp.where(k == y[:, None] + 1, xp.log(q), 0), axis=-1))


def line_22(N, q, y, xp=np):
    """Line 22 by sum_delta.

        1/N*Sum(-log(q[y[n]]), (n, 1, N))

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return 1 / N * xp.sum(-xp.log(q)[y])


def line_23(N, q, y, xp=np):
    """Line 23 by sum_neg.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by sum_neg, exactly this line; no condition; all K, N, all labels, all real q (exact; K
    <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_24(N, q, y, xp=np):
    """Line 24 by definition.

        AverageNLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q)[y])


def line_25(K, N, q, y, xp=np):
    r"""Line 25.

        KL(\hat p, q)
    """
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    return xp.sum(rel_entr(p_hat, q, xp))


def line_26(K, N, q, y, xp=np):
    r"""Line 26 by kl_splits_into_entropies.

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


def line_27(K, N, q, y, xp=np):
    r"""Line 27 by cross_entropy_is_average_nll.

        AverageNLL(q, y) - Entropy(\hat p)

    Checked: by cross_entropy_is_average_nll, exactly this line; 6 conditions proved, 6 of them true
    at points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random
    points, K <= 5, N <= 8 (enclosed).
    """
    average_nll = -1 / N * xp.sum(xp.log(q)[y])
    k = xp.arange(1, K + 1)
    p_hat = xp.sum(xp.astype(k[:, None] == y + 1, xp.float64), axis=-1) / N
    entropy = -xp.sum(xlogy(p_hat, p_hat, xp))
    return average_nll - entropy
