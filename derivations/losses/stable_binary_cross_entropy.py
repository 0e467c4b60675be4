"""The binary cross entropy of a logit can be computed without overflow.

Where does max(x, 0) - x t + log(1 + exp(-|x|)) come from? The logarithms of the logistic function are softplus
functions; in them the larger of x and 0 is taken out of the logarithm, so that the exponential is at most 1.
"""

from deltasift import Abs, Equality, Max, calc, exp, log, real, sigma, step
from deltasift.rules import arithmetic, log_one_add_exp_abs, log_one_add_exp_neg, log_sigma, one_sub_sigma

# Given
x, t = real("x"), real("t")  # the label is 0 or 1, or a probability
references = ["blanchard2021, section 2", "murphy2022, section 10.2.3"]
example = {"x": -40, "t": 1}

loss = -(t * log(sigma(x)) + (1 - t) * log(1 - sigma(x)))

# Claim
claims = [
    Equality(loss, log(1 + exp(x)) - t * x),
    Equality(loss, Max(x, 0) - t * x + log(1 + exp(-Abs(x)))),
]

# Proof
logits = (
    step(-(t * log(sigma(x)) + (1 - t) * log(sigma(-x))), by=one_sub_sigma),
    step(-(t * -log(1 + exp(-x)) + (1 - t) * -log(1 + exp(x))), by=log_sigma),
    step(-(t * -(log(1 + exp(x)) - x) + (1 - t) * -log(1 + exp(x))), by=log_one_add_exp_neg),
    step(log(1 + exp(x)) - t * x, by=arithmetic),
)
proofs = [
    calc(loss, *logits),
    calc(
        loss,
        *logits,
        step(Max(x, 0) - t * x + (log(1 + exp(x)) - Max(x, 0)), by=arithmetic),
        step(Max(x, 0) - t * x + log(1 + exp(-Abs(x))), by=log_one_add_exp_abs.reversed),
    ),
]
