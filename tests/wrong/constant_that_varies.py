"""A "constant" depends on q, through a definition."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
c = define("c", Sum(q[k] * log(q[k]), k))

claim = SameOrder(AverageNLL(q, y) + c, AverageNLL(q, y), q)
proof = calc(
    AverageNLL(q, y) + c,
    same_order(AverageNLL(q, y), q, by=order_add_const),
)
