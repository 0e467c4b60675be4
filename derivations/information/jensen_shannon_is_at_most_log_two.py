"""The Jensen-Shannon divergence lies between 0 and log 2.

Why is it bounded, when the KL divergence is not? The mixture is at least half of each distribution, so that no quotient
exceeds 2.
"""

from deltasift import KL, LessEqual, Sum, calc, define, index, known, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, le_add_nonneg, one_mul, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)
m = define("m", k, (p[k] + q[k]) / 2)
references = ["lin1991"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"]}

# Known
gibbs = known("gibbs_inequality")

# Claim
claims = [
    LessEqual(0, (KL(p, m) + KL(q, m)) / 2),
    LessEqual((KL(p, m) + KL(q, m)) / 2, log(2)),
]

# Proof
proofs = [
    calc(
        (KL(p, m) + KL(q, m)) / 2,
        step((KL(p, m) + 0) / 2, by=gibbs.reversed, relation=">="),
        step(KL(p, m) / 2, by=arithmetic),
        step(0, by=[gibbs.reversed, arithmetic], relation=">="),
    ),
    calc(
        (KL(p, m) + KL(q, m)) / 2,
        step((Sum(p[k] * log(p[k] / m[k]), k) + Sum(q[k] * log(q[k] / m[k]), k)) / 2, by=definition),
        step(
            (Sum(p[k] * log(p[k] / ((p[k] + q[k]) / 2)), k) + Sum(q[k] * log(q[k] / ((p[k] + q[k]) / 2)), k)) / 2,
            by=definition,
        ),
        step(
            (Sum(p[k] * log(p[k] / (p[k] / 2)), k) + Sum(q[k] * log(q[k] / (q[k] / 2)), k)) / 2,
            by=le_add_nonneg.reversed,
            relation="<=",
        ),
        step((Sum(p[k] * log(2), k) + Sum(q[k] * log(2), k)) / 2, by=arithmetic),
        step((log(2) * Sum(p[k], k) + log(2) * Sum(q[k], k)) / 2, by=sum_mul_left),
        step((log(2) + log(2)) / 2, by=[sum_pmf, one_mul]),
        step(log(2), by=arithmetic),
    ),
]
