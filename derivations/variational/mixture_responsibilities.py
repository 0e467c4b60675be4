"""The gradient of a mixture's log-likelihood by a component's log-weight is its responsibility.

Why do responsibilities appear in the gradient of a mixture? The logarithm divides by the sum of all components, and the
derivative of one exponential is itself: their quotient is the posterior probability of the component.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, log, positive, real, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    deriv_entry,
    deriv_exp,
    deriv_log,
    deriv_mul,
    deriv_sum,
    sum_delta,
    sum_mul_left,
)

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
a, f = real("a", k), positive("f", k)  # log-weights, and the densities of the components at a point
r = define("r", k, exp(a[k]) * f[k] / Sum(exp(a[j]) * f[j], j))
references = ["murphy2022, section 8.7.3", "bishop2006, section 9.2"]
example = {"a": [0, 1, 0], "f": ["1/2", "1/4", 1], "m": 2}

total = Sum(exp(a[j]) * f[j], j)

# Claim
claims = [
    Equality(Derivative(log(total), a[m]), r[m]),
    Equality(Sum(r[k], k), 1),
]

# Proof
proofs = [
    calc(
        Derivative(log(total), a[m]),
        step(Derivative(total, a[m]) / total, by=deriv_log),
        step(Sum(Derivative(exp(a[j]), a[m]) * f[j], j) / total, by=[deriv_sum, deriv_mul]),
        step(Sum(delta(m, j) * (exp(a[j]) * f[j]), j) / total, by=[deriv_exp, deriv_entry]),
        step(exp(a[m]) * f[m] / total, by=sum_delta),
        step(r[m], by=definition),
    ),
    calc(
        Sum(r[k], k),
        step(Sum(exp(a[k]) * f[k] / total, k), by=definition),
        step(1 / total * Sum(exp(a[k]) * f[k], k), by=sum_mul_left),
        step(1, by=arithmetic),
    ),
]
