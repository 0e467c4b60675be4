r"""With noise of its own, a sample has derivatives by the mean and by the scale of its distribution.

How does a gradient pass a random draw? Draw e_n from a fixed distribution and set x_n = \mu + s e_n: then x_n depends
on \mu and s by ordinary arithmetic, and the average of the losses is differentiated term by term. The derivative by
the scale carries the noise as a factor.
"""

from deltasift import Derivative, Equality, Sum, calc, index, positive, real, sizes, step
from deltasift.rules import deriv_add, deriv_mul, deriv_pow, deriv_self, deriv_sum, one_mul

# Given
N = sizes("N")
n = index("n", 1, N)
mu, s, e = real(r"\mu"), positive("s"), real("e", n)
references = ["kingma2014, section 2.4"]
example = {r"\mu": 0, "s": 1, "e": [-1, 0, 1]}

x = mu + s * e[n]
loss = 1 / N * Sum(x**2, n)

# Claim
claims = [
    Equality(Derivative(loss, mu), 1 / N * Sum(2 * x, n)),
    Equality(Derivative(loss, s), 1 / N * Sum(2 * x * e[n], n)),
]

# Proof
proofs = [
    calc(
        Derivative(loss, mu),
        step(1 / N * Sum(Derivative(x**2, mu), n), by=[deriv_mul, deriv_sum]),
        step(1 / N * Sum(2 * x * Derivative(x, mu), n), by=deriv_pow),
        step(1 / N * Sum(2 * x * Derivative(mu, mu), n), by=deriv_add),
        step(1 / N * Sum(2 * x, n), by=[deriv_self, one_mul]),
    ),
    calc(
        Derivative(loss, s),
        step(1 / N * Sum(Derivative(x**2, s), n), by=[deriv_mul, deriv_sum]),
        step(1 / N * Sum(2 * x * Derivative(x, s), n), by=deriv_pow),
        step(1 / N * Sum(2 * x * (Derivative(s, s) * e[n]), n), by=[deriv_add, deriv_mul]),
        step(1 / N * Sum(2 * x * e[n], n), by=[deriv_self, one_mul]),
    ),
]
