"""The divergence of two joint distributions is that of the first parts plus the mean divergence of the second.

Why may a divergence of sequences be taken token by token? The quotient of two products is the product of two
quotients, and its logarithm a sum; the probabilities on which a part does not depend are summed out to one.
"""

from deltasift import KL, Equality, Sum, calc, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, log_mul, mul_add, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, q = pmf("p", x, positive=True), pmf("q", x, positive=True)
r, s = pmf("r", z, given=x, positive=True), pmf("s", z, given=x, positive=True)
references = ["cover2006, theorem 2.5.3"]
example = {
    "p": ["1/2", "1/2"],
    "q": ["1/3", "2/3"],
    "r": [["1/2", "1/2"], ["1/4", "3/4"]],
    "s": [["1/3", "2/3"], ["1/2", "1/2"]],
}

rest = Sum(p[x] * Sum(r[x, z] * log(r[x, z] / s[x, z]), z), x)

# Claim
claim = Equality(Sum(Sum(p[x] * r[x, z] * log(p[x] * r[x, z] / (q[x] * s[x, z])), z), x), KL(p, q) + rest)

# Proof
proof = calc(
    Sum(Sum(p[x] * r[x, z] * log(p[x] * r[x, z] / (q[x] * s[x, z])), z), x),
    step(Sum(Sum(p[x] * r[x, z] * log(p[x] / q[x] * (r[x, z] / s[x, z])), z), x), by=arithmetic),
    step(Sum(Sum(p[x] * r[x, z] * (log(p[x] / q[x]) + log(r[x, z] / s[x, z])), z), x), by=log_mul),
    step(
        Sum(Sum(p[x] * r[x, z] * log(p[x] / q[x]) + p[x] * r[x, z] * log(r[x, z] / s[x, z]), z), x),
        by=mul_add,
    ),
    step(
        Sum(p[x] * log(p[x] / q[x]) * Sum(r[x, z], z) + p[x] * Sum(r[x, z] * log(r[x, z] / s[x, z]), z), x),
        by=[sum_add, sum_mul_left],
    ),
    step(
        Sum(p[x] * log(p[x] / q[x]) + p[x] * Sum(r[x, z] * log(r[x, z] / s[x, z]), z), x),
        by=[sum_pmf, one_mul],
    ),
    step(Sum(p[x] * log(p[x] / q[x]), x) + rest, by=sum_add),
    step(KL(p, q) + rest, by=definition),
)
