"""The posterior of two Gaussian classes is a logistic function of a line.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

import numpy as np
from math import pi, sqrt


def finite(x, xp):
    """x, with nan for its infinities: they are no numbers, and must not become numbers again."""
    return xp.where(xp.isfinite(x), x, xp.nan)


def sigma(z, xp):
    """The logistic function 1 / (1 + exp(-z)), without overflow."""
    e = xp.exp(-xp.abs(z))
    return xp.where(z >= 0, 1.0, e) / (1 + e)


def line_1(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 1.

        pi_1*g_1(x)/(pi_1*g_1(x) + (1 - pi_1)*g_0(x))
    """
    return (
        pi_1 * (xp.exp(finite(-((x - mu_1)**2 / (2 * s**2)), xp)) / finite(s * sqrt(2 * pi), xp))
        / finite(
            pi_1
            * (xp.exp(finite(-((x - mu_1)**2 / (2 * s**2)), xp)) / finite(s * sqrt(2 * pi), xp))
            + (1 - pi_1)
            * (xp.exp(finite(-((x - mu_0)**2 / (2 * s**2)), xp)) / finite(s * sqrt(2 * pi), xp)),
            xp,
        )
    )


def line_2(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 2 by arithmetic.

        1/(1 + (1 - pi_1)/pi_1*(g_0(x)/g_1(x)))

    Checked: by arithmetic, exactly this line; 4 conditions proved, 4 of them true at points too;
    all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 100 random
    points, N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + (1 - pi_1) / pi_1
            * (
                xp.exp(finite(-((x - mu_0)**2 / (2 * s**2)), xp)) / finite(s * sqrt(2 * pi), xp)
                / finite(
                    xp.exp(finite(-((x - mu_1)**2 / (2 * s**2)), xp)) / finite(s * sqrt(2 * pi), xp),
                    xp,
                )
            ),
            xp,
        )
    )


def line_3(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 3 by definition.

        1/(1 + (1 - pi_1)/pi_1*(exp(-((x - mu_0)**2/(2*s**2)))/(s*(2*pi)**(1/2))/(exp(-((x -
        mu_1)**2/(2*s**2)))/(s*(2*pi)**(1/2)))))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + (1 - pi_1) / pi_1
            * (
                xp.exp(finite(-((x - mu_0)**2 / (2 * s**2)), xp)) / finite(s * sqrt(2 * pi), xp)
                / finite(
                    xp.exp(finite(-((x - mu_1)**2 / (2 * s**2)), xp)) / finite(s * sqrt(2 * pi), xp),
                    xp,
                )
            ),
            xp,
        )
    )


def line_4(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 4 by arithmetic.

        1/(1 + (1 - pi_1)/pi_1*(exp(-((x - mu_0)**2/(2*s**2)))*(1/exp(-((x - mu_1)**2/(2*s**2))))))

    Checked: by arithmetic, exactly this line; 6 conditions proved, 6 of them true at points too;
    all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 100 random
    points, N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + (1 - pi_1) / pi_1
            * (
                xp.exp(finite(-((x - mu_0)**2 / (2 * s**2)), xp))
                * (1 / finite(xp.exp(finite(-((x - mu_1)**2 / (2 * s**2)), xp)), xp))
            ),
            xp,
        )
    )


def line_5(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 5 by exp_log_of_pos.reversed.

        1/(1 + exp(log((1 - pi_1)/pi_1))*(exp(-((x - mu_0)**2/(2*s**2)))*(1/exp(-((x -
        mu_1)**2/(2*s**2))))))

    Checked: by exp_log_of_pos.reversed, exactly this line; 1 condition proved, 1 of them true at
    points too; all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 95
    random points, N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + xp.exp(finite(xp.log((1 - pi_1) / pi_1), xp))
            * (
                xp.exp(finite(-((x - mu_0)**2 / (2 * s**2)), xp))
                * (1 / finite(xp.exp(finite(-((x - mu_1)**2 / (2 * s**2)), xp)), xp))
            ),
            xp,
        )
    )


def line_6(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 6 by exp_neg.reversed.

        1/(1 + exp(log((1 - pi_1)/pi_1))*(exp(-((x - mu_0)**2/(2*s**2)))*exp((x -
        mu_1)**2/(2*s**2))))

    Checked: by exp_neg.reversed, exactly this line; no condition; all N, all labels, all real mu_0,
    mu_1, p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + xp.exp(finite(xp.log((1 - pi_1) / pi_1), xp))
            * (
                xp.exp(finite(-((x - mu_0)**2 / (2 * s**2)), xp))
                * xp.exp(finite((x - mu_1)**2 / (2 * s**2), xp))
            ),
            xp,
        )
    )


def line_7(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 7 by exp_add.reversed.

        1/(1 + exp(log((1 - pi_1)/pi_1) - ((x - mu_0)**2/(2*s**2)) + (x - mu_1)**2/(2*s**2)))

    Checked: by exp_add.reversed, exactly this line; no condition; all N, all labels, all real mu_0,
    mu_1, p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + xp.exp(
                finite(
                    xp.log((1 - pi_1) / pi_1) - (x - mu_0)**2 / (2 * s**2)
                    + (x - mu_1)**2 / (2 * s**2),
                    xp,
                )
            ),
            xp,
        )
    )


