"""The Kronecker delta is the identity matrix: it leaves a product as it is, and picks the trace.

How are matrix identities proved with indices? A product with the identity is a sum over a delta, which puts one index
for another; the trace is a double sum in which a delta makes the two indices equal; and the trace of a product does not
depend on the order, since the two finite sums may change places.
"""

from deltasift import Equality, Sum, calc, delta, index, real, sizes, step
from deltasift.rules import delta_self, sum_comm, sum_const, sum_delta

# Given
N = sizes("N")
i, j, l = index("i", 1, N), index("j", 1, N), index("l", 1, N)
a, b = real("a", i, j), real("b", i, j)
references = ["petersen2012, section 1"]
example = {"a": [[1, 2], [3, 4]], "b": [[0, 1], [1, 1]], "i": 1, "l": 2}

# Claim
claims = [
    Equality(Sum(delta(i, j) * a[j, l], j), a[i, l]),
    Equality(Sum(Sum(delta(i, j) * a[i, j], j), i), Sum(a[i, i], i)),
    Equality(Sum(Sum(a[i, j] * b[j, i], j), i), Sum(Sum(b[j, i] * a[i, j], i), j)),
    Equality(Sum(Sum(delta(i, j) * delta(j, i), j), i), N),
]

# Proof
proofs = [
    calc(Sum(delta(i, j) * a[j, l], j), step(a[i, l], by=sum_delta)),
    calc(Sum(Sum(delta(i, j) * a[i, j], j), i), step(Sum(a[i, i], i), by=sum_delta)),
    calc(
        Sum(Sum(a[i, j] * b[j, i], j), i),
        step(Sum(Sum(b[j, i] * a[i, j], i), j), by=sum_comm),
    ),
    calc(
        Sum(Sum(delta(i, j) * delta(j, i), j), i),
        step(Sum(delta(i, i), i), by=sum_delta),
        step(Sum(1, i), by=delta_self),
        step(N, by=sum_const),
    ),
]
