"""Totals of distributions made of others are proved; what is none is not."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, Symbol

from deltasift import Equality, ForAll, Sum, define, delta, exp, index, pmf, positive, real, sizes
from deltasift.conditions import Verdict
from deltasift.conditions.certified import CertifiedProver
from deltasift.domain import closure
from deltasift.line.scope import Scope

K, X, Z = sizes("K X Z")
k, j, x, z = index("k", 1, K), index("j", 1, K), index("x", 1, X), index("z", 1, Z)
p, q = pmf("p", k), pmf("q", k, positive=True)
g, r, s = pmf("g", x), pmf("r", z, given=x), pmf("s", x, given=z)
a, w, t = real("a", k), positive("w", k), real("t", above=0, below=1)
W = define("W", Sum(w[k], k))

TOTALS = {
    "a pmf": Sum(q[k], k),
    "its row": ForAll(Equality(Sum(r[x, z], z), 1), x),
    "a mixture of two": Sum((p[k] + q[k]) / 2, k),
    "a mixture by a weight": Sum(t * p[k] + (1 - t) * q[k], k),
    "smoothed targets": Sum((1 - t) * delta(k, j) + t / K, k),
    "a marginal": Sum(Sum(g[x] * r[x, z], x), z),
    "a joint": Sum(Sum(g[x] * r[x, z], z), x),
    "a normalised table": Sum(w[k] / W, k),
    "softmax": Sum(exp(a[k]) / Sum(exp(a[j]), j), k),
    "reweighted": Sum(q[k] * w[k] / Sum(q[j] * w[j], j), k),
    "a mixture of rows": Sum(Sum(g[x] * r[x, z] / 2, x) + Sum(g[x] * r[x, z], x) / 2, z),
}
OTHERS = {
    "three times a pmf": Sum(3 * p[k], k),
    "a mixture that is too heavy": Sum(p[k] + q[k], k),
    "not all of the classes": Sum(q[k], (Symbol("k"), 2, K)),
    "a row that there may not be": Sum(r[real("c"), z], z),
    "over the other index": ForAll(Equality(Sum(s[z, x], z), 1), x),
    "squares": Sum(q[k] ** 2, k),
    "a table of reals": Sum(a[k], k),
}


def stated(e: Any) -> Any:
    return e if isinstance(e, ForAll) else Equality(e, 1)


def verdict(e: Any) -> Verdict:
    return CertifiedProver().prove(stated(e), Scope(closure([p, q, g, r, s, a, w, t, W, j]))).verdict


@pytest.mark.parametrize("name", TOTALS)
def test_a_total_is_proved(name: str) -> None:
    assert verdict(TOTALS[name]) is Verdict.PROVED


@pytest.mark.parametrize("name", TOTALS)
def test_no_solver_is_needed(name: str) -> None:
    proof = CertifiedProver().prove(stated(TOTALS[name]), Scope(closure([p, q, g, r, s, a, w, t, W, j])))
    assert not proof.by_solver


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_total_is_not_proved(name: str) -> None:
    assert verdict(OTHERS[name]) is not Verdict.PROVED


def test_another_number_is_not_proved() -> None:
    assert CertifiedProver().prove(Equality(Sum(q[k], k), S(2)), Scope(closure([q]))).verdict is not Verdict.PROVED
