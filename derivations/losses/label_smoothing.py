r"""Label smoothing mixes the loss of the label with the mean loss of all classes.

What does label smoothing do to the loss? Targets that are one-hot but for a share \epsilon, spread over all classes,
are a mixture; the delta leaves the loss of the label, and the constant part the cross entropy to the uniform one.
"""

from deltasift import CrossEntropy, Equality, Sum, calc, define, delta, index, log, pmf, real, sizes, step
from deltasift.rules import arithmetic, definition, sum_add, sum_delta, sum_mul_left

# Given
K = sizes("K")
k, y = index("k", 1, K), index("y", 1, K)
q = pmf("q", k, positive=True)
eps = real(r"\epsilon", above=0, below=1)
t = define("t", k, (1 - eps) * delta(k, y) + eps / K)
references = ["szegedy2016, section 7"]
example = {"q": ["1/2", "1/4", "1/4"], r"\epsilon": "1/10", "y": 2}

# Claim
claim = Equality(CrossEntropy(t, q), -(1 - eps) * log(q[y]) - eps / K * Sum(log(q[k]), k))

# Proof
proof = calc(
    CrossEntropy(t, q),
    step(-Sum(t[k] * log(q[k]), k), by=definition),
    step(-Sum(((1 - eps) * delta(k, y) + eps / K) * log(q[k]), k), by=definition),
    step(-Sum((1 - eps) * (delta(k, y) * log(q[k])) + eps / K * log(q[k]), k), by=arithmetic),
    step(-((1 - eps) * Sum(delta(k, y) * log(q[k]), k) + eps / K * Sum(log(q[k]), k)), by=[sum_add, sum_mul_left]),
    step(-((1 - eps) * log(q[y]) + eps / K * Sum(log(q[k]), k)), by=sum_delta),
    step(-(1 - eps) * log(q[y]) - eps / K * Sum(log(q[k]), k), by=arithmetic),
)
