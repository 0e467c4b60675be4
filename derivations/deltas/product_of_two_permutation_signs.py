r"""Of two permutation signs that share an index, two products of deltas are left.

Where does the epsilon-delta identity come from? The sign \epsilon of i, j, k is the determinant of the three unit
vectors that they stand for. With the shared index k summed over, the six products are those of all pairs of two of the
three coordinates, which is what Lagrange's identity says of the four vectors that are left: here their dot products
are Kronecker deltas. A cross product of three vectors is then two dot products.
"""

from deltasift import Equality, Sum, calc, define, delta, index, step
from deltasift.rules import (
    arithmetic,
    definition,
    norm_num,
    sum_delta,
    sum_write_out,
)

# Given
i, j, k, l, m, a, b = (index(name, 1, 3) for name in ["i", "j", "k", "l", "m", "a", "b"])


def d(r, s):
    return delta(r, s)


eps = define(
    r"\epsilon",
    i,
    j,
    k,
    (d(i, 1) * d(j, 2) - d(i, 2) * d(j, 1)) * d(k, 3)
    + (d(i, 2) * d(j, 3) - d(i, 3) * d(j, 2)) * d(k, 1)
    + (d(i, 3) * d(j, 1) - d(i, 1) * d(j, 3)) * d(k, 2),
)
references = ["arfken2013, section 2.1"]
example = {"i": 1, "j": 2, "l": 1, "m": 2}

# Claim
claim = Equality(Sum(eps[i, j, k] * eps[l, m, k], k), delta(i, l) * delta(j, m) - delta(i, m) * delta(j, l))


# Proof
def minor(i, j, a, b):
    return d(i, a) * d(j, b) - d(i, b) * d(j, a)


def sign(i, j, k):
    return minor(i, j, 1, 2) * d(k, 3) + minor(i, j, 2, 3) * d(k, 1) + minor(i, j, 3, 1) * d(k, 2)


def dot(r, s):
    return d(r, 1) * d(s, 1) + d(r, 2) * d(s, 2) + d(r, 3) * d(s, 3)


proof = calc(
    Sum(eps[i, j, k] * eps[l, m, k], k),
    step(eps[i, j, 1] * eps[l, m, 1] + eps[i, j, 2] * eps[l, m, 2] + eps[i, j, 3] * eps[l, m, 3], by=sum_write_out),
    step(
        sign(i, j, 1) * sign(l, m, 1) + sign(i, j, 2) * sign(l, m, 2) + sign(i, j, 3) * sign(l, m, 3),
        by=definition,
    ),
    step(
        minor(i, j, 2, 3) * minor(l, m, 2, 3)
        + minor(i, j, 3, 1) * minor(l, m, 3, 1)
        + minor(i, j, 1, 2) * minor(l, m, 1, 2),
        by=[norm_num, arithmetic],
    ),
    step(dot(i, l) * dot(j, m) - dot(i, m) * dot(j, l), by=arithmetic),
    step(
        Sum(d(i, a) * d(l, a), a) * Sum(d(j, b) * d(m, b), b) - Sum(d(i, a) * d(m, a), a) * Sum(d(j, b) * d(l, b), b),
        by=sum_write_out.reversed,
    ),
    step(delta(i, l) * delta(j, m) - delta(i, m) * delta(j, l), by=sum_delta),
)
