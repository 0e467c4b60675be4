"""REINFORCE with a baseline is still the gradient of the mean reward.

Why may anything that does not depend on the action be taken off the reward? The gradient of the mean is the mean of
reward times score, and the score has the mean 0: so c times its mean is 0 as well. The baseline changes the variance
of the estimate, and not what is estimated.
"""

from deltasift import Derivative, Equality, Sum, calc, define, exp, index, known, log, real, sizes, step
from deltasift.rules import arithmetic, sum_add

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z, f, c = real("z", k), real("f", k), real("c")
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["williams1992, theorem 1", "sutton2018, section 13.4"]
example = {"z": [0, 1, 0], "f": [1, 0, 2], "c": 1, "m": 1}

# Claim
claim = Equality(Sum(s[k] * ((f[k] - c) * Derivative(log(s[k]), z[m])), k), Derivative(Sum(s[k] * f[k], k), z[m]))

# Proof
proof = calc(
    Sum(s[k] * ((f[k] - c) * Derivative(log(s[k]), z[m])), k),
    step(
        Sum(s[k] * (f[k] * Derivative(log(s[k]), z[m])) - s[k] * (c * Derivative(log(s[k]), z[m])), k),
        by=arithmetic,
    ),
    step(
        Sum(s[k] * (f[k] * Derivative(log(s[k]), z[m])), k) - Sum(s[k] * (c * Derivative(log(s[k]), z[m])), k),
        by=sum_add,
    ),
    step(Sum(s[k] * (f[k] * Derivative(log(s[k]), z[m])), k) - 0, by=known("baseline_has_mean_zero")),
    step(Sum(s[k] * (f[k] * Derivative(log(s[k]), z[m])), k), by=arithmetic),
    step(Derivative(Sum(s[k] * f[k], k), z[m]), by=known("log_derivative_trick").reversed),
)
