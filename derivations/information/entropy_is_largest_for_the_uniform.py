"""The entropy is at most log K, which the uniform distribution has.

Which distribution is the most uncertain one? What an entropy falls short of log K is the divergence to the uniform
distribution, and that is not negative.
"""

from deltasift import KL, Entropy, LessEqual, calc, define, index, known, log, pmf, sizes, step
from deltasift.rules import arithmetic

# Given
K = sizes("K")
k = index("k", 1, K)
p = pmf("p", k)
u = define("u", k, 1 / K)
references = ["cover2006, section 2.6"]
example = {"p": ["1/2", "1/4", "1/4"]}

# Known
divergence, largest = known("kl_to_the_uniform", 2), known("kl_to_the_uniform", 3)
gibbs = known("gibbs_inequality")

# Claim
claim = LessEqual(Entropy(p), Entropy(u))

# Proof
proof = calc(
    Entropy(p),
    step(log(K) - (log(K) - Entropy(p)), by=arithmetic),
    step(log(K) - KL(p, u), by=divergence.reversed),
    step(log(K) - 0, by=gibbs.reversed, relation="<="),
    step(log(K), by=arithmetic),
    step(Entropy(u), by=largest.reversed),
)
