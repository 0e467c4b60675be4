"""The softmax sums to one, and a constant added to all scores changes nothing.

Why may the largest score be subtracted before the exponentials are taken? A common summand is a common factor of
numerator and denominator and cancels, so nothing overflows; and the denominator is just what makes the sum one.
"""

from deltasift import Equality, Sum, calc, define, exp, index, log, real, sizes, step
from deltasift.rules import arithmetic, definition, exp_add, log_div, log_exp, sum_mul_left

# Given
K = sizes("K")
j, k = index("j", 1, K), index("k", 1, K)
z, c = real("z", k), real("c")
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["blanchard2021, section 1"]
example = {"z": [1, 0, -1], "c": -1, "k": 1}

total = Sum(exp(z[j]), j)

# Claim
claims = [
    Equality(Sum(s[k], k), 1),
    Equality(exp(z[k] + c) / Sum(exp(z[j] + c), j), s[k]),
    Equality(log(s[k]), z[k] - log(total)),
]

# Proof
proofs = [
    calc(
        Sum(s[k], k),
        step(Sum(exp(z[k]) / total, k), by=definition),
        step(1 / total * Sum(exp(z[k]), k), by=sum_mul_left),
        step(1, by=arithmetic),
    ),
    calc(
        exp(z[k] + c) / Sum(exp(z[j] + c), j),
        step(exp(z[k]) * exp(c) / Sum(exp(z[j]) * exp(c), j), by=exp_add),
        step(exp(z[k]) * exp(c) / (exp(c) * total), by=sum_mul_left),
        step(exp(z[k]) / total, by=arithmetic),
        step(s[k], by=definition),
    ),
    calc(
        log(s[k]),
        step(log(exp(z[k]) / total), by=definition),
        step(log(exp(z[k])) - log(total), by=log_div),
        step(z[k] - log(total), by=log_exp),
    ),
]
