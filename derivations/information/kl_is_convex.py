"""The divergence of two mixtures is at most the mean of the divergences.

Why is a KL divergence convex in both of its arguments at once? Mixing two pairs of distributions with the same weights
can only hide differences: class by class this is the log-sum inequality, summed over the components.
"""

from deltasift import LessEqual, Sum, calc, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, log_sum, sum_comm, sum_mul_left

# Given
K, M = sizes("K M")
k, m = index("k", 1, K), index("m", 1, M)
w = pmf("w", m, positive=True)  # the weights of the components
p, q = pmf("p", k, given=m, positive=True), pmf("q", k, given=m, positive=True)
references = ["cover2006, theorem 2.7.2"]
example = {
    "w": ["1/2", "1/2"],
    "p": [["1/2", "1/4", "1/4"], ["1/4", "1/4", "1/2"]],
    "q": [["1/4", "1/2", "1/4"], ["1/3", "1/3", "1/3"]],
}

# Claim
claim = LessEqual(
    Sum(Sum(w[m] * p[m, k], m) * log(Sum(w[m] * p[m, k], m) / Sum(w[m] * q[m, k], m)), k),
    Sum(w[m] * Sum(p[m, k] * log(p[m, k] / q[m, k]), k), m),
)

# Proof
proof = calc(
    Sum(Sum(w[m] * p[m, k], m) * log(Sum(w[m] * p[m, k], m) / Sum(w[m] * q[m, k], m)), k),
    step(Sum(Sum(w[m] * p[m, k] * log(w[m] * p[m, k] / (w[m] * q[m, k])), m), k), by=log_sum, relation="<="),
    step(Sum(Sum(w[m] * (p[m, k] * log(p[m, k] / q[m, k])), m), k), by=arithmetic),
    step(Sum(Sum(w[m] * (p[m, k] * log(p[m, k] / q[m, k])), k), m), by=sum_comm),
    step(Sum(w[m] * Sum(p[m, k] * log(p[m, k] / q[m, k]), k), m), by=sum_mul_left),
)
