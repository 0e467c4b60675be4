"""The average of two importance weights has the evidence for its mean, as each of them has.

Why does the importance weighted autoencoder bound the log evidence? Each weight p/q has the evidence as its mean
under q; so has the average of two that are drawn independently. The logarithm of an unbiased estimate is on average
too small (Jensen), the less so the less it varies. Here the mean is over both draws, z and h.
"""

from deltasift import Equality, Sum, calc, index, pmf, positive, sizes, step
from deltasift.rules import arithmetic, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
Z = sizes("Z")
z, h = index("z", 1, Z), index("h", 1, Z)
p, q = positive("p", z), pmf("q", z, positive=True)  # the joint probability of the data and z; the proposal
references = ["burda2016, section 3"]
example = {"p": ["1/8", "1/4"], "q": ["1/2", "1/2"]}

# Claim
claim = Equality(Sum(q[z] * Sum(q[h] * ((p[z] / q[z] + p[h] / q[h]) / 2), h), z), Sum(p[z], z))

# Proof
proof = calc(
    Sum(q[z] * Sum(q[h] * ((p[z] / q[z] + p[h] / q[h]) / 2), h), z),
    step(Sum(q[z] * Sum(p[z] / (2 * q[z]) * q[h] + p[h] / 2, h), z), by=arithmetic),
    step(Sum(q[z] * (p[z] / (2 * q[z]) * Sum(q[h], h) + Sum(p[h], h) / 2), z), by=[sum_add, sum_mul_left]),
    step(Sum(q[z] * (p[z] / (2 * q[z]) + Sum(p[h], h) / 2), z), by=[sum_pmf, one_mul]),
    step(Sum(p[z] / 2 + Sum(p[h], h) / 2 * q[z], z), by=arithmetic),
    step(Sum(p[z], z) / 2 + Sum(p[h], h) / 2 * Sum(q[z], z), by=[sum_add, sum_mul_left]),
    step(Sum(p[z], z) / 2 + Sum(p[h], h) / 2, by=[sum_pmf, one_mul]),
    step(Sum(p[z], z), by=arithmetic),
)
