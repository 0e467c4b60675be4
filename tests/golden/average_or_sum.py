"""The sum and the average over the examples have the same minimisers.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import log


def line_1(N, q, y):
    """Line 1.

        NLL(q, y)
    """
    return -sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_2(N, q, y):
    """Line 2 by definition.

        -Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_3(N, q, y):
    """Line 3 by arithmetic.

        N*(-1/N*Sum(log(q[y[n]]), (n, 1, N)))

    Checked: by arithmetic, exactly this line; 2 conditions proved, 2 of them true at points too;
    all K, N, all labels, all real q (exact; K <= 2, N <= 2 suffice); 100 random points, K <= 5, N
    <= 8 (enclosed).
    """
    return N * (-1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1)))


def line_4(N, q, y):
    """Line 4 by definition.

        N*AverageNLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 2 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    average_nll = -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))
    return N * average_nll


def line_5(N, q, y):
    """Line 5.

        NLL(q, y)
    """
    return -sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_6(N, q, y):
    """Line 6 by definition.

        -Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_7(N, q, y):
    """Line 7 by order_mul_pos.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by order_mul_pos, exactly this line; 1 condition proved; all K, N <= 3, all labels, any
    two q (exact); 42 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_8(N, q, y):
    """Line 8 by definition.

        AverageNLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))
