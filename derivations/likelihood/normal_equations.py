"""The gradient of the squared error of a linear model is -2 times the residuals times the inputs.

Where do the normal equations come from? Of the prediction the derivative by one weight is the input of that weight: the
Kronecker delta leaves one term. The gradient is 0 just where the residuals are orthogonal to every input.
"""

from deltasift import Derivative, Equality, Sum, calc, delta, index, real, sizes, step
from deltasift.rules import deriv_add, deriv_entry, deriv_mul, deriv_pow, deriv_sum, sum_delta, sum_mul_left

# Given
N, D = sizes("N D")
n, d, i = index("n", 1, N), index("d", 1, D), index("i", 1, D)
x, w, y = real("x", n, d), real("w", d), real("y", n)
references = ["murphy2022, section 11.2.2"]
example = {"x": [[1, 0], [1, 1], [1, 2]], "w": [0, 1], "y": [0, 2, 3], "i": 2}

fit = Sum(x[n, d] * w[d], d)

# Claim
claim = Equality(Derivative(Sum((y[n] - fit) ** 2, n), w[i]), -2 * Sum((y[n] - fit) * x[n, i], n))

# Proof
proof = calc(
    Derivative(Sum((y[n] - fit) ** 2, n), w[i]),
    step(Sum(Derivative((y[n] - fit) ** 2, w[i]), n), by=deriv_sum),
    step(Sum(2 * (y[n] - fit) * Derivative(y[n] - fit, w[i]), n), by=deriv_pow),
    step(Sum(2 * (y[n] - fit) * -Sum(Derivative(x[n, d] * w[d], w[i]), d), n), by=[deriv_add, deriv_sum]),
    step(Sum(2 * (y[n] - fit) * -Sum(x[n, d] * delta(i, d), d), n), by=[deriv_mul, deriv_entry]),
    step(Sum(2 * (y[n] - fit) * -x[n, i], n), by=sum_delta),
    step(-2 * Sum((y[n] - fit) * x[n, i], n), by=sum_mul_left),
)
