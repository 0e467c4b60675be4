"""The log score is strictly proper: the cross entropy is least at the law itself, and at no other.

Why does a model that is trained on it come to tell the truth? Whatever else it says, the cross entropy is larger, by
the inequality of Gibbs. Both laws may have zeros, the model only where the law has one: else there is no cross entropy.
"""

from deltasift import CrossEntropy, Equality, ForAll, OnlyMinimiser, Sum, assuming, calc, index, log, pmf, sizes, step
from deltasift.inert import Not, Or
from deltasift.rules import definition, gibbs_strict

# Given
K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k), pmf("q", k)
supported = assuming(ForAll(Or(Equality(p[k], 0), q[k] > 0), k))
differs = assuming(Not(ForAll(Equality(q[k], p[k]), k)))
references = ["gneiting2007, section 3.1"]
example = {"p": ["1/2", "1/2", 0], "q": ["1/4", "3/4", 0]}

# Claim
claim = OnlyMinimiser(CrossEntropy(p, q), q, p)

# Proof
proof = calc(
    CrossEntropy(p, p),
    step(-Sum(p[k] * log(p[k]), k), by=definition),
    step(-Sum(p[k] * log(q[k]), k), by=gibbs_strict.reversed, relation="<"),
    step(CrossEntropy(p, q), by=definition),
)
