"""A Dirac delta of a scaled argument is divided by the scale.

Where does the factor 1/w come from? The mass is one in the argument of the delta, and the argument runs w times as fast
as the variable. So the delta sits at v/w and has the mass 1/w; shifted alone, it sifts out the value at its point.
The density q is any one, so that there are no numbers to try.
"""

from deltasift import Equality, Integral, calc, density, dirac, positive, real, step
from deltasift.rules import integral_dirac

# Given
u, v, w = real("u"), real("v"), positive("w")
q = density("q", continuous=True)
references = ["strichartz2003, chapter 2"]

# Claim
claims = [
    Equality(Integral(dirac(u - v) * q(u), u), q(v)),
    Equality(Integral(dirac(w * u - v) * q(u), u), q(v / w) / w),
]

# Proof
proofs = [
    calc(Integral(dirac(u - v) * q(u), u), step(q(v), by=integral_dirac)),
    calc(Integral(dirac(w * u - v) * q(u), u), step(q(v / w) / w, by=integral_dirac)),
]
