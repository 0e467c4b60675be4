"""The cross entropy to a Gaussian knows of a distribution only its mean and its variance.

What does fitting a Gaussian match? Minus the logarithm of its density is a square over 2 t^2 and a constant. The mean
of the square is the variance plus the squared distance of the means, whatever the distribution is. So the best
Gaussian has the mean and the variance of the data, and what is left of the data's shape is lost.
"""

from deltasift import Equality, Sum, calc, define, index, known, log, pi, pmf, positive, real, sizes, sqrt, step
from deltasift.quantities import gaussian_pdf
from deltasift.rules import arithmetic, log_div, log_exp, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p, a, c, t = pmf("p", k), real("a", k), real("c"), positive("t")  # the values a_k; the Gaussian N(c, t^2)
mu = define(r"\mu", Sum(p[k] * a[k], k))
references = ["bishop2006, section 10.7"]
example = {"p": ["1/2", "1/4", "1/4"], "a": [0, 1, 3], "c": 1, "t": 2}

variance = Sum(p[k] * (a[k] - mu) ** 2, k)
scale = log(t * sqrt(2 * pi))

# Claim
claim = Equality(-Sum(p[k] * log(gaussian_pdf(a[k], c, t)), k), (variance + (mu - c) ** 2) / (2 * t**2) + scale)

# Proof
proof = calc(
    -Sum(p[k] * log(gaussian_pdf(a[k], c, t)), k),
    step(-Sum(p[k] * (-((a[k] - c) ** 2 / (2 * t**2)) - scale), k), by=[log_div, log_exp]),
    step(-Sum(-1 / (2 * t**2) * (p[k] * (a[k] - c) ** 2) - scale * p[k], k), by=arithmetic),
    step(-(-1 / (2 * t**2) * Sum(p[k] * (a[k] - c) ** 2, k) - scale * Sum(p[k], k)), by=[sum_add, sum_mul_left]),
    step(-(-1 / (2 * t**2) * Sum(p[k] * (a[k] - c) ** 2, k) - scale), by=[sum_pmf, one_mul]),
    step(-(-1 / (2 * t**2) * (variance + (mu - c) ** 2) - scale), by=known("bias_and_variance", 2)),
    step((variance + (mu - c) ** 2) / (2 * t**2) + scale, by=arithmetic),
)
