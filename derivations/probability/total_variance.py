"""The variance is the mean of the conditional variances plus the variance of the conditional means.

Why do the two parts add up without a cross term? Each conditional second moment is the conditional variance plus the
square of the conditional mean; averaged, the squares of the means are what the variance of the means is made of.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, mul_add, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, r, a = pmf("p", x), pmf("r", z, given=x), real("a", x, z)
m = define("m", x, Sum(r[x, z] * a[x, z], z))
v = define("v", x, Sum(r[x, z] * (a[x, z] - m[x]) ** 2, z))
mu = define(r"\mu", Sum(p[x] * m[x], x))
references = ["feller1968, section IX.9"]
example = {"p": ["1/2", "1/2"], "r": [["1/2", "1/2"], ["1/4", "3/4"]], "a": [[0, 1], [1, 3]]}

# Claim
claims = [
    Equality(v[x], Sum(r[x, z] * a[x, z] ** 2, z) - m[x] ** 2),
]

# Proof
proofs = [
    calc(
        v[x],
        step(Sum(r[x, z] * (a[x, z] - m[x]) ** 2, z), by=definition),
        step(Sum(r[x, z] * a[x, z] ** 2 - 2 * m[x] * (r[x, z] * a[x, z]) + m[x] ** 2 * r[x, z], z), by=arithmetic),
        step(
            Sum(r[x, z] * a[x, z] ** 2, z) - Sum(2 * m[x] * (r[x, z] * a[x, z]), z) + Sum(m[x] ** 2 * r[x, z], z),
            by=sum_add,
        ),
        step(
            Sum(r[x, z] * a[x, z] ** 2, z) - 2 * m[x] * Sum(r[x, z] * a[x, z], z) + m[x] ** 2 * Sum(r[x, z], z),
            by=sum_mul_left,
        ),
        step(Sum(r[x, z] * a[x, z] ** 2, z) - 2 * m[x] * m[x] + m[x] ** 2 * Sum(r[x, z], z), by=definition),
        step(Sum(r[x, z] * a[x, z] ** 2, z) - m[x] ** 2, by=[sum_pmf, arithmetic]),
    ),
]
