"""A sign is lost: H(p, q) has a minus."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)

claim = Equality(CrossEntropy(p, q), Sum(p[k] * log(q[k]), k))
proof = calc(
    CrossEntropy(p, q),
    step(Sum(p[k] * log(q[k]), k), by=definition),
)
