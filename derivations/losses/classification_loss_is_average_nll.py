"""The classification loss with one-hot targets is the average negative log-likelihood.

Why does a sum over classes leave one logarithm an example? In a program every example n has its own row of predicted
probabilities q, and a row of targets t that is 1 at its label and 0 elsewhere: of the inner sum over the classes one
term is not 0.
"""

from deltasift import AverageNLL, Equality, Sum, calc, define, delta, index, labels, log, pmf, sizes, step
from deltasift.rules import definition, sum_delta

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, given=n, positive=True)
t = define("t", n, k, delta(k, y[n]))
references = ["murphy2022, section 10.3.2"]
example = {"y": [1, 3, 2], "q": [["1/2", "1/4", "1/4"], ["1/4", "1/4", "1/2"], ["1/4", "1/2", "1/4"]]}

# Claim
claim = Equality(-1 / N * Sum(Sum(t[n, k] * log(q[n, k]), k), n), AverageNLL(q, y))

# Proof
proof = calc(
    -1 / N * Sum(Sum(t[n, k] * log(q[n, k]), k), n),
    step(-1 / N * Sum(Sum(delta(k, y[n]) * log(q[n, k]), k), n), by=definition),
    step(-1 / N * Sum(log(q[n, y[n]]), n), by=sum_delta),
    step(AverageNLL(q, y), by=definition),
)
