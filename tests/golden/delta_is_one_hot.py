"""The Kronecker delta of a label is the one-hot vector.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import log


def rel_entr(x, y):
    """x log(x / y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(x / y)


def xlogy(x, y):
    """x log(y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(y)


def line_1(K, N, n, y):
    """Line 1.

        Sum(e[n, k], (k, 1, K))
    """
    e = [[1 if k == y[n - 1] + 1 else 0 for k in range(1, K + 1)] for n in range(1, N + 1)]
    return sum(e[n - 1][k - 1] for k in range(1, K + 1))


def line_2(K, n, y):
    """Line 2 by definition.

        Sum(delta(k, y[n]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return sum(1 if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))


def line_3():
    """Line 3 by sum_delta.

        1

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return 1


def line_4(K, N, n, y):
    """Line 4.

        -Sum(e[n, k]*log(e[n, k]), (k, 1, K))
    """
    e = [[1 if k == y[n - 1] + 1 else 0 for k in range(1, K + 1)] for n in range(1, N + 1)]
    return -sum(log(e[n - 1][k - 1]) if e[n - 1][k - 1] != 0 else 0 for k in range(1, K + 1))


def line_5(K, n, y):
    """Line 5 by definition.

        -Sum(delta(k, y[n])*log(delta(k, y[n])), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        -sum(log(1 if k == y[n - 1] + 1 else 0) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))
    )


def line_6(K):
    """Line 6 by sum_congr(delta_mul_log_delta).

        -Sum(0, (k, 1, K))

    Checked: by sum_congr(delta_mul_log_delta), exactly this line; no condition; all K, N, all
    labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -sum(0 for k in range(1, K + 1))


def line_7(K):
    """Line 7 by sum_const.

        -(K*0)

    Checked: by sum_const, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 1 suffices); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -(K * 0)


