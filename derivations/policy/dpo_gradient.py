r"""The gradient of the preference loss is weighted by how wrong the model still is.

Which pairs does direct preference optimisation learn from? The derivative of -log \sigma(b (x - y)) by x is minus b
times the probability of the wrong order: near 0 for pairs in order with a margin, near -b for those that are not.
"""

from deltasift import Derivative, Equality, calc, log, positive, real, sigma, step
from deltasift.rules import (
    arithmetic,
    deriv_add,
    deriv_function,
    deriv_log,
    deriv_mul,
    deriv_self,
    one_mul,
    one_sub_sigma,
)

# Given
x, y, b = real("x"), real("y"), positive("b")  # the log-ratios of the chosen and of the rejected answer
references = ["rafailov2023, section 4"]
example = {"x": 1, "y": 0, "b": 1}

# Claim
claim = Equality(Derivative(-log(sigma(b * (x - y))), x), -b * sigma(-(b * (x - y))))

# Proof
proof = calc(
    Derivative(-log(sigma(b * (x - y))), x),
    step(-(Derivative(sigma(b * (x - y)), x) / sigma(b * (x - y))), by=[deriv_add, deriv_log]),
    step(
        -(sigma(b * (x - y)) * (1 - sigma(b * (x - y))) * Derivative(b * (x - y), x) / sigma(b * (x - y))),
        by=deriv_function,
    ),
    step(-((1 - sigma(b * (x - y))) * Derivative(b * (x - y), x)), by=arithmetic),
    step(-((1 - sigma(b * (x - y))) * (b * Derivative(x, x))), by=[deriv_mul, deriv_add]),
    step(-((1 - sigma(b * (x - y))) * b), by=[deriv_self, one_mul]),
    step(-(sigma(-(b * (x - y))) * b), by=one_sub_sigma),
)
