"""The covariance is the mean of the conditional covariances plus the covariance of the conditional means.

How can two quantities be unrelated within each group and yet go together, or against each other, overall? By their
means: what the groups add is the covariance of the conditional means. The two cross terms fall out, since within each
x a deviation from the conditional mean has the mean 0. So the equality holds with any numbers in the
place of the two means.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p, r = pmf("p", x, positive=True), pmf("r", z, given=x, positive=True)  # r[x, z] is the probability of z given x
f, g, mu, nu = real("f", z), real("g", z), real(r"\mu"), real(r"\nu")
c, d = define("c", x, Sum(r[x, z] * f[z], z)), define("d", x, Sum(r[x, z] * g[z], z))  # the conditional means
references = ["casella2002, section 4.5"]
example = {
    "p": ["1/2", "1/2"],
    "r": [["1/2", "1/4", "1/4"], ["1/4", "1/4", "1/2"]],
    "f": [0, 2, 4],
    "g": [1, 0, 2],
    r"\mu": "7/4",
    r"\nu": "9/8",
}

inner = Sum(r[x, z] * ((f[z] - c[x]) * (g[z] - d[x])), z)
outer = (c[x] - mu) * (d[x] - nu)

# Claim
claim = Equality(
    Sum(p[x] * Sum(r[x, z] * ((f[z] - mu) * (g[z] - nu)), z), x),
    Sum(p[x] * inner, x) + Sum(p[x] * outer, x),
)

# Proof
mixed = inner + (d[x] - nu) * Sum(r[x, z] * f[z], z) + (c[x] - mu) * Sum(r[x, z] * g[z], z)
rest = mu * nu - c[x] * d[x]
proof = calc(
    Sum(p[x] * Sum(r[x, z] * ((f[z] - mu) * (g[z] - nu)), z), x),
    step(
        Sum(
            p[x]
            * Sum(
                r[x, z] * ((f[z] - c[x]) * (g[z] - d[x]))
                + (d[x] - nu) * (r[x, z] * f[z])
                + (c[x] - mu) * (r[x, z] * g[z])
                + rest * r[x, z],
                z,
            ),
            x,
        ),
        by=arithmetic,
    ),
    step(Sum(p[x] * (mixed + rest * Sum(r[x, z], z)), x), by=[sum_add, sum_mul_left]),
    step(Sum(p[x] * (mixed + rest), x), by=[sum_pmf, one_mul]),
    step(Sum(p[x] * (inner + (d[x] - nu) * c[x] + (c[x] - mu) * d[x] + rest), x), by=definition),
    step(Sum(p[x] * inner + p[x] * outer, x), by=arithmetic),
    step(Sum(p[x] * inner, x) + Sum(p[x] * outer, x), by=sum_add),
)
