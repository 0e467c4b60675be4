"""The likelihood depends on the labels through their counts alone.

May the examples be shuffled, or replaced by a table of counts? Yes: each factor is written as a product over the
classes in which a delta is the exponent, the products change places, and exponents of one base add up to the count.
"""

from deltasift import NLL, Equality, Likelihood, Product, Sum, calc, define, delta, index, labels, log, pmf, sizes, step
from deltasift.rules import definition, pow_sum, prod_comm, prod_delta_pow, sum_comm, sum_delta, sum_mul_right

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
c = define("c", k, Sum(delta(k, y[n]), n))
references = ["murphy2022, section 4.2.4"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claims = [
    Equality(Likelihood(q, y), Product(q[k] ** c[k], k)),
    Equality(NLL(q, y), -Sum(c[k] * log(q[k]), k)),
]

# Proof
proofs = [
    calc(
        Likelihood(q, y),
        step(Product(q[y[n]], n), by=definition),
        step(Product(Product(q[k] ** delta(k, y[n]), k), n), by=prod_delta_pow.reversed),
        step(Product(Product(q[k] ** delta(k, y[n]), n), k), by=prod_comm),
        step(Product(q[k] ** Sum(delta(k, y[n]), n), k), by=pow_sum.reversed),
        step(Product(q[k] ** c[k], k), by=definition),
    ),
    calc(
        NLL(q, y),
        step(-Sum(log(q[y[n]]), n), by=definition),
        step(-Sum(Sum(delta(k, y[n]) * log(q[k]), k), n), by=sum_delta.reversed),
        step(-Sum(Sum(delta(k, y[n]) * log(q[k]), n), k), by=sum_comm),
        step(-Sum(Sum(delta(k, y[n]), n) * log(q[k]), k), by=sum_mul_right.reversed),
        step(-Sum(c[k] * log(q[k]), k), by=definition),
    ),
]
