"""The estimators -log r and r - 1 - log r of a KL divergence have the same mean.

Why may r - 1 be added to the logarithm of the ratio? Under the samples' own distribution q the ratio r = p/q has the
mean one, so what is added has the mean 0: only the variance changes. The divergence is the one from q to p, the
distribution of the samples first.
"""

from deltasift import KL, Equality, Sum, calc, define, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, log_div, sum_add, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)
r = define("r", k, p[k] / q[k])
references = ["schulman2020"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"]}

# Claim
claims = [
    Equality(Sum(q[k] * -log(r[k]), k), KL(q, p)),
    Equality(Sum(q[k] * (r[k] - 1 - log(r[k])), k), KL(q, p)),
]

# Proof
proofs = [
    calc(
        Sum(q[k] * -log(r[k]), k),
        step(Sum(q[k] * -log(p[k] / q[k]), k), by=definition),
        step(Sum(q[k] * -(log(p[k]) - log(q[k])), k), by=log_div),
        step(Sum(q[k] * (log(q[k]) - log(p[k])), k), by=arithmetic),
        step(Sum(q[k] * log(q[k] / p[k]), k), by=log_div.reversed),
        step(KL(q, p), by=definition),
    ),
    calc(
        Sum(q[k] * (r[k] - 1 - log(r[k])), k),
        step(Sum(q[k] * (p[k] / q[k] - 1 - log(p[k] / q[k])), k), by=definition),
        step(Sum(q[k] * (p[k] / q[k] - 1 - (log(p[k]) - log(q[k]))), k), by=log_div),
        step(Sum(p[k] - q[k] + q[k] * (log(q[k]) - log(p[k])), k), by=arithmetic),
        step(Sum(p[k] - q[k] + q[k] * log(q[k] / p[k]), k), by=log_div.reversed),
        step(Sum(p[k], k) - Sum(q[k], k) + Sum(q[k] * log(q[k] / p[k]), k), by=sum_add),
        step(Sum(q[k] * log(q[k] / p[k]), k), by=[sum_pmf, arithmetic]),
        step(KL(q, p), by=definition),
    ),
]
