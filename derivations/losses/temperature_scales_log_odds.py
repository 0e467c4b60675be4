"""A temperature divides the log-odds of a softmax, and so keeps the order of the classes.

What does a temperature change? In the difference of the logarithms of two probabilities the normaliser cancels, and
the difference of the scores over T is left. Its sign does not depend on T > 0: the most probable class stays so,
only how sure of it the model is.
"""

from deltasift import Equality, Sum, calc, define, exp, index, log, positive, real, sizes, step
from deltasift.rules import arithmetic, definition, log_div, log_exp

# Given
K = sizes("K")
i, j, k = index("i", 1, K), index("j", 1, K), index("k", 1, K)
z, T = real("z", k), positive("T")
s = define("s", k, exp(z[k] / T) / Sum(exp(z[j] / T), j))
references = ["hinton2015, section 2", "guo2017, section 4"]
example = {"z": [1, 0, -1], "T": 2, "i": 1, "k": 3}

total = Sum(exp(z[j] / T), j)

# Claim
claim = Equality(log(s[i] / s[k]), (z[i] - z[k]) / T)

# Proof
proof = calc(
    log(s[i] / s[k]),
    step(log(s[i]) - log(s[k]), by=log_div),
    step(log(exp(z[i] / T) / total) - log(exp(z[k] / T) / total), by=definition),
    step(log(exp(z[i] / T)) - log(total) - (log(exp(z[k] / T)) - log(total)), by=log_div),
    step(z[i] / T - log(total) - (z[k] / T - log(total)), by=log_exp),
    step((z[i] - z[k]) / T, by=arithmetic),
)
