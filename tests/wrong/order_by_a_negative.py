"""An order is kept under a negative factor."""

from deltasift import *
from deltasift.rules import *

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)

claim = SameOrder(NLL(q, y), -N * NLL(q, y), q)
proof = calc(
    NLL(q, y),
    same_order(-N * NLL(q, y), q, by=order_mul_pos),
)