def line_8():
    """Line 8 by arithmetic.

        0

    Checked: by arithmetic, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1 suffices); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return 0


def line_9(K, N, n, q, y):
    """Line 9.

        Sum(e[n, k]*log(e[n, k]/q[k]), (k, 1, K))
    """
    e = [[1 if k == y[n - 1] + 1 else 0 for k in range(1, K + 1)] for n in range(1, N + 1)]
    return sum(
        log(1 / q[k - 1] if e[n - 1][k - 1] != 0 else 0) if e[n - 1][k - 1] != 0 else 0
        for k in range(1, K + 1)
    )


def line_10(K, n, q, y):
    """Line 10 by definition.

        Sum(delta(k, y[n])*log(delta(k, y[n])/q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return sum(
        log(1 / q[k - 1] if k == y[n - 1] + 1 else 0) if k == y[n - 1] + 1 else 0
        for k in range(1, K + 1)
    )


def line_11(K, n, q, y):
    """Line 11 by sum_congr(mul_log_div).

        Sum(delta(k, y[n])*log(delta(k, y[n])) - (delta(k, y[n])*log(q[k])), (k, 1, K))

    Checked: by sum_congr(mul_log_div), exactly this line; 2 conditions proved, 2 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    return sum(
        (log(1 if k == y[n - 1] + 1 else 0) if k == y[n - 1] + 1 else 0)
        - (log(q[k - 1]) if k == y[n - 1] + 1 else 0)
        for k in range(1, K + 1)
    )


def line_12(K, n, q, y):
    """Line 12 by sum_congr(delta_mul_log_delta).

        Sum(0 - (delta(k, y[n])*log(q[k])), (k, 1, K))

    Checked: by sum_congr(delta_mul_log_delta), exactly this line; no condition; all K, N, all
    labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return sum(0 - (log(q[k - 1]) if k == y[n - 1] + 1 else 0) for k in range(1, K + 1))


def line_13(K, n, q, y):
    """Line 13 by arithmetic.

        Sum(-(delta(k, y[n])*log(q[k])), (k, 1, K))

    Checked: by arithmetic, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return sum(-log(q[k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))


def line_14(K, n, q, y):
    """Line 14 by sum_neg.

        -Sum(delta(k, y[n])*log(q[k]), (k, 1, K))

    Checked: by sum_neg, exactly this line; no condition; all K, N, all labels, all real q (exact; K
    <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))


def line_15(n, q, y):
    """Line 15 by sum_delta.

        -log(q[y[n]])

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -log(q[y[n - 1]])


def line_16(K, N, q, y):
    """Line 16.

        1/N*Sum(Sum(e[n, k]*log(e[n, k]/q[k]), (k, 1, K)), (n, 1, N))
    """
    e = [[1 if k == y[n - 1] + 1 else 0 for k in range(1, K + 1)] for n in range(1, N + 1)]
    return (
        1 / N
        * sum(
            sum(
                log(1 / q[k - 1] if e[n - 1][k - 1] != 0 else 0) if e[n - 1][k - 1] != 0 else 0
                for k in range(1, K + 1)
            )
            for n in range(1, N + 1)
        )
    )


def line_17(K, N, q, y):
    """Line 17 by definition.

        1/N*Sum(Sum(delta(k, y[n])*log(delta(k, y[n])/q[k]), (k, 1, K)), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        1 / N
        * sum(
            sum(
                log(1 / q[k - 1] if k == y[n - 1] + 1 else 0) if k == y[n - 1] + 1 else 0
                for k in range(1, K + 1)
            )
            for n in range(1, N + 1)
        )
    )


def line_18(K, N, q, y):
    """Line 18 by sum_congr(mul_log_div).

        1/N*Sum(Sum(delta(k, y[n])*log(delta(k, y[n])) - (delta(k, y[n])*log(q[k])), (k, 1, K)), (n,
        1, N))

    Checked: by sum_congr(mul_log_div), exactly this line; 2 conditions proved, 2 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    return (
        1 / N
        * sum(
            sum(
                (log(1 if k == y[n - 1] + 1 else 0) if k == y[n - 1] + 1 else 0)
                - (log(q[k - 1]) if k == y[n - 1] + 1 else 0)
                for k in range(1, K + 1)
            )
            for n in range(1, N + 1)
        )
    )


def line_19(K, N, q, y):
    """Line 19 by sum_congr(delta_mul_log_delta).

        1/N*Sum(Sum(0 - (delta(k, y[n])*log(q[k])), (k, 1, K)), (n, 1, N))

    Checked: by sum_congr(delta_mul_log_delta), exactly this line; no condition; all K, N, all
    labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return (
        1 / N
        * sum(
            sum(0 - (log(q[k - 1]) if k == y[n - 1] + 1 else 0) for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_20(K, N, q, y):
    """Line 20 by arithmetic.

        1/N*Sum(Sum(-(delta(k, y[n])*log(q[k])), (k, 1, K)), (n, 1, N))

    Checked: by arithmetic, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return (
        1 / N
        * sum(
            sum(-log(q[k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_21(K, N, q, y):
    """Line 21 by sum_neg.

        1/N*Sum(-Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N))

    Checked: by sum_neg, exactly this line; no condition; all K, N, all labels, all real q (exact; K
    <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        1 / N
        * sum(
            -sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_22(N, q, y):
    """Line 22 by sum_delta.

        1/N*Sum(-log(q[y[n]]), (n, 1, N))

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return 1 / N * sum(-log(q[y[n - 1]]) for n in range(1, N + 1))


def line_23(N, q, y):
    """Line 23 by sum_neg.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by sum_neg, exactly this line; no condition; all K, N, all labels, all real q (exact; K
    <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_24(N, q, y):
    """Line 24 by definition.

        AverageNLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_25(K, N, q, y):
    r"""Line 25.

        KL(\hat p, q)
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    return sum(rel_entr(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_26(K, N, q, y):
    r"""Line 26 by kl_splits_into_entropies.

        -Entropy(\hat p) + CrossEntropy(\hat p, q)

    Checked: by kl_splits_into_entropies, exactly this line; 5 conditions proved, 5 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    cross_entropy = -sum(xlogy(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))
    return -entropy + cross_entropy


def line_27(K, N, q, y):
    r"""Line 27 by cross_entropy_is_average_nll.

        AverageNLL(q, y) - Entropy(\hat p)

    Checked: by cross_entropy_is_average_nll, exactly this line; 6 conditions proved, 6 of them true
    at points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random
    points, K <= 5, N <= 8 (enclosed).
    """
    average_nll = -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    return average_nll - entropy
