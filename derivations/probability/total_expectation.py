"""The mean is the mean of the conditional means.

Why may one average in two stages? The joint probability is a product whose first factor does not depend on the inner
index: it moves out, and the sums change places.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import definition, sum_comm, sum_mul_left, sum_mul_right

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, r, f = pmf("p", x), pmf("r", z, given=x), real("f", z)
m = define("m", z, Sum(p[x] * r[x, z], x))
references = ["feller1968, section IX.2"]
example = {"p": ["1/2", "1/2"], "r": [["1/2", "1/2"], ["1/4", "3/4"]], "f": [1, 3]}

# Claim
claim = Equality(Sum(m[z] * f[z], z), Sum(p[x] * Sum(r[x, z] * f[z], z), x))

# Proof
proof = calc(
    Sum(m[z] * f[z], z),
    step(Sum(Sum(p[x] * r[x, z], x) * f[z], z), by=definition),
    step(Sum(Sum(p[x] * r[x, z] * f[z], x), z), by=sum_mul_right),
    step(Sum(Sum(p[x] * r[x, z] * f[z], z), x), by=sum_comm),
    step(Sum(p[x] * Sum(r[x, z] * f[z], z), x), by=sum_mul_left),
)
