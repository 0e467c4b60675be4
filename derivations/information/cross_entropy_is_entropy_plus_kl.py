"""The cross entropy is the entropy plus the KL divergence.

What is the difference between cross entropy and KL divergence? Only the entropy of p, on which a model q has no
influence: minimising the one over q is minimising the other. The difference of two divergences is that of two cross
entropies.
"""

from deltasift import KL, CrossEntropy, Entropy, Equality, SameOrder, calc, index, known, pmf, same_order, sizes, step
from deltasift.rules import arithmetic, order_add_const

# Given
K = sizes("K")
k = index("k", 1, K)
p = pmf("p", k)
q = pmf("q", k, positive=True)
r = pmf("r", k, positive=True)
references = ["cover2006, section 2.3", "murphy2022, section 6.2.1"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"], "r": ["1/2", "1/3", "1/6"]}

# Claim
claims = [
    Equality(CrossEntropy(p, q), Entropy(p) + KL(p, q)),
    Equality(KL(p, q) - KL(p, r), CrossEntropy(p, q) - CrossEntropy(p, r)),
    SameOrder(KL(p, q), CrossEntropy(p, q), q),
]

# Known
kl_splits_into_entropies = known("kl_splits_into_entropies")

# Proof
proofs = [
    calc(
        CrossEntropy(p, q),
        step(Entropy(p) + (-Entropy(p) + CrossEntropy(p, q)), by=arithmetic),
        step(Entropy(p) + KL(p, q), by=kl_splits_into_entropies.reversed),
    ),
    calc(
        KL(p, q) - KL(p, r),
        step(
            (-Entropy(p) + CrossEntropy(p, q)) - (-Entropy(p) + CrossEntropy(p, r)),
            by=kl_splits_into_entropies,
        ),
        step(CrossEntropy(p, q) - CrossEntropy(p, r), by=arithmetic),
    ),
    calc(
        KL(p, q),
        step(-Entropy(p) + CrossEntropy(p, q), by=kl_splits_into_entropies),
        same_order(CrossEntropy(p, q), q, by=order_add_const),
    ),
]
