r"""The policy that is best for a reward with a KL penalty is the reference, reweighted by exp(reward / \beta).

What does RLHF tend to? The objective is \beta log Z minus a divergence to that policy. The divergence of two policies
that differ is positive, and there is none at the policy itself.
"""

from deltasift import (
    KL,
    Equality,
    ForAll,
    OnlyMaximiser,
    Sum,
    assuming,
    calc,
    define,
    exp,
    index,
    known,
    log,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.inert import Not
from deltasift.rules import arithmetic, definition, gibbs_strict, log_one, sum_zero

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k, positive=True), pmf("q", k, positive=True)  # the policy and its reference
r, beta = real("r", k), positive(r"\beta")
Z = define("Z", Sum(q[k] * exp(r[k] / beta), k))
g = define("g", k, q[k] * exp(r[k] / beta) / Z)
differs = assuming(Not(ForAll(Equality(g[k], p[k]), k)))
references = ["rafailov2023, appendix A.1"]
example = {"p": ["1/2", "1/4", "1/4"], "q": ["1/3", "1/3", "1/3"], "r": [0, 1, 2], r"\beta": 1}

# Claim
claim = OnlyMaximiser(Sum(p[k] * r[k], k) - beta * KL(p, q), p, g)

# Known
rlhf_objective_is_a_divergence = known("rlhf_objective_is_a_divergence")

# Proof
proof = calc(
    Sum(p[k] * r[k], k) - beta * KL(p, q),
    step(beta * log(Z) - beta * KL(p, g), by=rlhf_objective_is_a_divergence),
    step(beta * log(Z) - beta * Sum(p[k] * log(p[k] / g[k]), k), by=definition),
    step(beta * log(Z) - beta * 0, by=gibbs_strict.reversed, relation="<"),
    step(beta * log(Z) - beta * Sum(0, k), by=sum_zero.reversed),
    step(beta * log(Z) - beta * Sum(g[k] * 0, k), by=arithmetic),
    step(beta * log(Z) - beta * Sum(g[k] * log(1), k), by=log_one.reversed),
    step(beta * log(Z) - beta * Sum(g[k] * log(g[k] / g[k]), k), by=arithmetic),
    step(beta * log(Z) - beta * KL(g, g), by=definition),
    step(Sum(g[k] * r[k], k) - beta * KL(g, q), by=rlhf_objective_is_a_divergence.reversed),
)
