"""A sum without one term is the whole sum minus that term.

How is a sum over all j other than m written so that it can be calculated with? One minus a delta is 0 at m and 1
elsewhere; multiplied out, the delta takes the one term away.
"""

from deltasift import Equality, Sum, calc, delta, index, real, sizes, step
from deltasift.rules import arithmetic, sum_add, sum_delta

# Given
N = sizes("N")
i, m = index("i", 1, N), index("m", 1, N)
x = real("x", i)
references = ["graham1994, section 2.1"]
example = {"x": [1, 2, 4], "m": 2}

# Claim
claim = Equality(Sum((1 - delta(i, m)) * x[i], i), Sum(x[i], i) - x[m])

# Proof
proof = calc(
    Sum((1 - delta(i, m)) * x[i], i),
    step(Sum(x[i] - delta(i, m) * x[i], i), by=arithmetic),
    step(Sum(x[i], i) - Sum(delta(i, m) * x[i], i), by=sum_add),
    step(Sum(x[i], i) - x[m], by=sum_delta),
)
