"""The variance is the mean of the conditional variances plus the variance of the conditional means.

Which part of a spread does knowing x explain? The deviation from the mean is that from the conditional mean, plus how
far that is from the mean. In the square of the two the cross term falls out, since within each x the first has the
mean 0. So the equality holds with any number in the place of the mean.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, r = pmf("p", x), pmf("r", z, given=x, positive=True)  # r[x, z] is the probability of z given x
f, mu = real("f", z), real(r"\mu")
c = define("c", x, Sum(r[x, z] * f[z], z))  # the conditional mean
references = ["casella2002, theorem 4.4.7"]
example = {
    "p": ["1/2", "1/2"],
    "r": [["1/2", "1/4", "1/4"], ["1/4", "1/4", "1/2"]],
    "f": [0, 2, 4],
    r"\mu": "7/4",
}

inner = Sum(r[x, z] * (f[z] - c[x]) ** 2, z)

# Claim
claim = Equality(
    Sum(p[x] * Sum(r[x, z] * (f[z] - mu) ** 2, z), x),
    Sum(p[x] * inner, x) + Sum(p[x] * (c[x] - mu) ** 2, x),
)

# Proof
proof = calc(
    Sum(p[x] * Sum(r[x, z] * (f[z] - mu) ** 2, z), x),
    step(
        Sum(
            p[x]
            * Sum(
                r[x, z] * (f[z] - c[x]) ** 2 + 2 * (c[x] - mu) * (r[x, z] * f[z]) + (mu**2 - c[x] ** 2) * r[x, z],
                z,
            ),
            x,
        ),
        by=arithmetic,
    ),
    step(
        Sum(
            p[x] * (inner + 2 * (c[x] - mu) * Sum(r[x, z] * f[z], z) + (mu**2 - c[x] ** 2) * Sum(r[x, z], z)),
            x,
        ),
        by=[sum_add, sum_mul_left],
    ),
    step(
        Sum(p[x] * (inner + 2 * (c[x] - mu) * Sum(r[x, z] * f[z], z) + (mu**2 - c[x] ** 2)), x),
        by=[sum_pmf, one_mul],
    ),
    step(Sum(p[x] * (inner + 2 * (c[x] - mu) * c[x] + (mu**2 - c[x] ** 2)), x), by=definition),
    step(Sum(p[x] * inner + p[x] * (c[x] - mu) ** 2, x), by=arithmetic),
    step(Sum(p[x] * inner, x) + Sum(p[x] * (c[x] - mu) ** 2, x), by=sum_add),
)
