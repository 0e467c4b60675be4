"""The variance of a dot product of independent vectors is the sum of the products of their second moments.

Why does attention divide by the square root of d? Where the coordinates have the mean 0, the dot product has the mean
0, too. Where they are uncorrelated with the variance 1, their second moments are Kronecker deltas, of which d products
are left: the variance is d, and its square root the scale of the scores. Here u and v are the outcomes on which the
vectors with the entries a_u and b_v depend.
"""

from deltasift import Equality, Sum, calc, delta, index, pmf, real, sizes, step
from deltasift.rules import arithmetic, delta_self, sum_comm, sum_const, sum_delta, sum_mul_left, sum_mul_right

# Given
D, U, V = sizes("D U V")
i, j = index("i", 1, D), index("j", 1, D)
u, v = index("u", 1, U), index("v", 1, V)
p, q = pmf("p", u), pmf("q", v)  # the query a depends on u, the key b on v, and u and v are independent
a, b = real("a", u, i), real("b", v, i)
references = ["vaswani2017, section 3.2.1"]
example = {
    "p": ["1/2", "1/2"],
    "q": ["1/2", "1/2"],
    "a": [[1, 1], [-1, 1]],
    "b": [[1, -1], [1, 1]],
}

# Claim
claims = [
    Equality(
        Sum(p[u] * Sum(q[v] * Sum(a[u, i] * b[v, i], i), v), u),
        Sum(Sum(p[u] * a[u, i], u) * Sum(q[v] * b[v, i], v), i),
    ),
    Equality(
        Sum(p[u] * Sum(q[v] * Sum(a[u, i] * b[v, i], i) ** 2, v), u),
        Sum(Sum(Sum(p[u] * (a[u, i] * a[u, j]), u) * Sum(q[v] * (b[v, i] * b[v, j]), v), j), i),
    ),
    Equality(Sum(Sum(delta(i, j) * delta(i, j), j), i), D),
]

# Proof
both = p[u] * (a[u, i] * a[u, j]) * (q[v] * (b[v, i] * b[v, j]))
proofs = [
    calc(
        Sum(p[u] * Sum(q[v] * Sum(a[u, i] * b[v, i], i), v), u),
        step(Sum(Sum(Sum(p[u] * a[u, i] * (q[v] * b[v, i]), i), v), u), by=sum_mul_right),
        step(Sum(Sum(Sum(p[u] * a[u, i] * (q[v] * b[v, i]), v), u), i), by=sum_comm),
        step(Sum(Sum(p[u] * a[u, i] * Sum(q[v] * b[v, i], v), u), i), by=sum_mul_left),
        step(Sum(Sum(p[u] * a[u, i], u) * Sum(q[v] * b[v, i], v), i), by=sum_mul_right.reversed),
    ),
    calc(
        Sum(p[u] * Sum(q[v] * Sum(a[u, i] * b[v, i], i) ** 2, v), u),
        step(
            Sum(p[u] * Sum(q[v] * (Sum(a[u, i] * b[v, i], i) * Sum(a[u, j] * b[v, j], j)), v), u),
            by=arithmetic,
        ),
        step(
            Sum(p[u] * Sum(q[v] * Sum(a[u, i] * b[v, i] * Sum(a[u, j] * b[v, j], j), i), v), u),
            by=sum_mul_right,
        ),
        step(Sum(Sum(Sum(Sum(both, j), i), v), u), by=sum_mul_right),
        step(Sum(Sum(Sum(Sum(both, v), j), i), u), by=sum_comm),
        step(
            Sum(Sum(Sum(p[u] * (a[u, i] * a[u, j]) * Sum(q[v] * (b[v, i] * b[v, j]), v), j), i), u),
            by=sum_mul_left,
        ),
        step(
            Sum(Sum(Sum(p[u] * (a[u, i] * a[u, j]) * Sum(q[v] * (b[v, i] * b[v, j]), v), u), j), i),
            by=sum_comm,
        ),
        step(
            Sum(Sum(Sum(p[u] * (a[u, i] * a[u, j]), u) * Sum(q[v] * (b[v, i] * b[v, j]), v), j), i),
            by=sum_mul_right.reversed,
        ),
    ),
    calc(
        Sum(Sum(delta(i, j) * delta(i, j), j), i),
        step(Sum(delta(i, i), i), by=sum_delta),
        step(Sum(1, i), by=delta_self),
        step(D, by=sum_const),
    ),
]
