"""With inputs, the cross entropy of pairs is the average negative log-likelihood of the labels given the inputs.

Where does the sum over classes go when the model is q(y | x)? The data give a distribution of pairs, a double sum over
inputs and classes, with one Kronecker delta for the input and one for the label. Each example keeps one pair, and with
it one logarithm; how often an input occurs is in the data alone.
"""

from deltasift import Equality, Sum, calc, define, delta, index, labels, log, pmf, sizes, step
from deltasift.rules import definition, sum_comm, sum_delta, sum_mul_left, sum_mul_right

# Given
N, X, K = sizes("N X K")
n, i, k = index("n", 1, N), index("i", 1, X), index("k", 1, K)
x, y = labels("x", n, i), labels("y", n, k)  # the input and the label of example n
q = pmf("q", k, given=i, positive=True)
p = define(r"\hat p", i, k, Sum(delta(i, x[n]) * delta(k, y[n]), n) / N)
references = ["murphy2022, section 4.2.2"]
example = {"x": [1, 2, 2], "y": [1, 3, 2], "q": [["1/2", "1/4", "1/4"], ["1/8", "3/8", "1/2"]]}

# Claim
claim = Equality(-Sum(Sum(p[i, k] * log(q[i, k]), k), i), -1 / N * Sum(log(q[x[n], y[n]]), n))

# Proof
proof = calc(
    -Sum(Sum(p[i, k] * log(q[i, k]), k), i),
    step(-Sum(Sum(Sum(delta(i, x[n]) * delta(k, y[n]), n) / N * log(q[i, k]), k), i), by=definition),
    step(
        -1 / N * Sum(Sum(Sum(delta(i, x[n]) * delta(k, y[n]) * log(q[i, k]), n), k), i),
        by=[sum_mul_right, sum_mul_left],
    ),
    step(-1 / N * Sum(Sum(Sum(delta(i, x[n]) * delta(k, y[n]) * log(q[i, k]), k), n), i), by=sum_comm),
    step(-1 / N * Sum(Sum(delta(i, x[n]) * log(q[i, y[n]]), n), i), by=sum_delta),
    step(-1 / N * Sum(Sum(delta(i, x[n]) * log(q[i, y[n]]), i), n), by=sum_comm),
    step(-1 / N * Sum(log(q[x[n], y[n]]), n), by=sum_delta),
)
