"""The mutual information is at least log 2 minus the contrastive loss with one negative.

Why does a small InfoNCE loss show that two variables know of each other? Whatever the critic f is, the shares of z and
of h have the same mean when both are drawn from the marginal m, and together they are 1; what is more is a divergence.
Here r is the distribution of z given x, and h is the one negative.
"""

from deltasift import LessEqual, Sum, calc, define, index, log, pmf, positive, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    log_div,
    log_mul,
    one_mul,
    sub_le_mul_log_div,
    sum_add,
    sum_comm,
    sum_mul_left,
    sum_mul_right,
    sum_pmf,
)

# Given
X, Z = sizes("X Z")
x, z, h = index("x", 1, X), index("z", 1, Z), index("h", 1, Z)
p, r = pmf("p", x, positive=True), pmf("r", z, given=x, positive=True)  # r[x, z] is the probability of z given x
m, f = pmf("m", z, positive=True), positive("f", x, z)  # the marginal, and the critic
references = ["oord2018, section 2.3"]
example = {
    "p": ["1/2", "1/2"],
    "r": [["3/4", "1/4"], ["1/4", "3/4"]],
    "m": ["1/2", "1/2"],
    "f": [[3, 1], [1, 3]],
}

s = define("s", x, z, h, f[x, z] / (f[x, z] + f[x, h]))
share, other = s[x, z, h], s[x, h, z]  # of the positive, and of the negative
weight, alike = p[x] * r[x, z] * m[h], p[x] * (m[z] * m[h])  # h is the negative; z is drawn like h
information = Sum(p[x] * Sum(r[x, z] * log(r[x, z] / m[z]), z), x)


def mean(e):
    return Sum(Sum(Sum(e, h), z), x)


def unfolded(i, j):
    return f[x, i] / (f[x, i] + f[x, j])


loss = -mean(weight * log(share))

# Claim
claim = LessEqual(log(2), information + loss)

# Proof
ratio = weight / (alike * (2 * share))
proof = calc(
    information + loss,
    step(
        Sum(p[x] * Sum(r[x, z] * log(r[x, z] / m[z]) * Sum(m[h], h), z), x) + loss,
        by=[one_mul.reversed, sum_pmf.reversed],
    ),
    step(mean(weight * log(r[x, z] / m[z])) - mean(weight * log(share)), by=sum_mul_right),
    step(mean(weight * (log(r[x, z] / m[z]) - log(share))), by=[sum_add.reversed, arithmetic]),
    step(mean(weight * log(r[x, z] / m[z] / share)), by=log_div.reversed),
    step(mean(weight * log(ratio * 2)), by=arithmetic),
    step(mean(weight * log(ratio) + log(2) * weight), by=[log_mul, arithmetic]),
    step(mean(weight - alike * (2 * share) + log(2) * weight), by=sub_le_mul_log_div.reversed, relation=">="),
    step(mean((1 + log(2)) * weight - (alike * share + alike * share)), by=arithmetic),
    step((1 + log(2)) * mean(weight) - (mean(alike * share) + mean(alike * share)), by=[sum_add, sum_mul_left]),
    step((1 + log(2)) * mean(weight) - mean(alike * share + alike * other), by=[sum_comm, sum_add.reversed]),
    step((1 + log(2)) * mean(weight) - mean(alike * unfolded(z, h) + alike * unfolded(h, z)), by=definition),
    step((1 + log(2)) * mean(weight) - mean(alike), by=arithmetic),
    step(
        (1 + log(2)) * Sum(p[x] * Sum(r[x, z] * Sum(m[h], h), z), x) - Sum(p[x] * Sum(m[z] * Sum(m[h], h), z), x),
        by=sum_mul_left,
    ),
    step((1 + log(2)) * 1 - 1, by=[sum_pmf, one_mul, sum_pmf, one_mul, sum_pmf]),
    step(log(2), by=arithmetic),
)
