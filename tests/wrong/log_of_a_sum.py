"""The logarithm of a sum is split like that of a product."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
a, b = positive("a"), positive("b")

claim = Equality(log(a + b), log(a) + log(b))
proof = calc(
    log(a + b),
    step(log(a) + log(b), by=log_mul),
)
