"""The gradient of logistic regression is the inputs times prediction minus label.

Why does the gradient look like that of least squares? The loss of one example, as a function of its score, has the
derivative sigma minus label; the derivative of the score by a weight is the input.
"""

from deltasift import Derivative, Equality, Sum, calc, delta, exp, index, labels, log, real, sigma, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    deriv_add,
    deriv_entry,
    deriv_exp,
    deriv_log,
    deriv_mul,
    deriv_sum,
    exp_neg,
    sum_delta,
)

# Given
N, D = sizes("N D")
n, d, i = index("n", 1, N), index("d", 1, D), index("i", 1, D)
x, w, y = real("x", n, d), real("w", d), labels("y", n, 0, 1)
references = ["murphy2022, section 10.2.3.3"]
example = {"x": [[1, 0], [1, 1], [1, 2]], "w": [0, 1], "y": [0, 1, 1], "i": 2}

score = Sum(w[d] * x[n, d], d)

# Claim
claim = Equality(
    Derivative(Sum(log(1 + exp(score)) - y[n] * score, n), w[i]),
    Sum((sigma(score) - y[n]) * x[n, i], n),
)

# Proof
proof = calc(
    Derivative(Sum(log(1 + exp(score)) - y[n] * score, n), w[i]),
    step(Sum(Derivative(log(1 + exp(score)), w[i]) - Derivative(y[n] * score, w[i]), n), by=[deriv_sum, deriv_add]),
    step(
        Sum(Derivative(exp(score), w[i]) / (1 + exp(score)) - y[n] * Derivative(score, w[i]), n),
        by=[deriv_log, deriv_add, deriv_mul],
    ),
    step(
        Sum(exp(score) * Derivative(score, w[i]) / (1 + exp(score)) - y[n] * Derivative(score, w[i]), n),
        by=deriv_exp,
    ),
    step(Sum((1 / (1 + 1 / exp(score)) - y[n]) * Derivative(score, w[i]), n), by=arithmetic),
    step(Sum((1 / (1 + exp(-score)) - y[n]) * Derivative(score, w[i]), n), by=exp_neg.reversed),
    step(Sum((sigma(score) - y[n]) * Derivative(score, w[i]), n), by=definition),
    step(Sum((sigma(score) - y[n]) * Sum(delta(i, d) * x[n, d], d), n), by=[deriv_sum, deriv_mul, deriv_entry]),
    step(Sum((sigma(score) - y[n]) * x[n, i], n), by=sum_delta),
)
