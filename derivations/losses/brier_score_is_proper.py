"""The mean Brier score is the squared distance to the truth plus what the truth costs itself.

Why does the Brier score reward honest probabilities? Its mean under the true probabilities t splits: the first part is
0 just where the forecast q is t, the second does not depend on the forecast. So no forecast does better than the truth.
"""

from deltasift import Equality, SameOrder, Sum, calc, delta, index, pmf, same_order, sizes, step
from deltasift.rules import (
    arithmetic,
    delta_mul_self,
    one_mul,
    order_add_const,
    sum_add,
    sum_delta,
    sum_mul_left,
    sum_pmf,
)

# Given
K = sizes("K")
c, k = index("c", 1, K), index("k", 1, K)
t, q = pmf("t", k), pmf("q", k)
references = ["gneiting2007, section 3"]
example = {"t": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"]}

score = Sum((q[k] - delta(k, c)) ** 2, k)
size = Sum(q[k] ** 2, k)
distance = Sum((q[k] - t[k]) ** 2, k)
own = Sum(t[k] ** 2, k)

# Claim
claims = [
    Equality(Sum(t[c] * score, c), distance + (1 - own)),
    SameOrder(Sum(t[c] * score, c), distance, q),
]

# Proof
split = (
    step(Sum(t[c] * Sum(q[k] ** 2 - 2 * (delta(k, c) * q[k]) + delta(k, c) * delta(k, c), k), c), by=arithmetic),
    step(Sum(t[c] * Sum(q[k] ** 2 - 2 * (delta(k, c) * q[k]) + delta(k, c), k), c), by=delta_mul_self),
    step(Sum(t[c] * (size - Sum(2 * (delta(k, c) * q[k]), k) + Sum(delta(k, c), k)), c), by=sum_add),
    step(Sum(t[c] * (size - 2 * Sum(delta(k, c) * q[k], k) + Sum(delta(k, c), k)), c), by=sum_mul_left),
    step(Sum(t[c] * (size - 2 * q[c] + 1), c), by=sum_delta),
    step(Sum((size + 1) * t[c] - 2 * (t[c] * q[c]), c), by=arithmetic),
    step((size + 1) * Sum(t[c], c) - 2 * Sum(t[c] * q[c], c), by=[sum_add, sum_mul_left]),
    step((size + 1) - 2 * Sum(t[c] * q[c], c), by=[sum_pmf, one_mul]),
    step((size - 2 * Sum(t[k] * q[k], k) + own) + (1 - own), by=arithmetic),
    step((size - Sum(2 * (t[k] * q[k]), k) + own) + (1 - own), by=sum_mul_left.reversed),
    step(Sum(q[k] ** 2 - 2 * (t[k] * q[k]) + t[k] ** 2, k) + (1 - own), by=sum_add.reversed),
    step(distance + (1 - own), by=arithmetic),
)
proofs = [
    calc(Sum(t[c] * score, c), *split),
    calc(Sum(t[c] * score, c), *split, same_order(distance, q, by=order_add_const)),
]
