"""A baseline does not bias the policy gradient, and the score has the mean 0.

Why may any number be subtracted from the reward? It is multiplied with the mean of the gradients of the
log-probabilities, and that is the gradient of the sum of the probabilities, which is always one.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, known, log, real, sizes, step
from deltasift.rules import (
    arithmetic,
    deriv_log,
    sum_add,
    sum_delta,
    sum_mul_left,
)

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z, c = real("z", k), real("c")
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["williams1992, theorem 1", "sutton2018, section 13.4"]
example = {"z": [1, 0, -1], "c": 2, "m": 1}

# Claim
claim = Equality(Sum(s[k] * (c * Derivative(log(s[k]), z[m])), k), 0)

# Known
softmax_jacobian = known("softmax_jacobian")
softmax_sums_to_one = known("softmax_is_a_distribution")

# Proof
proof = calc(
    Sum(s[k] * (c * Derivative(log(s[k]), z[m])), k),
    step(Sum(s[k] * (c * (Derivative(s[k], z[m]) / s[k])), k), by=deriv_log),
    step(Sum(s[k] * (c * (s[k] * (delta(k, m) - s[m]) / s[k])), k), by=softmax_jacobian),
    step(Sum(c * (delta(k, m) * s[k]) - c * s[m] * s[k], k), by=arithmetic),
    step(c * Sum(delta(k, m) * s[k], k) - c * s[m] * Sum(s[k], k), by=[sum_add, sum_mul_left]),
    step(c * s[m] - c * s[m] * Sum(s[k], k), by=sum_delta),
    step(c * s[m] - c * s[m] * 1, by=softmax_sums_to_one),
    step(0, by=arithmetic),
)
