"""The posterior of K Gaussian classes of one width is a softmax of linear scores.

Why is the last layer linear, and then a softmax? In Bayes' rule the square of the point is the same in every class and
cancels; what is left in each exponent is linear in the point, with the prior's logarithm in the bias.
"""

from deltasift import Equality, Sum, calc, define, exp, index, log, pmf, positive, real, sizes, step
from deltasift.rules import arithmetic, definition, exp_add, exp_log_of_pos, sum_mul_left

# Given
K = sizes("K")
j, k = index("j", 1, K), index("k", 1, K)
x, mu, s = real("x"), real(r"\mu", k), positive("s")
p = pmf("p", k, positive=True)
a = define("a", k, mu[k] / s**2 * x + (log(p[k]) - mu[k] ** 2 / (2 * s**2)))
references = ["murphy2022, section 9.2.2", "bishop2006, section 4.2.1"]
example = {"x": 1, r"\mu": [0, 1, 3], "s": 1, "p": ["1/2", "1/4", "1/4"], "k": 2}


def square(i):
    return (x - mu[i]) ** 2 / (2 * s**2)


def score(i):
    return mu[i] / s**2 * x + (log(p[i]) - mu[i] ** 2 / (2 * s**2))


common = -(x**2) / (2 * s**2)

# Claim
claim = Equality(p[k] * exp(-square(k)) / Sum(p[j] * exp(-square(j)), j), exp(a[k]) / Sum(exp(a[j]), j))

# Proof
proof = calc(
    p[k] * exp(-square(k)) / Sum(p[j] * exp(-square(j)), j),
    step(
        exp(log(p[k])) * exp(-square(k)) / Sum(exp(log(p[j])) * exp(-square(j)), j),
        by=exp_log_of_pos.reversed,
    ),
    step(exp(log(p[k]) - square(k)) / Sum(exp(log(p[j]) - square(j)), j), by=exp_add.reversed),
    step(exp(common + score(k)) / Sum(exp(common + score(j)), j), by=arithmetic),
    step(exp(common) * exp(score(k)) / Sum(exp(common) * exp(score(j)), j), by=exp_add),
    step(exp(common) * exp(score(k)) / (exp(common) * Sum(exp(score(j)), j)), by=sum_mul_left),
    step(exp(score(k)) / Sum(exp(score(j)), j), by=arithmetic),
    step(exp(a[k]) / Sum(exp(a[j]), j), by=definition),
)
