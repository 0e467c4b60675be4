"""The mean over all tokens is a mean over the sequences that is weighted by their lengths.

Does it matter whether a loss is averaged by token or by sequence first? The mean of all tokens gives each sequence the
weight of its length; the mean of the means gives all the same weight. They agree where all lengths are equal.
"""

from deltasift import Equality, Sum, calc, define, index, positive, real, sizes, step
from deltasift.rules import arithmetic, sum_mul_left

# Given
B, T = sizes("B T")
b, t = index("b", 1, B), index("t", 1, T)
loss, m = real("l", b, t), positive("m", b)  # the losses of the tokens, and how many of them count
total = define("M", Sum(m[b], b))
s = define("s", b, Sum(loss[b, t], t))
references = ["feller1968, section IX.2"]
example = {"l": [[1, 2], [3, 5]], "m": [2, 1]}

# Claim
claims = [
    Equality(Sum(s[b], b) / total, Sum(m[b] / total * (s[b] / m[b]), b)),
    Equality(Sum(Sum(loss[b, t], t), b) / (B * T), 1 / B * Sum(1 / T * Sum(loss[b, t], t), b)),
]

# Proof
proofs = [
    calc(
        Sum(s[b], b) / total,
        step(Sum(1 / total * s[b], b), by=sum_mul_left.reversed),
        step(Sum(m[b] / total * (s[b] / m[b]), b), by=arithmetic),
    ),
    calc(
        Sum(Sum(loss[b, t], t), b) / (B * T),
        step(1 / B * (1 / T * Sum(Sum(loss[b, t], t), b)), by=arithmetic),
        step(1 / B * Sum(1 / T * Sum(loss[b, t], t), b), by=sum_mul_left.reversed),
    ),
]
