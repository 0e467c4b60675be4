"""What a pair tells of x is what the first part tells, and what the second adds to it.

How does information add up over several observations? The logarithm of the quotient of joint and marginal distribution
splits into that of the first part and that of the second given the first; each mean is a mutual information, the
second one given y. Here r, s are distributions given x, and m, c are to be those without it; the equality holds
whatever distributions m, c are.
"""

from deltasift import Equality, Sum, calc, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, log_mul, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
X, Y, Z = sizes("X Y Z")
x, y, z = index("x", 1, X), index("y", 1, Y), index("z", 1, Z)
p, r = pmf("p", x, positive=True), pmf("r", y, given=x, positive=True)
s = pmf("s", z, given=(x, y), positive=True)
m, c = pmf("m", y, positive=True), pmf("c", z, given=y, positive=True)
references = ["cover2006, theorem 2.5.2"]
example = {
    "p": ["1/2", "1/2"],
    "r": [["3/4", "1/4"], ["1/4", "3/4"]],
    "s": [[["1/2", "1/2"], ["1/4", "3/4"]], [["3/4", "1/4"], ["1/2", "1/2"]]],
    "m": ["1/2", "1/2"],
    "c": [["9/16", "7/16"], ["7/16", "9/16"]],
}


def mean(e):
    return Sum(p[x] * Sum(r[x, y] * Sum(s[x, y, z] * e, z), y), x)


# Claim
claim = Equality(
    mean(log(r[x, y] * s[x, y, z] / (m[y] * c[y, z]))),
    Sum(p[x] * Sum(r[x, y] * log(r[x, y] / m[y]), y), x) + mean(log(s[x, y, z] / c[y, z])),
)

# Proof
first, second = log(r[x, y] / m[y]), log(s[x, y, z] / c[y, z])
given_both = Sum(s[x, y, z] * second, z)
proof = calc(
    mean(log(r[x, y] * s[x, y, z] / (m[y] * c[y, z]))),
    step(mean(log(r[x, y] / m[y] * (s[x, y, z] / c[y, z]))), by=arithmetic),
    step(mean(first + second), by=log_mul),
    step(Sum(p[x] * Sum(r[x, y] * Sum(first * s[x, y, z] + s[x, y, z] * second, z), y), x), by=arithmetic),
    step(
        Sum(p[x] * Sum(r[x, y] * (first * Sum(s[x, y, z], z) + given_both), y), x),
        by=[sum_add, sum_mul_left],
    ),
    step(Sum(p[x] * Sum(r[x, y] * (first + given_both), y), x), by=[sum_pmf, one_mul]),
    step(Sum(p[x] * Sum(r[x, y] * first + r[x, y] * given_both, y), x), by=arithmetic),
    step(Sum(p[x] * (Sum(r[x, y] * first, y) + Sum(r[x, y] * given_both, y)), x), by=sum_add),
    step(Sum(p[x] * Sum(r[x, y] * first, y) + p[x] * Sum(r[x, y] * given_both, y), x), by=arithmetic),
    step(Sum(p[x] * Sum(r[x, y] * first, y), x) + mean(second), by=sum_add),
)
