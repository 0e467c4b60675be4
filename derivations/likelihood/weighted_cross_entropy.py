"""The cross entropy to weighted shares is the weighted mean of the losses.

What do class or example weights do? They change the distribution of the data: each class gets the share of the weight
that its examples carry. Divided by the sum of the weights, and not by N, the loss is a cross entropy.
"""

from deltasift import CrossEntropy, Equality, Sum, calc, define, delta, index, labels, log, pmf, positive, sizes, step
from deltasift.rules import definition, sum_comm, sum_delta, sum_mul_left, sum_mul_right

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, w = labels("y", n, k), positive("w", n)
q = pmf("q", k, positive=True)
W = define("W", Sum(w[n], n))
p = define("p", k, Sum(w[n] * delta(k, y[n]), n) / W)
references = ["murphy2022, section 10.3.2"]
example = {"y": [1, 3, 3, 2], "w": [1, 2, 1, 1], "q": ["1/2", "1/4", "1/4"]}

# Claim
claim = Equality(CrossEntropy(p, q), -1 / W * Sum(w[n] * log(q[y[n]]), n))

# Proof
proof = calc(
    CrossEntropy(p, q),
    step(-Sum(p[k] * log(q[k]), k), by=definition),
    step(-Sum(Sum(w[n] * delta(k, y[n]), n) / W * log(q[k]), k), by=definition),
    step(-1 / W * Sum(Sum(w[n] * delta(k, y[n]) * log(q[k]), n), k), by=[sum_mul_right, sum_mul_left]),
    step(-1 / W * Sum(Sum(w[n] * delta(k, y[n]) * log(q[k]), k), n), by=sum_comm),
    step(-1 / W * Sum(w[n] * log(q[y[n]]), n), by=sum_delta),
)
