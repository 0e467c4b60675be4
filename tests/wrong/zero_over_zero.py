"""(K - 1)/(K - 1) has no value at K = 1."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)

claim = Equality((K - 1) / (K - 1), 1)
proof = calc(
    (K - 1) / (K - 1),
    step(1, by=arithmetic),
)
