"""A Dirac delta under a sum over labels."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)

claim = Equality(Sum(dirac(k - y[n]) * log(q[k]), k), log(q[y[n]]))
proof = calc(
    Sum(dirac(k - y[n]) * log(q[k]), k),
    step(log(q[y[n]]), by=sum_delta),
)
