"""With narrower bins the entropy of a histogram runs away, and its cross entropy settles.

Why has the KL divergence from data to a density no limit, when the cross entropy has one? Data that are smoothed into
bins of width h have the density p_k/h. Its entropy is that of the shares plus the logarithm of h, which falls
below every bound as h goes to 0; the cross entropy to a density q that is constant on the bins does not depend on h.
"""

from deltasift import Entropy, Equality, Sum, calc, index, log, pmf, positive, sizes, step
from deltasift.rules import arithmetic, definition, log_div, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, q, h = pmf("p", k, positive=True), positive("q", k), positive("h")  # the shares, the density q, the width of a bin
references = ["cover2006, theorem 8.3.1"]
example = {"p": ["1/2", "1/4", "1/4"], "q": [1, 1, 2], "h": "1/4"}

# Claim
claims = [
    Equality(-Sum(h * (p[k] / h * log(p[k] / h)), k), Entropy(p) + log(h)),
    Equality(-Sum(h * (p[k] / h * log(q[k])), k), -Sum(p[k] * log(q[k]), k)),
    Equality(
        Sum(h * (p[k] / h * log(p[k] / h / q[k])), k),
        -Sum(p[k] * log(q[k]), k) - (Entropy(p) + log(h)),
    ),
]

# Proof
proofs = [
    calc(
        -Sum(h * (p[k] / h * log(p[k] / h)), k),
        step(-Sum(h * (p[k] / h * (log(p[k]) - log(h))), k), by=log_div),
        step(-Sum(p[k] * log(p[k]) - log(h) * p[k], k), by=arithmetic),
        step(-(Sum(p[k] * log(p[k]), k) - log(h) * Sum(p[k], k)), by=[sum_add, sum_mul_left]),
        step(-(Sum(p[k] * log(p[k]), k) - log(h)), by=[sum_pmf, one_mul]),
        step(-Sum(p[k] * log(p[k]), k) + log(h), by=arithmetic),
        step(Entropy(p) + log(h), by=definition),
    ),
    calc(
        -Sum(h * (p[k] / h * log(q[k])), k),
        step(-Sum(p[k] * log(q[k]), k), by=arithmetic),
    ),
    calc(
        Sum(h * (p[k] / h * log(p[k] / h / q[k])), k),
        step(Sum(h * (p[k] / h * (log(p[k]) - log(h) - log(q[k]))), k), by=log_div),
        step(Sum(p[k] * log(p[k]) - log(h) * p[k] - p[k] * log(q[k]), k), by=arithmetic),
        step(
            Sum(p[k] * log(p[k]), k) - log(h) * Sum(p[k], k) - Sum(p[k] * log(q[k]), k),
            by=[sum_add, sum_mul_left],
        ),
        step(Sum(p[k] * log(p[k]), k) - log(h) - Sum(p[k] * log(q[k]), k), by=[sum_pmf, one_mul]),
        step(-Sum(p[k] * log(q[k]), k) - (-Sum(p[k] * log(p[k]), k) + log(h)), by=arithmetic),
        step(-Sum(p[k] * log(q[k]), k) - (Entropy(p) + log(h)), by=definition),
    ),
]