def line_8(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 8 by log_div.

        1/(1 + exp(log(1 - pi_1) - log(pi_1) - ((x - mu_0)**2/(2*s**2)) + (x - mu_1)**2/(2*s**2)))

    Checked: by log_div, exactly this line; 2 conditions proved, 2 of them true at points too; all
    N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 94 random points, N
    <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + xp.exp(
                finite(
                    xp.log(1 - pi_1) - xp.log(pi_1) - (x - mu_0)**2 / (2 * s**2)
                    + (x - mu_1)**2 / (2 * s**2),
                    xp,
                )
            ),
            xp,
        )
    )


def line_9(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 9 by arithmetic.

        1/(1 + exp(-((mu_1 - mu_0)/s**2*x + (mu_0**2 - mu_1**2)/(2*s**2) + (log(pi_1) - log(1 -
        pi_1)))))

    Checked: by arithmetic, exactly this line; 4 conditions proved, 4 of them true at points too;
    all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 94 random points,
    N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + xp.exp(
                finite(
                    -(
                        (mu_1 - mu_0) / s**2 * x + (mu_0**2 - mu_1**2) / (2 * s**2)
                        + (xp.log(pi_1) - xp.log(1 - pi_1))
                    ),
                    xp,
                )
            ),
            xp,
        )
    )


def line_10(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 10 by log_div.reversed.

        1/(1 + exp(-((mu_1 - mu_0)/s**2*x + (mu_0**2 - mu_1**2)/(2*s**2) + log(pi_1/(1 - pi_1)))))

    Checked: by log_div.reversed, exactly this line; 2 conditions proved, 2 of them true at points
    too; all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 94 random
    points, N <= 8 (enclosed).
    """
    return (
        1
        / finite(
            1
            + xp.exp(
                finite(
                    -(
                        (mu_1 - mu_0) / s**2 * x + (mu_0**2 - mu_1**2) / (2 * s**2)
                        + xp.log(pi_1 / (1 - pi_1))
                    ),
                    xp,
                )
            ),
            xp,
        )
    )


def line_11(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 11 by definition.

        1/(1 + exp(-(w*x + b)))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; no size occurs); 96 random points, N <= 8 (enclosed).
    """
    w = (mu_1 - mu_0) / s**2
    b = (mu_0**2 - mu_1**2) / (2 * s**2) + xp.log(pi_1 / (1 - pi_1))
    return 1 / finite(1 + xp.exp(finite(-(w * x + b), xp)), xp)


def line_12(mu_0, mu_1, pi_1, s, x, xp=np):
    """Line 12 by definition.

        sigma(w*x + b)

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    w = (mu_1 - mu_0) / s**2
    b = (mu_0**2 - mu_1**2) / (2 * s**2) + xp.log(pi_1 / (1 - pi_1))
    return sigma(finite(w * x + b, xp), xp)


def line_13(N, p, y, xp=np):
    """Line 13.

        AverageNLL(q, y)
    """
    k = xp.arange(0, 2)
    q = p[:, None]**xp.astype(k, xp.float64) * (1 - p[:, None])**(1 - xp.astype(k, xp.float64))
    return -1 / N * xp.sum(xp.log(xp.take_along_axis(q, y[:, None], axis=1)[:, 0]))


def line_14(N, p, y, xp=np):
    """Line 14 by definition.

        -1/N*Sum(log(q[n, y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N <= 8 (enclosed).
    """
    k = xp.arange(0, 2)
    q = p[:, None]**xp.astype(k, xp.float64) * (1 - p[:, None])**(1 - xp.astype(k, xp.float64))
    return -1 / N * xp.sum(xp.log(xp.take_along_axis(q, y[:, None], axis=1)[:, 0]))


def line_15(N, p, y, xp=np):
    """Line 15 by definition.

        -1/N*Sum(log(p[n]**y[n]*(1 - p[n])**(1 - y[n])), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * xp.sum(xp.log(p**xp.astype(y, xp.float64) * (1 - p)**(1 - xp.astype(y, xp.float64))))
    )


def line_16(N, p, y, xp=np):
    """Line 16 by log_mul.

        -1/N*Sum(log(p[n]**y[n]) + log((1 - p[n])**(1 - y[n])), (n, 1, N))

    Checked: by log_mul, exactly this line; 2 conditions proved, 2 of them true at points too; all
    N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N
    <= 8 (enclosed).
    """
    return (
        -1 / N
        * xp.sum(
            xp.log(p**xp.astype(y, xp.float64)) + xp.log((1 - p)**(1 - xp.astype(y, xp.float64)))
        )
    )


def line_17(N, p, y, xp=np):
    """Line 17 by log_pow.

        -1/N*Sum(y[n]*log(p[n]) + (1 - y[n])*log(1 - p[n]), (n, 1, N))

    Checked: by log_pow, exactly this line; 2 conditions proved, 2 of them true at points too; all
    N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N
    <= 8 (enclosed).
    """
    return (
        -1 / N
        * xp.sum(
            xp.astype(y, xp.float64) * xp.log(p) + (1 - xp.astype(y, xp.float64)) * xp.log(1 - p)
        )
    )


def line_18(N, p, y, xp=np):
    """Line 18 by definition.

        BinaryCrossEntropy(y, p)

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * xp.sum(
            xp.astype(y, xp.float64) * xp.log(p) + (1 - xp.astype(y, xp.float64)) * xp.log(1 - p)
        )
    )
