"""The posterior of data against noise is a logistic function of the log-ratio of the densities.

What does a classifier learn that tells data from noise? Its logit is the logarithm of the ratio of the two densities,
less the logarithm of how many noise samples there are for each of data: from it the unnormalised density is read off.
"""

from deltasift import Equality, calc, exp, log, positive, sigma, step
from deltasift.rules import arithmetic, definition, exp_log_of_pos, exp_neg, log_div, log_mul

# Given
p, q, c = positive("p"), positive("q"), positive("c")
references = ["gutmann2012, section 2.2"]
example = {"p": "1/2", "q": "1/4", "c": 5}

# Claim
claim = Equality(p / (p + c * q), sigma(log(p) - (log(c) + log(q))))

# Proof
proof = calc(
    p / (p + c * q),
    step(1 / (1 + 1 / (p / (c * q))), by=arithmetic),
    step(1 / (1 + 1 / exp(log(p / (c * q)))), by=exp_log_of_pos.reversed),
    step(1 / (1 + exp(-log(p / (c * q)))), by=exp_neg.reversed),
    step(1 / (1 + exp(-(log(p) - log(c * q)))), by=log_div),
    step(1 / (1 + exp(-(log(p) - (log(c) + log(q))))), by=log_mul),
    step(sigma(log(p) - (log(c) + log(q))), by=definition),
)
