"""No model gives the labels a smaller loss than their relative frequencies.

Which probabilities fit labels best? The loss of any model is the cross entropy of the frequencies and the model, and it
is least at the frequencies themselves. Each class has to occur: one that does not has the frequency 0, and then the
frequencies are no model with positive probabilities.
"""

from deltasift import (
    AverageNLL,
    CrossEntropy,
    ForAll,
    Minimiser,
    Sum,
    assuming,
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
from deltasift.rules import definition, gibbs

# Given
N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = define(r"\hat p", k, Sum(delta(k, y[n]), n) / N)
each_occurs = assuming(ForAll(p[k] > 0, k))
references = ["murphy2022, section 4.2.4"]
example = {"y": [1, 3, 3, 2], "q": ["1/2", "1/4", "1/4"]}

# Claim
claim = Minimiser(AverageNLL(q, y), q, p)

# Known
cross_entropy_is_average_nll = known("cross_entropy_is_average_nll")

# Proof
proof = calc(
    AverageNLL(p, y),
    step(CrossEntropy(p, p), by=cross_entropy_is_average_nll.reversed),
    step(-Sum(p[k] * log(p[k]), k), by=definition),
    step(-Sum(p[k] * log(q[k]), k), by=gibbs.reversed, relation="<="),
    step(CrossEntropy(p, q), by=definition),
    step(AverageNLL(q, y), by=cross_entropy_is_average_nll),
)
