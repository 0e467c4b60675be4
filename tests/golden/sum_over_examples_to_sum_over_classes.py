"""The average negative log-likelihood is a sum over classes, by counting the labels.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import log


def xlogy(x, y):
    """x log(y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(y)


def line_1(N, q, y):
    """Line 1.

        AverageNLL(q, y)
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_2(N, q, y):
    """Line 2 by definition.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_3(K, N, q, y):
    """Line 3 by sum_delta.reversed.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N))

    Checked: by sum_delta.reversed, exactly this line; 2 conditions proved, 2 of them true at points
    too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <=
    5, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(
            sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_4(K, N, q, y):
    """Line 4 by sum_comm.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (n, 1, N)), (k, 1, K))

    Checked: by sum_comm, exactly this line; no condition; all K, N, all labels, all real q (exact;
    K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(
            sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for n in range(1, N + 1))
            for k in range(1, K + 1)
        )
    )


def line_5(K, N, q, y):
    """Line 5 by sum_mul_right.reversed.

        -1/N*Sum(Sum(delta(k, y[n]), (n, 1, N))*log(q[k]), (k, 1, K))

    Checked: by sum_mul_right.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(
            sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) * log(q[k - 1])
            for k in range(1, K + 1)
        )
    )


def line_6(K, N, q, y):
    """Line 6 by definition.

        -1/N*Sum(c[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 43 random points, K <= 5, N <= 8 (enclosed).
    """
    c = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) for k in range(1, K + 1)]
    return -1 / N * sum(c[k - 1] * log(q[k - 1]) for k in range(1, K + 1))


def line_7(K, N, q, y):
    """Line 7 by sum_mul_left.reversed.

        -Sum(c[k]/N*log(q[k]), (k, 1, K))

    Checked: by sum_mul_left.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    c = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) for k in range(1, K + 1)]
    return -sum(c[k - 1] / N * log(q[k - 1]) for k in range(1, K + 1))


def line_8(N, q, y):
    """Line 8.

        AverageNLL(q, y)
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_9(N, q, y):
    """Line 9 by definition.

        -1/N*Sum(log(q[y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_10(K, N, q, y):
    """Line 10 by sum_delta.reversed.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N))

    Checked: by sum_delta.reversed, exactly this line; 2 conditions proved, 2 of them true at points
    too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <=
    5, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(
            sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_11(K, N, q, y):
    """Line 11 by sum_comm.

        -1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (n, 1, N)), (k, 1, K))

    Checked: by sum_comm, exactly this line; no condition; all K, N, all labels, all real q (exact;
    K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(
            sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for n in range(1, N + 1))
            for k in range(1, K + 1)
        )
    )


def line_12(K, N, q, y):
    """Line 12 by sum_mul_right.reversed.

        -1/N*Sum(Sum(delta(k, y[n]), (n, 1, N))*log(q[k]), (k, 1, K))

    Checked: by sum_mul_right.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(
            sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) * log(q[k - 1])
            for k in range(1, K + 1)
        )
    )


def line_13(K, N, q, y):
    """Line 13 by definition.

        -1/N*Sum(c[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 43 random points, K <= 5, N <= 8 (enclosed).
    """
    c = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) for k in range(1, K + 1)]
    return -1 / N * sum(c[k - 1] * log(q[k - 1]) for k in range(1, K + 1))


def line_14(K, N, q, y):
    """Line 14 by sum_mul_left.reversed.

        -Sum(c[k]/N*log(q[k]), (k, 1, K))

    Checked: by sum_mul_left.reversed, exactly this line; no condition; all K, N, all labels, all
    real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    c = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) for k in range(1, K + 1)]
    return -sum(c[k - 1] / N * log(q[k - 1]) for k in range(1, K + 1))


def line_15(K, N, q, y):
    r"""Line 15 by definition.

        -Sum(\hat p[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 43 random points, K <= 5, N <= 8 (enclosed).
    """
    c = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) for k in range(1, K + 1)]
    p_hat = [c[k - 1] / N for k in range(1, K + 1)]
    return -sum(xlogy(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_16(K, N, q, y):
    r"""Line 16 by definition.

        CrossEntropy(\hat p, q)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    c = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) for k in range(1, K + 1)]
    p_hat = [c[k - 1] / N for k in range(1, K + 1)]
    return -sum(xlogy(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))
