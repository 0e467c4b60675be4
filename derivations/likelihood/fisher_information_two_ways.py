"""The Fisher information of a softmax: the mean square of the score is minus the mean second derivative.

Why may the Fisher information be computed from first or from second derivatives? The score of class k by the score z_i
is delta minus s_i. The mean of the product of two such scores and minus the mean derivative of one are the same
matrix, since the second derivative of a softmax's logarithm does not depend on the class.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, known, real, sizes, step
from deltasift.rules import (
    arithmetic,
    deriv_add,
    sum_mul_left,
)

# Given
K = sizes("K")
i, j, k, m = index("i", 1, K), index("j", 1, K), index("k", 1, K), index("m", 1, K)
z = real("z", k)
s = define("s", k, exp(z[k]) / Sum(exp(z[m]), m))
references = ["lehmann1998, section 2.5"]
example = {"z": [1, 0, -1], "i": 1, "j": 2}

# Known
jacobian, total = known("softmax_jacobian"), known("softmax_is_a_distribution")
covariance = known("covariance_of_a_one_hot_vector", 2)

# Claim
claims = [
    Equality(Sum((delta(k, i) - s[i]) * (s[k] * (delta(k, j) - s[j])), k), s[i] * (delta(i, j) - s[j])),
    Equality(-Sum(s[k] * Derivative(delta(k, i) - s[i], z[j]), k), s[i] * (delta(i, j) - s[j])),
]

# Proof
proofs = [
    calc(
        Sum((delta(k, i) - s[i]) * (s[k] * (delta(k, j) - s[j])), k),
        step(s[i] * (delta(i, j) - s[j]), by=covariance),
    ),
    calc(
        -Sum(s[k] * Derivative(delta(k, i) - s[i], z[j]), k),
        step(-Sum(s[k] * -Derivative(s[i], z[j]), k), by=deriv_add),
        step(-Sum(s[k] * -(s[i] * (delta(i, j) - s[j])), k), by=jacobian),
        step(-(-(s[i] * (delta(i, j) - s[j])) * Sum(s[k], k)), by=sum_mul_left),
        step(-(-(s[i] * (delta(i, j) - s[j])) * 1), by=total),
        step(s[i] * (delta(i, j) - s[j]), by=arithmetic),
    ),
]
