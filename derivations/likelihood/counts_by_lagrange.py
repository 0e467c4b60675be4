"""The multiplier of the total is the number of examples, and shares are what Lagrange's condition leaves.

How does one maximise a likelihood over probabilities that sum to one? With a multiplier for the total the derivative by
each entry is its count over the entry, less the multiplier. It is 0 where each entry is its count over the number of
examples. That this is a maximum is said by no derivative, but by the inequality of Gibbs. Each class has to occur here;
if one does not, the log score says the same.
"""

from deltasift import (
    Derivative,
    Equality,
    Maximiser,
    Sum,
    calc,
    define,
    delta,
    index,
    log,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.rules import (
    arithmetic,
    definition,
    deriv_add,
    deriv_entry,
    deriv_log,
    deriv_mul,
    deriv_sum,
    gibbs,
    one_mul,
    sum_delta,
    sum_mul_left,
)

# Given
K = sizes("K")
k, m = index("k", 1, K), index("m", 1, K)
c = positive("c", k)  # how often class k occurs
u, multiplier = positive("u", k), real(r"\lambda")
q = pmf("q", k, positive=True)
C = define("C", Sum(c[k], k))
p = define("p", k, c[k] / C)
references = ["bishop2006, section 2.2"]
example = {"c": [2, 1, 1], "u": ["1/2", "1/4", "1/4"], r"\lambda": 4, "q": ["1/3", "1/3", "1/3"], "m": 1}

lagrangian = Sum(c[k] * log(u[k]), k) - multiplier * (Sum(u[k], k) - 1)

# Claim
claims = [
    Equality(Derivative(lagrangian, u[m]), c[m] / u[m] - multiplier),
    Equality(c[m] / p[m] - C, 0),
    Maximiser(Sum(c[k] * log(q[k]), k), q, p),
]

# Proof
proofs = [
    calc(
        Derivative(lagrangian, u[m]),
        step(
            Sum(c[k] * Derivative(log(u[k]), u[m]), k) - multiplier * Sum(Derivative(u[k], u[m]), k),
            by=[deriv_add, deriv_sum, deriv_mul, deriv_add, deriv_sum],
        ),
        step(
            Sum(c[k] * (Derivative(u[k], u[m]) / u[k]), k) - multiplier * Sum(Derivative(u[k], u[m]), k),
            by=deriv_log,
        ),
        step(Sum(c[k] * (delta(m, k) / u[k]), k) - multiplier * Sum(delta(m, k), k), by=deriv_entry),
        step(c[m] / u[m] - multiplier, by=[sum_delta, one_mul]),
    ),
    calc(
        c[m] / p[m] - C,
        step(c[m] / (c[m] / C) - C, by=definition),
        step(0, by=arithmetic),
    ),
    calc(
        Sum(c[k] * log(q[k]), k),
        step(C * Sum(c[k] / C * log(q[k]), k), by=[arithmetic, sum_mul_left]),
        step(C * Sum(p[k] * log(q[k]), k), by=definition),
        step(C * Sum(p[k] * log(p[k]), k), by=gibbs, relation="<="),
        step(C * Sum(c[k] / C * log(p[k]), k), by=definition),
        step(Sum(c[k] * log(p[k]), k), by=[sum_mul_left.reversed, arithmetic]),
    ),
]
