"""The information that one of two has about the other is the entropy that knowing it saves.

What does a joint law say that its marginals do not? Divided by the product of the marginals, the joint law leaves the
law of z given x over that of z; the logarithm splits, and each part is an entropy. If x and z are independent, nothing
is left.
"""

from deltasift import (
    ConditionalEntropy,
    Entropy,
    Equality,
    MutualInformation,
    Sum,
    calc,
    conditional,
    index,
    joint,
    log,
    marginal,
    sizes,
    step,
)
from deltasift.rules import (
    arithmetic,
    definition,
    log_div,
    log_one,
    mul_add,
    sum_add,
    sum_comm,
    sum_mul_left,
    sum_mul_right,
    sum_zero,
)

# Given
X, Z = sizes("X Z")
x, z = index("x", 1, X), index("z", 1, Z)
p = joint("p", x, z, positive=True)
q = joint("q", x, z, independent=True, positive=True)
p_x, p_z, p_zx = marginal(p, x), marginal(p, z), conditional(p, z)
q_x, q_z = marginal(q, x), marginal(q, z)
references = ["cover2006, section 2.4"]
example = {
    "p_x": ["1/2", "1/2"],
    "p_{z|x}": [["1/2", "1/2"], ["1/4", "3/4"]],
    "q_x": ["1/2", "1/2"],
    "q_z": ["1/4", "3/4"],
}

both = Sum(Sum(p_x[x] * p_zx[x, z] * log(p_zx[x, z]), z), x)

# Claim
claims = [
    Equality(MutualInformation(p), Entropy(p_z) - ConditionalEntropy(p_zx, p_x)),
    Equality(MutualInformation(q), 0),
]

# Proof
proofs = [
    calc(
        MutualInformation(p),
        step(Sum(Sum(p[x, z] * log(p[x, z] / (p_x[x] * p_z[z])), z), x), by=definition),
        step(Sum(Sum(p[x, z] * log(p_x[x] * p_zx[x, z] / (p_x[x] * p_z[z])), z), x), by=definition),
        step(Sum(Sum(p[x, z] * log(p_zx[x, z] / p_z[z]), z), x), by=arithmetic),
        step(Sum(Sum(p[x, z] * (log(p_zx[x, z]) - log(p_z[z])), z), x), by=log_div),
        step(Sum(Sum(p[x, z] * log(p_zx[x, z]) - p[x, z] * log(p_z[z]), z), x), by=mul_add),
        step(
            Sum(Sum(p[x, z] * log(p_zx[x, z]), z), x) - Sum(Sum(p[x, z] * log(p_z[z]), z), x),
            by=sum_add,
        ),
        step(
            Sum(Sum(p[x, z] * log(p_zx[x, z]), z), x) - Sum(Sum(p[x, z], x) * log(p_z[z]), z),
            by=[sum_comm, sum_mul_right.reversed],
        ),
        step(Sum(Sum(p[x, z] * log(p_zx[x, z]), z), x) - Sum(p_z[z] * log(p_z[z]), z), by=definition),
        step(both - Sum(p_z[z] * log(p_z[z]), z), by=definition),
        step(
            Sum(p_x[x] * Sum(p_zx[x, z] * log(p_zx[x, z]), z), x) - Sum(p_z[z] * log(p_z[z]), z),
            by=sum_mul_left,
        ),
        step(Entropy(p_z) - ConditionalEntropy(p_zx, p_x), by=definition),
    ),
    calc(
        MutualInformation(q),
        step(Sum(Sum(q[x, z] * log(q[x, z] / (q_x[x] * q_z[z])), z), x), by=definition),
        step(Sum(Sum(q[x, z] * log(q_x[x] * q_z[z] / (q_x[x] * q_z[z])), z), x), by=definition),
        step(Sum(Sum(q[x, z] * log(1), z), x), by=arithmetic),
        step(Sum(Sum(0, z), x), by=[log_one, arithmetic]),
        step(0, by=[sum_zero, sum_zero]),
    ),
]
