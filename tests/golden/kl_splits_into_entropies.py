"""The KL divergence is the cross entropy minus the entropy.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import log


def rel_entr(x, y):
    """x log(x / y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(x / y)


def xlogy(x, y):
    """x log(y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(y)


def line_1(K, p, q):
    """Line 1.

        KL(p, q)
    """
    return sum(rel_entr(p[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_2(K, p, q):
    """Line 2 by definition.

        Sum(p[k]*log(p[k]/q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, all supports, all real p, q
    (exact; K <= 2 suffices); 100 random points, K <= 5 (enclosed).
    """
    return sum(rel_entr(p[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_3(K, p, q):
    """Line 3 by sum_congr(mul_log_div).

        Sum(p[k]*log(p[k]) - (p[k]*log(q[k])), (k, 1, K))

    Checked: by sum_congr(mul_log_div), exactly this line; 2 conditions proved, 2 of them true at
    points too; all K, all supports, all real p, q (exact; K <= 2 suffices); 100 random points, K <=
    5 (enclosed).
    """
    return sum(xlogy(p[k - 1], p[k - 1]) - xlogy(p[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_4(K, p, q):
    """Line 4 by sum_add, sum_neg.

        Sum(p[k]*log(p[k]), (k, 1, K)) - Sum(p[k]*log(q[k]), (k, 1, K))

    Checked: by sum_add, sum_neg, exactly this line; no condition; all K, all supports, all real p,
    q (exact; K <= 1 suffices); 100 random points, K <= 5 (enclosed).
    """
    return (
        sum(xlogy(p[k - 1], p[k - 1]) for k in range(1, K + 1))
        - sum(xlogy(p[k - 1], q[k - 1]) for k in range(1, K + 1))
    )


def line_5(K, p, q):
    """Line 5 by definition.

        -Entropy(p) + CrossEntropy(p, q)

    Checked: by definition, exactly this line; no condition; all K, all supports, all real p, q
    (exact; K <= 1 suffices); 100 random points, K <= 5 (enclosed).
    """
    entropy = -sum(xlogy(p[k - 1], p[k - 1]) for k in range(1, K + 1))
    cross_entropy = -sum(xlogy(p[k - 1], q[k - 1]) for k in range(1, K + 1))
    return -entropy + cross_entropy
