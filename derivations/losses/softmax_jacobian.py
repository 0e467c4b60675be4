"""The Jacobian of the softmax is diag(s) minus the outer product of s with itself.

Is it the derivative of a quotient, or a matrix with a diagonal? Both: the numerator gives the Kronecker delta, the
denominator, in which every score occurs, gives the product. On the diagonal it is s(1 - s), as for the logistic one.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, real, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    delta_comm,
    deriv_entry,
    deriv_exp,
    deriv_mul,
    deriv_sum,
    sum_delta,
)

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z = real("z", k)
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["murphy2022, section 10.3.2", "bridle1990"]
example = {"z": [1, 0, -1], "k": 1, "m": 2}

total = Sum(exp(z[j]), j)

# Claim
claim = Equality(Derivative(s[k], z[m]), s[k] * (delta(k, m) - s[m]))

# Proof
proof = calc(
    Derivative(s[k], z[m]),
    step(Derivative(exp(z[k]) / total, z[m]), by=definition),
    step(Derivative(exp(z[k]), z[m]) / total - exp(z[k]) * Derivative(total, z[m]) / total**2, by=deriv_mul),
    step(exp(z[k]) * delta(m, k) / total - exp(z[k]) * Derivative(total, z[m]) / total**2, by=[deriv_exp, deriv_entry]),
    step(
        exp(z[k]) * delta(m, k) / total - exp(z[k]) * Sum(exp(z[j]) * delta(m, j), j) / total**2,
        by=[deriv_sum, deriv_exp, deriv_entry],
    ),
    step(exp(z[k]) * delta(m, k) / total - exp(z[k]) * exp(z[m]) / total**2, by=sum_delta),
    step(exp(z[k]) / total * (delta(m, k) - exp(z[m]) / total), by=arithmetic),
    step(exp(z[k]) / total * (delta(k, m) - exp(z[m]) / total), by=delta_comm),
    step(s[k] * (delta(k, m) - s[m]), by=definition),
)
