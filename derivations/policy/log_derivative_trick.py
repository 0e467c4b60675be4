"""The gradient of a mean is the mean of the values times the gradients of the log-probabilities.

Why does REINFORCE need no derivative of the reward? The rewards do not depend on the parameters, and a derivative is
the number times the derivative of its logarithm. So the gradient is a mean under the policy itself, which samples
estimate. Here the policy is a softmax of scores z.
"""

from deltasift import Derivative, Equality, Sum, calc, define, exp, index, log, real, sizes, step
from deltasift.rules import arithmetic, deriv_log, deriv_mul, deriv_sum

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z, f = real("z", k), real("f", k)
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["williams1992, theorem 1", "sutton2018, section 13.3"]
example = {"z": [1, 0, -1], "f": [0, 1, 3], "m": 1}

# Claim
claim = Equality(Derivative(Sum(s[k] * f[k], k), z[m]), Sum(s[k] * (f[k] * Derivative(log(s[k]), z[m])), k))

# Proof
proof = calc(
    Derivative(Sum(s[k] * f[k], k), z[m]),
    step(Sum(Derivative(s[k] * f[k], z[m]), k), by=deriv_sum),
    step(Sum(f[k] * Derivative(s[k], z[m]), k), by=deriv_mul),
    step(Sum(s[k] * (f[k] * (Derivative(s[k], z[m]) / s[k])), k), by=arithmetic),
    step(Sum(s[k] * (f[k] * Derivative(log(s[k]), z[m])), k), by=deriv_log.reversed),
)
