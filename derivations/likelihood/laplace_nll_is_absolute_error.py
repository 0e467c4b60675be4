"""The negative log-likelihood of Laplace noise is the absolute error, up to scale and a constant.

When is the mean absolute error the right loss? When the noise falls off as an exponential of the distance: its
logarithm is the distance itself. The normaliser is a constant in the centre and moves no minimiser.
"""

from deltasift import Abs, Equality, SameOrder, Sum, calc, exp, index, log, positive, real, same_order, sizes, step
from deltasift.rules import (
    arithmetic,
    log_div,
    log_exp,
    order_add_const,
    order_mul_pos,
    sum_add,
    sum_const,
    sum_mul_left,
    sum_neg,
)

# Given
N = sizes("N")
n = index("n", 1, N)
x, mu, s = real("x", n), real(r"\mu"), positive("s")
references = ["murphy2022, section 2.7.3"]
example = {"x": [0, 1, 5], r"\mu": 2, "s": 1}

nll = -Sum(log(exp(-Abs(x[n] - mu) / s) / (2 * s)), n)
error = Sum(Abs(x[n] - mu), n)

# Claim
claims = [
    Equality(nll, 1 / s * error + N * log(2 * s)),
    SameOrder(nll, error, mu),
]

# Proof
lines = (
    step(-Sum(log(exp(-Abs(x[n] - mu) / s)) - log(2 * s), n), by=log_div),
    step(-Sum(-Abs(x[n] - mu) / s - log(2 * s), n), by=log_exp),
    step(-Sum(-(1 / s * Abs(x[n] - mu) + log(2 * s)), n), by=arithmetic),
    step(Sum(1 / s * Abs(x[n] - mu) + log(2 * s), n), by=sum_neg),
    step(1 / s * error + N * log(2 * s), by=[sum_add, sum_mul_left, sum_const]),
)
proofs = [
    calc(nll, *lines),
    calc(
        nll,
        *lines,
        same_order(1 / s * error, mu, by=order_add_const),
        same_order(error, mu, by=order_mul_pos),
    ),
]
