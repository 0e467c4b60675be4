"""The mutual information is at least log N minus the contrastive loss over N candidates.

Why does a contrastive loss need many negatives? No critic f makes the loss smaller than log N less the information; as
the loss is positive, N candidates show at most log N of information, however much there is. Here w is all that is
drawn, the context and N candidates; g is its law where all candidates are negatives, and p, for each i, its law where
candidate i is the positive. In the quotient of the two the other candidates cancel, so that each of the divergences is
the mutual information of the context and the positive. The shares s that the critic gives the candidates sum to one.
"""

from deltasift import KL, LessEqual, Sum, calc, define, index, log, pmf, positive, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    log_div,
    log_mul,
    sub_le_mul_log_div,
    sum_add,
    sum_comm,
    sum_const,
    sum_mul_left,
    sum_mul_right,
    sum_pmf,
)

# Given
N, W = sizes("N W")
i, j, w = index("i", 1, N), index("j", 1, N), index("w", 1, W)
g, p = pmf("g", w, positive=True), pmf("p", w, given=i, positive=True)
f = positive("f", w, i)  # the critic, of the context and candidate i
s = define("s", w, i, f[w, i] / Sum(f[w, j], j))
references = ["oord2018, section 2.3", "poole2019"]
example = {
    "g": ["1/4", "1/4", "1/4", "1/4"],
    "p": [["1/2", "1/4", "1/8", "1/8"], ["1/2", "1/8", "1/4", "1/8"]],
    "f": [[1, 1], [3, 1], [1, 3], [1, 1]],
}

information = Sum(KL(p[i], g), i) / N
loss = -Sum(Sum(p[i, w] * log(s[w, i]), w), i) / N

# Claim
claim = LessEqual(log(N), information + loss)


# Proof
def mean(e):
    return Sum(Sum(e, w), i)


a, b = p[i, w] / N, g[w] * s[w, i]  # two laws of the pair of i and w
proof = calc(
    information + loss,
    step(mean(p[i, w] * log(p[i, w] / g[w])) / N - mean(p[i, w] * log(s[w, i])) / N, by=definition),
    step(mean(p[i, w] * log(p[i, w] / g[w]) - p[i, w] * log(s[w, i])) / N, by=[arithmetic, sum_add.reversed]),
    step(mean(a * (log(p[i, w] / g[w]) - log(s[w, i]))), by=[sum_mul_left.reversed, arithmetic]),
    step(mean(a * log(p[i, w] / g[w] / s[w, i])), by=log_div.reversed),
    step(mean(a * log(a / b * N)), by=arithmetic),
    step(mean(a * (log(a / b) + log(N))), by=log_mul),
    step(mean(a * log(a / b) + log(N) * a), by=arithmetic),
    step(mean(a - b + log(N) * a), by=sub_le_mul_log_div.reversed, relation=">="),
    step(mean((1 + log(N)) / N * p[i, w] - g[w] * s[w, i]), by=arithmetic),
    step((1 + log(N)) / N * mean(p[i, w]) - mean(g[w] * s[w, i]), by=[sum_add, sum_mul_left]),
    step((1 + log(N)) / N * N - mean(g[w] * s[w, i]), by=[sum_pmf, sum_const]),
    step(1 + log(N) - Sum(Sum(g[w] * s[w, i], i), w), by=[arithmetic, sum_comm]),
    step(1 + log(N) - Sum(g[w] * Sum(s[w, i], i), w), by=sum_mul_left),
    step(1 + log(N) - Sum(g[w] * Sum(f[w, i] / Sum(f[w, j], j), i), w), by=definition),
    step(1 + log(N) - Sum(g[w] * (Sum(f[w, i], i) / Sum(f[w, j], j)), w), by=sum_mul_right.reversed),
    step(1 + log(N) - Sum(g[w], w), by=arithmetic),
    step(log(N), by=[sum_pmf, arithmetic]),
)
