"""The KL divergence from the empirical distribution is a constant plus the average negative log-likelihood.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import log


def rel_entr(x, y):
    """x log(x / y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(x / y)


def xlogy(x, y):
    """x log(y), with 0 log 0 = 0."""
    return 0.0 if x == 0 and y >= 0 else x * log(y)


def line_1(K, N, q, y):
    r"""Line 1.

        KL(\hat p, q)
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    return sum(rel_entr(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_2(K, N, q, y):
    r"""Line 2 by kl_splits_into_entropies.

        -Entropy(\hat p) + CrossEntropy(\hat p, q)

    Checked: by kl_splits_into_entropies, exactly this line; 5 conditions proved, 5 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    cross_entropy = -sum(xlogy(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))
    return -entropy + cross_entropy


def line_3(K, N, q, y):
    r"""Line 3 by definition.

        -Entropy(\hat p) - Sum(\hat p[k]*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    return -entropy - sum(xlogy(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_4(K, N, q, y):
    r"""Line 4 by definition.

        -Entropy(\hat p) - Sum(Sum(delta(k, y[n]), (n, 1, N))/N*log(q[k]), (k, 1, K))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 2, N <= 1 suffice); 51 random points, K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    return (
        -entropy
        - sum(
            sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N * log(q[k - 1])
            for k in range(1, K + 1)
        )
    )


def line_5(K, N, q, y):
    r"""Line 5 by sum_mul_right, sum_mul_left.

        -Entropy(\hat p) - (1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (n, 1, N)), (k, 1, K)))

    Checked: by sum_mul_right, sum_mul_left, exactly this line; no condition; all K, N, all labels,
    all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    return (
        -entropy
        - 1 / N
        * sum(
            sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for n in range(1, N + 1))
            for k in range(1, K + 1)
        )
    )


def line_6(K, N, q, y):
    r"""Line 6 by sum_comm.

        -Entropy(\hat p) - (1/N*Sum(Sum(delta(k, y[n])*log(q[k]), (k, 1, K)), (n, 1, N)))

    Checked: by sum_comm, exactly this line; no condition; all K, N, all labels, all real q (exact;
    K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    return (
        -entropy
        - 1 / N
        * sum(
            sum(log(q[k - 1]) if k == y[n - 1] + 1 else 0 for k in range(1, K + 1))
            for n in range(1, N + 1)
        )
    )


def line_7(K, N, q, y):
    r"""Line 7 by sum_delta.

        -Entropy(\hat p) - (1/N*Sum(log(q[y[n]]), (n, 1, N)))

    Checked: by sum_delta, exactly this line; 2 conditions proved, 2 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    return -entropy - 1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_8(K, N, q, y):
    r"""Line 8.

        KL(\hat p, q)
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    return sum(rel_entr(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))


def line_9(K, N, q, y):
    r"""Line 9 by kl_splits_into_entropies.

        -Entropy(\hat p) + CrossEntropy(\hat p, q)

    Checked: by kl_splits_into_entropies, exactly this line; 5 conditions proved, 5 of them true at
    points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random points,
    K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    cross_entropy = -sum(xlogy(p_hat[k - 1], q[k - 1]) for k in range(1, K + 1))
    return -entropy + cross_entropy


def line_10(K, N, q, y):
    r"""Line 10 by cross_entropy_is_average_nll.

        -Entropy(\hat p) + AverageNLL(q, y)

    Checked: by cross_entropy_is_average_nll, exactly this line; 6 conditions proved, 6 of them true
    at points too; all K, N, all labels, all real q (exact; K <= 2, N <= 1 suffice); 100 random
    points, K <= 5, N <= 8 (enclosed).
    """
    p_hat = [sum(1 if k == y[n - 1] + 1 else 0 for n in range(1, N + 1)) / N for k in range(1, K + 1)]
    entropy = -sum(xlogy(p_hat[k - 1], p_hat[k - 1]) for k in range(1, K + 1))
    average_nll = -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))
    return -entropy + average_nll


def line_11(N, q, y):
    """Line 11 by order_add_const.

        AverageNLL(q, y)

    Checked: by order_add_const, exactly this line; no condition; all K, N <= 3, all labels, any two
    q (exact); 51 random pairs of points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q[y[n - 1]]) for n in range(1, N + 1))
