"""The evidence lower bound is the reconstruction term minus the divergence to the prior.

Why does the loss of a variational autoencoder have these two terms? The joint probability is likelihood times prior;
the logarithm of the likelihood is one term, prior over q the other, with its sign turned. Split once more, the bound is
the mean log joint plus the entropy of q.
"""

from deltasift import KL, Entropy, Equality, Sum, calc, index, log, pmf, positive, sizes, step
from deltasift.rules import arithmetic, definition, log_div, log_mul, sum_add

# Given
Z = sizes("Z")
z = index("z", 1, Z)
f = positive("f", z)  # the likelihood of the data given z
p = pmf("p", z, positive=True)
q = pmf("q", z, positive=True)
references = ["kingma2014, section 2.2"]
example = {"f": ["1/4", "1/2"], "p": ["1/2", "1/2"], "q": ["1/4", "3/4"]}

elbo = Sum(q[z] * log(f[z] * p[z] / q[z]), z)
reconstruction = Sum(q[z] * log(f[z]), z)

# Claim
claims = [
    Equality(elbo, reconstruction - KL(q, p)),
    Equality(elbo, Sum(q[z] * log(f[z] * p[z]), z) + Entropy(q)),
]

# Proof
proofs = [
    calc(
        elbo,
        step(Sum(q[z] * (log(f[z] * p[z]) - log(q[z])), z), by=log_div),
        step(Sum(q[z] * (log(f[z]) + log(p[z]) - log(q[z])), z), by=log_mul),
        step(Sum(q[z] * log(f[z]) - q[z] * (log(q[z]) - log(p[z])), z), by=arithmetic),
        step(Sum(q[z] * log(f[z]) - q[z] * log(q[z] / p[z]), z), by=log_div.reversed),
        step(reconstruction - Sum(q[z] * log(q[z] / p[z]), z), by=sum_add),
        step(reconstruction - KL(q, p), by=definition),
    ),
    calc(
        elbo,
        step(Sum(q[z] * (log(f[z] * p[z]) - log(q[z])), z), by=log_div),
        step(Sum(q[z] * log(f[z] * p[z]) - q[z] * log(q[z]), z), by=arithmetic),
        step(Sum(q[z] * log(f[z] * p[z]), z) - Sum(q[z] * log(q[z]), z), by=sum_add),
        step(Sum(q[z] * log(f[z] * p[z]), z) + Entropy(q), by=definition),
    ),
]
