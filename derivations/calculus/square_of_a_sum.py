"""The square of a sum is the double sum of the products, and the squared differences of all pairs follow from it.

Why is the sum of (x_n - x_m)^2 over all pairs 2 N times the sum of squares minus twice the square of the sum? The two
squares are added N times each; the product of two terms, over all pairs, is the product of the sums.
"""

from deltasift import Equality, Sum, calc, index, real, sizes, step
from deltasift.rules import arithmetic, sum_add, sum_const, sum_mul_left, sum_mul_right

# Given
N = sizes("N")
n, m = index("n", 1, N), index("m", 1, N)
x = real("x", n)
references = ["graham1994, section 2.4"]
example = {"x": [1, 2, 4]}

total = Sum(x[n], n)

# Claim
claims = [
    Equality(total**2, Sum(Sum(x[n] * x[m], m), n)),
    Equality(Sum(Sum((x[n] - x[m]) ** 2, m), n), 2 * N * Sum(x[n] ** 2, n) - 2 * total**2),
]

# Proof
proofs = [
    calc(
        total**2,
        step(Sum(x[n], n) * Sum(x[m], m), by=arithmetic),
        step(Sum(x[n] * Sum(x[m], m), n), by=sum_mul_right),
        step(Sum(Sum(x[n] * x[m], m), n), by=sum_mul_left.reversed),
    ),
    calc(
        Sum(Sum((x[n] - x[m]) ** 2, m), n),
        step(Sum(Sum(x[n] ** 2 - 2 * x[n] * x[m] + x[m] ** 2, m), n), by=arithmetic),
        step(Sum(Sum(x[n] ** 2, m) - Sum(2 * x[n] * x[m], m) + Sum(x[m] ** 2, m), n), by=sum_add),
        step(Sum(N * x[n] ** 2 - 2 * x[n] * Sum(x[m], m) + Sum(x[m] ** 2, m), n), by=[sum_const, sum_mul_left]),
        step(
            Sum(N * x[n] ** 2, n) - Sum(2 * x[n] * Sum(x[m], m), n) + Sum(Sum(x[m] ** 2, m), n),
            by=sum_add,
        ),
        step(
            N * Sum(x[n] ** 2, n) - 2 * Sum(x[m], m) * Sum(x[n], n) + N * Sum(x[m] ** 2, m),
            by=[sum_mul_left, sum_const],
        ),
        step(2 * N * Sum(x[n] ** 2, n) - 2 * total**2, by=arithmetic),
    ),
]
