"""A marginal is a distribution: the total probability is one.

Why may a variable be summed out? Summed over the other variable first, the conditional probabilities make one, and what
is left are the probabilities of the condition, which make one as well.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, sizes, step
from deltasift.rules import definition, one_mul, sum_comm, sum_mul_left, sum_pmf

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, r = pmf("p", x), pmf("r", z, given=x)
m = define("m", z, Sum(p[x] * r[x, z], x))
references = ["feller1968, section V.1"]
example = {"p": ["1/2", "1/2"], "r": [["1/2", "1/2"], ["1/4", "3/4"]]}

# Claim
claim = Equality(Sum(m[z], z), 1)

# Proof
proof = calc(
    Sum(m[z], z),
    step(Sum(Sum(p[x] * r[x, z], x), z), by=definition),
    step(Sum(Sum(p[x] * r[x, z], z), x), by=sum_comm),
    step(Sum(p[x] * Sum(r[x, z], z), x), by=sum_mul_left),
    step(Sum(p[x], x), by=[sum_pmf, one_mul]),
    step(1, by=sum_pmf),
)
