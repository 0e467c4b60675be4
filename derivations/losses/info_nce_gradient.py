"""The contrastive loss pushes the others away in proportion to their softmax, and harder at low temperature.

What does the temperature of InfoNCE do? The gradient by the similarities is that of a cross entropy whose label is the
positive pair, divided by the temperature: hard negatives, near the anchor, get most of it.
"""

from deltasift import Derivative, Equality, Sum, calc, delta, exp, index, log, positive, real, sizes, step
from deltasift.rules import (
    arithmetic,
    delta_comm,
    deriv_add,
    deriv_entry,
    deriv_exp,
    deriv_log,
    deriv_mul,
    deriv_sum,
    sum_delta,
)

# Given
N = sizes("N")  # how many candidates
j, m, i = index("j", 1, N), index("m", 1, N), index("i", 1, N)  # i is the positive one
s, tau = real("s", j), positive(r"\tau")  # similarities to the anchor, the temperature
references = ["oord2018, section 2.3"]
example = {"s": [1, 0, -1], r"\tau": "1/2", "i": 1, "m": 2}

total = Sum(exp(s[j] / tau), j)

# Claim
claim = Equality(Derivative(log(total) - s[i] / tau, s[m]), 1 / tau * (exp(s[m] / tau) / total - delta(i, m)))

# Proof
proof = calc(
    Derivative(log(total) - s[i] / tau, s[m]),
    step(Derivative(total, s[m]) / total - Derivative(s[i] / tau, s[m]), by=[deriv_add, deriv_log]),
    step(Sum(Derivative(exp(s[j] / tau), s[m]), j) / total - Derivative(s[i] / tau, s[m]), by=deriv_sum),
    step(
        Sum(exp(s[j] / tau) * (Derivative(s[j], s[m]) / tau), j) / total - Derivative(s[i], s[m]) / tau,
        by=[deriv_exp, deriv_mul],
    ),
    step(Sum(exp(s[j] / tau) * (delta(m, j) / tau), j) / total - delta(m, i) / tau, by=deriv_entry),
    step(Sum(exp(s[j] / tau) * (delta(j, m) / tau), j) / total - delta(i, m) / tau, by=delta_comm),
    step(1 / tau * (exp(s[m] / tau) / total) - delta(i, m) / tau, by=sum_delta),
    step(1 / tau * (exp(s[m] / tau) / total - delta(i, m)), by=arithmetic),
)
