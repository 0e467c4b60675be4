r"""The reward minus a KL penalty is a constant minus the divergence to a tilted reference policy.

What does RLHF's objective have for its optimum? The reward is the logarithm of an exponential, which is put into the
logarithm of the penalty: what is left is a divergence to the reference policy reweighted by exp(reward / \beta). The
constant is \beta log Z, on which the policy has no influence.
"""

from deltasift import KL, Equality, Sum, calc, define, exp, index, log, pmf, positive, real, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    log_div,
    log_exp,
    log_mul,
    one_mul,
    sum_add,
    sum_mul_left,
    sum_pmf,
)

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)  # the policy and its reference
r, beta = real("r", k), positive(r"\beta")
Z = define("Z", Sum(q[k] * exp(r[k] / beta), k))
g = define("g", k, q[k] * exp(r[k] / beta) / Z)
references = ["rafailov2023, appendix A.1"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"], "r": [0, 1, 2], r"\beta": 1}

reward = Sum(p[k] * r[k], k)
log_g = log(q[k]) + r[k] / beta - log(Z)

# Claim
claim = Equality(reward - beta * KL(p, q), beta * log(Z) - beta * KL(p, g))

# Proof
proof = calc(
    reward - beta * KL(p, q),
    step(reward - beta * Sum(p[k] * log(p[k] / q[k]), k), by=definition),
    step(reward - beta * Sum(p[k] * (log(p[k]) - log(q[k])), k), by=log_div),
    step(
        reward - beta * Sum(p[k] * (log(p[k]) - log_g) + (1 / beta * (p[k] * r[k]) - log(Z) * p[k]), k),
        by=arithmetic,
    ),
    step(
        reward - beta * (Sum(p[k] * (log(p[k]) - log_g), k) + (1 / beta * reward - log(Z) * Sum(p[k], k))),
        by=[sum_add, sum_mul_left],
    ),
    step(
        reward - beta * (Sum(p[k] * (log(p[k]) - log_g), k) + (1 / beta * reward - log(Z))),
        by=[sum_pmf, one_mul],
    ),
    step(beta * log(Z) - beta * Sum(p[k] * (log(p[k]) - log_g), k), by=arithmetic),
    step(
        beta * log(Z) - beta * Sum(p[k] * (log(p[k]) - (log(q[k]) + log(exp(r[k] / beta)) - log(Z))), k),
        by=log_exp.reversed,
    ),
    step(
        beta * log(Z) - beta * Sum(p[k] * (log(p[k]) - (log(q[k] * exp(r[k] / beta)) - log(Z))), k),
        by=log_mul.reversed,
    ),
    step(beta * log(Z) - beta * Sum(p[k] * (log(p[k]) - log(q[k] * exp(r[k] / beta) / Z)), k), by=log_div.reversed),
    step(beta * log(Z) - beta * Sum(p[k] * log(p[k] / (q[k] * exp(r[k] / beta) / Z)), k), by=log_div.reversed),
    step(beta * log(Z) - beta * Sum(p[k] * log(p[k] / g[k]), k), by=definition),
    step(beta * log(Z) - beta * KL(p, g), by=definition),
)
