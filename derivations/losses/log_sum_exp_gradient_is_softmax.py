"""The gradient of log-sum-exp is the softmax.

Why does softmax turn up whenever something is normalised? It is the slope of the logarithm of the normaliser: of the
sum over all classes the derivative by one score leaves one exponential, and the logarithm divides it by the sum.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, log, real, sizes, step
from deltasift.rules import definition, deriv_entry, deriv_exp, deriv_log, deriv_sum, sum_delta

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z = real("z", k)
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["murphy2022, section 2.5.4"]
example = {"z": [1, 0, -1], "m": 1}

total = Sum(exp(z[j]), j)

# Claim
claim = Equality(Derivative(log(total), z[m]), s[m])

# Proof
proof = calc(
    Derivative(log(total), z[m]),
    step(Derivative(total, z[m]) / total, by=deriv_log),
    step(Sum(Derivative(exp(z[j]), z[m]), j) / total, by=deriv_sum),
    step(Sum(exp(z[j]) * Derivative(z[j], z[m]), j) / total, by=deriv_exp),
    step(Sum(exp(z[j]) * delta(m, j), j) / total, by=deriv_entry),
    step(exp(z[m]) / total, by=sum_delta),
    step(s[m], by=definition),
)
