"""The log evidence exceeds the bound of N importance weights by a divergence.

Why does the importance weighted autoencoder bound the log evidence, however many draws it averages over? The mean of
the average weight is the evidence; the mean of its logarithm falls short of the log evidence by the divergence of the
proposal from a mixture, so that the bound is the closer the more alike these two are. Here w is all N draws together, g
its law, and r, for each n, the law by which draw n comes from the posterior and the others from the proposal. In the
quotient of the two the others cancel, so that v is the weight of draw n: the joint probability over the proposal's.
"""

from deltasift import KL, Equality, LessEqual, Sum, calc, define, index, known, log, pmf, positive, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    log_div,
    one_mul,
    sum_add,
    sum_comm,
    sum_const,
    sum_mul_left,
    sum_pmf,
)

# Given
N, W = sizes("N W")
n, w = index("n", 1, N), index("w", 1, W)
g, r = pmf("g", w, positive=True), pmf("r", w, given=n, positive=True)
c = positive("c")  # the evidence
v = define("v", n, w, c / g[w] * r[n, w])
m = define("m", w, Sum(r[n, w], n) / N)
references = ["burda2016, section 3"]
example = {"g": ["1/4", "3/4"], "r": [["1/2", "1/2"], ["1/8", "7/8"]], "c": "1/10"}

# Known
gibbs = known("gibbs_inequality")

# Claim
claims = [
    Equality(Sum(g[w] * (Sum(v[n, w], n) / N), w), c),
    Equality(Sum(g[w] * log(Sum(v[n, w], n) / N), w), log(c) - KL(g, m)),
    LessEqual(log(c) - KL(g, m), log(c)),
]

# Proof
proofs = [
    calc(
        Sum(g[w] * (Sum(v[n, w], n) / N), w),
        step(Sum(g[w] * (Sum(c / g[w] * r[n, w], n) / N), w), by=definition),
        step(Sum(g[w] * (c / g[w] * Sum(r[n, w], n) / N), w), by=sum_mul_left),
        step(Sum(c / N * Sum(r[n, w], n), w), by=arithmetic),
        step(c / N * Sum(Sum(r[n, w], w), n), by=[sum_mul_left, sum_comm]),
        step(c / N * N, by=[sum_pmf, sum_const]),
        step(c, by=arithmetic),
    ),
    calc(
        Sum(g[w] * log(Sum(v[n, w], n) / N), w),
        step(Sum(g[w] * log(Sum(c / g[w] * r[n, w], n) / N), w), by=definition),
        step(Sum(g[w] * log(c / g[w] * Sum(r[n, w], n) / N), w), by=sum_mul_left),
        step(Sum(g[w] * log(c / (g[w] / (Sum(r[n, w], n) / N))), w), by=arithmetic),
        step(Sum(g[w] * (log(c) - log(g[w] / (Sum(r[n, w], n) / N))), w), by=log_div),
        step(Sum(log(c) * g[w] - g[w] * log(g[w] / (Sum(r[n, w], n) / N)), w), by=arithmetic),
        step(log(c) * Sum(g[w], w) - Sum(g[w] * log(g[w] / m[w]), w), by=[sum_add, sum_mul_left, definition]),
        step(log(c) - KL(g, m), by=[sum_pmf, one_mul, definition]),
    ),
    calc(
        log(c) - KL(g, m),
        step(log(c) - 0, by=gibbs.reversed, relation="<="),
        step(log(c), by=arithmetic),
    ),
]
