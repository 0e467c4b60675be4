"""A logarithm is split where an argument may be 0."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
r = pmf("r", k)

claim = Equality(log(r[k] * q[k]), log(r[k]) + log(q[k]))
proof = calc(
    log(r[k] * q[k]),
    step(log(r[k]) + log(q[k]), by=log_mul),
)
