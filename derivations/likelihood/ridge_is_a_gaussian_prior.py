"""Weight decay is the negative logarithm of a Gaussian prior.

Where does the penalty on the squares of the weights come from? A prior N(0, t^2) on each weight puts a product of
exponentials beside the likelihood; minus its logarithm is the sum of squares over 2 t^2. With noise of the width s the
ratio of both is the strength of the penalty, s^2/t^2.
"""

from deltasift import Equality, Product, SameOrder, Sum, calc, exp, index, log, positive, real, same_order, sizes, step
from deltasift.rules import arithmetic, log_exp, log_mul, log_prod, order_mul_pos, sum_mul_left

# Given
N, D = sizes("N D")
n, d = index("n", 1, N), index("d", 1, D)
x, y, w = real("x", n, d), real("y", n), real("w", d)
s, t = positive("s"), positive("t")  # the widths of the noise and of the prior
references = ["murphy2022, section 11.3"]
example = {"x": [[1, 0], [0, 1]], "y": [1, 2], "w": [1, 1], "s": 1, "t": 2}

miss = y[n] - Sum(x[n, d] * w[d], d)
errors = Sum(miss**2, n)
posterior = Product(exp(-(miss**2) / (2 * s**2)), n) * Product(exp(-(w[d] ** 2) / (2 * t**2)), d)
penalised = errors + s**2 / t**2 * Sum(w[d] ** 2, d)

# Claim
claims = [
    Equality(-log(posterior), 1 / (2 * s**2) * penalised),
    SameOrder(-log(posterior), penalised, w),
]

# Proof
lines = (
    step(
        -(log(Product(exp(-(miss**2) / (2 * s**2)), n)) + log(Product(exp(-(w[d] ** 2) / (2 * t**2)), d))), by=log_mul
    ),
    step(-(Sum(log(exp(-(miss**2) / (2 * s**2))), n) + Sum(log(exp(-(w[d] ** 2) / (2 * t**2))), d)), by=log_prod),
    step(-(Sum(-(miss**2) / (2 * s**2), n) + Sum(-(w[d] ** 2) / (2 * t**2), d)), by=log_exp),
    step(-(-1 / (2 * s**2) * errors + -1 / (2 * t**2) * Sum(w[d] ** 2, d)), by=sum_mul_left),
    step(1 / (2 * s**2) * penalised, by=arithmetic),
)
proofs = [
    calc(-log(posterior), *lines),
    calc(-log(posterior), *lines, same_order(penalised, w, by=order_mul_pos)),
]
