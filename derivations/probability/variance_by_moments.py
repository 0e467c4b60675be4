"""The variance is the mean of the square minus the square of the mean.

Why is E[(a - E a)^2] the same as E[a^2] - (E a)^2? The square is multiplied out; the mean is a number and moves out of
the sum, where in the middle term it meets the mean again, and in the last the probabilities, which sum to one.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, a = pmf("p", k), real("a", k)
mu = define(r"\mu", Sum(p[k] * a[k], k))
references = ["feller1968, section IX.4"]
example = {"p": ["1/2", "1/4", "1/4"], "a": [0, 1, 3]}

# Claim
claim = Equality(Sum(p[k] * (a[k] - mu) ** 2, k), Sum(p[k] * a[k] ** 2, k) - mu**2)

# Proof
proof = calc(
    Sum(p[k] * (a[k] - mu) ** 2, k),
    step(Sum(p[k] * a[k] ** 2 - 2 * mu * (p[k] * a[k]) + mu**2 * p[k], k), by=arithmetic),
    step(
        Sum(p[k] * a[k] ** 2, k) - Sum(2 * mu * (p[k] * a[k]), k) + Sum(mu**2 * p[k], k),
        by=sum_add,
    ),
    step(
        Sum(p[k] * a[k] ** 2, k) - 2 * mu * Sum(p[k] * a[k], k) + mu**2 * Sum(p[k], k),
        by=sum_mul_left,
    ),
    step(Sum(p[k] * a[k] ** 2, k) - 2 * mu * Sum(p[k] * a[k], k) + mu**2, by=[sum_pmf, one_mul]),
    step(Sum(p[k] * a[k] ** 2, k) - 2 * mu * mu + mu**2, by=definition),
    step(Sum(p[k] * a[k] ** 2, k) - mu**2, by=arithmetic),
)
