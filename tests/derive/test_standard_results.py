"""Standard results that a search of weak tables alone does not find."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import (
    CrossEntropy,
    Derivative,
    Entropy,
    Equality,
    LessEqual,
    NotProved,
    Sum,
    check,
    define,
    delta,
    exp,
    index,
    iverson,
    labels,
    log,
    pmf,
    positive,
    prove,
    real,
    sigma,
    sizes,
    sqrt,
)
from deltasift.inert import Abs, Unequal

N, K, X, Z = sizes("N K X Z")
n, k, i, m = index("n", 1, N), index("k", 1, K), index("i", 1, K), index("m", 1, K)
x, z = index("x", 1, X), index("z", 1, Z)
p, q, t = pmf("p", k, positive=True), pmf("q", k, positive=True), pmf("t", k)
g, r = pmf("g", x, positive=True), pmf("r", z, given=x, positive=True)
marginal = define("n_z", z, Sum(g[x] * r[x, z], x))
y, a, u, w = labels("y", n, k), real("a", k), real("u"), real("w")
s = define("s", k, exp(a[k]) / Sum(exp(a[i]), i))
loss = -(w * log(sigma(u)) + (1 - w) * log(1 - sigma(u)))

TRUE: dict[str, Any] = {
    "a gradient behind a sign": Equality(Derivative(loss, u), sigma(u) - w),
    "a second derivative": Equality(Derivative(Derivative(loss, u), u), sigma(u) * (1 - sigma(u))),
    "a second derivative by entries": Equality(
        Derivative(Derivative(CrossEntropy(t, s), a[m]), a[i]), s[m] * (delta(m, i) - s[i])
    ),
    "a logarithm of a sum in nested sums": Equality(
        Sum(Sum(g[x] * r[x, z] * log(g[x] * r[x, z] / (g[x] * marginal[z])), z), x),
        Entropy(g) + Entropy(marginal) + Sum(Sum(g[x] * r[x, z] * log(g[x] * r[x, z]), z), x),
    ),
    "a logarithm of a mean": Equality(
        Sum(p[k] * log(p[k] / (p[k] + q[k])), k), Sum(p[k] * log(p[k] / ((p[k] + q[k]) / 2)), k) - log(2)
    ),
    "squares of roots": Equality(Sum((sqrt(q[k]) - sqrt(p[k])) ** 2, k), 2 - 2 * Sum(sqrt(q[k] * p[k]), k)),
    "a bracket of what differs": Equality(
        Sum(iverson(Unequal(y[n], 1)) * a[y[n]], n), Sum((1 - delta(y[n], 1)) * a[y[n]], n)
    ),
    "a magnitude of what is positive": Equality(Sum(Abs(q[k]) * a[k], k), Sum(q[k] * a[k], k)),
    "an inequality in the terms of a sum": LessEqual(-Sum(g[x] * Sum(r[x, z] * log(r[x, z]), z), x), Entropy(marginal)),
}
FALSE: dict[str, Any] = {
    "a gradient with the other sign": Equality(Derivative(loss, u), w - sigma(u)),
    "a bracket of what is equal": Equality(
        Sum(iverson(Unequal(y[n], 1)) * a[y[n]], n), Sum(delta(y[n], 1) * a[y[n]], n)
    ),
    "a magnitude of what has no sign": Equality(Sum(Abs(a[k]), k), Sum(a[k], k)),
    "roots of other products": Equality(Sum((sqrt(q[k]) - sqrt(p[k])) ** 2, k), 2 - Sum(sqrt(q[k] * p[k]), k)),
    "an inequality the other way": LessEqual(Entropy(marginal), -Sum(g[x] * Sum(r[x, z] * log(r[x, z]), z), x)),
}


@pytest.mark.parametrize("name", TRUE)
def test_it_is_found_and_right(name: str) -> None:
    assert check(prove(TRUE[name]), layers=("structure", "numbers"), points=5).problems == ()


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted(name: str) -> None:
    with pytest.raises(NotProved, match=r"^not (equal|at most) at "):
        prove(FALSE[name])


def test_a_power_of_an_exponential_is_that_of_a_multiple() -> None:
    b = positive("b")
    assert check(prove(Equality(Sum(exp(a[k]) ** b, k), Sum(exp(b * a[k]), k))), points=5).problems == ()
