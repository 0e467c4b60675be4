"""The derivative of the log of a moment generating function is a mean under tilted probabilities.

Why do cumulants come from derivatives of log E exp(t a)? Each derivative brings a value down from the exponent, and
the logarithm divides by the normaliser: the first is the mean under probabilities reweighted by exp(t a), at t = 0 the
mean itself.
"""

from deltasift import Derivative, Equality, Sum, calc, define, exp, index, log, pmf, real, sizes, step
from deltasift.rules import definition, deriv_exp, deriv_log, deriv_mul, deriv_self, deriv_sum, one_mul, sum_mul_left

# Given
K = sizes("K")
j, k = index("j", 1, K), index("k", 1, K)
p, a, t = pmf("p", k, positive=True), real("a", k), real("t")
w = define("w", k, p[k] * exp(t * a[k]) / Sum(p[j] * exp(t * a[j]), j))
references = ["feller1971, section XVI.7"]
example = {"p": ["1/2", "1/4", "1/4"], "a": [0, 1, 3], "t": 1}

total = Sum(p[j] * exp(t * a[j]), j)

# Claim
claim = Equality(Derivative(log(total), t), Sum(w[k] * a[k], k))

# Proof
proof = calc(
    Derivative(log(total), t),
    step(Derivative(total, t) / total, by=deriv_log),
    step(Sum(Derivative(p[j] * exp(t * a[j]), t), j) / total, by=deriv_sum),
    step(Sum(p[j] * (exp(t * a[j]) * Derivative(t * a[j], t)), j) / total, by=[deriv_mul, deriv_exp]),
    step(Sum(p[j] * (exp(t * a[j]) * a[j]), j) / total, by=[deriv_mul, deriv_self, one_mul]),
    step(Sum(p[k] * exp(t * a[k]) / total * a[k], k), by=sum_mul_left.reversed),
    step(Sum(w[k] * a[k], k), by=definition),
)
