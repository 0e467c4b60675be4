"""For continuous data the cross entropy to a sum of Dirac deltas is the average negative log-likelihood.

One function a line. Arrays count from 0; the page's first label is 0 in the data.

Assumed: ForAll(0 < q(x[n]), (n, 1, N)) (the page).
"""

import numpy as np


# line 1 has no form for arrays: Integral has no form for arrays


# line 2 has no form for arrays: Integral has no form for arrays


# line 3 has no form for arrays: Integral has no form for arrays


# line 4 has no form for arrays: Integral has no form for arrays


# line 5 has no form for arrays: Integral has no form for arrays


def line_6(N, q, x, xp=np):
    """Line 6 by integral_dirac.

        -1/N*Sum(log(q(x[n])), (n, 1, N))

    Checked: by integral_dirac, exactly this line; 3 conditions proved, 2 of them true at points
    too; all K, N, all labels, all real r, u, x (exact; N <= 1 suffices; where both lines have a
    value); 100 random points, K <= 5, N <= 8 (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q(x)))


def line_7(N, q, x, xp=np):
    """Line 7 by definition.

        AverageNLL(q, x)

    Checked: by definition, exactly this line; no condition; all K, N, all labels, all real r, u, x
    (exact; N <= 1 suffices; where both lines have a value); 100 random points, K <= 5, N <= 8
    (enclosed).
    """
    return -1 / N * xp.sum(xp.log(q(x)))
