"""A sum of squares splits into the one about the mean and N times the squared distance of the mean.

Why is the mean what minimises the squared error? The deviations from the mean sum to zero, so there is no cross term;
of the two parts only the second depends on the centre, and it is 0 at the mean.
"""

from deltasift import Equality, SameOrder, Sum, calc, define, index, real, same_order, sizes, step
from deltasift.rules import arithmetic, definition, order_add_const, order_mul_pos, sum_add, sum_const, sum_mul_left

# Given
N = sizes("N")
n = index("n", 1, N)
x, a = real("x", n), real("a")
m = define(r"\bar x", Sum(x[n], n) / N)
references = ["casella2002, theorem 5.2.4"]
example = {"x": [0, 1, 5], "a": 1}

inner = Sum((x[n] - m) ** 2, n)

# Claim
claims = [
    Equality(Sum(x[n] - m, n), 0),
    Equality(Sum((x[n] - a) ** 2, n), inner + N * (m - a) ** 2),
    SameOrder(Sum((x[n] - a) ** 2, n), (m - a) ** 2, a),
]

# Proof
split = (
    step(Sum((x[n] - m) ** 2 + 2 * (m - a) * (x[n] - m) + (m - a) ** 2, n), by=arithmetic),
    step(inner + Sum(2 * (m - a) * (x[n] - m), n) + Sum((m - a) ** 2, n), by=sum_add),
    step(inner + 2 * (m - a) * Sum(x[n] - m, n) + Sum((m - a) ** 2, n), by=sum_mul_left),
    step(inner + 2 * (m - a) * Sum(x[n] - m, n) + N * (m - a) ** 2, by=sum_const),
    step(inner + 2 * (m - a) * (Sum(x[n], n) - N * m) + N * (m - a) ** 2, by=[sum_add, sum_const]),
    step(inner + 2 * (m - a) * (Sum(x[n], n) - N * (Sum(x[n], n) / N)) + N * (m - a) ** 2, by=definition),
    step(inner + N * (m - a) ** 2, by=arithmetic),
)
proofs = [
    calc(
        Sum(x[n] - m, n),
        step(Sum(x[n], n) - N * m, by=[sum_add, sum_const]),
        step(Sum(x[n], n) - N * (Sum(x[n], n) / N), by=definition),
        step(0, by=arithmetic),
    ),
    calc(Sum((x[n] - a) ** 2, n), *split),
    calc(
        Sum((x[n] - a) ** 2, n),
        *split,
        same_order(N * (m - a) ** 2, a, by=order_add_const),
        same_order((m - a) ** 2, a, by=order_mul_pos),
    ),
]
