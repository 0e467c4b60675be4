"""The gradient of the distillation loss is T times the difference of the softened probabilities.

Why is the loss of a distilled model multiplied with T squared? The gradient by a score brings one factor 1/T from the
scaled score; the difference of softened probabilities shrinks with T as well. With T^2 in front, T times it is left.
"""

from deltasift import Derivative, Equality, Sum, calc, define, delta, exp, index, log, pmf, positive, real, sizes, step
from deltasift.rules import (
    arithmetic,
    definition,
    deriv_add,
    deriv_entry,
    deriv_exp,
    deriv_log,
    deriv_mul,
    deriv_sum,
    log_div,
    log_exp,
    one_mul,
    sum_add,
    sum_delta,
    sum_mul_left,
    sum_pmf,
)

# Given
K = sizes("K")
j, k, m = index("j", 1, K), index("k", 1, K), index("m", 1, K)
z, t, T = real("z", k), pmf("t", k), positive("T")
s = define("s", k, exp(z[k] / T) / Sum(exp(z[j] / T), j))
references = ["hinton2015, section 2"]
example = {"z": [1, 0, -1], "t": ["1/2", "1/4", "1/4"], "T": 2, "m": 1}

total = Sum(exp(z[j] / T), j)
loss = -(T**2) * Sum(t[k] * log(s[k]), k)

# Claim
claim = Equality(Derivative(loss, z[m]), T * (s[m] - t[m]))

# Proof
proof = calc(
    Derivative(loss, z[m]),
    step(Derivative(-(T**2) * Sum(t[k] * log(exp(z[k] / T) / total), k), z[m]), by=definition),
    step(Derivative(-(T**2) * Sum(t[k] * (z[k] / T - log(total)), k), z[m]), by=[log_div, log_exp]),
    step(-(T**2) * Sum(t[k] * Derivative(z[k] / T - log(total), z[m]), k), by=[deriv_mul, deriv_sum, deriv_mul]),
    step(
        -(T**2) * Sum(t[k] * (delta(m, k) / T - Derivative(total, z[m]) / total), k),
        by=[deriv_add, deriv_log, deriv_mul, deriv_entry],
    ),
    step(
        -(T**2) * Sum(t[k] * (delta(m, k) / T - Sum(exp(z[j] / T) * (delta(m, j) / T), j) / total), k),
        by=[deriv_sum, deriv_exp, deriv_mul, deriv_entry],
    ),
    step(-(T**2) * Sum(t[k] * (delta(m, k) / T - 1 / T * (exp(z[m] / T) / total)), k), by=sum_delta),
    step(-(T**2) * Sum(1 / T * (delta(m, k) * t[k]) - 1 / T * (exp(z[m] / T) / total) * t[k], k), by=arithmetic),
    step(
        -(T**2) * (1 / T * Sum(delta(m, k) * t[k], k) - 1 / T * (exp(z[m] / T) / total) * Sum(t[k], k)),
        by=[sum_add, sum_mul_left],
    ),
    step(-(T**2) * (1 / T * t[m] - 1 / T * (exp(z[m] / T) / total) * Sum(t[k], k)), by=sum_delta),
    step(-(T**2) * (1 / T * t[m] - 1 / T * (exp(z[m] / T) / total)), by=[sum_pmf, one_mul]),
    step(T * (exp(z[m] / T) / total - t[m]), by=arithmetic),
    step(T * (s[m] - t[m]), by=definition),
)
