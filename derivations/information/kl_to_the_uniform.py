"""The KL divergence to the uniform distribution is log K minus the entropy.

What does the divergence to the uniform distribution measure? How far the entropy falls short of log K: the cross
entropy to the uniform distribution is log K whatever p is, since all classes cost the same. The uniform distribution
itself has the entropy log K.
"""

from deltasift import KL, CrossEntropy, Entropy, Equality, Sum, calc, define, index, known, log, pmf, sizes, step
from deltasift.rules import arithmetic, definition, log_div, log_one, one_mul, sum_const, sum_mul_left, sum_pmf

# Given
K = sizes("K")
k = index("k", 1, K)
p = pmf("p", k)
u = define("u", k, 1 / K)
references = ["cover2006, section 2.6"]
example = {"p": ["1/2", "1/4", "1/4"]}

# Claim
claims = [
    Equality(CrossEntropy(p, u), log(K)),
    Equality(KL(p, u), log(K) - Entropy(p)),
    Equality(Entropy(u), log(K)),
]

# Proof
proofs = [
    calc(
        CrossEntropy(p, u),
        step(-Sum(p[k] * log(u[k]), k), by=definition),
        step(-Sum(p[k] * log(1 / K), k), by=definition),
        step(-(log(1 / K) * Sum(p[k], k)), by=sum_mul_left),
        step(-log(1 / K), by=[sum_pmf, one_mul]),
        step(-(log(1) - log(K)), by=log_div),
        step(-(0 - log(K)), by=log_one),
        step(log(K), by=arithmetic),
    ),
    calc(
        KL(p, u),
        step(-Entropy(p) + CrossEntropy(p, u), by=known("kl_splits_into_entropies")),
        step(-Entropy(p) - Sum(p[k] * log(u[k]), k), by=definition),
        step(-Entropy(p) - Sum(p[k] * log(1 / K), k), by=definition),
        step(-Entropy(p) - log(1 / K) * Sum(p[k], k), by=sum_mul_left),
        step(-Entropy(p) - log(1 / K), by=[sum_pmf, one_mul]),
        step(-Entropy(p) - (log(1) - log(K)), by=log_div),
        step(-Entropy(p) - (0 - log(K)), by=log_one),
        step(log(K) - Entropy(p), by=arithmetic),
    ),
    calc(
        Entropy(u),
        step(-Sum(u[k] * log(u[k]), k), by=definition),
        step(-Sum(1 / K * log(1 / K), k), by=definition),
        step(-(K * (1 / K * log(1 / K))), by=sum_const),
        step(-(K * (1 / K * (log(1) - log(K)))), by=log_div),
        step(-(K * (1 / K * (0 - log(K)))), by=log_one),
        step(log(K), by=arithmetic),
    ),
]
