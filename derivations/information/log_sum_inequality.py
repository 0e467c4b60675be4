"""The log-sum inequality.

May classes be merged before they are compared? Only downwards: with the quotient of the totals taken out of each
logarithm, what is left of a term is at least the difference of two numbers that have the same total.
"""

from deltasift import LessEqual, Sum, calc, index, log, positive, sizes, step
from deltasift.rules import arithmetic, log_mul, sub_le_mul_log_div, sum_add, sum_mul_left

# Given
K = sizes("K")
k = index("k", 1, K)
a, b = positive("a", k), positive("b", k)
references = ["cover2006, section 2.7"]
example = {"a": [1, 2], "b": [3, 1]}

A, B = Sum(a[k], k), Sum(b[k], k)

# Claim
claim = LessEqual(A * log(A / B), Sum(a[k] * log(a[k] / b[k]), k))

# Proof
proof = calc(
    Sum(a[k] * log(a[k] / b[k]), k),
    step(Sum(a[k] * log(a[k] / (b[k] * (A / B)) * (A / B)), k), by=arithmetic),
    step(Sum(a[k] * (log(a[k] / (b[k] * (A / B))) + log(A / B)), k), by=log_mul),
    step(Sum(a[k] * log(a[k] / (b[k] * (A / B))) + log(A / B) * a[k], k), by=arithmetic),
    step(Sum(a[k] - b[k] * (A / B) + log(A / B) * a[k], k), by=sub_le_mul_log_div.reversed, relation=">="),
    step(A - A / B * B + log(A / B) * A, by=[sum_add, sum_mul_left]),
    step(A * log(A / B), by=arithmetic),
)
