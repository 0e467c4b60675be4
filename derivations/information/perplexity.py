"""Perplexity is the exponential of the average negative log-likelihood.

What does a perplexity of 20 mean? It is the inverse of the geometric mean of the probabilities that were given to
the tokens: as if each had been drawn from 20 equally likely ones. The factor -1/N in the exponent is the root and
the reciprocal.
"""

from deltasift import AverageNLL, Equality, Likelihood, Product, Sum, calc, exp, index, labels, log, pmf, sizes, step
from deltasift.rules import definition, exp_mul_log, log_prod

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
references = ["jurafsky2024, section 3.3"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claim = Equality(exp(AverageNLL(q, y)), Likelihood(q, y) ** (-1 / N))

# Proof
proof = calc(
    exp(AverageNLL(q, y)),
    step(exp(-1 / N * Sum(log(q[y[n]]), n)), by=definition),
    step(exp(-1 / N * log(Product(q[y[n]], n))), by=log_prod.reversed),
    step(Product(q[y[n]], n) ** (-1 / N), by=exp_mul_log),
    step(Likelihood(q, y) ** (-1 / N), by=definition),
)
