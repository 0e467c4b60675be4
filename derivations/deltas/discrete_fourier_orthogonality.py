"""The waves of the discrete Fourier transform are orthogonal: of two different ones the products add up to 0.

Why can a signal be taken apart into frequencies and put together again? One wave times the conjugate of another is a
power of one root of unity again. Its powers add up to 0, since going round the circle cancels out, unless all of them
are 1: then there are N of them. The lines are complex, so that there are no numbers to try.
"""

from deltasift import Divides, Equality, Sum, calc, delta, index, iverson, root_of_unity, sizes, step
from deltasift.rules import arithmetic, root_add, sum_root

# Given
N = sizes("N")
n, m, l = index("n", 1, N), index("m", 1, N), index("l", 1, N)
k = index("k", 0, N - 1)
references = ["oppenheim2010, section 8.1"]


def w(power):
    return root_of_unity(N, power)


# Claim
claims = [
    Equality(Sum(w(n * m) * w(-n * l), n), N * delta(m, l)),
    Equality(Sum(w(k * m), k), N * iverson(Divides(N, m))),
]

# Proof
proofs = [
    calc(
        Sum(w(n * m) * w(-n * l), n),
        step(Sum(w(n * m - n * l), n), by=root_add.reversed),
        step(Sum(w(n * (m - l)), n), by=arithmetic),
        step(N * delta(m, l), by=sum_root),
    ),
    calc(Sum(w(k * m), k), step(N * iverson(Divides(N, m)), by=sum_root)),
]
