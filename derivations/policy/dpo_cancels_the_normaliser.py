"""The reward of a policy is a multiple of a log-ratio, up to the normaliser, which cancels between two answers.

How does direct preference optimisation do without a reward model? The optimal policy is the reference times an
exponential of the reward over a normaliser. Solved for the reward, the normaliser is a constant, and preferences depend
on a difference of rewards alone.
"""

from deltasift import Equality, Sum, calc, define, exp, index, log, pmf, positive, real, sigma, sizes, step
from deltasift.rules import arithmetic, definition, log_div, log_exp

# Given
K = sizes("K")
j, k, a, b = index("j", 1, K), index("k", 1, K), index("a", 1, K), index("b", 1, K)
q, r, beta = pmf("q", k, positive=True), real("r", k), positive(r"\beta")
Z = define("Z", Sum(q[j] * exp(r[j] / beta), j))
g = define("g", k, q[k] * exp(r[k] / beta) / Z)
references = ["rafailov2023, section 4"]
example = {"q": ["1/3", "1/3", "1/3"], "r": [0, 1, 2], r"\beta": 1, "a": 3, "b": 1, "k": 1}

# Claim
claims = [
    Equality(beta * log(g[k] / q[k]), r[k] - beta * log(Z)),
    Equality(beta * log(g[a] / q[a]) - beta * log(g[b] / q[b]), r[a] - r[b]),
    Equality(
        -log(sigma(r[a] - r[b])),
        -log(sigma(beta * log(g[a] / q[a]) - beta * log(g[b] / q[b]))),
    ),
]


def log_ratio(i):
    return beta * log(g[i] / q[i])


# Proof
proofs = [
    calc(
        beta * log(g[k] / q[k]),
        step(beta * log(q[k] * exp(r[k] / beta) / Z / q[k]), by=definition),
        step(beta * log(exp(r[k] / beta) / Z), by=arithmetic),
        step(beta * (log(exp(r[k] / beta)) - log(Z)), by=log_div),
        step(beta * (r[k] / beta - log(Z)), by=log_exp),
        step(r[k] - beta * log(Z), by=arithmetic),
    ),
    calc(
        log_ratio(a) - log_ratio(b),
        step(
            beta * log(q[a] * exp(r[a] / beta) / Z / q[a]) - beta * log(q[b] * exp(r[b] / beta) / Z / q[b]),
            by=definition,
        ),
        step(beta * log(exp(r[a] / beta) / Z) - beta * log(exp(r[b] / beta) / Z), by=arithmetic),
        step(beta * (log(exp(r[a] / beta)) - log(Z)) - beta * (log(exp(r[b] / beta)) - log(Z)), by=log_div),
        step(beta * (r[a] / beta - log(Z)) - beta * (r[b] / beta - log(Z)), by=log_exp),
        step(r[a] - r[b], by=arithmetic),
    ),
    calc(
        -log(sigma(r[a] - r[b])),
        step(
            -log(sigma(beta * (r[a] / beta - log(Z)) - beta * (r[b] / beta - log(Z)))),
            by=arithmetic,
        ),
        step(
            -log(sigma(beta * (log(exp(r[a] / beta)) - log(Z)) - beta * (log(exp(r[b] / beta)) - log(Z)))),
            by=log_exp.reversed,
        ),
        step(
            -log(sigma(beta * log(exp(r[a] / beta) / Z) - beta * log(exp(r[b] / beta) / Z))),
            by=log_div.reversed,
        ),
        step(
            -log(
                sigma(beta * log(q[a] * exp(r[a] / beta) / Z / q[a]) - beta * log(q[b] * exp(r[b] / beta) / Z / q[b]))
            ),
            by=arithmetic,
        ),
        step(-log(sigma(log_ratio(a) - log_ratio(b))), by=definition),
    ),
]
