"""The sum of squared errors is least at the mean, and at no other number.

Where is the squared error least? It is that about the mean and a square that is 0 at the mean and positive elsewhere.
"""

from deltasift import OnlyMinimiser, Sum, Unequal, assuming, calc, define, index, known, real, sizes, step
from deltasift.rules import arithmetic, sq_pos

# Given
N = sizes("N")
n = index("n", 1, N)
x, a = real("x", n), real("a")
m = define(r"\bar x", Sum(x[n], n) / N)
differs = assuming(Unequal(a, m))
references = ["lehmann1998, section 1.1"]
example = {"x": [0, 1, 5], "a": 1}

inner = Sum((x[n] - m) ** 2, n)

# Claim
claim = OnlyMinimiser(Sum((x[n] - a) ** 2, n), a, m)

# Known
squares_split_about_the_mean = known("squares_split_about_the_mean", 2)

# Proof
proof = calc(
    inner,
    step(inner + N * 0, by=arithmetic),
    step(inner + N * (m - a) ** 2, by=sq_pos, relation="<"),
    step(Sum((x[n] - a) ** 2, n), by=squares_split_about_the_mean.reversed),
)
