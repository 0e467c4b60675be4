"""The score of a softmax has the mean zero.

Why is the expected gradient of the log-probability zero? The gradient by a score is a delta minus the probability; the
mean of the delta is the probability, and the probability is taken off once for all classes together.
"""

from deltasift import Equality, Sum, calc, define, delta, exp, index, known, real, sizes, step
from deltasift.rules import arithmetic, sum_add, sum_delta, sum_mul_left

# Given
K = sizes("K")
i, k, l = index("i", 1, K), index("k", 1, K), index("l", 1, K)
z = real("z", k)
s = define("s", k, exp(z[k]) / Sum(exp(z[l]), l))
references = ["lehmann1998, section 2.5"]
example = {"z": [1, 0, -1], "i": 1}

# Claim
claim = Equality(Sum(s[k] * (delta(k, i) - s[i]), k), 0)

# Proof
proof = calc(
    Sum(s[k] * (delta(k, i) - s[i]), k),
    step(Sum(delta(k, i) * s[k] - s[i] * s[k], k), by=arithmetic),
    step(Sum(delta(k, i) * s[k], k) - s[i] * Sum(s[k], k), by=[sum_add, sum_mul_left]),
    step(s[i] - s[i] * Sum(s[k], k), by=sum_delta),
    step(s[i] - s[i] * 1, by=known("softmax_is_a_distribution")),
    step(0, by=arithmetic),
)
