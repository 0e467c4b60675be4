"""The Kronecker delta of a label is the one-hot vector.

Its entries are 0 except for a 1 at the label, they sum to one, and the entropy is 0. So for one example the divergence
is the cross entropy, -log q at the label: the constant is 0. For the average distribution of many examples it is not:
the average of the divergences is the average negative log-likelihood, the divergence of the average is less by H.
"""

from deltasift import (
    KL,
    AverageNLL,
    CrossEntropy,
    Entropy,
    Equality,
    Sum,
    calc,
    define,
    delta,
    index,
    known,
    labels,
    log,
    pmf,
    sizes,
    step,
)
from deltasift.rules import (
    arithmetic,
    definition,
    delta_mul_log_delta,
    mul_log_div,
    sum_congr,
    sum_const,
    sum_delta,
    sum_neg,
)

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
e = define("e", n, k, delta(k, y[n]))
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)

divergence = Sum(e[n, k] * log(e[n, k] / q[k]), k)
references = ["murphy2022, section 4.2.4"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"], "n": 2, "k": 3}

# Claim
claims = [
    Equality(Sum(e[n, k], k), 1),
    Equality(-Sum(e[n, k] * log(e[n, k]), k), 0),
    Equality(divergence, -log(q[y[n]])),
    Equality(1 / N * Sum(divergence, n), AverageNLL(q, y)),
    Equality(KL(p, q), AverageNLL(q, y) - Entropy(p)),
]

# Proof
proofs = [
    calc(
        Sum(e[n, k], k),
        step(Sum(delta(k, y[n]), k), by=definition),
        step(1, by=sum_delta),
    ),
    calc(
        -Sum(e[n, k] * log(e[n, k]), k),
        step(-Sum(delta(k, y[n]) * log(delta(k, y[n])), k), by=definition),
        step(-Sum(0, k), by=sum_congr(delta_mul_log_delta)),
        step(-(K * 0), by=sum_const),
        step(0, by=arithmetic),
    ),
    calc(
        divergence,
        step(Sum(delta(k, y[n]) * log(delta(k, y[n]) / q[k]), k), by=definition),
        step(
            Sum(delta(k, y[n]) * log(delta(k, y[n])) - delta(k, y[n]) * log(q[k]), k),
            by=sum_congr(mul_log_div),
        ),
        step(Sum(0 - delta(k, y[n]) * log(q[k]), k), by=sum_congr(delta_mul_log_delta)),
        step(Sum(-(delta(k, y[n]) * log(q[k])), k), by=arithmetic),
        step(-Sum(delta(k, y[n]) * log(q[k]), k), by=sum_neg),
        step(-log(q[y[n]]), by=sum_delta),
    ),
    calc(
        1 / N * Sum(divergence, n),
        step(1 / N * Sum(Sum(delta(k, y[n]) * log(delta(k, y[n]) / q[k]), k), n), by=definition),
        step(
            1 / N * Sum(Sum(delta(k, y[n]) * log(delta(k, y[n])) - delta(k, y[n]) * log(q[k]), k), n),
            by=sum_congr(mul_log_div),
        ),
        step(1 / N * Sum(Sum(0 - delta(k, y[n]) * log(q[k]), k), n), by=sum_congr(delta_mul_log_delta)),
        step(1 / N * Sum(Sum(-(delta(k, y[n]) * log(q[k])), k), n), by=arithmetic),
        step(1 / N * Sum(-Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_neg),
        step(1 / N * Sum(-log(q[y[n]]), n), by=sum_delta),
        step(-1 / N * Sum(log(q[y[n]]), n), by=sum_neg),
        step(AverageNLL(q, y), by=definition),
    ),
    calc(
        KL(p, q),
        step(-Entropy(p) + CrossEntropy(p, q), by=known("kl_splits_into_entropies")),
        step(AverageNLL(q, y) - Entropy(p), by=known("cross_entropy_is_average_nll")),
    ),
]
