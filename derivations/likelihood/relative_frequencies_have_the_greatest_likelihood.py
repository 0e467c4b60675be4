"""The relative frequencies maximise the likelihood.

Why is a class's estimated probability its share of the examples? The average negative log-likelihood of any model is
the cross entropy of the shares and the model, which is at least the entropy of the shares; and that is what the shares
themselves have. Classes that do not occur have the share 0.
"""

from deltasift import (
    AverageNLL,
    CrossEntropy,
    Entropy,
    Equality,
    LessEqual,
    Sum,
    calc,
    define,
    delta,
    index,
    known,
    labels,
    log,
    pmf,
    sizes,
    step,
)
from deltasift.rules import definition

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)
references = ["murphy2022, section 4.2.4", "cover2006, section 2.6"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claims = [
    LessEqual(Entropy(p), AverageNLL(q, y)),
    Equality(CrossEntropy(p, p), Entropy(p)),
]

# Proof
proofs = [
    calc(
        AverageNLL(q, y),
        step(CrossEntropy(p, q), by=known("cross_entropy_is_average_nll").reversed),
        step(Entropy(p), by=known("gibbs_inequality", 2).reversed, relation=">="),
    ),
    calc(
        CrossEntropy(p, p),
        step(-Sum(p[k] * log(p[k]), k), by=definition),
        step(Entropy(p), by=definition),
    ),
]
