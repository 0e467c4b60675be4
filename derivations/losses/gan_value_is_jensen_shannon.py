"""Against the best discriminator a GAN's generator minimises the Jensen-Shannon divergence.

What does the generator of a GAN learn? The best discriminator d gives the share of the data among data and samples,
and 1 - d is the share of the samples; put into the value of the game they leave two divergences from the mixture of
both, less 2 log 2. The divergences are least, 0, where the samples are distributed like the data.
"""

from deltasift import KL, Equality, Sum, calc, define, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, log_div, sum_add, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)  # of the data and of the samples
m = define("m", k, (p[k] + q[k]) / 2)
references = ["goodfellow2014, theorem 1"]
example = {"k": 1, "p": ["1/2", "1/2"], "q": ["1/4", "3/4"]}

both = p[k] + q[k]
value = Sum(p[k] * log(p[k] / both), k) + Sum(q[k] * log(q[k] / both), k)

# Claim
claims = [
    Equality(1 - p[k] / both, q[k] / both),
    Equality(value, KL(p, m) + KL(q, m) - 2 * log(2)),
]

# Proof
proofs = [
    calc(1 - p[k] / both, step(q[k] / both, by=arithmetic)),
    calc(
        value,
        step(
            Sum(p[k] * log(p[k] / (both / 2) / 2), k) + Sum(q[k] * log(q[k] / (both / 2) / 2), k),
            by=arithmetic,
        ),
        step(
            Sum(p[k] * (log(p[k] / (both / 2)) - log(2)), k) + Sum(q[k] * (log(q[k] / (both / 2)) - log(2)), k),
            by=log_div,
        ),
        step(
            Sum(p[k] * log(p[k] / (both / 2)) - log(2) * p[k], k)
            + Sum(q[k] * log(q[k] / (both / 2)) - log(2) * q[k], k),
            by=arithmetic,
        ),
        step(
            Sum(p[k] * log(p[k] / m[k]), k)
            - log(2) * Sum(p[k], k)
            + (Sum(q[k] * log(q[k] / m[k]), k) - log(2) * Sum(q[k], k)),
            by=[sum_add, sum_mul_left, definition],
        ),
        step(KL(p, m) - log(2) * 1 + (KL(q, m) - log(2) * 1), by=[sum_pmf, definition]),
        step(KL(p, m) + KL(q, m) - 2 * log(2), by=arithmetic),
    ),
]
