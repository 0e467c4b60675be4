r"""At high temperature distillation compares scores: the softened softmax leaves the uniform one along the scores.

What does distillation match when the temperature T is high? By \beta = 1/T the derivative of a softened probability is
the probability times the score less the mean score. At \beta = 0, where all probabilities are 1/K, that is the score
less the average score, over K. The difference of two softened softmaxes is 0 there, so that T times it, the gradient of
the distillation loss, tends to the difference of their derivatives: with scores v of the teacher, and all scores
centred, to the difference of z and v over K.
"""

from deltasift import Derivative, Equality, Sum, calc, define, exp, index, real, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    deriv_exp,
    deriv_mul,
    deriv_self,
    deriv_sum,
    exp_zero,
    one_mul,
    sum_const,
    sum_mul_left,
    sum_mul_right,
    zero_mul,
)

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z, b = real("z", k), real(r"\beta")
s = define("s", k, exp(b * z[k]) / Sum(exp(b * z[j]), j))
references = ["hinton2015, section 2.1"]
example = {"z": [1, 0, -1], r"\beta": "1/2", "m": 1}


def slope(b):
    total = Sum(exp(b * z[j]), j)
    return exp(b * z[m]) / total * (z[m] - Sum(exp(b * z[k]) / total * z[k], k))


# Claim
claims = [
    Equality(Derivative(s[m], b), s[m] * (z[m] - Sum(s[k] * z[k], k))),
    Equality(slope(0), 1 / K * (z[m] - 1 / K * Sum(z[k], k))),
]

# Proof
total = Sum(exp(b * z[j]), j)
proofs = [
    calc(
        Derivative(s[m], b),
        step(Derivative(exp(b * z[m]) / total, b), by=definition),
        step(Derivative(exp(b * z[m]), b) / total - exp(b * z[m]) * Derivative(total, b) / total**2, by=deriv_mul),
        step(
            exp(b * z[m]) * Derivative(b * z[m], b) / total
            - exp(b * z[m]) * Sum(exp(b * z[j]) * Derivative(b * z[j], b), j) / total**2,
            by=[deriv_sum, deriv_exp],
        ),
        step(
            exp(b * z[m]) * z[m] / total - exp(b * z[m]) * Sum(exp(b * z[j]) * z[j], j) / total**2,
            by=[deriv_mul, deriv_self, one_mul],
        ),
        step(exp(b * z[m]) / total * (z[m] - Sum(exp(b * z[j]) * z[j], j) / total), by=arithmetic),
        step(exp(b * z[m]) / total * (z[m] - Sum(exp(b * z[j]) / total * z[j], j)), by=sum_mul_right),
        step(s[m] * (z[m] - Sum(s[k] * z[k], k)), by=definition),
    ),
    calc(
        slope(0),
        step(1 / Sum(1, j) * (z[m] - Sum(1 / Sum(1, j) * z[k], k)), by=[zero_mul, exp_zero]),
        step(1 / K * (z[m] - Sum(1 / K * z[k], k)), by=sum_const),
        step(1 / K * (z[m] - 1 / K * Sum(z[k], k)), by=sum_mul_left),
    ),
]
