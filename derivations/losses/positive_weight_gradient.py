"""A weight for positives scales the pull of the positives alone.

What does pos_weight do to the gradient of the binary cross entropy? The term of the positives is multiplied by it and
that of the negatives is as it was: a weight for both would scale the loss, and not their balance.
"""

from deltasift import Derivative, Equality, calc, log, positive, real, sigma, step
from deltasift.rules import arithmetic, deriv_add, deriv_function, deriv_log, deriv_mul, deriv_self, one_mul

# Given
x, t, w = real("x"), real("t"), positive("w")  # the logit, the target, the weight of positives
references = ["murphy2022, section 10.2"]
example = {"x": 1, "t": 1, "w": 3}

# Claim
claim = Equality(
    Derivative(-w * t * log(sigma(x)) - (1 - t) * log(1 - sigma(x)), x),
    (1 - t) * sigma(x) - w * t * (1 - sigma(x)),
)

# Proof
proof = calc(
    Derivative(-w * t * log(sigma(x)) - (1 - t) * log(1 - sigma(x)), x),
    step(-w * t * Derivative(log(sigma(x)), x) - (1 - t) * Derivative(log(1 - sigma(x)), x), by=[deriv_add, deriv_mul]),
    step(
        -w * t * (Derivative(sigma(x), x) / sigma(x)) - (1 - t) * (-Derivative(sigma(x), x) / (1 - sigma(x))),
        by=[deriv_log, deriv_add],
    ),
    step(
        -w * t * (sigma(x) * (1 - sigma(x)) * Derivative(x, x) / sigma(x))
        - (1 - t) * (-(sigma(x) * (1 - sigma(x)) * Derivative(x, x)) / (1 - sigma(x))),
        by=deriv_function,
    ),
    step(
        -w * t * (sigma(x) * (1 - sigma(x)) / sigma(x)) - (1 - t) * (-(sigma(x) * (1 - sigma(x))) / (1 - sigma(x))),
        by=[deriv_self, one_mul],
    ),
    step((1 - t) * sigma(x) - w * t * (1 - sigma(x)), by=arithmetic),
)
