"""The covariance is the mean of the product minus the product of the means.

Where do the two middle terms go? Each is minus the product of the means, the last term is plus it, and with the sum
of the probabilities being one a single minus is left.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, a, b = pmf("p", k), real("a", k), real("b", k)
mu, nu = define(r"\mu", Sum(p[k] * a[k], k)), define(r"\nu", Sum(p[k] * b[k], k))
references = ["feller1968, section IX.5"]
example = {"p": ["1/2", "1/4", "1/4"], "a": [0, 1, 3], "b": [1, 0, 2]}

product = Sum(p[k] * a[k] * b[k], k)

# Claim
claim = Equality(Sum(p[k] * (a[k] - mu) * (b[k] - nu), k), product - mu * nu)

# Proof
proof = calc(
    Sum(p[k] * (a[k] - mu) * (b[k] - nu), k),
    step(
        Sum(p[k] * a[k] * b[k] - nu * (p[k] * a[k]) - mu * (p[k] * b[k]) + mu * nu * p[k], k),
        by=arithmetic,
    ),
    step(
        product - Sum(nu * (p[k] * a[k]), k) - Sum(mu * (p[k] * b[k]), k) + Sum(mu * nu * p[k], k),
        by=sum_add,
    ),
    step(
        product - nu * Sum(p[k] * a[k], k) - mu * Sum(p[k] * b[k], k) + mu * nu * Sum(p[k], k),
        by=sum_mul_left,
    ),
    step(product - nu * Sum(p[k] * a[k], k) - mu * Sum(p[k] * b[k], k) + mu * nu, by=[sum_pmf, one_mul]),
    step(product - nu * mu - mu * nu + mu * nu, by=definition),
    step(product - mu * nu, by=arithmetic),
)
