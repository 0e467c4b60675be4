"""Regressing on the conditional velocities finds the velocity of the whole flow.

Why may flow matching, or denoising, train on targets that belong to one data point z? For each place x the squared
error to all targets is that to their mean, plus their spread, which the model v has no influence on. So both losses
have the same minimisers. The same split turns denoising score matching into score matching.
"""

from deltasift import Equality, SameOrder, Sum, calc, define, index, positive, real, same_order, sizes, step
from deltasift.rules import arithmetic, definition, order_add_const, sum_add, sum_mul_left

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
w, u, v = positive("w", x, z), real("u", x, z), real("v", x)  # how often z leads to x; the target; the model
p = define("p", x, Sum(w[x, z], z))
m = define("m", x, Sum(w[x, z] * u[x, z], z) / p[x])
references = ["lipman2023, theorem 2", "vincent2011"]
example = {"w": [["1/4", "1/4"], ["1/4", "1/4"]], "u": [[0, 2], [1, 3]], "v": [1, 1]}

conditional = Sum(Sum(w[x, z] * (v[x] - u[x, z]) ** 2, z), x)
marginal = Sum(p[x] * (v[x] - m[x]) ** 2, x)
spread = Sum(Sum(w[x, z] * u[x, z] ** 2, z) - p[x] * m[x] ** 2, x)

# Claim
claims = [
    Equality(conditional, marginal + spread),
    SameOrder(conditional, marginal, v),
]

# Proof
split = (
    step(
        Sum(Sum(v[x] ** 2 * w[x, z] - 2 * v[x] * (w[x, z] * u[x, z]) + w[x, z] * u[x, z] ** 2, z), x),
        by=arithmetic,
    ),
    step(
        Sum(
            v[x] ** 2 * Sum(w[x, z], z) - 2 * v[x] * Sum(w[x, z] * u[x, z], z) + Sum(w[x, z] * u[x, z] ** 2, z),
            x,
        ),
        by=[sum_add, sum_mul_left],
    ),
    step(
        Sum(
            v[x] ** 2 * Sum(w[x, z], z)
            - 2 * v[x] * (Sum(w[x, z], z) * (Sum(w[x, z] * u[x, z], z) / Sum(w[x, z], z)))
            + Sum(w[x, z] * u[x, z] ** 2, z),
            x,
        ),
        by=arithmetic,
    ),
    step(
        Sum(v[x] ** 2 * p[x] - 2 * v[x] * (p[x] * m[x]) + Sum(w[x, z] * u[x, z] ** 2, z), x),
        by=definition,
    ),
    step(
        Sum(p[x] * (v[x] - m[x]) ** 2 + (Sum(w[x, z] * u[x, z] ** 2, z) - p[x] * m[x] ** 2), x),
        by=arithmetic,
    ),
    step(marginal + spread, by=sum_add),
)
proofs = [
    calc(conditional, *split),
    calc(conditional, *split, same_order(marginal, v, by=order_add_const)),
]
