"""What the bound of N importance weights lacks to the log evidence is a divergence.

Why does the importance weighted autoencoder bound the log evidence, however many draws it averages over? The mean of
the average weight is the evidence; the mean of its logarithm lacks to the log evidence the divergence of the proposal
from a mixture, so that the bound is the closer the more alike these two are. Here w is all N draws together, g its law,
and r[n] the law by which draw n comes from the posterior and the others from the proposal. The others cancel in
r[n, w]/g[w], so that v[n, w] is the weight of draw n, the joint probability over the proposal's.
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
e = positive("e")  # the evidence
v = define("v", n, w, e / g[w] * r[n, w])
m = define("m", w, Sum(r[n, w], n) / N)
references = ["burda2016, section 3"]
example = {"g": ["1/4", "3/4"], "r": [["1/2", "1/2"], ["1/8", "7/8"]], "e": "1/10"}

# Known
gibbs = known("gibbs_inequality")

# Claim
claims = [
    Equality(Sum(g[w] * (Sum(v[n, w], n) / N), w), e),
    Equality(Sum(g[w] * log(Sum(v[n, w], n) / N), w), log(e) - KL(g, m)),
    LessEqual(log(e) - KL(g, m), log(e)),
]

# Proof
proofs = [
    calc(
        Sum(g[w] * (Sum(v[n, w], n) / N), w),
        step(Sum(g[w] * (Sum(e / g[w] * r[n, w], n) / N), w), by=definition),
        step(Sum(g[w] * (e / g[w] * Sum(r[n, w], n) / N), w), by=sum_mul_left),
        step(Sum(e / N * Sum(r[n, w], n), w), by=arithmetic),
        step(e / N * Sum(Sum(r[n, w], w), n), by=[sum_mul_left, sum_comm]),
        step(e / N * N, by=[sum_pmf, sum_const]),
        step(e, by=arithmetic),
    ),
    calc(
        Sum(g[w] * log(Sum(v[n, w], n) / N), w),
        step(Sum(g[w] * log(Sum(e / g[w] * r[n, w], n) / N), w), by=definition),
        step(Sum(g[w] * log(e / g[w] * Sum(r[n, w], n) / N), w), by=sum_mul_left),
        step(Sum(g[w] * log(e / (g[w] / (Sum(r[n, w], n) / N))), w), by=arithmetic),
        step(Sum(g[w] * (log(e) - log(g[w] / (Sum(r[n, w], n) / N))), w), by=log_div),
        step(Sum(log(e) * g[w] - g[w] * log(g[w] / (Sum(r[n, w], n) / N)), w), by=arithmetic),
        step(log(e) * Sum(g[w], w) - Sum(g[w] * log(g[w] / m[w]), w), by=[sum_add, sum_mul_left, definition]),
        step(log(e) - KL(g, m), by=[sum_pmf, one_mul, definition]),
    ),
    calc(
        log(e) - KL(g, m),
        step(log(e) - 0, by=gibbs.reversed, relation="<="),
        step(log(e), by=arithmetic),
    ),
]
