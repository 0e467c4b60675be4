"""The log-likelihood is a sum over the examples.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np


def line_1(q, y, xp=np):
    """Line 1.

        LogLikelihood(q, y)
    """
    likelihood = xp.prod(q[y])
    return xp.log(likelihood)


def line_2(q, y, xp=np):
    """Line 2 by definition.

        log(Likelihood(q, y))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    likelihood = xp.prod(q[y])
    return xp.log(likelihood)


def line_3(q, y, xp=np):
    """Line 3 by definition.

        log(Product(q[y[n]], (n, 1, N)))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return xp.log(xp.prod(q[y]))


def line_4(q, y, xp=np):
    """Line 4 by log_prod.

        Sum(log(q[y[n]]), (n, 1, N))

    Checked: by log_prod, exactly this line; 1 condition proved, 1 of them true at points too; all
    K, N, all labels, all real q (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return xp.sum(xp.log(q)[y])


def line_5(K, q, y, xp=np):
    """Line 5.

        Product(Product(q[k]**delta(k, y[n]), (k, 1, K)), (n, 1, N))
    """
    k = xp.arange(1, K + 1)
    return xp.prod(xp.prod(q**xp.astype(k == y[:, None] + 1, xp.float64), axis=-1))


def line_6(q, y, xp=np):
    """Line 6 by prod_delta_pow.

        Product(q[y[n]], (n, 1, N))

    Checked: by prod_delta_pow, exactly this line; 2 conditions proved, 2 of them true at points
    too; all K, N <= 3, all labels, all real q (exact); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return xp.prod(q[y])


def line_7(q, y, xp=np):
    """Line 7 by definition.

        Likelihood(q, y)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real q
    (exact; K <= 1, N <= 1 suffice); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return xp.prod(q[y])
