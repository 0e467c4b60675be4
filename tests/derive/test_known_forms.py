"""Losses in the spellings of programs: logistic functions, exponentials that do not overflow, maxima, cases, bits."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S

from deltasift import (
    Abs,
    Equality,
    LessEqual,
    Max,
    Min,
    NotProved,
    Piecewise,
    Product,
    Sum,
    Unequal,
    exp,
    index,
    iverson,
    labels,
    log,
    positive,
    prove,
    real,
    sigma,
    sizes,
    sqrt,
)
from deltasift.inert import Func

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
t = labels("t", n, 0, 1)
x, u = real("x", n), real("u", n)
a, b = real("a"), real("b")
pos = positive("pos")
p = real("p", n, above=0, below=1)
z = real("z", n, k)
y, c = labels("y", n, k), labels("c", n, 0, K)
q = positive("q", n)
LSE = log(Sum(exp(z[n, k]), k))
LIKELIHOOD = Sum(t[n] * log(sigma(x[n])) + (1 - t[n]) * log(1 - sigma(x[n])), n)

TRUE: dict[str, tuple[Any, Any]] = {
    "softplus": (log(1 + exp(a)), a + log(1 + exp(-a))),
    "softplus of a difference": (log(1 + exp(a - b)), (a - b) + log(1 + exp(b - a))),
    "softplus, stable": (log(1 + exp(a)), Max(a, 0) + log(1 + exp(-Abs(a)))),
    "margins of the other classes": (
        Sum(iverson(Unequal(k, y[n])) * Max(0, 1 - z[n, y[n]] + z[n, k]), k),
        Sum(Max(1 - z[n, y[n]] + z[n, k], 0), k) - 1,
    ),
    "two exponentials": (log(exp(a) + exp(b)), b + log(1 + exp(a - b))),
    "logits": (LIKELIHOOD, Sum(t[n] * x[n] - log(1 + exp(x[n])), n)),
    "logits by softplus": (-LIKELIHOOD / N, Sum(log(1 + exp(-x[n])) + (1 - t[n]) * x[n], n) / N),
    "logits, stable": (-LIKELIHOOD, Sum(Max(x[n], 0) - t[n] * x[n] + log(1 + exp(-Abs(x[n]))), n)),
    "logits by their signs": (-LIKELIHOOD, -Sum(t[n] * log(sigma(x[n])) + (1 - t[n]) * log(sigma(-x[n])), n)),
    "chosen": (
        Sum(log(Piecewise((p[n], Equality(t[n], 1)), (1 - p[n], True))), n),
        Sum(t[n] * log(p[n]) + (1 - t[n]) * log(1 - p[n]), n),
    ),
    "a bit as a bracket": (Sum(iverson(Equality(t[n], 1)) * x[n], n), Sum(t[n] * x[n], n)),
    "bits that are not 0": (Sum(iverson(Unequal(t[n], 0)), n), Sum(t[n], n)),
    "bits that are not 1": (Sum(iverson(Unequal(t[n], 1)) * x[n], n), Sum((1 - t[n]) * x[n], n)),
    "magnitude by cases": (Piecewise((a, LessEqual(0, a)), (-a, True)), Abs(a)),
    "distance by cases": (
        Sum(Piecewise((x[n] - u[n], u[n] <= x[n]), (u[n] - x[n], True)), n),
        Sum(Abs(u[n] - x[n]), n),
    ),
    "maximum by cases": (Piecewise((a, LessEqual(b, a)), (b, True)), Max(b, a)),
    "magnitude by maxima": (Abs(a - b), Max(a - b, 0) + Max(b - a, 0)),
    "minimum": (Min(a, b) + Max(b, a), a + b),
    "root of an exponential": (exp(log(a**2 + 1) / 2), sqrt(a**2 + 1)),
    "square of a norm": (sqrt(Sum(z[n, k] ** 2, k)) ** 2, Sum(z[n, k] ** 2, k)),
    "power": (exp(3 * log(pos)), pos**3),
    "not a number": (Sum(iverson(Unequal(y[n] + 1, 3)) * x[n], n), Sum(iverson(Unequal(2, y[n])) * x[n], n)),
    "not the least": (Sum(iverson(Unequal(c[n], 0)) * x[n], n), Sum(iverson(c[n] >= 1) * x[n], n)),
    "log odds": (log(sigma(a) / (1 - sigma(a))), a),
    "a number and its negative": (Max(a, -a), Abs(a)),
    "bits above one half": (Sum(iverson(S(1) / 2 < t[n]) * x[n], n), Sum(t[n] * x[n], n)),
    "bits at most one half": (Sum(iverson(t[n] <= S(1) / 2) * x[n], n), Sum((1 - t[n]) * x[n], n)),
    "bits at least one": (Sum(iverson(S(1) <= t[n]), n), Sum(t[n], n)),
    "bits below one": (Sum(iverson(t[n] < S(1)), n), Sum(1 - t[n], n)),
    "cases of a label": (
        Sum(Piecewise((a, Equality(k, y[n])), (b, True)) * z[n, k], k),
        a * z[n, y[n]] + b * (Sum(z[n, k], k) - z[n, y[n]]),
    ),
    "cases of another label": (
        Sum(Piecewise((b, Unequal(k, y[n])), (a, True)) * z[n, k], k),
        a * z[n, y[n]] + b * (Sum(z[n, k], k) - z[n, y[n]]),
    ),
    "a power as an exponential": (Product(q[n], n) ** (-1 / N), exp(-Sum(log(q[n]), n) / N)),
    "a product as an exponential": (1 / Product(q[n], n), exp(-Sum(log(q[n]), n))),
    "a power of 2": (S(2) ** (a / log(S(2))), exp(a)),
    "a reciprocal root": (exp(-log(pos) / 2), 1 / sqrt(pos)),
    "logarithms of numbers": (log(S(12)) - log(S(3) / 4), 4 * log(S(2))),
    "a factorial": (log(Func("factorial", c[n])), Func("loggamma", c[n] + 1)),
    "a density of counts": (
        -log(exp(-pos) * pos ** c[n] / Func("factorial", c[n])),
        pos - c[n] * log(pos) + Func("loggamma", c[n] + 1),
    ),
    "the gamma function": (log(Func("gamma", pos)), Func("loggamma", pos)),
    "a label that never is the mask": (N / Sum(iverson(Unequal(y[n], -100)), n), S(1)),
    "a mean over what never is masked": (
        Sum(iverson(Unequal(y[n], -100)) * x[n], n) / Sum(iverson(Unequal(y[n], -100)), n),
        Sum(x[n], n) / N,
    ),
    "a hyperbolic cosine": (log(Func("cosh", a)), a + log(1 + exp(-2 * a)) - log(S(2))),
    "half of two exponentials": (log((exp(a - b) + exp(b - a)) / 2), b - a + log(1 + exp(2 * (a - b))) - log(S(2))),
    "a hyperbolic tangent": ((1 + Func("tanh", a)) / 2, sigma(2 * a)),
    "a hyperbolic sine": (Func("sinh", a) + exp(-a), Func("cosh", a)),
    "a factor of a maximum": (Max(2 * a - 4 * b, 0), 2 * Max(a - 2 * b, 0)),
    "a positive factor of a maximum": (Max(0, a * pos / 3), pos / 3 * Max(a, 0)),
    "two exponentials, stable": (log(exp(a) + exp(-a)), Abs(a) + log(1 + exp(-Abs(2 * a)))),
    "squares of bits": (Sum(t[n] ** 2 * x[n], n), Sum(t[n] * x[n], n)),
    "a bit times itself": (Sum(t[n] * (1 - t[n]) * x[n], n), S(0)),
    "a bit in a logarithm": (
        Sum(log(t[n] * p[n] + (1 - t[n]) * (1 - p[n])), n),
        Sum(t[n] * log(p[n]) + (1 - t[n]) * log(1 - p[n]), n),
    ),
    "a bit as a sign": (Sum(log(1 + exp(-(2 * t[n] - 1) * x[n])), n), Sum(log(1 + exp(x[n])) - t[n] * x[n], n)),
    "a bit in a maximum": (
        Sum(Max(0, 1 - (2 * t[n] - 1) * x[n]), n),
        Sum(t[n] * Max(0, 1 - x[n]) + (1 - t[n]) * Max(0, 1 + x[n]), n),
    ),
    "a bit in an exponent": (Sum(q[n] ** t[n] * (1 / q[n]) ** (1 - t[n]), n), Sum(t[n] * q[n] + (1 - t[n]) / q[n], n)),
    "a bit below a bar": (Sum(x[n] / (1 + t[n]), n), Sum(x[n] * (1 - t[n] / 2), n)),
    "an entropy by logits": (
        -Sum(Sum(exp(z[n, k] - LSE) * (z[n, k] - LSE), k), n),
        Sum(LSE - Sum(z[n, k] * exp(z[n, k]) / Sum(exp(z[n, k]), k), k), n),
    ),
}

FALSE: dict[str, tuple[Any, Any]] = {
    "softplus with the other sign": (log(1 + exp(a)), -a + log(1 + exp(-a))),
    "without the larger": (log(1 + exp(a)), log(1 + exp(-Abs(a)))),
    "the smaller for the larger": (log(1 + exp(a)), Min(a, 0) + log(1 + exp(-Abs(a)))),
    "labels of the wrong class": (LIKELIHOOD, Sum((1 - t[n]) * x[n] - log(1 + exp(x[n])), n)),
    "the smaller by cases": (Piecewise((a, LessEqual(b, a)), (b, True)), Min(a, b)),
    "without the cases": (Piecewise((a, LessEqual(0, a)), (-a, True)), a),
    "a bracket of the other bit": (Sum(iverson(Equality(t[n], 1)) * x[n], n), Sum((1 - t[n]) * x[n], n)),
    "a root of a square": (sqrt(a**2), a),
    "log odds of the other": (log(sigma(a) / (1 - sigma(a))), -a),
    "bits above one": (Sum(iverson(S(1) < t[n]), n), Sum(t[n], n)),
    "cases the other way round": (
        Sum(Piecewise((b, Equality(k, y[n])), (a, True)) * z[n, k], k),
        a * z[n, y[n]] + b * (Sum(z[n, k], k) - z[n, y[n]]),
    ),
    "a power of the other sign": (Product(q[n], n) ** (1 / N), exp(-Sum(log(q[n]), n) / N)),
    "a product of what may be negative": (Product(x[n], n) ** (-1 / N), exp(-Sum(log(x[n]), n) / N)),
    "a factorial of one less": (log(Func("factorial", c[n])), Func("loggamma", c[n])),
    "a label that may be the mask": (N / Sum(iverson(Unequal(y[n], 1)), n), S(1)),
    "a factor of a maximum of any sign": (Max(a * b, 0), a * Max(b, 0)),
    "a hyperbolic sine for the cosine": (Func("sinh", a) + exp(a), Func("cosh", a)),
    "a tangent that is not stretched": ((1 + Func("tanh", a)) / 2, sigma(a)),
    "the other bit in a logarithm": (
        Sum(log(t[n] * p[n] + (1 - t[n]) * (1 - p[n])), n),
        Sum((1 - t[n]) * log(p[n]) + t[n] * log(1 - p[n]), n),
    ),
    "a bit that is no sign": (Sum(log(1 + exp(-t[n] * x[n])), n), Sum(log(1 + exp(x[n])) - t[n] * x[n], n)),
    "squares of what are no bits": (Sum(c[n] ** 2 * x[n], n), Sum(c[n] * x[n], n)),
    "twice": (log(exp(a) + exp(b)), a + log(1 + exp(a - b))),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved_both_ways(name: str) -> None:
    left, right = TRUE[name]
    assert prove(Equality(left, right)).report.ok
    assert prove(Equality(right, left)).report.ok


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_not_proved(name: str) -> None:
    left, right = FALSE[name]
    with pytest.raises(NotProved):
        prove(Equality(left, right))


def test_a_label_of_more_classes_is_no_bit() -> None:
    more = labels("more", n, 0, 2)
    with pytest.raises(NotProved):
        prove(Equality(Sum(iverson(Unequal(more[n], 0)), n), Sum(more[n], n)))


def test_the_root_of_what_may_be_negative_is_not_squared() -> None:
    with pytest.raises(NotProved):
        prove(Equality(sqrt(a) ** 2, a))


def test_a_sign_and_a_factor_may_stand_outside_of_one_side() -> None:
    assert prove(Equality(-(Sum(2 * (x[n] - u[n]), n) / N), S(2) / N * Sum(u[n] - x[n], n))).report.ok
