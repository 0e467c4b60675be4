"""The posterior of two Gaussian classes is a logistic function of a line.

One function a line. Arrays count from 0; the page's first label is 0 in the data.
"""

from math import exp, log, pi, sqrt


def sigma(z):
    """The logistic function 1 / (1 + exp(-z)), without overflow."""
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


def g_1(x, mu_1, s):
    return exp(-((x - mu_1)**2 / (2 * s**2))) / (s * sqrt(2 * pi))


def g_0(x, mu_0, s):
    return exp(-((x - mu_0)**2 / (2 * s**2))) / (s * sqrt(2 * pi))


def line_1(mu_0, mu_1, pi_1, s, x):
    """Line 1.

        pi_1*g_1(x)/(pi_1*g_1(x) + (1 - pi_1)*g_0(x))
    """
    return pi_1 * g_1(x, mu_1, s) / (pi_1 * g_1(x, mu_1, s) + (1 - pi_1) * g_0(x, mu_0, s))


def line_2(mu_0, mu_1, pi_1, s, x):
    """Line 2 by arithmetic.

        1/(1 + (1 - pi_1)/pi_1*(g_0(x)/g_1(x)))

    Checked: by arithmetic, exactly this line; 4 conditions proved, 4 of them true at points too;
    all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 100 random
    points, N <= 8 (enclosed).
    """
    return 1 / (1 + (1 - pi_1) / pi_1 * (g_0(x, mu_0, s) / g_1(x, mu_1, s)))


def line_3(mu_0, mu_1, pi_1, s, x):
    """Line 3 by definition.

        1/(1 + (1 - pi_1)/pi_1*(exp(-((x - mu_0)**2/(2*s**2)))/(s*(2*pi)**(1/2))/(exp(-((x -
        mu_1)**2/(2*s**2)))/(s*(2*pi)**(1/2)))))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    return (
        1
        / (
            1
            + (1 - pi_1) / pi_1
            * (
                exp(-((x - mu_0)**2 / (2 * s**2))) / (s * sqrt(2 * pi))
                / (exp(-((x - mu_1)**2 / (2 * s**2))) / (s * sqrt(2 * pi)))
            )
        )
    )


def line_4(mu_0, mu_1, pi_1, s, x):
    """Line 4 by arithmetic.

        1/(1 + (1 - pi_1)/pi_1*(exp(-((x - mu_0)**2/(2*s**2)))*(1/exp(-((x - mu_1)**2/(2*s**2))))))

    Checked: by arithmetic, exactly this line; 6 conditions proved, 6 of them true at points too;
    all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 100 random
    points, N <= 8 (enclosed).
    """
    return (
        1
        / (
            1
            + (1 - pi_1) / pi_1
            * (exp(-((x - mu_0)**2 / (2 * s**2))) * (1 / exp(-((x - mu_1)**2 / (2 * s**2)))))
        )
    )


def line_5(mu_0, mu_1, pi_1, s, x):
    """Line 5 by exp_log_of_pos.reversed.

        1/(1 + exp(log((1 - pi_1)/pi_1))*(exp(-((x - mu_0)**2/(2*s**2)))*(1/exp(-((x -
        mu_1)**2/(2*s**2))))))

    Checked: by exp_log_of_pos.reversed, exactly this line; 1 condition proved, 1 of them true at
    points too; all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 95
    random points, N <= 8 (enclosed).
    """
    return (
        1
        / (
            1
            + exp(log((1 - pi_1) / pi_1))
            * (exp(-((x - mu_0)**2 / (2 * s**2))) * (1 / exp(-((x - mu_1)**2 / (2 * s**2)))))
        )
    )


def line_6(mu_0, mu_1, pi_1, s, x):
    """Line 6 by exp_neg.reversed.

        1/(1 + exp(log((1 - pi_1)/pi_1))*(exp(-((x - mu_0)**2/(2*s**2)))*exp((x -
        mu_1)**2/(2*s**2))))

    Checked: by exp_neg.reversed, exactly this line; no condition; all N, all labels, all real mu_0,
    mu_1, p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    return (
        1
        / (
            1
            + exp(log((1 - pi_1) / pi_1))
            * (exp(-((x - mu_0)**2 / (2 * s**2))) * exp((x - mu_1)**2 / (2 * s**2)))
        )
    )


