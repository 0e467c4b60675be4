"""The softmax of two scores is the logistic function of their difference.

Why does a binary classifier need one score and not two? Numerator and denominator are divided by the first exponential:
what is left depends on the difference alone. The same formula is the Bradley-Terry model of a comparison, and the
preference of a reward model.
"""

from deltasift import Equality, calc, exp, log, positive, real, sigma, step
from deltasift.rules import arithmetic, definition, exp_add, exp_log_of_pos, exp_neg

# Given
a, b = real("a"), real("b")
u, v = positive("u"), positive("v")  # the strengths of two players
references = ["bradley1952", "murphy2022, section 2.5.3"]
example = {"a": 1, "b": 0, "u": 3, "v": 1}

# Claim
claims = [
    Equality(exp(a) / (exp(a) + exp(b)), sigma(a - b)),
    Equality(u / (u + v), sigma(log(u / v))),
]

# Proof
proofs = [
    calc(
        exp(a) / (exp(a) + exp(b)),
        step(1 / (1 + 1 / exp(a) * exp(b)), by=arithmetic),
        step(1 / (1 + exp(-a) * exp(b)), by=exp_neg.reversed),
        step(1 / (1 + exp(-a + b)), by=exp_add.reversed),
        step(1 / (1 + exp(-(a - b))), by=arithmetic),
        step(sigma(a - b), by=definition),
    ),
    calc(
        u / (u + v),
        step(1 / (1 + 1 / (u / v)), by=arithmetic),
        step(1 / (1 + 1 / exp(log(u / v))), by=exp_log_of_pos.reversed),
        step(1 / (1 + exp(-log(u / v))), by=exp_neg.reversed),
        step(sigma(log(u / v)), by=definition),
    ),
]
