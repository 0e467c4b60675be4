"""The outer n is captured by the sum over n."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
f = real("f", n, m)

claim = Equality(Sum(delta(m, n) * Sum(f[m, n], n), m), Sum(f[n, n], n))
proof = calc(
    Sum(delta(m, n) * Sum(f[m, n], n), m),
    step(Sum(f[n, n], n), by=sum_delta),
)
