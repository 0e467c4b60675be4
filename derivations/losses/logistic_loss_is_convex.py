r"""The loss of logistic regression curves down in no direction.

Why does logistic regression have no second valley? Along any direction v the second derivative is the sum of the
squares of the inputs along v, each weighted with \sigma (1 - \sigma), which is positive: a sum that is not negative.
"""

from deltasift import Equality, LessEqual, Sum, calc, index, real, sigma, sizes, step
from deltasift.rules import arithmetic, sum_comm, sum_mul_left, sum_nonneg

# Given
N, D = sizes("N D")
n, d, i, j = index("n", 1, N), index("d", 1, D), index("i", 1, D), index("j", 1, D)
x, w, v = real("x", n, d), real("w", d), real("v", d)
references = ["murphy2022, section 10.2.3.4"]
example = {"x": [[1, 0], [1, 1], [1, 2]], "w": [0, 1], "v": [1, -1]}

score = Sum(w[d] * x[n, d], d)
weight = sigma(score) * (1 - sigma(score))

# Claim
claims = [
    Equality(
        Sum(Sum(v[i] * v[j] * Sum(weight * (x[n, i] * x[n, j]), n), j), i),
        Sum(weight * Sum(v[i] * x[n, i], i) ** 2, n),
    ),
    LessEqual(0, Sum(weight * Sum(v[i] * x[n, i], i) ** 2, n)),
]

# Proof
proofs = [
    calc(
        Sum(Sum(v[i] * v[j] * Sum(weight * (x[n, i] * x[n, j]), n), j), i),
        step(Sum(Sum(Sum(weight * (v[i] * x[n, i] * (v[j] * x[n, j])), n), j), i), by=sum_mul_left.reversed),
        step(Sum(Sum(Sum(weight * (v[i] * x[n, i] * (v[j] * x[n, j])), j), i), n), by=sum_comm),
        step(Sum(Sum(weight * (v[i] * x[n, i]) * Sum(v[j] * x[n, j], j), i), n), by=sum_mul_left),
        step(Sum(weight * (Sum(v[i] * x[n, i], i) * Sum(v[j] * x[n, j], j)), n), by=sum_mul_left),
        step(Sum(weight * Sum(v[i] * x[n, i], i) ** 2, n), by=arithmetic),
    ),
    calc(
        0,
        step(Sum(weight * Sum(v[i] * x[n, i], i) ** 2, n), by=sum_nonneg, relation="<="),
    ),
]
