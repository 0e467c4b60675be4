"""The log-likelihood is a sum over the examples.

The likelihood of independent examples is a product, one factor an example, and the logarithm of a product is a sum.
The same factor may be written as a product over the classes, in which the delta raises all but one to the power 0.
"""

from deltasift import (
    Equality,
    Likelihood,
    LogLikelihood,
    Product,
    Sum,
    calc,
    delta,
    index,
    labels,
    log,
    pmf,
    sizes,
    step,
)
from deltasift.rules import definition, log_prod, prod_delta_pow

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
references = ["murphy2022, section 4.2.1"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claims = [
    Equality(LogLikelihood(q, y), Sum(log(q[y[n]]), n)),
    Equality(Product(Product(q[k] ** delta(k, y[n]), k), n), Likelihood(q, y)),
]

# Proof
proofs = [
    calc(
        LogLikelihood(q, y),
        step(log(Likelihood(q, y)), by=definition),
        step(log(Product(q[y[n]], n)), by=definition),
        step(Sum(log(q[y[n]]), n), by=log_prod),
    ),
    calc(
        Product(Product(q[k] ** delta(k, y[n]), k), n),
        step(Product(q[y[n]], n), by=prod_delta_pow),
        step(Likelihood(q, y), by=definition),
    ),
]
