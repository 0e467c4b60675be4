"""The mean squared error is the variance plus the square of the bias.

Why is there no cross term? It is the mean deviation from the mean, times the bias, and the mean deviation from the
mean is 0. Here a_k are the values of an estimator, p_k their probabilities, and c is what is estimated.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, a, c = pmf("p", k), real("a", k), real("c")
mu = define(r"\mu", Sum(p[k] * a[k], k))
references = ["murphy2022, section 4.7.6.3"]
example = {"p": ["1/2", "1/4", "1/4"], "a": [0, 1, 3], "c": 2}

variance = Sum(p[k] * (a[k] - mu) ** 2, k)

# Claim
claims = [
    Equality(Sum(p[k] * (a[k] - mu), k), 0),
    Equality(Sum(p[k] * (a[k] - c) ** 2, k), variance + (mu - c) ** 2),
]

# Proof
proofs = [
    calc(
        Sum(p[k] * (a[k] - mu), k),
        step(Sum(p[k] * a[k] - mu * p[k], k), by=arithmetic),
        step(Sum(p[k] * a[k], k) - mu * Sum(p[k], k), by=[sum_add, sum_mul_left]),
        step(Sum(p[k] * a[k], k) - mu, by=[sum_pmf, one_mul]),
        step(mu - mu, by=definition),
        step(0, by=arithmetic),
    ),
    calc(
        Sum(p[k] * (a[k] - c) ** 2, k),
        step(
            Sum(p[k] * (a[k] - mu) ** 2 + 2 * (mu - c) * (p[k] * (a[k] - mu)) + (mu - c) ** 2 * p[k], k),
            by=arithmetic,
        ),
        step(
            variance + 2 * (mu - c) * Sum(p[k] * (a[k] - mu), k) + (mu - c) ** 2 * Sum(p[k], k),
            by=[sum_add, sum_mul_left],
        ),
        step(variance + 2 * (mu - c) * Sum(p[k] * (a[k] - mu), k) + (mu - c) ** 2, by=[sum_pmf, one_mul]),
        step(
            variance + 2 * (mu - c) * Sum(p[k] * a[k] - mu * p[k], k) + (mu - c) ** 2,
            by=arithmetic,
        ),
        step(
            variance + 2 * (mu - c) * (Sum(p[k] * a[k], k) - mu * Sum(p[k], k)) + (mu - c) ** 2,
            by=[sum_add, sum_mul_left],
        ),
        step(variance + 2 * (mu - c) * (Sum(p[k] * a[k], k) - mu) + (mu - c) ** 2, by=[sum_pmf, one_mul]),
        step(variance + 2 * (mu - c) * (mu - mu) + (mu - c) ** 2, by=definition),
        step(variance + (mu - c) ** 2, by=arithmetic),
    ),
]
