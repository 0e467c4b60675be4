"""A signal comes back from its discrete Fourier transform, divided by N.

How is the transform undone? Put the transform into the inverse and exchange the two finite sums: what stands at x_n is
the sum of all powers of a root of unity, which is N where n is the place that is asked for, and 0 elsewhere. The delta
picks that one value. The lines between are complex, so that there are no numbers to try.
"""

from deltasift import Equality, Sum, calc, define, delta, index, real, root_of_unity, sizes, step
from deltasift.rules import arithmetic, definition, root_add, sum_comm, sum_delta, sum_mul_left, sum_root

# Given
N = sizes("N")
n, m, k = index("n", 1, N), index("m", 1, N), index("k", 1, N)
x = real("x", n)


def w(power):
    return root_of_unity(N, power)


X = define("X", k, Sum(x[n] * w(-k * n), n))
references = ["oppenheim2010, section 8.1"]

# Claim
claim = Equality(1 / N * Sum(w(k * m) * X[k], k), x[m])

# Proof
proof = calc(
    1 / N * Sum(w(k * m) * X[k], k),
    step(1 / N * Sum(w(k * m) * Sum(x[n] * w(-k * n), n), k), by=definition),
    step(1 / N * Sum(Sum(w(k * m) * (x[n] * w(-k * n)), n), k), by=sum_mul_left.reversed),
    step(1 / N * Sum(Sum(x[n] * (w(k * m) * w(-k * n)), k), n), by=sum_comm),
    step(1 / N * Sum(x[n] * Sum(w(k * m) * w(-k * n), k), n), by=sum_mul_left),
    step(1 / N * Sum(x[n] * Sum(w(k * m - k * n), k), n), by=root_add.reversed),
    step(1 / N * Sum(x[n] * Sum(w(k * (m - n)), k), n), by=arithmetic),
    step(1 / N * Sum(x[n] * (N * delta(m, n)), n), by=sum_root),
    step(1 / N * (x[m] * N), by=sum_delta),
    step(x[m], by=arithmetic),
)
