"""Parseval: the energy of a real signal is that of its discrete Fourier transform, divided by N.

Is energy kept when a signal is taken apart into frequencies? Up to the factor N it is. The conjugate of the transform
of a real signal has the roots of unity turned the other way round. Multiplied out, the product of the two is a double
sum over places n and m, in which the sum over the frequencies is N times a delta: only squares are left. The lines
between are complex, so that there are no numbers to try.
"""

from deltasift import Equality, Sum, calc, define, delta, index, real, root_of_unity, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    root_add,
    sum_comm,
    sum_delta,
    sum_mul_left,
    sum_mul_right,
    sum_root,
)

# Given
N = sizes("N")
n, m, k = index("n", 1, N), index("m", 1, N), index("k", 1, N)
x = real("x", n)


def w(power):
    return root_of_unity(N, power)


X = define("X", k, Sum(x[n] * w(-k * n), n))
C = define(r"\bar X", k, Sum(x[m] * w(k * m), m))  # its conjugate, since x is real
references = ["oppenheim2010, section 8.6"]

# Claim
claim = Equality(Sum(X[k] * C[k], k), N * Sum(x[n] ** 2, n))

# Proof
proof = calc(
    Sum(X[k] * C[k], k),
    step(Sum(Sum(x[n] * w(-k * n), n) * Sum(x[m] * w(k * m), m), k), by=definition),
    step(Sum(Sum(x[n] * w(-k * n) * Sum(x[m] * w(k * m), m), n), k), by=sum_mul_right),
    step(Sum(Sum(Sum(x[n] * w(-k * n) * (x[m] * w(k * m)), m), n), k), by=sum_mul_left.reversed),
    step(Sum(Sum(Sum(x[n] * x[m] * (w(k * m) * w(-k * n)), k), m), n), by=sum_comm),
    step(Sum(Sum(x[n] * x[m] * Sum(w(k * m) * w(-k * n), k), m), n), by=sum_mul_left),
    step(Sum(Sum(x[n] * x[m] * Sum(w(k * m - k * n), k), m), n), by=root_add.reversed),
    step(Sum(Sum(x[n] * x[m] * Sum(w(k * (m - n)), k), m), n), by=arithmetic),
    step(Sum(Sum(x[n] * x[m] * (N * delta(m, n)), m), n), by=sum_root),
    step(Sum(x[n] * x[n] * N, n), by=sum_delta),
    step(N * Sum(x[n] ** 2, n), by=[sum_mul_right.reversed, arithmetic]),
)
