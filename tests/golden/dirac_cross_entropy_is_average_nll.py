"""For continuous data the cross entropy to a sum of Dirac deltas is the average negative log-likelihood.

One function a line. Arrays count from 0; the page's first label is 0 in the data.

Assumed: ForAll(0 < q(x[n]), (n, 1, N)) (the page).
"""

from math import log


def line_1(N, q, x):
    """Line 1.

        CrossEntropy(p, q)
    """
    return -sum(log(q(x[n - 1])) / N for n in range(1, N + 1))


def line_2(N, q, x):
    """Line 2 by definition.

        -Integral(p(u)*log(q(u)), (u, -oo, oo))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real r, u, x
    (exact; N <= 1 suffices; where both lines have a value); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -sum(log(q(x[n - 1])) / N for n in range(1, N + 1))


def line_3(N, q, x):
    """Line 3 by definition.

        -Integral(Sum(dirac(u - x[n]), (n, 1, N))/N*log(q(u)), (u, -oo, oo))

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real r, u, x
    (exact; N <= 1 suffices; where both lines have a value); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -sum(log(q(x[n - 1])) / N for n in range(1, N + 1))


def line_4(N, q, x):
    """Line 4 by sum_mul_right, integral_mul.

        -1/N*Integral(Sum(dirac(u - x[n])*log(q(u)), (n, 1, N)), (u, -oo, oo))

    Checked: by sum_mul_right, integral_mul, exactly this line; 1 condition proved, 1 of them true
    at points too; all K, N, all labels, all real r, u, x (exact; N <= 1 suffices; where both lines
    have a value); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q(x[n - 1])) for n in range(1, N + 1))


def line_5(N, q, x):
    """Line 5 by integral_sum.

        -1/N*Sum(Integral(dirac(u - x[n])*log(q(u)), (u, -oo, oo)), (n, 1, N))

    Checked: by integral_sum, exactly this line; 1 condition proved, 1 of them true at points too;
    all K, N, all labels, all real r, u, x (exact; N <= 1 suffices; where both lines have a value);
    100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q(x[n - 1])) for n in range(1, N + 1))


def line_6(N, q, x):
    """Line 6 by integral_dirac.

        -1/N*Sum(log(q(x[n])), (n, 1, N))

    Checked: by integral_dirac, exactly this line; 3 conditions proved, 2 of them true at points
    too; all K, N, all labels, all real r, u, x (exact; N <= 1 suffices; where both lines have a
    value); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * sum(log(q(x[n - 1])) for n in range(1, N + 1))


def line_7(N, q, x):
    """Line 7 by definition.

        AverageNLL(q, x)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real r, u, x
    (exact; N <= 1 suffices; where both lines have a value); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -1 / N * sum(log(q(x[n - 1])) for n in range(1, N + 1))
