"""p and q are swapped in KL."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = pmf("p", k, positive=True)

claim = Equality(KL(p, q), Sum(q[k] * log(q[k] / p[k]), k))
proof = calc(
    KL(p, q),
    step(Sum(q[k] * log(q[k] / p[k]), k), by=definition),
)
