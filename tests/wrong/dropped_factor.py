"""The 1/N is dropped on the way."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)

claim = Equality(CrossEntropy(p, q), -Sum(log(q[y[n]]), n))
proof = calc(
    CrossEntropy(p, q),
    step(-Sum(p[k] * log(q[k]), k), by=definition),
    step(-Sum(Sum(delta(k, y[n]), n) / N * log(q[k]), k), by=definition),
    step(-Sum(Sum(delta(k, y[n]) * log(q[k]), n), k), by=[sum_mul_right, sum_mul_left]),
    step(-Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_comm),
    step(-Sum(log(q[y[n]]), n), by=sum_delta),
)
