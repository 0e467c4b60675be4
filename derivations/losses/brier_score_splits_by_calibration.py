r"""The Brier score is what calibration lacks, minus what the forecasts tell apart, plus what the outcome costs itself.

What does a calibration error mean for the loss? Group the cases by their forecast: w_k is the share of group k, f_k
its forecast, o_k how often the event came true in it, and \bar o how often at all. A forecast is calibrated when f_k is
o_k in each group; then the first part is 0. The second part is the variance of the o_k, which a constant forecast has
not.
"""

from deltasift import Equality, Sum, calc, define, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
w, f, o = pmf("w", k), real("f", k), real("o", k)
m = define(r"\bar o", Sum(w[k] * o[k], k))
references = ["murphy1973"]
example = {"w": ["1/2", "1/2"], "f": ["1/4", "3/4"], "o": ["1/2", 1]}

score = Sum(w[k] * (o[k] * (1 - f[k]) ** 2 + (1 - o[k]) * f[k] ** 2), k)
calibration = Sum(w[k] * (f[k] - o[k]) ** 2, k)
resolution = Sum(w[k] * (o[k] - m) ** 2, k)

# Claim
claim = Equality(score, calibration - resolution + m * (1 - m))

# Proof
proof = calc(
    score,
    step(
        Sum(
            w[k] * (f[k] - o[k]) ** 2 - w[k] * (o[k] - m) ** 2 + ((1 - 2 * m) * (w[k] * o[k]) + m**2 * w[k]),
            k,
        ),
        by=arithmetic,
    ),
    step(
        calibration - resolution + ((1 - 2 * m) * Sum(w[k] * o[k], k) + m**2 * Sum(w[k], k)), by=[sum_add, sum_mul_left]
    ),
    step(calibration - resolution + ((1 - 2 * m) * Sum(w[k] * o[k], k) + m**2), by=[sum_pmf, one_mul]),
    step(calibration - resolution + ((1 - 2 * m) * m + m**2), by=definition),
    step(calibration - resolution + m * (1 - m), by=arithmetic),
)
