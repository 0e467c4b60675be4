"""The derivative of softplus is the logistic function, whose own derivative is itself times one minus itself.

Why is the derivative so simple? It is the exponential over the square of the denominator, which is the function times
one minus the function. Softplus, log(1 + exp(x)), is the integral of the logistic function.
"""

from deltasift import Derivative, Equality, calc, exp, log, real, sigma, step
from deltasift.rules import (
    arithmetic,
    definition,
    deriv_add,
    deriv_exp,
    deriv_log,
    deriv_mul,
    deriv_self,
    exp_neg,
    one_mul,
)

# Given
x = real("x")
references = ["jordan1995, section 2", "murphy2022, section 2.4.2"]
example = {"x": 1}

# Claim
claims = [
    Equality(Derivative(log(1 + exp(x)), x), sigma(x)),
    Equality(Derivative(sigma(x), x), sigma(x) * (1 - sigma(x))),
]

# Proof
proofs = [
    calc(
        Derivative(log(1 + exp(x)), x),
        step(Derivative(1 + exp(x), x) / (1 + exp(x)), by=deriv_log),
        step(exp(x) / (1 + exp(x)), by=[deriv_add, deriv_exp, deriv_self, one_mul]),
        step(1 / (1 + 1 / exp(x)), by=arithmetic),
        step(1 / (1 + exp(-x)), by=exp_neg.reversed),
        step(sigma(x), by=definition),
    ),
    calc(
        Derivative(sigma(x), x),
        step(Derivative(1 / (1 + exp(-x)), x), by=definition),
        step(-Derivative(1 + exp(-x), x) / (1 + exp(-x)) ** 2, by=deriv_mul),
        step(-(exp(-x) * Derivative(-x, x)) / (1 + exp(-x)) ** 2, by=[deriv_add, deriv_exp]),
        step(-(exp(-x) * -Derivative(x, x)) / (1 + exp(-x)) ** 2, by=deriv_add),
        step(-(exp(-x) * -1) / (1 + exp(-x)) ** 2, by=deriv_self),
        step(1 / (1 + exp(-x)) * (1 - 1 / (1 + exp(-x))), by=arithmetic),
        step(sigma(x) * (1 - sigma(x)), by=definition),
    ),
]
