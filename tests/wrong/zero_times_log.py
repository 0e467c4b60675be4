"""0 log q_k is 0 only where q_k > 0."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
r = pmf("r", k)

claim = Equality(0 * log(r[k]), 0)
proof = calc(
    0 * log(r[k]),
    step(0, by=arithmetic),
)
