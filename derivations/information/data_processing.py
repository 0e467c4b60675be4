"""Processing tells no two distributions further apart, and adds no information.

Can a clever function of the data know more than the data? No: whatever is made of z with probabilities that depend on
z alone, the divergence of the results is at most that of the inputs. The mutual information with another variable x is
the mean divergence of the conditional distributions r from the marginal q, so that it does not grow either.
"""

from deltasift import KL, LessEqual, Sum, calc, index, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, log_sum, one_mul, sum_comm, sum_mul_left, sum_pmf

# Given
X, Z, K = sizes("X Z K")
x, z, k = index("x", 1, X), index("z", 1, Z), index("k", 1, K)
p, q = pmf("p", z, positive=True), pmf("q", z, positive=True)
t = pmf("t", k, given=z, positive=True)  # t[z, k] is the probability that k is made of z
w = pmf("w", x, positive=True)
r = pmf("r", z, given=x, positive=True)  # r[x, z] is the probability of z given x
references = ["cover2006, section 2.8"]
example = {
    "p": ["1/2", "1/2"],
    "q": ["1/4", "3/4"],
    "t": [["1/2", "1/4", "1/4"], ["1/4", "1/4", "1/2"]],
    "w": ["1/2", "1/2"],
    "r": [["3/4", "1/4"], ["1/3", "2/3"]],
}

made_of_p, made_of_q = Sum(p[z] * t[z, k], z), Sum(q[z] * t[z, k], z)
made_of_r = Sum(r[x, z] * t[z, k], z)

# Claim
claims = [
    LessEqual(Sum(made_of_p * log(made_of_p / made_of_q), k), KL(p, q)),
    LessEqual(
        Sum(w[x] * Sum(made_of_r * log(made_of_r / made_of_q), k), x),
        Sum(w[x] * Sum(r[x, z] * log(r[x, z] / q[z]), z), x),
    ),
]

# Proof
proofs = [
    calc(
        Sum(made_of_p * log(made_of_p / made_of_q), k),
        step(Sum(Sum(p[z] * t[z, k] * log(p[z] * t[z, k] / (q[z] * t[z, k])), z), k), by=log_sum, relation="<="),
        step(Sum(Sum(p[z] * log(p[z] / q[z]) * t[z, k], z), k), by=arithmetic),
        step(Sum(Sum(p[z] * log(p[z] / q[z]) * t[z, k], k), z), by=sum_comm),
        step(Sum(p[z] * log(p[z] / q[z]) * Sum(t[z, k], k), z), by=sum_mul_left),
        step(Sum(p[z] * log(p[z] / q[z]), z), by=[sum_pmf, one_mul]),
        step(KL(p, q), by=definition),
    ),
    calc(
        Sum(w[x] * Sum(made_of_r * log(made_of_r / made_of_q), k), x),
        step(
            Sum(w[x] * Sum(Sum(r[x, z] * t[z, k] * log(r[x, z] * t[z, k] / (q[z] * t[z, k])), z), k), x),
            by=log_sum,
            relation="<=",
        ),
        step(Sum(w[x] * Sum(Sum(r[x, z] * log(r[x, z] / q[z]) * t[z, k], z), k), x), by=arithmetic),
        step(Sum(w[x] * Sum(Sum(r[x, z] * log(r[x, z] / q[z]) * t[z, k], k), z), x), by=sum_comm),
        step(Sum(w[x] * Sum(r[x, z] * log(r[x, z] / q[z]) * Sum(t[z, k], k), z), x), by=sum_mul_left),
        step(Sum(w[x] * Sum(r[x, z] * log(r[x, z] / q[z]), z), x), by=[sum_pmf, one_mul]),
    ),
]
