"""Mutual information is the entropy of one minus its entropy given the other.

Three formulas go by the name of mutual information; why are they the same? The logarithm of the quotient of the
conditional and the marginal splits. The second part, summed over the condition first, is the entropy of the
marginal; and a joint divided by the product of its marginals is that same quotient.
"""

from deltasift import Entropy, Equality, Sum, calc, define, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, log_div, mul_add, sum_add, sum_comm, sum_mul_right

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p = pmf("p", x, positive=True)
r = pmf("r", z, given=x, positive=True)
m = define("m", z, Sum(p[x] * r[x, z], x))
references = ["cover2006, section 2.4"]
example = {"p": ["1/2", "1/2"], "r": [["1/2", "1/2"], ["1/4", "3/4"]]}

information = Sum(Sum(p[x] * r[x, z] * log(r[x, z] / m[z]), z), x)
joint = Sum(Sum(p[x] * r[x, z] * log(p[x] * r[x, z] / (p[x] * m[z])), z), x)
own = Sum(Sum(p[x] * r[x, z] * log(r[x, z]), z), x)

# Claim
claims = [Equality(information, Entropy(m) + own), Equality(joint, information)]

# Proof
proofs = [
    calc(
        information,
        step(Sum(Sum(p[x] * r[x, z] * (log(r[x, z]) - log(m[z])), z), x), by=log_div),
        step(Sum(Sum(p[x] * r[x, z] * log(r[x, z]) - p[x] * r[x, z] * log(m[z]), z), x), by=mul_add),
        step(own - Sum(Sum(p[x] * r[x, z] * log(m[z]), z), x), by=sum_add),
        step(own - Sum(Sum(p[x] * r[x, z] * log(m[z]), x), z), by=sum_comm),
        step(own - Sum(Sum(p[x] * r[x, z], x) * log(m[z]), z), by=sum_mul_right.reversed),
        step(own - Sum(m[z] * log(m[z]), z), by=definition),
        step(own + Entropy(m), by=definition),
    ),
    calc(
        joint,
        step(information, by=arithmetic),
    ),
]
