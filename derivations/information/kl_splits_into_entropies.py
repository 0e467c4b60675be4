"""The KL divergence is the cross entropy minus the entropy.

The logarithm of the quotient splits, and with it the sum. The first part is the negative entropy of p, in which q
does not occur; the second is the cross entropy of p and q. Where p is 0 the convention 0 log 0 = 0 is at work.
"""

from deltasift import KL, CrossEntropy, Entropy, Equality, Sum, calc, index, log, pmf, sizes, step
from deltasift.rules import definition, mul_log_div, sum_add, sum_congr, sum_neg

# Given
K = sizes("K")
k = index("k", 1, K)
p = pmf("p", k)
q = pmf("q", k, positive=True)
references = ["cover2006, section 2.3"]
example = {"p": ["1/2", "1/2", 0], "q": ["1/4", "1/4", "1/2"]}

# Claim
claim = Equality(KL(p, q), -Entropy(p) + CrossEntropy(p, q))

# Proof
proof = calc(
    KL(p, q),
    step(Sum(p[k] * log(p[k] / q[k]), k), by=definition),
    step(Sum(p[k] * log(p[k]) - p[k] * log(q[k]), k), by=sum_congr(mul_log_div)),
    step(Sum(p[k] * log(p[k]), k) - Sum(p[k] * log(q[k]), k), by=[sum_add, sum_neg]),
    step(-Entropy(p) + CrossEntropy(p, q), by=definition),
)
