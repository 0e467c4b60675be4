"""The score of a Gaussian points back to its mean, in proportion to the distance.

What does a denoising model learn? The derivative of the logarithm of a Gaussian density is minus the distance to the
mean over the variance: where the noisy point came from. The normaliser has no part in it.
"""

from deltasift import Derivative, Equality, calc, log, positive, real, step
from deltasift.rules import arithmetic, deriv_add, deriv_mul, deriv_pow, deriv_self, one_mul

# Given
x, mu, s = real("x"), real(r"\mu"), positive("s")
references = ["song2019, section 4.2"]
example = {"x": 2, r"\mu": 0, "s": 1}

# Claim
claim = Equality(Derivative(-((x - mu) ** 2 / (2 * s**2)) - log(s), x), -(x - mu) / s**2)

# Proof
proof = calc(
    Derivative(-((x - mu) ** 2 / (2 * s**2)) - log(s), x),
    step(-Derivative((x - mu) ** 2 / (2 * s**2), x), by=deriv_add),
    step(-(Derivative((x - mu) ** 2, x) / (2 * s**2)), by=deriv_mul),
    step(-(2 * (x - mu) * Derivative(x - mu, x) / (2 * s**2)), by=deriv_pow),
    step(-(2 * (x - mu) / (2 * s**2)), by=[deriv_add, deriv_self, one_mul]),
    step(-(x - mu) / s**2, by=arithmetic),
)
