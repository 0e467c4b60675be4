"""The derivative of a Bernoulli log-likelihood is zero at the share of ones.

Why is the estimated probability of heads the share of heads? The derivative of the log-likelihood is the number of ones
minus N times the probability, over a positive number. It changes its sign where the probability is the share.
"""

from deltasift import Derivative, Equality, Sum, calc, define, index, labels, log, real, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    deriv_add,
    deriv_log,
    deriv_mul,
    deriv_self,
    deriv_sum,
    sum_add,
    sum_const,
    sum_mul_left,
)

# Given
N = sizes("N")
n = index("n", 1, N)
y = labels("y", n, 0, 1)
t = real("t", above=0, below=1)
c = define("c", Sum(y[n], n))
references = ["murphy2022, section 4.2.3"]
example = {"y": [1, 0, 1, 1], "t": "1/2"}

# Claim
claim = Equality(Derivative(Sum(y[n] * log(t) + (1 - y[n]) * log(1 - t), n), t), (c - N * t) / (t * (1 - t)))

# Proof
proof = calc(
    Derivative(Sum(y[n] * log(t) + (1 - y[n]) * log(1 - t), n), t),
    step(Sum(Derivative(y[n] * log(t), t) + Derivative((1 - y[n]) * log(1 - t), t), n), by=[deriv_sum, deriv_add]),
    step(Sum(y[n] * Derivative(log(t), t) + (1 - y[n]) * Derivative(log(1 - t), t), n), by=deriv_mul),
    step(
        Sum(y[n] * (Derivative(t, t) / t) + (1 - y[n]) * (-Derivative(t, t) / (1 - t)), n),
        by=[deriv_log, deriv_add],
    ),
    step(Sum(y[n] * (1 / t) + (1 - y[n]) * (-1 / (1 - t)), n), by=deriv_self),
    step(Sum(1 / (t * (1 - t)) * y[n] - 1 / (1 - t), n), by=arithmetic),
    step(1 / (t * (1 - t)) * Sum(y[n], n) - N * (1 / (1 - t)), by=[sum_add, sum_mul_left, sum_const]),
    step(1 / (t * (1 - t)) * c - N * (1 / (1 - t)), by=definition),
    step((c - N * t) / (t * (1 - t)), by=arithmetic),
)
