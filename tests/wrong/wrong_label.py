"""delta(k, y_m) stands for delta(k, y_n)."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)

claim = Equality(Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), Sum(log(q[y[m]]), n))
proof = calc(
    Sum(Sum(delta(k, y[n]) * log(q[k]), k), n),
    step(Sum(log(q[y[m]]), n), by=sum_delta),
)
