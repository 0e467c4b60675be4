"""The transpose of a product is the product of the transposes, in the other order.

How is a transpose written with deltas? Its entry (g, j) is the double sum over the matrix in which two Kronecker
deltas pick row j and column g. In a product the deltas pick a row of the second factor and a column of the first, so
that the factors change places.
"""

from deltasift import Equality, Sum, calc, delta, index, real, sizes, step
from deltasift.rules import sum_delta

# Given
L, M, N = sizes("L M N")
h, i, j, k = index("h", 1, L), index("i", 1, N), index("j", 1, L), index("k", 1, N)
g, m = index("g", 1, M), index("m", 1, M)
a, b = real("a", h, m), real("b", m, k)
references = ["petersen2012, section 1"]
example = {"a": [[1, 2], [0, 1]], "b": [[1, 0], [3, 1]], "g": 1, "i": 1, "j": 2}

# Claim
claims = [
    Equality(Sum(Sum(delta(h, j) * (delta(m, g) * a[h, m]), h), m), a[j, g]),
    Equality(
        Sum(Sum(delta(h, j) * (delta(k, i) * Sum(a[h, m] * b[m, k], m)), h), k),
        Sum(b[m, i] * a[j, m], m),
    ),
]

# Proof
proofs = [
    calc(
        Sum(Sum(delta(h, j) * (delta(m, g) * a[h, m]), h), m),
        step(Sum(delta(m, g) * a[j, m], m), by=sum_delta),
        step(a[j, g], by=sum_delta),
    ),
    calc(
        Sum(Sum(delta(h, j) * (delta(k, i) * Sum(a[h, m] * b[m, k], m)), h), k),
        step(Sum(delta(k, i) * Sum(a[j, m] * b[m, k], m), k), by=sum_delta),
        step(Sum(b[m, i] * a[j, m], m), by=sum_delta),
    ),
]
