"""Formulas of losses as they are written in papers and programs: proved for all sizes, and their neighbours refuted."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, pi

from deltasift import (
    Abs,
    AverageNLL,
    Entropy,
    Equality,
    Less,
    Likelihood,
    Max,
    Maximum,
    Piecewise,
    Sum,
    Unequal,
    assert_equal,
    exp,
    index,
    iverson,
    labels,
    log,
    pmf,
    positive,
    real,
    sizes,
    sqrt,
)
from deltasift.asserting.decide import decide
from deltasift.asserting.decision import Grade
from deltasift.inert import Func

N, K = sizes("N K")
n, k, j = index("n", 1, N), index("k", 1, K), index("j", 1, K)
q, y = pmf("q", k, positive=True), labels("y", n, k)
z, h, x, u = real("z", n, k), real("h", n, k), real("x", n), real("u", n)
v, eps, c = positive("v", n), positive("eps"), real("c", above=0, below=1)
count = labels("count", n, 0, K)
LSE = log(Sum(exp(z[n, k]), k))
CE = LSE - z[n, y[n]]
P = exp(z[n, y[n]]) / Sum(exp(z[n, k]), k)
LARGEST = Maximum(z[n, j], j)
ROW_MAX = log(Sum(exp(z[n, k] - LARGEST), k))
TEACHER = exp(h[n, k]) / Sum(exp(h[n, k]), k)
VALID = iverson(Unequal(y[n], -100))
SMOOTH = Piecewise((1 - c, Equality(k, y[n])), (c / (K - 1), True))
LEAST = Max(v[n], eps)
STIRLING = count[n] * log(count[n]) - count[n] + log(2 * pi * count[n]) / 2
RATE = exp(x[n]) - count[n] * x[n]

TRUE: dict[str, tuple[Any, Any]] = {
    "perplexity": (exp(AverageNLL(q, y)), Likelihood(q, y) ** (-1 / N)),
    "entropy in bits": (Entropy(q) / log(S(2)), -Sum(q[k] * log(q[k]) / log(S(2)), k)),
    "entropy by the logarithm of 4": (Entropy(q) / log(S(4)), -Sum(q[k] * log(q[k]), k) / (2 * log(S(2)))),
    "soft targets": (
        -Sum(TEACHER * log(exp(z[n, k]) / Sum(exp(z[n, k]), k)), k),
        LSE - Sum(exp(h[n, k]) * z[n, k], k) / Sum(exp(h[n, k]), k),
    ),
    "row maximum": (Sum(ROW_MAX + LARGEST - z[n, y[n]], n) / N, Sum(CE, n) / N),
    "focal": (Sum((1 - exp(-CE)) ** 2 * CE, n) / N, -Sum((1 - P) ** 2 * log(P), n) / N),
    "masked mean": (Sum(VALID * CE, n) / Sum(VALID, n), Sum(CE, n) / N),
    "smoothing over the others": (
        -Sum(SMOOTH * h[n, k], k),
        (c - 1) * h[n, y[n]] - c / (K - 1) * (Sum(h[n, k], k) - h[n, y[n]]),
    ),
    "Gaussian": (
        Sum((log(LEAST) + (x[n] - u[n]) ** 2 / LEAST + log(2 * pi)) / 2, n) / N,
        -Sum(log(exp(-((u[n] - x[n]) ** 2) / (2 * LEAST)) / sqrt(2 * pi * LEAST)), n) / N,
    ),
    "Poisson": (
        Sum(RATE + Func("loggamma", count[n] + 1), n) / N,
        -Sum(log(exp(-exp(x[n])) * exp(x[n]) ** count[n] / Func("factorial", count[n])), n) / N,
    ),
    "Stirling": (
        Sum(RATE + iverson(Less(1, count[n])) * STIRLING, n) / N,
        Sum(RATE + Piecewise((STIRLING, Less(1, count[n])), (0, True)), n) / N,
    ),
}

FALSE: dict[str, tuple[Any, Any]] = {
    "perplexity": (exp(AverageNLL(q, y)), Likelihood(q, y) ** (1 / N)),
    "entropy in bits": (Entropy(q) / log(S(2)), -Sum(q[k] * log(q[k]), k)),
    "entropy by the logarithm of 4": (Entropy(q) / log(S(4)), -Sum(q[k] * log(q[k]), k) / (4 * log(S(2)))),
    "soft targets": (-Sum(TEACHER * z[n, k], k), LSE - Sum(TEACHER * z[n, k], k)),
    "row maximum": (Sum(ROW_MAX - z[n, y[n]], n) / N, Sum(CE, n) / N),
    "focal": (Sum((1 - exp(-CE)) ** 2 * CE, n) / N, -Sum(P**2 * log(P), n) / N),
    "masked mean": (Sum(iverson(Unequal(y[n], 1)) * CE, n) / N, Sum(CE, n) / N),
    "smoothing over all": (
        -Sum(SMOOTH * h[n, k], k),
        (c - 1) * h[n, y[n]] - c / K * Sum(h[n, k], k),
    ),
    "Gaussian": (
        Sum((log(LEAST) + (x[n] - u[n]) ** 2 / LEAST) / 2, n) / N,
        Sum(log(LEAST) + (x[n] - u[n]) ** 2 / (2 * LEAST), n) / N,
    ),
    "Poisson": (
        Sum(RATE + Func("loggamma", count[n]), n),
        -Sum(log(exp(-exp(x[n])) * exp(x[n]) ** count[n] / Func("factorial", count[n])), n),
    ),
    "Stirling": (Sum(RATE + iverson(Less(1, count[n])) * STIRLING, n), Sum(RATE + STIRLING, n)),
    "magnitude": (Abs(x[n] - u[n]), Abs(x[n]) - Abs(u[n])),
}
TWO_CLASSES = Unequal(K, 1)

T = sizes("T")
t = index("t", 1, T)
w, token = real("w", n, t, k), labels("token", (n, t), k)
TOP = Maximum(w[n, t, j], j)
NEXT = w[n, t, token[n, t + 1]]
SHIFTED_BY_MAX = Sum(Sum(log(Sum(exp(w[n, t, k] - TOP), k)) + TOP - NEXT, (t.symbol, 1, T - 1)), n) / N
SHIFTED = Sum(Sum(log(Sum(exp(w[n, t, k]), k)) - NEXT, (t.symbol, 1, T - 1)), n) / N


@pytest.mark.parametrize("name", TRUE)
def test_what_is_written_is_proved(name: str) -> None:
    assert_equal(*TRUE[name], given=TWO_CLASSES if "others" in name else (), accept="proof")


@pytest.mark.parametrize("name", FALSE)
def test_a_neighbour_is_refuted_with_a_table(name: str) -> None:
    with pytest.raises(AssertionError, match=r"^not (equal|defined) at"):
        assert_equal(*FALSE[name], given=TWO_CLASSES if "smoothing" in name else ())


def test_what_no_model_decides_exactly_is_proved_before_all_models_are_tried() -> None:
    decision = decide("=", SHIFTED_BY_MAX, SHIFTED, given=Less(1, T))
    models = decision.checks[0]
    assert (decision.grade, models.status, models.complete) == (Grade.PROOF, "unknown", False)
