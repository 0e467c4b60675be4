"""The KL divergence is the cross entropy minus the entropy.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np


def rel_entr(x, y, xp):
    """x log(x / y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(x / y))


def xlogy(x, y, xp):
    """x log(y), with 0 log 0 = 0."""
    return xp.where((x == 0) & (y >= 0), 0.0, x * xp.log(y))


def line_1(p, q, xp=np):
    """Line 1.

        KL(p, q)
    """
    return xp.sum(rel_entr(p, q, xp))


def line_2(p, q, xp=np):
    """Line 2 by definition.

        Sum(p[k]*log(p[k]/q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, all supports, all real p, q
    (exact; K <= 2 suffices); 100 random points, K <= 5 (enclosed).
    """
    return xp.sum(rel_entr(p, q, xp))


def line_3(p, q, xp=np):
    """Line 3 by sum_congr(mul_log_div).

        Sum(p[k]*log(p[k]) - (p[k]*log(q[k])), (k, 1, K))

    Checked: by sum_congr(mul_log_div), exactly this line; 2 conditions proved, 2 of them true at
    points too; all K, all supports, all real p, q (exact; K <= 2 suffices); 100 random points, K <=
    5 (enclosed).
    """
    return xp.sum(xlogy(p, p, xp) - xlogy(p, q, xp))


def line_4(p, q, xp=np):
    """Line 4 by sum_add, sum_neg.

        Sum(p[k]*log(p[k]), (k, 1, K)) - Sum(p[k]*log(q[k]), (k, 1, K))

    Checked: by sum_add, sum_neg, exactly this line; no condition; all K, all supports, all real p,
    q (exact; K <= 1 suffices); 100 random points, K <= 5 (enclosed).
    """
    return xp.sum(xlogy(p, p, xp)) - xp.sum(xlogy(p, q, xp))


def line_5(p, q, xp=np):
    """Line 5 by definition.

        -Entropy(p) + CrossEntropy(p, q)

    Checked: by definition, exactly this line; no condition; all K, all supports, all real p, q
    (exact; K <= 1 suffices); 100 random points, K <= 5 (enclosed).
    """
    entropy = -xp.sum(xlogy(p, p, xp))
    cross_entropy = -xp.sum(xlogy(p, q, xp))
    return -entropy + cross_entropy