def line_7(mu_0, mu_1, pi_1, s, x):
    """Line 7 by exp_add.reversed.

        1/(1 + exp(log((1 - pi_1)/pi_1) - ((x - mu_0)**2/(2*s**2)) + (x - mu_1)**2/(2*s**2)))

    Checked: by exp_add.reversed, exactly this line; no condition; all N, all labels, all real mu_0,
    mu_1, p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    return (
        1
        / (1 + exp(log((1 - pi_1) / pi_1) - (x - mu_0)**2 / (2 * s**2) + (x - mu_1)**2 / (2 * s**2)))
    )


def line_8(mu_0, mu_1, pi_1, s, x):
    """Line 8 by log_div.

        1/(1 + exp(log(1 - pi_1) - log(pi_1) - ((x - mu_0)**2/(2*s**2)) + (x - mu_1)**2/(2*s**2)))

    Checked: by log_div, exactly this line; 2 conditions proved, 2 of them true at points too; all
    N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 94 random points, N
    <= 8 (enclosed).
    """
    return (
        1
        / (
            1
            + exp(log(1 - pi_1) - log(pi_1) - (x - mu_0)**2 / (2 * s**2) + (x - mu_1)**2 / (2 * s**2))
        )
    )


def line_9(mu_0, mu_1, pi_1, s, x):
    """Line 9 by arithmetic.

        1/(1 + exp(-((mu_1 - mu_0)/s**2*x + (mu_0**2 - mu_1**2)/(2*s**2) + (log(pi_1) - log(1 -
        pi_1)))))

    Checked: by arithmetic, exactly this line; 4 conditions proved, 4 of them true at points too;
    all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 94 random points,
    N <= 8 (enclosed).
    """
    return (
        1
        / (
            1
            + exp(
                -(
                    (mu_1 - mu_0) / s**2 * x + (mu_0**2 - mu_1**2) / (2 * s**2)
                    + (log(pi_1) - log(1 - pi_1))
                )
            )
        )
    )


def line_10(mu_0, mu_1, pi_1, s, x):
    """Line 10 by log_div.reversed.

        1/(1 + exp(-((mu_1 - mu_0)/s**2*x + (mu_0**2 - mu_1**2)/(2*s**2) + log(pi_1/(1 - pi_1)))))

    Checked: by log_div.reversed, exactly this line; 2 conditions proved, 2 of them true at points
    too; all N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; no size occurs); 94 random
    points, N <= 8 (enclosed).
    """
    return (
        1
        / (
            1
            + exp(
                -(
                    (mu_1 - mu_0) / s**2 * x + (mu_0**2 - mu_1**2) / (2 * s**2)
                    + log(pi_1 / (1 - pi_1))
                )
            )
        )
    )


def line_11(mu_0, mu_1, pi_1, s, x):
    """Line 11 by definition.

        1/(1 + exp(-(w*x + b)))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; no size occurs); 96 random points, N <= 8 (enclosed).
    """
    w = (mu_1 - mu_0) / s**2
    b = (mu_0**2 - mu_1**2) / (2 * s**2) + log(pi_1 / (1 - pi_1))
    return 1 / (1 + exp(-(w * x + b)))


def line_12(mu_0, mu_1, pi_1, s, x):
    """Line 12 by definition.

        sigma(w*x + b)

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; no size occurs); 100 random points, N <= 8 (enclosed).
    """
    w = (mu_1 - mu_0) / s**2
    b = (mu_0**2 - mu_1**2) / (2 * s**2) + log(pi_1 / (1 - pi_1))
    return sigma(w * x + b)


def line_13(N, p, y):
    """Line 13.

        AverageNLL(q, y)
    """
    q = [[p[n - 1]**k * (1 - p[n - 1])**(1 - k) for k in range(0, 2)] for n in range(1, N + 1)]
    return -1 / N * sum(log(q[n - 1][y[n - 1]]) for n in range(1, N + 1))


def line_14(N, p, y):
    """Line 14 by definition.

        -1/N*Sum(log(q[n, y[n]]), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N <= 8 (enclosed).
    """
    q = [[p[n - 1]**k * (1 - p[n - 1])**(1 - k) for k in range(0, 2)] for n in range(1, N + 1)]
    return -1 / N * sum(log(q[n - 1][y[n - 1]]) for n in range(1, N + 1))


def line_15(N, p, y):
    """Line 15 by definition.

        -1/N*Sum(log(p[n]**y[n]*(1 - p[n])**(1 - y[n])), (n, 1, N))

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(log(p[n - 1]**y[n - 1] * (1 - p[n - 1])**(1 - y[n - 1])) for n in range(1, N + 1))
    )


def line_16(N, p, y):
    """Line 16 by log_mul.

        -1/N*Sum(log(p[n]**y[n]) + log((1 - p[n])**(1 - y[n])), (n, 1, N))

    Checked: by log_mul, exactly this line; 2 conditions proved, 2 of them true at points too; all
    N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N
    <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(log(p[n - 1]**y[n - 1]) + log((1 - p[n - 1])**(1 - y[n - 1])) for n in range(1, N + 1))
    )


def line_17(N, p, y):
    """Line 17 by log_pow.

        -1/N*Sum(y[n]*log(p[n]) + (1 - y[n])*log(1 - p[n]), (n, 1, N))

    Checked: by log_pow, exactly this line; 2 conditions proved, 2 of them true at points too; all
    N, all labels, all real mu_0, mu_1, p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N
    <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(y[n - 1] * log(p[n - 1]) + (1 - y[n - 1]) * log(1 - p[n - 1]) for n in range(1, N + 1))
    )


def line_18(N, p, y):
    """Line 18 by definition.

        BinaryCrossEntropy(y, p)

    Checked: by definition, exactly this line; no condition; all N, all labels, all real mu_0, mu_1,
    p, pi_1, s, x (exact; N <= 1 suffices); 100 random points, N <= 8 (enclosed).
    """
    return (
        -1 / N
        * sum(y[n - 1] * log(p[n - 1]) + (1 - y[n - 1]) * log(1 - p[n - 1]) for n in range(1, N + 1))
    )
