"""The average negative log-likelihood is a sum over classes, by counting the labels.

The way back: a logarithm is brought under a sum over the classes by a delta, the sums change places, and the deltas
of one class add up to the number of examples that carry it. That number, divided by N, is the empirical distribution.
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
c = define("c", k, Sum(delta(k, y[n]), n))
p = define(r"\hat p", k, c[k] / N)
references = ["murphy2022, section 4.2.4"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claims = [
    Equality(AverageNLL(q, y), -Sum(c[k] / N * log(q[k]), k)),
    Equality(AverageNLL(q, y), CrossEntropy(p, q)),
]

# Proof
proofs = [
    calc(
        AverageNLL(q, y),
        step(-1 / N * Sum(log(q[y[n]]), n), by=definition),
        step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_delta.reversed),
        step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), n), k), by=sum_comm),
        step(-1 / N * Sum(Sum(delta(k, y[n]), n) * log(q[k]), k), by=sum_mul_right.reversed),
        step(-1 / N * Sum(c[k] * log(q[k]), k), by=definition),
        step(-Sum(c[k] / N * log(q[k]), k), by=sum_mul_left.reversed),
    ),
    calc(
        AverageNLL(q, y),
        step(-1 / N * Sum(log(q[y[n]]), n), by=definition),
        step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_delta.reversed),
        step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[k]), n), k), by=sum_comm),
        step(-1 / N * Sum(Sum(delta(k, y[n]), n) * log(q[k]), k), by=sum_mul_right.reversed),
        step(-1 / N * Sum(c[k] * log(q[k]), k), by=definition),
        step(-Sum(c[k] / N * log(q[k]), k), by=sum_mul_left.reversed),
        step(-Sum(p[k] * log(q[k]), k), by=definition),
        step(CrossEntropy(p, q), by=definition),
    ),
]
