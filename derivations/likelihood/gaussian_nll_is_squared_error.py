"""The negative log-likelihood of Gaussian noise is the squared error, up to scale and a constant.

Why is least squares maximum likelihood? The logarithm undoes the exponential of the density and leaves the square; the
normaliser is a constant in the mean. So both have the same minimiser, whatever the width of the noise.
"""

from deltasift import (
    Equality,
    S,
    SameOrder,
    Sum,
    calc,
    exp,
    gaussian_pdf,
    index,
    log,
    pi,
    positive,
    real,
    same_order,
    sizes,
    sqrt,
    step,
)
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
references = ["murphy2022, section 4.2.5"]
example = {"x": [0, 1, 5], r"\mu": 2, "s": 1}

norm = s * sqrt(2 * S(1) * pi)
nll = -Sum(log(gaussian_pdf(x[n], mu, s)), n)
error = Sum((x[n] - mu) ** 2, n)

# Claim
claims = [
    Equality(nll, 1 / (2 * s**2) * error + N * log(norm)),
    SameOrder(nll, error, mu),
]

# Proof
lines = (
    step(-Sum(log(exp(-((x[n] - mu) ** 2 / (2 * s**2)))) - log(norm), n), by=log_div),
    step(-Sum(-((x[n] - mu) ** 2 / (2 * s**2)) - log(norm), n), by=log_exp),
    step(-Sum(-(1 / (2 * s**2) * (x[n] - mu) ** 2 + log(norm)), n), by=arithmetic),
    step(Sum(1 / (2 * s**2) * (x[n] - mu) ** 2 + log(norm), n), by=sum_neg),
    step(1 / (2 * s**2) * error + N * log(norm), by=[sum_add, sum_mul_left, sum_const]),
)
proofs = [
    calc(nll, *lines),
    calc(
        nll,
        *lines,
        same_order(1 / (2 * s**2) * error, mu, by=order_add_const),
        same_order(error, mu, by=order_mul_pos),
    ),
]
