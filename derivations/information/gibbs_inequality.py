"""Gibbs' inequality: a KL divergence is not negative.

Why is the divergence never negative? The logarithm lies below its tangent, so that each term is at least the
difference of the two probabilities, and these add up to 0. So the cross entropy is at least the entropy. Where p is 0
the term is 0 by convention, and the bound holds there, too.
"""

from deltasift import KL, CrossEntropy, Entropy, LessEqual, Sum, calc, index, known, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, sub_le_mul_log_div, sum_add, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k), pmf("q", k, positive=True)
references = ["cover2006, section 2.6"]
example = {"p": ["1/2", "1/2", 0], "q": ["1/4", "1/4", "1/2"]}

# Claim
claims = [
    LessEqual(0, KL(p, q)),
    LessEqual(Entropy(p), CrossEntropy(p, q)),
]

# Proof
proofs = [
    calc(
        KL(p, q),
        step(Sum(p[k] * log(p[k] / q[k]), k), by=definition),
        step(Sum(p[k] - q[k], k), by=sub_le_mul_log_div.reversed, relation=">="),
        step(Sum(p[k], k) - Sum(q[k], k), by=sum_add),
        step(0, by=[sum_pmf, arithmetic]),
    ),
    calc(
        CrossEntropy(p, q),
        step(Entropy(p) + (-Entropy(p) + CrossEntropy(p, q)), by=arithmetic),
        step(Entropy(p) + KL(p, q), by=known("kl_splits_into_entropies").reversed),
        step(Entropy(p) + Sum(p[k] * log(p[k] / q[k]), k), by=definition),
        step(Entropy(p) + Sum(p[k] - q[k], k), by=sub_le_mul_log_div.reversed, relation=">="),
        step(Entropy(p) + (Sum(p[k], k) - Sum(q[k], k)), by=sum_add),
        step(Entropy(p), by=[sum_pmf, arithmetic]),
    ),
]
