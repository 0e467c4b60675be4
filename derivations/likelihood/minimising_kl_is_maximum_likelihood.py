"""Whoever minimises the KL divergence maximises the likelihood.

From the divergence to the likelihood in four steps that move no minimiser: a constant is dropped, a positive factor is
dropped, the logarithm is undone, and the sign is turned. The last makes of the smallest the greatest.
"""

from deltasift import (
    KL,
    NLL,
    AverageNLL,
    CrossEntropy,
    Entropy,
    Likelihood,
    OppositeOrder,
    Product,
    SameOrder,
    Sum,
    calc,
    define,
    delta,
    index,
    known,
    labels,
    log,
    opposite_order,
    pmf,
    same_order,
    sizes,
    step,
)
from deltasift.rules import (
    argmax_eq_argmin_neg,
    definition,
    log_prod,
    order_add_const,
    order_comp_strict_mono,
    order_mul_pos,
)

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)
references = ["murphy2022, section 4.2.2"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claims = [
    SameOrder(KL(p, q), NLL(q, y), q),
    OppositeOrder(KL(p, q), Likelihood(q, y), q),
]

# Known
kl_splits_into_entropies = known("kl_splits_into_entropies")
cross_entropy_is_average_nll = known("cross_entropy_is_average_nll")

# Proof
proofs = [
    calc(
        KL(p, q),
        step(-Entropy(p) + CrossEntropy(p, q), by=kl_splits_into_entropies),
        step(-Entropy(p) + AverageNLL(q, y), by=cross_entropy_is_average_nll),
        same_order(AverageNLL(q, y), q, by=order_add_const),
        step(-1 / N * Sum(log(q[y[n]]), n), by=definition),
        same_order(-Sum(log(q[y[n]]), n), q, by=order_mul_pos),
        step(NLL(q, y), by=definition),
    ),
    calc(
        KL(p, q),
        step(-Entropy(p) + CrossEntropy(p, q), by=kl_splits_into_entropies),
        step(-Entropy(p) + AverageNLL(q, y), by=cross_entropy_is_average_nll),
        same_order(AverageNLL(q, y), q, by=order_add_const),
        step(-1 / N * Sum(log(q[y[n]]), n), by=definition),
        same_order(-Sum(log(q[y[n]]), n), q, by=order_mul_pos),
        step(-log(Product(q[y[n]], n)), by=log_prod.reversed),
        same_order(-Product(q[y[n]], n), q, by=order_comp_strict_mono),
        opposite_order(Product(q[y[n]], n), q, by=argmax_eq_argmin_neg),
        step(Likelihood(q, y), by=definition),
    ),
]
