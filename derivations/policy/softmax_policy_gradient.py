"""The policy gradient of a softmax is the probability times the advantage.

Which score goes up? That of an action whose reward is greater than the mean reward: the delta of the Jacobian gives the
action's own reward, its other term the mean over all actions.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, known, real, sizes, step
from deltasift.rules import arithmetic, deriv_mul, deriv_sum, sum_add, sum_delta, sum_mul_left

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z, f = real("z", k), real("f", k)
s = define("s", k, exp(z[k]) / Sum(exp(z[j]), j))
references = ["sutton2018, section 2.8"]
example = {"z": [1, 0, -1], "f": [0, 1, 3], "m": 1}

# Claim
claim = Equality(Derivative(Sum(s[k] * f[k], k), z[m]), s[m] * (f[m] - Sum(s[k] * f[k], k)))

# Proof
proof = calc(
    Derivative(Sum(s[k] * f[k], k), z[m]),
    step(Sum(f[k] * Derivative(s[k], z[m]), k), by=[deriv_sum, deriv_mul]),
    step(Sum(f[k] * (s[k] * (delta(k, m) - s[m])), k), by=known("softmax_jacobian")),
    step(Sum(delta(k, m) * (s[k] * f[k]) - s[m] * (s[k] * f[k]), k), by=arithmetic),
    step(Sum(delta(k, m) * (s[k] * f[k]), k) - s[m] * Sum(s[k] * f[k], k), by=[sum_add, sum_mul_left]),
    step(s[m] * f[m] - s[m] * Sum(s[k] * f[k], k), by=sum_delta),
    step(s[m] * (f[m] - Sum(s[k] * f[k], k)), by=arithmetic),
)
