"""The entropy of a pair is the entropy of the first plus the mean entropy of the second given the first.

Why do entropies add up along a sequence? The logarithm of the joint probability splits into that of the first and
that of the second given the first. Summed over the second, its probabilities are one, so the first part is the
entropy of the first alone.
"""

from deltasift import Entropy, Equality, Sum, calc, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, log_mul, mul_add, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p = pmf("p", x, positive=True)
r = pmf("r", z, given=x, positive=True)
references = ["cover2006, theorem 2.2.1"]
example = {"p": ["1/2", "1/2"], "r": [["1/2", "1/2"], ["1/4", "3/4"]]}

conditional = -Sum(p[x] * Sum(r[x, z] * log(r[x, z]), z), x)

# Claim
claim = Equality(-Sum(Sum(p[x] * r[x, z] * log(p[x] * r[x, z]), z), x), Entropy(p) + conditional)

# Proof
proof = calc(
    -Sum(Sum(p[x] * r[x, z] * log(p[x] * r[x, z]), z), x),
    step(-Sum(Sum(p[x] * r[x, z] * (log(p[x]) + log(r[x, z])), z), x), by=log_mul),
    step(-Sum(Sum(p[x] * r[x, z] * log(p[x]) + p[x] * r[x, z] * log(r[x, z]), z), x), by=mul_add),
    step(
        -Sum(p[x] * log(p[x]) * Sum(r[x, z], z) + p[x] * Sum(r[x, z] * log(r[x, z]), z), x),
        by=[sum_add, sum_mul_left],
    ),
    step(-Sum(p[x] * log(p[x]) + p[x] * Sum(r[x, z] * log(r[x, z]), z), x), by=[sum_pmf, one_mul]),
    step(-(Sum(p[x] * log(p[x]), x) + Sum(p[x] * Sum(r[x, z] * log(r[x, z]), z), x)), by=sum_add),
    step(-Sum(p[x] * log(p[x]), x) + conditional, by=arithmetic),
    step(Entropy(p) + conditional, by=definition),
)
