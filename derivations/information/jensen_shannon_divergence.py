"""The Jensen-Shannon divergence is the entropy of the mixture minus the mean of the entropies.

Is it a mean of two divergences or a difference of entropies? Both: each divergence to the mixture is a cross entropy
minus an entropy, and the two cross entropies to the mixture add up to twice the entropy of the mixture.
"""

from deltasift import KL, CrossEntropy, Entropy, Equality, Sum, calc, define, index, known, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, sum_add, sum_mul_left

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)
m = define("m", k, (p[k] + q[k]) / 2)
references = ["lin1991"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"]}

# Claim
claim = Equality((KL(p, m) + KL(q, m)) / 2, Entropy(m) - (Entropy(p) + Entropy(q)) / 2)

# Known
kl_splits_into_entropies = known("kl_splits_into_entropies")

# Proof
proof = calc(
    (KL(p, m) + KL(q, m)) / 2,
    step(
        ((-Entropy(p) + CrossEntropy(p, m)) + (-Entropy(q) + CrossEntropy(q, m))) / 2,
        by=kl_splits_into_entropies,
    ),
    step(
        (-Entropy(p) - Sum(p[k] * log(m[k]), k) - Entropy(q) - Sum(q[k] * log(m[k]), k)) / 2,
        by=definition,
    ),
    step(
        -(Sum(p[k] * log(m[k]), k) + Sum(q[k] * log(m[k]), k)) / 2 - (Entropy(p) + Entropy(q)) / 2,
        by=arithmetic,
    ),
    step(-Sum(p[k] * log(m[k]) + q[k] * log(m[k]), k) / 2 - (Entropy(p) + Entropy(q)) / 2, by=sum_add.reversed),
    step(-Sum(2 * ((p[k] + q[k]) / 2 * log(m[k])), k) / 2 - (Entropy(p) + Entropy(q)) / 2, by=arithmetic),
    step(-(2 * Sum((p[k] + q[k]) / 2 * log(m[k]), k)) / 2 - (Entropy(p) + Entropy(q)) / 2, by=sum_mul_left),
    step(-(2 * Sum(m[k] * log(m[k]), k)) / 2 - (Entropy(p) + Entropy(q)) / 2, by=definition),
    step(-Sum(m[k] * log(m[k]), k) - (Entropy(p) + Entropy(q)) / 2, by=arithmetic),
    step(Entropy(m) - (Entropy(p) + Entropy(q)) / 2, by=definition),
)
