"""The divergence of two Gaussians is made of the ratio of the variances and the distance of the means.

Where does the KL term of a variational autoencoder come from? The logarithm of the quotient of two Gaussian densities
is a polynomial of degree 2; its mean under p, which is the divergence, needs p's mean and variance alone. The variable
is measured from the mean of p, so that c is the distance of the means; the term of the autoencoder is the case w = 1.
"""

from deltasift import Equality, Integral, S, calc, define, exp, log, pi, positive, real, sqrt, step
from deltasift.rules import (
    arithmetic,
    definition,
    integral_add,
    integral_gauss,
    integral_mul,
    log_div,
    log_exp,
    log_mul,
    log_pow,
)

# Given
u, c, v, w = real("u"), real("c"), positive("v"), positive("w")  # the distance of the means, the variances
p = define("p", u, exp(-(u**2) / (2 * v)) / sqrt(2 * pi * v))
q = define("q", u, exp(-((u - c) ** 2) / (2 * w)) / sqrt(2 * pi * w))
references = ["murphy2022, section 6.2.3", "kingma2014, appendix B"]
example = {"u": 1, "c": 1, "v": 1, "w": 2}

ratio = -(u**2) / (2 * v) - log(sqrt(2 * pi * v)) - (-((u - c) ** 2) / (2 * w) - log(sqrt(2 * pi * w)))

# Claim
claims = [
    Equality(log(p(u) / q(u)), ratio),
    Equality(Integral(p(u) * ratio, u), (log(w) - log(v)) / 2 + (v + c**2) / (2 * w) - S(1) / 2),
]

# Proof
bell = exp(-(u**2) / (2 * v)) / sqrt(2 * pi * v)
square = 1 / (2 * w) - 1 / (2 * v)
rest = c**2 / (2 * w) + log(sqrt(2 * pi * w)) - log(sqrt(2 * pi * v))
proofs = [
    calc(
        log(p(u) / q(u)),
        step(log(p(u)) - log(q(u)), by=log_div),
        step(log(bell) - log(exp(-((u - c) ** 2) / (2 * w)) / sqrt(2 * pi * w)), by=definition),
        step(ratio, by=[log_div, log_exp]),
    ),
    calc(
        Integral(p(u) * ratio, u),
        step(Integral(square * (p(u) * u**2) - c / w * (p(u) * u) + rest * p(u), u), by=arithmetic),
        step(
            square * Integral(p(u) * u**2, u) - c / w * Integral(p(u) * u, u) + rest * Integral(p(u), u),
            by=[integral_add, integral_mul],
        ),
        step(
            square * Integral(bell * u**2, u) - c / w * Integral(bell * u, u) + rest * Integral(bell, u),
            by=definition,
        ),
        step(square * v - c / w * 0 + rest * 1, by=integral_gauss),
        step(square * v + rest, by=arithmetic),
        step(
            square * v + (c**2 / (2 * w) + S(1) / 2 * log(2 * pi * w) - S(1) / 2 * log(2 * pi * v)),
            by=log_pow,
        ),
        step(
            square * v + (c**2 / (2 * w) + S(1) / 2 * (log(2 * pi) + log(w)) - S(1) / 2 * (log(2 * pi) + log(v))),
            by=log_mul,
        ),
        step((log(w) - log(v)) / 2 + (v + c**2) / (2 * w) - S(1) / 2, by=arithmetic),
    ),
]
