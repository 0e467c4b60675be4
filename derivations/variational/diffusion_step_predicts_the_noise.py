"""The mean of a diffusion step back is the noisy point, less a multiple of the noise that was added to it.

Why does a diffusion model predict noise? Given the clean point x_0 and the noisy point x, the mean of the point one
step before is a weighted mean of both. With x_0 written as (x - r e) / (a c) it is one of x and the noise e, and only e
is unknown: it is what the model learns. With b^2 = 1 - a^2 and s^2 = 1 - c^2 this is the step of DDPM, and r^2 = 1 -
a^2 c^2.
"""

from deltasift import Equality, calc, define, positive, real, sqrt, step
from deltasift.rules import arithmetic, definition, sq_sqrt

# Given
x, e = real("x"), real("e")  # the noisy point, and its noise
c, s = positive("c"), positive("s")  # the point before is c x_0, with noise of the width s
a, b = positive("a"), positive("b")  # the noisy point is a times it, with more noise of the width b
r = define("r", sqrt(a**2 * s**2 + b**2))  # both noises together
x0 = define("x_0", (x - r * e) / (a * c))  # the clean point, since x is a c x_0 + r e
references = ["ho2020, section 3.2"]
example = {"x": 1, "e": "1/2", "a": "4/5", "b": "3/5", "c": "3/5", "s": "4/5"}

mean = (a * s**2 * x + b**2 * (c * x0)) / (a**2 * s**2 + b**2)

# Claim
claim = Equality(mean, (x - b**2 / r * e) / a)

# Proof
both = a**2 * s**2 + b**2
proof = calc(
    mean,
    step((a * s**2 * x + b**2 * (c * ((x - r * e) / (a * c)))) / both, by=definition),
    step((x - b**2 * (r / both) * e) / a, by=arithmetic),
    step((x - b**2 * (r / sqrt(both) ** 2) * e) / a, by=sq_sqrt.reversed),
    step((x - b**2 * (r / r**2) * e) / a, by=definition),
    step((x - b**2 / r * e) / a, by=arithmetic),
)
