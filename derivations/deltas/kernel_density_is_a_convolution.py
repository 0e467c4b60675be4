"""A kernel density estimate is the empirical distribution, convolved with the kernel.

How do N point masses become a smooth density? Each Dirac delta, convolved with the kernel g, moves a copy of it to its
point; the average of the copies is the estimate. Convolving with one delta alone is a shift. The kernel is any
density, so that there are no numbers to try.
"""

from deltasift import Equality, Integral, Sum, calc, define, density, dirac, index, real, sizes, step
from deltasift.rules import definition, integral_dirac, integral_mul, integral_sum, sum_mul_right

# Given
N = sizes("N")
n = index("n", 1, N)
u, v, a, x = real("u"), real("v"), real("a"), real("x", n)
g = density("g", continuous=True)
p = define(r"\hat p", u, Sum(dirac(u - x[n]), n) / N)
references = ["bishop2006, section 2.5.1"]

# Claim
claims = [
    Equality(Integral(dirac(u - a) * g(v - u), u), g(v - a)),
    Equality(Integral(p(u) * g(v - u), u), 1 / N * Sum(g(v - x[n]), n)),
]

# Proof
proofs = [
    calc(Integral(dirac(u - a) * g(v - u), u), step(g(v - a), by=integral_dirac)),
    calc(
        Integral(p(u) * g(v - u), u),
        step(Integral(Sum(dirac(u - x[n]), n) / N * g(v - u), u), by=definition),
        step(1 / N * Integral(Sum(dirac(u - x[n]) * g(v - u), n), u), by=[sum_mul_right, integral_mul]),
        step(1 / N * Sum(Integral(dirac(u - x[n]) * g(v - u), u), n), by=integral_sum),
        step(1 / N * Sum(g(v - x[n]), n), by=integral_dirac),
    ),
]
