"""The log evidence is the evidence lower bound plus a KL divergence.

Where does the ELBO come from, and how large is the gap? No inequality is needed: the log evidence is a constant, so it
is its own mean under any q; the posterior is the joint over the evidence, and the logarithms add up. The gap is the
divergence from q to the posterior.
"""

from deltasift import KL, Equality, Sum, calc, define, index, log, pmf, positive, sizes, step
from deltasift.rules import arithmetic, definition, log_mul, one_mul, sum_add, sum_mul_left, sum_pmf

# Given
Z = sizes("Z")
z = index("z", 1, Z)
p = positive("p", z)  # the joint probability of the data and z
q = pmf("q", z, positive=True)
evidence = define("c", Sum(p[z], z))
posterior = define("r", z, p[z] / evidence)
references = ["murphy2022, section 8.7.2", "blei2017, section 2.2"]
example = {"p": ["1/8", "1/4"], "q": ["1/2", "1/2"]}

elbo = Sum(q[z] * log(p[z] / q[z]), z)

# Claim
claim = Equality(log(evidence), elbo + KL(q, posterior))

# Proof
proof = calc(
    log(evidence),
    step(log(evidence) * Sum(q[z], z), by=[one_mul.reversed, sum_pmf.reversed]),
    step(Sum(q[z] * log(evidence), z), by=sum_mul_left.reversed),
    step(Sum(q[z] * log(p[z] / q[z] * (q[z] / (p[z] / evidence))), z), by=arithmetic),
    step(Sum(q[z] * (log(p[z] / q[z]) + log(q[z] / (p[z] / evidence))), z), by=log_mul),
    step(Sum(q[z] * log(p[z] / q[z]) + q[z] * log(q[z] / (p[z] / evidence)), z), by=arithmetic),
    step(elbo + Sum(q[z] * log(q[z] / (p[z] / evidence)), z), by=sum_add),
    step(elbo + Sum(q[z] * log(q[z] / posterior[z]), z), by=definition),
    step(elbo + KL(q, posterior), by=definition),
)
