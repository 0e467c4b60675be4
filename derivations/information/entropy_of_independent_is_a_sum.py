"""The entropy of an independent pair is the sum of the entropies.

Why do bits of independent sources add? The probabilities multiply, so their logarithms add, and each part is summed
over the other variable with probabilities that make one.
"""

from deltasift import Entropy, Equality, Sum, calc, index, log, pmf, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    log_mul,
    mul_add,
    one_mul,
    sum_add,
    sum_mul_left,
    sum_pmf,
)

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, q = pmf("p", x, positive=True), pmf("q", z, positive=True)
references = ["cover2006, section 2.6"]
example = {"p": ["1/2", "1/2"], "q": ["1/4", "3/4"]}

# Claim
claim = Equality(-Sum(Sum(p[x] * q[z] * log(p[x] * q[z]), z), x), Entropy(p) + Entropy(q))

# Proof
proof = calc(
    -Sum(Sum(p[x] * q[z] * log(p[x] * q[z]), z), x),
    step(-Sum(Sum(p[x] * q[z] * (log(p[x]) + log(q[z])), z), x), by=log_mul),
    step(-Sum(Sum(p[x] * q[z] * log(p[x]) + p[x] * q[z] * log(q[z]), z), x), by=mul_add),
    step(
        -Sum(p[x] * log(p[x]) * Sum(q[z], z) + p[x] * Sum(q[z] * log(q[z]), z), x),
        by=[sum_add, sum_mul_left],
    ),
    step(-Sum(p[x] * log(p[x]) + p[x] * Sum(q[z] * log(q[z]), z), x), by=[sum_pmf, one_mul]),
    step(-(Sum(p[x] * log(p[x]), x) + Sum(q[z] * log(q[z]), z) * Sum(p[x], x)), by=[sum_add, sum_mul_left]),
    step(-(Sum(p[x] * log(p[x]), x) + Sum(q[z] * log(q[z]), z)), by=[sum_pmf, one_mul]),
    step(-Sum(p[x] * log(p[x]), x) - Sum(q[z] * log(q[z]), z), by=arithmetic),
    step(Entropy(p) + Entropy(q), by=definition),
)
