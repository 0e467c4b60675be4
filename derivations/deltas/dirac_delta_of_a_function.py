"""A Dirac delta of a function sits at the function's zeros, each with the mass one over the size of the slope there.

Where do the two halves of a delta of u^2 - w come from? Near each of the two zeros the argument is a line whose slope
is twice the zero, and a scaled delta is divided by the size of its scale. The density q is any one, so that there
are no numbers to try.
"""

from deltasift import Equality, Integral, calc, density, dirac, positive, real, sqrt, step
from deltasift.rules import (
    arithmetic,
    bracket_true,
    dirac_roots,
    integral_add_dirac,
    integral_dirac,
    mul_add_dirac,
    one_mul,
)

# Given
u, w = real("u"), positive("w")
q = density("q", continuous=True)
references = ["strichartz2003, chapter 2"]

# Claim
claim = Equality(Integral(dirac(u**2 - w) * q(u), u), (q(sqrt(w)) + q(-sqrt(w))) / (2 * sqrt(w)))

# Proof
slope = 2 * sqrt(w)
proof = calc(
    (q(sqrt(w)) + q(-sqrt(w))) / (2 * sqrt(w)),
    step(q(-sqrt(w)) / slope + q(sqrt(w)) / slope, by=arithmetic),
    step(
        Integral(dirac(u + sqrt(w)) * q(u) / slope, u) + Integral(dirac(u - sqrt(w)) * q(u) / slope, u),
        by=integral_dirac.reversed,
    ),
    step(
        Integral(dirac(u + sqrt(w)) * q(u) / slope + dirac(u - sqrt(w)) * q(u) / slope, u),
        by=integral_add_dirac.reversed,
    ),
    step(Integral((dirac(u + sqrt(w)) / slope + dirac(u - sqrt(w)) / slope) * q(u), u), by=mul_add_dirac.reversed),
    step(Integral(dirac(u**2 - w) * q(u), u), by=[one_mul.reversed, bracket_true.reversed, dirac_roots.reversed]),
)
