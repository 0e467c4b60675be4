"""The gradient of the cross entropy of a softmax is prediction minus target.

Why is the gradient of softmax with cross entropy simply p - y? The score of a class enters with the weight of its
target, log-sum-exp enters with the sum of all targets, which is one, and its slope is the softmax. It holds for soft
targets as for one-hot ones, and the second derivative does not depend on the targets at all.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, known, log, pmf, real, sizes, step
from deltasift.rules import (
    arithmetic,
    deriv_add,
    deriv_entry,
    deriv_mul,
    deriv_sum,
    mul_add,
    one_mul,
    sum_add,
    sum_delta,
    sum_mul_left,
    sum_pmf,
)

# Given
K = sizes("K")
j, k, m, i = index("j", 1, K), index("k", 1, K), index("m", 1, K), index("i", 1, K)
z, t = real("z", k), pmf("t", k)
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["murphy2022, section 10.3.2", "bridle1990"]
example = {"z": [1, 0, -1], "t": [0, 1, 0], "m": 1, "i": 2}

total = Sum(exp(z[j]), j)

# Claim
claims = [
    Equality(Derivative(-Sum(t[k] * log(s[k]), k), z[m]), s[m] - t[m]),
    Equality(Derivative(s[m] - t[m], z[i]), s[m] * (delta(m, i) - s[i])),
]

# Known
log_softmax = known("softmax_is_a_distribution", 3)
log_sum_exp_gradient = known("log_sum_exp_gradient_is_softmax")

# Proof
proofs = [
    calc(
        Derivative(-Sum(t[k] * log(s[k]), k), z[m]),
        step(Derivative(-Sum(t[k] * (z[k] - log(total)), k), z[m]), by=log_softmax),
        step(
            -Sum(t[k] * (Derivative(z[k], z[m]) - Derivative(log(total), z[m])), k),
            by=[deriv_add, deriv_sum, deriv_mul, deriv_add],
        ),
        step(-Sum(t[k] * (delta(m, k) - Derivative(log(total), z[m])), k), by=deriv_entry),
        step(-Sum(t[k] * (delta(m, k) - s[m]), k), by=log_sum_exp_gradient),
        step(-(Sum(t[k] * delta(m, k), k) - Sum(t[k] * s[m], k)), by=[mul_add, sum_add]),
        step(-(t[m] - Sum(t[k] * s[m], k)), by=sum_delta),
        step(-(t[m] - s[m] * Sum(t[k], k)), by=sum_mul_left),
        step(-(t[m] - s[m]), by=[sum_pmf, one_mul]),
        step(s[m] - t[m], by=arithmetic),
    ),
    calc(
        Derivative(s[m] - t[m], z[i]),
        step(Derivative(s[m], z[i]), by=deriv_add),
        step(s[m] * (delta(m, i) - s[i]), by=known("softmax_jacobian")),
    ),
]
