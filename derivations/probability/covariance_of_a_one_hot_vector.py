"""The covariance matrix of a one-hot vector is diag(p) minus the outer product of p with itself.

Why is that matrix at once the Jacobian of the softmax, the Hessian of log-sum-exp and the Fisher information of the
scores? The gradient of a log-probability is the one-hot vector minus its mean p, so that the mean of the products of
two gradients is this covariance. One delta leaves the other gradient at one class; the mean of the other one is zero.
"""

from deltasift import Equality, Sum, calc, delta, index, pmf, sizes, step
from deltasift.rules import arithmetic, mul_add, one_mul, sum_add, sum_delta, sum_mul_left, sum_pmf

# Given
K = sizes("K")
i, j, k = index("i", 1, K), index("j", 1, K), index("k", 1, K)
p = pmf("p", k)
references = ["casella2002, section 4.6"]
example = {"p": ["1/2", "1/4", "1/4"], "i": 1, "j": 2}

# Claim
claims = [
    Equality(Sum(p[k] * (delta(k, j) - p[j]), k), 0),
    Equality(Sum((delta(k, i) - p[i]) * (p[k] * (delta(k, j) - p[j])), k), p[i] * (delta(i, j) - p[j])),
]

# Proof
centred = (
    step(Sum(delta(k, j) * p[k] - p[j] * p[k], k), by=arithmetic),
    step(Sum(delta(k, j) * p[k], k) - p[j] * Sum(p[k], k), by=[sum_add, sum_mul_left]),
    step(p[j] - p[j] * Sum(p[k], k), by=sum_delta),
    step(0, by=[sum_pmf, one_mul, arithmetic]),
)
proofs = [
    calc(Sum(p[k] * (delta(k, j) - p[j]), k), *centred),
    calc(
        Sum((delta(k, i) - p[i]) * (p[k] * (delta(k, j) - p[j])), k),
        step(Sum(delta(k, i) * (p[k] * (delta(k, j) - p[j])) - p[i] * (p[k] * (delta(k, j) - p[j])), k), by=mul_add),
        step(
            Sum(delta(k, i) * (p[k] * (delta(k, j) - p[j])), k) - p[i] * Sum(p[k] * (delta(k, j) - p[j]), k),
            by=[sum_add, sum_mul_left],
        ),
        step(p[i] * (delta(i, j) - p[j]) - p[i] * Sum(p[k] * (delta(k, j) - p[j]), k), by=sum_delta),
        step(p[i] * (delta(i, j) - p[j]) - p[i] * Sum(delta(k, j) * p[k] - p[j] * p[k], k), by=arithmetic),
        step(
            p[i] * (delta(i, j) - p[j]) - p[i] * (Sum(delta(k, j) * p[k], k) - p[j] * Sum(p[k], k)),
            by=[sum_add, sum_mul_left],
        ),
        step(p[i] * (delta(i, j) - p[j]) - p[i] * (p[j] - p[j] * Sum(p[k], k)), by=sum_delta),
        step(p[i] * (delta(i, j) - p[j]), by=[sum_pmf, one_mul, arithmetic]),
    ),
]
