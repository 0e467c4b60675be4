"""The sum and the average over the examples have the same minimisers.

The word "average" stands for the factor 1/N, no more: it scales the objective by a positive number that does not
depend on q, and so moves no minimiser.
"""

from deltasift import (
    NLL,
    AverageNLL,
    Equality,
    SameOrder,
    Sum,
    calc,
    index,
    labels,
    log,
    pmf,
    same_order,
    sizes,
    step,
)
from deltasift.rules import arithmetic, definition, order_mul_pos

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
references = ["murphy2022, section 4.2.1"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claims = [
    Equality(NLL(q, y), N * AverageNLL(q, y)),
    SameOrder(NLL(q, y), AverageNLL(q, y), q),
]

# Proof
proofs = [
    calc(
        NLL(q, y),
        step(-Sum(log(q[y[n]]), n), by=definition),
        step(N * (-1 / N * Sum(log(q[y[n]]), n)), by=arithmetic),
        step(N * AverageNLL(q, y), by=definition),
    ),
    calc(
        NLL(q, y),
        step(-Sum(log(q[y[n]]), n), by=definition),
        same_order(-1 / N * Sum(log(q[y[n]]), n), q, by=order_mul_pos),
        step(AverageNLL(q, y), by=definition),
    ),
]
