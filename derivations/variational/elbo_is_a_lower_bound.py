"""The evidence lower bound is at most the log evidence.

Why is it a bound? By what it leaves out, a divergence that is not negative; or at once by Jensen's inequality, as the
logarithm of a mean is at least the mean of the logarithms.
"""

from deltasift import KL, LessEqual, Sum, calc, define, index, known, log, pmf, positive, sizes, step
from deltasift.rules import arithmetic, jensen_log

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

# Known
gap, gibbs = known("log_evidence_is_elbo_plus_kl"), known("gibbs_inequality")

# Claim
claims = [LessEqual(elbo, log(evidence)), LessEqual(elbo, log(Sum(p[z], z)))]

# Proof
proofs = [
    calc(
        log(evidence),
        step(elbo + KL(q, posterior), by=gap),
        step(elbo + 0, by=gibbs.reversed, relation=">="),
        step(elbo, by=arithmetic),
    ),
    calc(
        elbo,
        step(log(Sum(q[z] * (p[z] / q[z]), z)), by=jensen_log, relation="<="),
        step(log(Sum(p[z], z)), by=arithmetic),
    ),
]
