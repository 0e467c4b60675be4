"""A mean under one distribution is a weighted mean under another, and the weights have the mean one.

Why may samples of q stand for samples of p? Each value is multiplied with the ratio p/q, in which q cancels against the
probability with which it was drawn. That needs q > 0 wherever p is not.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, q, f = pmf("p", k), pmf("q", k, positive=True), real("f", k)
w = define("w", k, p[k] / q[k])
references = ["bishop2006, section 11.1.4"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"], "f": [0, 1, 3]}

# Claim
claims = [
    Equality(Sum(q[k] * (w[k] * f[k]), k), Sum(p[k] * f[k], k)),
    Equality(Sum(q[k] * w[k], k), 1),
]

# Proof
proofs = [
    calc(
        Sum(q[k] * (w[k] * f[k]), k),
        step(Sum(q[k] * (p[k] / q[k] * f[k]), k), by=definition),
        step(Sum(p[k] * f[k], k), by=arithmetic),
    ),
    calc(
        Sum(q[k] * w[k], k),
        step(Sum(q[k] * (p[k] / q[k]), k), by=definition),
        step(Sum(p[k], k), by=arithmetic),
        step(1, by=sum_pmf),
    ),
]
