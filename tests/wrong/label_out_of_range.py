"""A label may be K + 1, where q has no entry."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
z = labels("z", n, 1, K + 1)

claim = Equality(Sum(Sum(delta(k, z[n]), k), n), N)
proof = calc(
    Sum(Sum(delta(k, z[n]), k), n),
    step(Sum(1, n), by=sum_delta),
    step(N, by=sum_const),
)
