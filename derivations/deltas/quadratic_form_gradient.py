"""The gradient of a quadratic form is (A + A^T) x.

Why not 2 A x? That is so only for a symmetric matrix. Each of the two factors x is differentiated once, a delta picks
its index, and what is left is a row of A in one term and a column in the other.
"""

from deltasift import Derivative, Equality, Sum, calc, delta, index, real, sizes, step
from deltasift.rules import deriv_entry, deriv_mul, deriv_sum, sum_add, sum_comm, sum_delta

# Given
N = sizes("N")
i, j, m = index("i", 1, N), index("j", 1, N), index("m", 1, N)
a, x = real("a", i, j), real("x", i)
references = ["petersen2012, section 2.4"]
example = {"a": [[1, 2], [3, 4]], "x": [1, -1], "m": 1}

form = Sum(Sum(x[i] * a[i, j] * x[j], j), i)

# Claim
claim = Equality(Derivative(form, x[m]), Sum(a[m, j] * x[j], j) + Sum(x[i] * a[i, m], i))

# Proof
proof = calc(
    Derivative(form, x[m]),
    step(Sum(Sum(Derivative(x[i] * a[i, j] * x[j], x[m]), j), i), by=deriv_sum),
    step(
        Sum(Sum(Derivative(x[i], x[m]) * a[i, j] * x[j] + x[i] * a[i, j] * Derivative(x[j], x[m]), j), i),
        by=deriv_mul,
    ),
    step(Sum(Sum(delta(m, i) * a[i, j] * x[j] + x[i] * a[i, j] * delta(m, j), j), i), by=deriv_entry),
    step(
        Sum(Sum(delta(m, i) * a[i, j] * x[j], j), i) + Sum(Sum(x[i] * a[i, j] * delta(m, j), j), i),
        by=sum_add,
    ),
    step(
        Sum(Sum(delta(m, i) * a[i, j] * x[j], i), j) + Sum(Sum(x[i] * a[i, j] * delta(m, j), j), i),
        by=sum_comm,
    ),
    step(Sum(a[m, j] * x[j], j) + Sum(x[i] * a[i, m], i), by=sum_delta),
)
