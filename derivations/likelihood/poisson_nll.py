"""The Poisson negative log-likelihood is the rate minus the count times the log rate, up to a constant.

Why does the Poisson loss of a library leave the factorial out? Its logarithm does not depend on the rate, so that it
moves no minimiser. Here g_n stands for the factorial of the count, a positive number that the data give.
"""

from deltasift import Equality, SameOrder, Sum, calc, counts, exp, index, log, positive, same_order, sizes, step
from deltasift.rules import (
    arithmetic,
    log_div,
    log_exp,
    log_mul,
    log_pow,
    order_add_const,
    sum_add,
    sum_const,
    sum_mul_left,
    sum_neg,
)

# Given
N, M = sizes("N M")
n = index("n", 1, N)
y = counts("y", n, 0, M)
lam, g = positive(r"\lambda"), positive("g", n)
references = ["murphy2022, section 12.2.3"]
example = {"y": [2, 0, 3], r"\lambda": 2, "g": [2, 1, 6], "M": 3}

nll = -Sum(log(lam ** y[n] * exp(-lam) / g[n]), n)
loss = N * lam - log(lam) * Sum(y[n], n)

# Claim
claims = [Equality(nll, loss + Sum(log(g[n]), n)), SameOrder(nll, loss, lam)]

# Proof
lines = (
    step(-Sum(log(lam ** y[n] * exp(-lam)) - log(g[n]), n), by=log_div),
    step(-Sum(log(lam ** y[n]) + log(exp(-lam)) - log(g[n]), n), by=log_mul),
    step(-Sum(y[n] * log(lam) - lam - log(g[n]), n), by=[log_pow, log_exp]),
    step(-Sum(-(lam - log(lam) * y[n] + log(g[n])), n), by=arithmetic),
    step(Sum(lam - log(lam) * y[n] + log(g[n]), n), by=sum_neg),
    step(Sum(lam, n) - Sum(log(lam) * y[n], n) + Sum(log(g[n]), n), by=sum_add),
    step(loss + Sum(log(g[n]), n), by=[sum_mul_left, sum_const]),
)
proofs = [calc(nll, *lines), calc(nll, *lines, same_order(loss, lam, by=order_add_const))]
