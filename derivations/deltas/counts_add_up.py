"""The counts of the classes add up to the number of examples, so that the shares add up to one.

Why is the empirical distribution a distribution? Each example has one label, so that the deltas of an example add up to
one over the classes; the sums change places, and one is added N times.
"""

from deltasift import Equality, Sum, calc, define, delta, index, labels, sizes, step
from deltasift.rules import arithmetic, definition, sum_comm, sum_const, sum_delta, sum_mul_left

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
c = define("c", k, Sum(delta(k, y[n]), n))
references = ["murphy2022, section 4.2.4"]
example = {"y": [1, 3, 3, 2], "K": 3}

# Claim
claims = [Equality(Sum(c[k], k), N), Equality(Sum(c[k] / N, k), 1)]

# Proof
count = (
    step(Sum(Sum(delta(k, y[n]), n), k), by=definition),
    step(Sum(Sum(delta(k, y[n]), k), n), by=sum_comm),
    step(Sum(1, n), by=sum_delta),
    step(N, by=sum_const),
)
proofs = [
    calc(Sum(c[k], k), *count),
    calc(
        Sum(c[k] / N, k),
        step(1 / N * Sum(c[k], k), by=sum_mul_left),
        step(1 / N * Sum(Sum(delta(k, y[n]), n), k), by=definition),
        step(1 / N * Sum(Sum(delta(k, y[n]), k), n), by=sum_comm),
        step(1 / N * Sum(1, n), by=sum_delta),
        step(1 / N * N, by=sum_const),
        step(1, by=arithmetic),
    ),
]
