"""The Hessian of logistic regression weights the products of the inputs with the variances of the labels.

Why does logistic regression have one optimum? The labels are gone from the second derivative, and each example enters
with a positive weight and the outer product of its input with itself: so the loss curves down in no direction, which is
to say that it is convex. The weight is the variance of the label as the model sees it.
"""

from deltasift import Derivative, Equality, Sum, calc, delta, index, labels, real, sigma, sizes, step
from deltasift.rules import deriv_add, deriv_entry, deriv_function, deriv_mul, deriv_sum, sum_delta

# Given
N, D = sizes("N D")
n, d, i, j = index("n", 1, N), index("d", 1, D), index("i", 1, D), index("j", 1, D)
x, w, y = real("x", n, d), real("w", d), labels("y", n, 0, 1)
references = ["murphy2022, section 10.2.3.4"]
example = {"x": [[1, 0], [1, 2], [1, 1]], "w": [0, 1], "y": [0, 1, 1], "i": 1, "j": 2}

score = Sum(w[d] * x[n, d], d)

# Claim
claim = Equality(
    Derivative(Sum(x[n, i] * (sigma(score) - y[n]), n), w[j]),
    Sum(sigma(score) * (1 - sigma(score)) * (x[n, i] * x[n, j]), n),
)

# Proof
proof = calc(
    Derivative(Sum(x[n, i] * (sigma(score) - y[n]), n), w[j]),
    step(Sum(x[n, i] * Derivative(sigma(score) - y[n], w[j]), n), by=[deriv_sum, deriv_mul]),
    step(Sum(x[n, i] * Derivative(sigma(score), w[j]), n), by=deriv_add),
    step(Sum(x[n, i] * (sigma(score) * (1 - sigma(score)) * Derivative(score, w[j])), n), by=deriv_function),
    step(
        Sum(x[n, i] * (sigma(score) * (1 - sigma(score)) * Sum(delta(j, d) * x[n, d], d)), n),
        by=[deriv_sum, deriv_mul, deriv_entry],
    ),
    step(Sum(x[n, i] * (sigma(score) * (1 - sigma(score)) * x[n, j]), n), by=sum_delta),
)
