"""The mean is the mean of the conditional means, and the total probability is one.

Why may one average in two stages? The joint probability is a product whose first factor does not depend on the inner
index: it moves out, and the sums change places. With the constant 1 for the values it says that a marginal is a
distribution.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import definition, one_mul, sum_comm, sum_mul_left, sum_mul_right, sum_pmf

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, r, f = pmf("p", x), pmf("r", z, given=x), real("f", z)
m = define("m", z, Sum(p[x] * r[x, z], x))
references = ["feller1968, section IX.2"]
example = {"p": ["1/2", "1/2"], "r": [["1/2", "1/2"], ["1/4", "3/4"]], "f": [1, 3]}

# Claim
claims = [
    Equality(Sum(m[z] * f[z], z), Sum(p[x] * Sum(r[x, z] * f[z], z), x)),
    Equality(Sum(m[z], z), 1),
]

# Proof
proofs = [
    calc(
        Sum(m[z] * f[z], z),
        step(Sum(Sum(p[x] * r[x, z], x) * f[z], z), by=definition),
        step(Sum(Sum(p[x] * r[x, z] * f[z], x), z), by=sum_mul_right),
        step(Sum(Sum(p[x] * r[x, z] * f[z], z), x), by=sum_comm),
        step(Sum(p[x] * Sum(r[x, z] * f[z], z), x), by=sum_mul_left),
    ),
    calc(
        Sum(m[z], z),
        step(Sum(Sum(p[x] * r[x, z], x), z), by=definition),
        step(Sum(Sum(p[x] * r[x, z], z), x), by=sum_comm),
        step(Sum(p[x] * Sum(r[x, z], z), x), by=sum_mul_left),
        step(Sum(p[x], x), by=[sum_pmf, one_mul]),
        step(1, by=sum_pmf),
    ),
]
