"""The cross entropy to the empirical distribution is the average negative log-likelihood.

How does a sum over N examples become a sum over K classes? The distribution of the data gives each class the share
of the examples that carry its label, and a share is itself a sum over examples of Kronecker deltas. So there are two
sums, one over n and one over k, and the delta leaves a single term of the one over k.
"""

from deltasift import (
    AverageNLL,
    CrossEntropy,
    Equality,
    Sum,
    calc,
    define,
    delta,
    index,
    labels,
    log,
    pmf,
    sizes,
    step,
)
from deltasift.rules import definition, sum_comm, sum_delta, sum_mul_left, sum_mul_right

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)
references = ["murphy2022, section 4.2.2"]
example = {"y": [1, 3, 3, 2, 3], "q": ["1/2", "1/4", "1/4"]}

# Claim
claim = Equality(CrossEntropy(p, q), AverageNLL(q, y))

# Proof
proof = calc(
    CrossEntropy(p, q),
    step(-Sum(p[k] * log(q[k]), k), by=definition),
    step(-Sum(Sum(delta(k, y[n]), n) / N * log(q[k]), k), by=definition),
    step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), n), k), by=[sum_mul_right, sum_mul_left]),
    step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_comm),
    step(-1 / N * Sum(log(q[y[n]]), n), by=sum_delta),
    step(AverageNLL(q, y), by=definition),
)
