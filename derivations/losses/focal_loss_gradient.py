"""The gradient of the focal loss falls off with the square of one minus the probability.

What does the factor (1 - p)^2 do to the gradient of the cross entropy? It scales it down where the probability is near
one, and adds a second term in which the logarithm vanishes there as well.
"""

from deltasift import Derivative, Equality, calc, log, real, step
from deltasift.rules import deriv_add, deriv_log, deriv_mul, deriv_pow, deriv_self

# Given
p = real("p", above=0, below=1)
references = ["lin2017, section 3"]
example = {"p": "1/2"}

# Claim
claim = Equality(Derivative(-((1 - p) ** 2) * log(p), p), 2 * (1 - p) * log(p) - (1 - p) ** 2 / p)

# Proof
proof = calc(
    Derivative(-((1 - p) ** 2) * log(p), p),
    step(-Derivative((1 - p) ** 2, p) * log(p) - (1 - p) ** 2 * Derivative(log(p), p), by=deriv_mul),
    step(-(2 * (1 - p) * -Derivative(p, p)) * log(p) - (1 - p) ** 2 * Derivative(log(p), p), by=[deriv_pow, deriv_add]),
    step(-(2 * (1 - p) * -Derivative(p, p)) * log(p) - (1 - p) ** 2 * (Derivative(p, p) / p), by=deriv_log),
    step(2 * (1 - p) * log(p) - (1 - p) ** 2 / p, by=deriv_self),
)
