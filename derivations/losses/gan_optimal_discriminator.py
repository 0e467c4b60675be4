"""The best discriminator of a GAN gives the share of the data among data and samples.

What is the optimum of the discriminator? At each point the value is p log d + q log(1 - d); its derivative is
(p - (p + q) d) / (d (1 - d)), which is positive below p/(p + q) and negative above it. At that share the value is the
one from which the Jensen-Shannon divergence comes.
"""

from deltasift import Derivative, Equality, calc, log, positive, real, step
from deltasift.rules import arithmetic, deriv_add, deriv_log, deriv_mul, deriv_self

# Given
p, q = positive("p"), positive("q")
d = real("d", above=0, below=1)
references = ["goodfellow2014, proposition 1"]
example = {"p": "1/2", "q": "1/4", "d": "1/2"}

# Claim
claim = Equality(Derivative(p * log(d) + q * log(1 - d), d), (p + q) * (p / (p + q) - d) / (d * (1 - d)))

# Proof
proof = calc(
    Derivative(p * log(d) + q * log(1 - d), d),
    step(Derivative(p * log(d), d) + Derivative(q * log(1 - d), d), by=deriv_add),
    step(p * Derivative(log(d), d) + q * Derivative(log(1 - d), d), by=deriv_mul),
    step(p * (Derivative(d, d) / d) + q * (-Derivative(d, d) / (1 - d)), by=[deriv_log, deriv_add]),
    step(p * (1 / d) + q * (-1 / (1 - d)), by=deriv_self),
    step((p + q) * (p / (p + q) - d) / (d * (1 - d)), by=arithmetic),
)
