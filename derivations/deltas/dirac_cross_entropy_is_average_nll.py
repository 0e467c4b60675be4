"""For continuous data the cross entropy to a sum of Dirac deltas is the average negative log-likelihood.

Which delta is meant? For labels it is the Kronecker delta, the one-hot vector; for points on the line it is the Dirac
delta, and an integral collapses where before a sum did. The rest of the book's line does not carry over: a sum of
Dirac deltas has no entropy and no density, so the divergence is infinite and does not split. The density is any one, so
that there are no numbers to try.
"""

from deltasift import (
    KL,
    AverageNLL,
    CrossEntropy,
    Entropy,
    Equality,
    ForAll,
    Integral,
    Sum,
    assuming,
    calc,
    define,
    density,
    dirac,
    index,
    labels,
    log,
    pmf,
    real,
    sizes,
    step,
)
from deltasift.rules import (
    definition,
    integral_dirac,
    integral_mul,
    integral_sum,
    sum_mul_right,
)

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
u = real("u")
x = real("x", n)
q = density("q", continuous=True)
p = define("p", u, Sum(dirac(u - x[n]), n) / N)
support = assuming(ForAll(q(x[n]) > 0, n))
y = labels("y", n, k)
r = pmf("r", k, positive=True)
references = ["murphy2022, section 4.2.2"]

# Claim
claim = Equality(CrossEntropy(p, q), AverageNLL(q, x))

# Proof
proof = calc(
    CrossEntropy(p, q),
    step(-Integral(p(u) * log(q(u)), u), by=definition),
    step(-Integral(Sum(dirac(u - x[n]), n) / N * log(q(u)), u), by=definition),
    step(-1 / N * Integral(Sum(dirac(u - x[n]) * log(q(u)), n), u), by=[sum_mul_right, integral_mul]),
    step(-1 / N * Sum(Integral(dirac(u - x[n]) * log(q(u)), u), n), by=integral_sum),
    step(-1 / N * Sum(log(q(x[n])), n), by=integral_dirac),
    step(AverageNLL(q, x), by=definition),
)

refused = [
    (Entropy(p), "a sum of point masses has no differential entropy"),
    (KL(p, q), "a sum of point masses has no density with respect to q"),
    (-Entropy(p) + CrossEntropy(p, q), "the split needs an entropy that does not exist"),
    (Sum(dirac(k - y[n]) * log(r[k]), k), "labels call for the Kronecker delta"),
    (dirac(0), "the Dirac delta has no value at its point"),
]
