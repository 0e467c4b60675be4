"""Knowing x takes nothing away: given x the entropy of z is, on average, at most what it is without.

Why is information never negative? For each x, the law of z given x is best coded by itself: with the marginal in the
logarithm the loss is at least as large, by the inequality of Gibbs. Averaged over x that loss is the entropy of the
marginal.
"""

from deltasift import (
    ConditionalEntropy,
    Entropy,
    LessEqual,
    Sum,
    calc,
    conditional,
    index,
    joint,
    log,
    marginal,
    sizes,
    step,
)
from deltasift.rules import definition, gibbs, sum_comm, sum_mul_left, sum_mul_right

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p = joint("p", x, z, positive=True)
p_x, p_z, p_zx = marginal(p, x), marginal(p, z), conditional(p, z)
references = ["cover2006, section 2.6"]
example = {"p_x": ["1/2", "1/2"], "p_{z|x}": [["1/2", "1/2"], ["1/4", "3/4"]]}

# Claim
claim = LessEqual(ConditionalEntropy(p_zx, p_x), Entropy(p_z))

# Proof
proof = calc(
    ConditionalEntropy(p_zx, p_x),
    step(-Sum(p_x[x] * Sum(p_zx[x, z] * log(p_zx[x, z]), z), x), by=definition),
    step(-Sum(p_x[x] * Sum(p_zx[x, z] * log(p_z[z]), z), x), by=gibbs.reversed, relation="<="),
    step(-Sum(Sum(p_x[x] * p_zx[x, z] * log(p_z[z]), z), x), by=sum_mul_left.reversed),
    step(-Sum(Sum(p[x, z] * log(p_z[z]), z), x), by=definition),
    step(-Sum(Sum(p[x, z], x) * log(p_z[z]), z), by=[sum_comm, sum_mul_right.reversed]),
    step(-Sum(p_z[z] * log(p_z[z]), z), by=definition),
    step(Entropy(p_z), by=definition),
)
