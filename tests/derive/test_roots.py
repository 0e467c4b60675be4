"""The search on roots of unity, and on sums that meet only when they are put together again."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import (
    Derivative,
    Divides,
    Equality,
    NotProved,
    Product,
    Sum,
    check,
    delta,
    exp,
    index,
    iverson,
    log,
    pmf,
    positive,
    prove,
    real,
    root_of_unity,
    sizes,
)

N = sizes("N")
n, m, k = index("n", 1, N), index("m", 1, N), index("k", 1, N)
x, y = real("x", n), real("y", n)
c = real("c")
f, p = positive("f", n), pmf("p", n)


def w(power: Any) -> Any:
    return root_of_unity(N, power)


FOUND: dict[str, Equality] = {
    "orthogonality": Equality(Sum(w(k * n) * w(-k * m), k), N * delta(n, m)),
    "with a factor": Equality(Sum(c * w(k * n) * w(-k * m), k), c * N * delta(n, m)),
    "powers that may all be 1": Equality(Sum(w(k * (n + m)), k), N * iverson(Divides(N, n + m))),
    "inversion": Equality(Sum(w(k * m) * Sum(x[n] * w(-k * n), n), k) / N, x[m]),
    "an inverse": Equality(w(n) * w(-n), 1),
    "an inverse under a sum": Equality(Sum(x[n] * w(n) * w(-n), n), Sum(x[n], n)),
    "a period": Equality(w(3 * N + n), w(n)),
    "a period back": Equality(w(n - 2 * N), w(n)),
    "a period that is a number": Equality(root_of_unity(3, n - 1), root_of_unity(3, n + 2)),
    "numbers above the order": Equality(root_of_unity(3, -1), root_of_unity(3, 8)),
    "a shared factor": Equality(root_of_unity(2 * N, 2 * n), w(n)),
    "a shared number": Equality(root_of_unity(8, 6), root_of_unity(4, 3)),
    "half of the order": Equality(root_of_unity(4, 1) ** 2 + 1, 0),
    "half of the order beside something": Equality(root_of_unity(2 * N, N + n), -root_of_unity(2 * N, n)),
    "three halves": Equality(root_of_unity(2 * N, 3 * N - n), -root_of_unity(2 * N, -n)),
    "a period of an order that is a product": Equality(root_of_unity(2 * N, 2 * N + n), root_of_unity(2 * N, n)),
    "half of an order that is a number": Equality(root_of_unity(4, n + 2), -root_of_unity(4, n)),
    "more than half of the order": Equality(root_of_unity(6, 5) * root_of_unity(6, 4), -1),
    "all powers": Equality(Sum(w(k), k), delta(N, 1)),
    "all powers as a bracket": Equality(Sum(w(k), k), iverson(Equality(N, 1))),
    "all inverses from 0": Equality(Sum(w(-k), (k, 0, N - 1)), delta(N, 1)),
    "an exponential of a root": Equality(exp(w(n)) * exp(-w(n)), 1),
    "a root over itself": Equality(w(n) / w(n), 1),
    "a power": Equality(root_of_unity(2 * N, n) ** 2, w(n)),
    "parseval": Equality(Sum(Sum(x[n] * w(-k * n), n) * Sum(x[m] * w(k * m), m), k), N * Sum(x[n] ** 2, n)),
    "of two signals": Equality(Sum(Sum(x[n] * w(-k * n), n) * Sum(y[m] * w(k * m), m), k), N * Sum(x[n] * y[n], n)),
    "a sign before a sum": Equality(-Sum(1 / (1 + exp(x[n])) - 1, n), Sum(exp(x[n]) / (1 + exp(x[n])), n)),
    "a factor before a sum": Equality(c * Sum(1 / (1 + exp(x[n])) - 1, n), Sum(-c * exp(x[n]) / (1 + exp(x[n])), n)),
    "the derivative of a product": Equality(Derivative(Product(f[n], n), f[m]), Product(f[n], n) / f[m]),
    "a number in a logarithm beside a 0": Equality(p[n] * log(3 * p[n]), p[n] * log(p[n]) + p[n] * log(3)),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found_and_checked(name: str) -> None:
    assert check(prove(FOUND[name])).ok


@pytest.mark.parametrize(
    "claim",
    [
        Equality(Sum(w(k * n) * w(k * m), k), N * delta(n, m)),
        Equality(Sum(w(k * n), k), 0),
        Equality(Sum(w(k), k), 0),
        Equality(root_of_unity(2 * N, N + n), root_of_unity(2 * N, n)),
        Equality((w(n) - 1) / (w(n) - 1), 1),
        Equality(Derivative(Product(f[n], n), f[m]), Product(f[n], n)),
    ],
)
def test_what_is_false_is_refuted_at_a_point(claim: Equality) -> None:
    with pytest.raises(NotProved) as failed:
        prove(claim)
    assert failed.value.counterexample is not None
