"""The gradient of the Dice loss is divided by the size of both masks.

Why is Dice used where the classes are unbalanced? What a pixel gets is divided by the size of both masks together, so a
pixel of a small object counts for more; one outside of the object is pushed down by the overlap alone.
"""

from deltasift import Derivative, Equality, Sum, calc, delta, index, labels, real, sizes, step
from deltasift.rules import arithmetic, deriv_add, deriv_entry, deriv_mul, deriv_sum, one_mul, sum_delta

# Given
N = sizes("N")  # how many pixels
n, m = index("n", 1, N), index("m", 1, N)
p, t = real("p", n, above=0, below=1), labels("t", n, 0, 1)  # predictions, the mask
references = ["milletari2016, section 3"]
example = {"p": ["1/2", "3/4"], "t": [1, 0], "m": 1}

both = Sum(p[n], n) + Sum(t[n], n) + 1
hit = 2 * Sum(p[n] * t[n], n) + 1

# Claim
claim = Equality(Derivative(1 - hit / both, p[m]), hit / both**2 - 2 * t[m] / both)

# Proof
proof = calc(
    Derivative(1 - hit / both, p[m]),
    step(-Derivative(hit / both, p[m]), by=deriv_add),
    step(-(Derivative(hit, p[m]) / both - hit * Derivative(both, p[m]) / both**2), by=deriv_mul),
    step(
        -(2 * Derivative(Sum(p[n] * t[n], n), p[m]) / both - hit * Derivative(Sum(p[n], n), p[m]) / both**2),
        by=[deriv_add, deriv_mul],
    ),
    step(
        -(2 * Sum(Derivative(p[n], p[m]) * t[n], n) / both - hit * Sum(Derivative(p[n], p[m]), n) / both**2),
        by=[deriv_sum, deriv_mul],
    ),
    step(-(2 * Sum(delta(m, n) * t[n], n) / both - hit * Sum(delta(m, n), n) / both**2), by=deriv_entry),
    step(-(2 * t[m] / both - hit / both**2), by=[sum_delta, one_mul]),
    step(hit / both**2 - 2 * t[m] / both, by=arithmetic),
)
