"""What needs that probabilities sum to one is found, and what is no distribution is refused as one."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import (
    KL,
    CrossEntropy,
    Entropy,
    Equality,
    Integral,
    NotProved,
    Sum,
    assert_equal,
    check,
    collapse,
    define,
    delta,
    density,
    index,
    labels,
    log,
    pmf,
    prove,
    real,
    sizes,
)

N, K, X, Z = sizes("N K X Z")
n, k, j, x, z = index("n", 1, N), index("k", 1, K), index("j", 1, K), index("x", 1, X), index("z", 1, Z)
y, p, q, r = labels("y", n, k), pmf("p", k), pmf("q", k, positive=True), pmf("r", z, given=x, positive=True)
a, c, v = real("a", k), real("c"), real("v")
g, f = pmf("g", x, positive=True), density("f")
u = define("u", k, 1 / K)
m = define("m", k, (p[k] + q[k]) / 2)
mean = Sum(p[k] * a[k], k)

FOUND = {
    "a total": Equality(Sum(q[k], k), 1),
    "three times a total": Equality(Sum(3 * p[k], k), 3),
    "a centred mean": Equality(Sum(q[k] * (a[k] - c), k), Sum(q[k] * a[k], k) - c),
    "to the uniform": Equality(KL(q, u), log(K) - Entropy(q)),
    "the uniform coded": Equality(CrossEntropy(q, u), log(K)),
    "a variance": Equality(Sum(p[k] * (a[k] - mean) ** 2, k), Sum(p[k] * a[k] ** 2, k) - mean**2),
    "a mixture": Equality(KL(q, m), CrossEntropy(q, m) - Entropy(q)),
    "a chain rule": Equality(
        -Sum(Sum(g[x] * r[x, z] * log(g[x] * r[x, z]), z), x),
        Entropy(g) - Sum(g[x] * Sum(r[x, z] * log(r[x, z]), z), x),
    ),
    "a density": Equality(Integral(c * f(v), v), c),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found_and_the_checker_agrees(name: str) -> None:
    assert check(prove(FOUND[name])).problems == ()


@pytest.mark.parametrize(
    "claim",
    [Equality(Sum(q[k], k), 2), Equality(Sum(q[k] ** 2, k), 1), Equality(Sum(a[k], k), 1)],
    ids=str,
)
def test_another_total_is_not_found(claim: Any) -> None:
    with pytest.raises(NotProved):
        prove(claim)


def test_a_total_collapses() -> None:
    assert collapse(Sum(c * q[k], k)).lines[-1] == c.symbol


def test_what_is_no_distribution_is_refused_as_one() -> None:
    t = define("t", k, 5 * delta(k, j))
    with pytest.raises(NotProved, match="used as a pmf"):
        prove(Equality(CrossEntropy(t, q), -5 * log(q[j])), facts=j)
    with pytest.raises(AssertionError):
        assert_equal(CrossEntropy(t, q), -5 * log(q[j]))
