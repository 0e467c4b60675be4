"""The log-likelihood is a sum over the examples.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import log, prod


def line_1(N, q, y):
    """Line 1.

        LogLikelihood(q, y)
    """
    likelihood = prod(q[y[n - 1]] for n in range(1, N + 1))
    return log(likelihood)


def line_2(N, q, y):
    """Line 2 by definition.

        log(Likelihood(q, y))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    likelihood = prod(q[y[n - 1]] for n in range(1, N + 1))
    return log(likelihood)


def line_3(N, q, y):
    """Line 3 by definition.

        log(Product(q[y[n]], (n, 1, N)))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return log(prod(q[y[n - 1]] for n in range(1, N + 1)))


def line_4(N, q, y):
    """Line 4 by log_prod.

        Sum(log(q[y[n]]), (n, 1, N))

    Checked: by log_prod, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return sum(log(q[y[n - 1]]) for n in range(1, N + 1))


def line_5(K, N, q, y):
    """Line 5.

        Product(Product(q[k]**delta(k, y[n]), (k, 1, K)), (n, 1, N))
    """
    return prod(
        prod(q[k - 1]**(1 if k == y[n - 1] + 1 else 0) for k in range(1, K + 1))
        for n in range(1, N + 1)
    )


def line_6(N, q, y):
    """Line 6 by prod_delta_pow.

        Product(q[y[n]], (n, 1, N))

    Checked: by prod_delta_pow, exactly this line; 2 conditions proved, 2 of them true at points
    too; all K, N <= 3, all labels, all real q (exact); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return prod(q[y[n - 1]] for n in range(1, N + 1))


def line_7(N, q, y):
    """Line 7 by definition.

        Likelihood(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return prod(q[y[n - 1]] for n in range(1, N + 1))
