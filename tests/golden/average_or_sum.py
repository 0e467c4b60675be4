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
    """
    return -sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_3(N, q, y):
    """Line 3 by arithmetic.

        N*(-1/N*Sum(log(q[y[n]]), (n, 1, N)))
    """
    return N * (-1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1)))


def line_4(N, q, y):
    """Line 4 by definition.

        N*AverageNLL(q, y)
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
    """
    return -sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_7(N, q, y):
    """Line 7 by order_mul_pos.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_8(N, q, y):
    """Line 8 by definition.

        AverageNLL(q, y)
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))
