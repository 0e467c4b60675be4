"""A mask of zeros and ones takes the masked terms out, and its sum counts the others.

By what is a masked loss divided? Where the mask is the indicator that a label is not the one for padding, here 1, the
sum of the mask is N less the number of padded examples, and the masked sum is the whole sum less theirs.
"""

from deltasift import Equality, Sum, calc, define, delta, index, labels, real, sizes, step
from deltasift.rules import arithmetic, definition, sum_add, sum_const

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, loss = labels("y", n, k), real("l", n)
m = define("m", n, 1 - delta(y[n], 1))
padded = define("c", Sum(delta(y[n], 1), n))
references = ["graham1994, section 2.1"]
example = {"y": [1, 3, 3, 2], "l": [7, 1, 2, 3], "K": 3}

# Claim
claims = [
    Equality(Sum(m[n], n), N - padded),
    Equality(Sum(m[n] * loss[n], n), Sum(loss[n], n) - Sum(delta(y[n], 1) * loss[n], n)),
]

# Proof
proofs = [
    calc(
        Sum(m[n], n),
        step(Sum(1 - delta(y[n], 1), n), by=definition),
        step(Sum(1, n) - Sum(delta(y[n], 1), n), by=sum_add),
        step(N - Sum(delta(y[n], 1), n), by=sum_const),
        step(N - padded, by=definition),
    ),
    calc(
        Sum(m[n] * loss[n], n),
        step(Sum((1 - delta(y[n], 1)) * loss[n], n), by=definition),
        step(Sum(loss[n] - delta(y[n], 1) * loss[n], n), by=arithmetic),
        step(Sum(loss[n], n) - Sum(delta(y[n], 1) * loss[n], n), by=sum_add),
    ),
]
