"""Classifier-free guidance adds a multiple of the difference of two log-densities.

What is sampled with a guidance weight w? The conditional density times a power of the ratio of conditional and
unconditional: its logarithm is 1 + w times the one logarithm minus w times the other, and so it is with the scores,
their gradients.
"""

from deltasift import Equality, calc, log, positive, real, step
from deltasift.rules import arithmetic, log_div, log_mul, log_pow

# Given
p, q, w = positive("p"), positive("q"), real("w")  # with the condition, and without
references = ["ho2022, section 3.2"]
example = {"p": "1/2", "q": "1/4", "w": 2}

# Claim
claim = Equality(log(p * (p / q) ** w), (1 + w) * log(p) - w * log(q))

# Proof
proof = calc(
    log(p * (p / q) ** w),
    step(log(p) + log((p / q) ** w), by=log_mul),
    step(log(p) + w * log(p / q), by=log_pow),
    step(log(p) + w * (log(p) - log(q)), by=log_div),
    step((1 + w) * log(p) - w * log(q), by=arithmetic),
)
