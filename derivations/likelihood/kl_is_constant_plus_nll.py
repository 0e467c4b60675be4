"""The KL divergence from the empirical distribution is a constant plus the average negative log-likelihood.

The cross entropy is a functional of two distributions; with the labels fixed, the first of them is the empirical one
and only q is left to vary. The entropy of the labels is a constant in q, so whoever minimises the divergence minimises
the average negative log-likelihood, and the other way about.
"""

from deltasift import (
    KL,
    AverageNLL,
    CrossEntropy,
    Entropy,
    Equality,
    SameOrder,
    Sum,
    calc,
    define,
    delta,
    index,
    known,
    labels,
    log,
    pmf,
    same_order,
    sizes,
    step,
)
from deltasift.rules import definition, order_add_const, sum_comm, sum_delta, sum_mul_left, sum_mul_right

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
    Equality(KL(p, q), -Entropy(p) - 1 / N * Sum(log(q[y[n]]), n)),
    SameOrder(KL(p, q), AverageNLL(q, y), q),
]

# Known
kl_splits_into_entropies = known("kl_splits_into_entropies")

# Proof
proofs = [
    calc(
        KL(p, q),
        step(-Entropy(p) + CrossEntropy(p, q), by=kl_splits_into_entropies),
        step(-Entropy(p) - Sum(p[k] * log(q[k]), k), by=definition),
        step(-Entropy(p) - Sum(Sum(delta(k, y[n]), n) / N * log(q[k]), k), by=definition),
        step(
            -Entropy(p) - 1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), n), k),
            by=[sum_mul_right, sum_mul_left],
        ),
        step(-Entropy(p) - 1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_comm),
        step(-Entropy(p) - 1 / N * Sum(log(q[y[n]]), n), by=sum_delta),
    ),
    calc(
        KL(p, q),
        step(-Entropy(p) + CrossEntropy(p, q), by=kl_splits_into_entropies),
        step(-Entropy(p) + AverageNLL(q, y), by=known("cross_entropy_is_average_nll")),
        same_order(AverageNLL(q, y), q, by=order_add_const),
    ),
]
