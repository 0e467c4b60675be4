"""The classification loss with one-hot targets is the average negative log-likelihood.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import log


def line_1(K, N, q, y):
    """Line 1.

        -1/N*Sum(Sum(t[n, k]*log(q[n, k]), (k, 1, K)), (n, 1, N))
    """
    t = [[1 if k == y[n - 1] + 1 else 0 for k in range(1, K + 1)] for n in range(1, N + 1)]
    return (
        -1 / N
        * sum(
            sum(log(q[n - 1][k - 1]) if t[n - 1][k - 1] != 0 else 0 for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_2(K, N, q, y):
    """Line 2 by definition.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[n, k]), (k, 1, K)), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 48 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(
            sum(log(q[n - 1][k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_3(N, q, y):
    """Line 3 by sum_delta.

        -1/N*Sum(log(q[n, y[n]]), (n, 1, N))

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -1 / N * sum(log(q[n - 1][y[n - 1]]) for n in range(1, N + 1))


def line_4(N, q, y):
    """Line 4 by definition.

        AverageNLL(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[n - 1][y[n - 1]]) for n in range(1, N + 1))
