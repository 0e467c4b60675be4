"""Inequalities are found: one use of a rule that states one, in its place, with the equal lines around it."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import (
    KL,
    CrossEntropy,
    Entropy,
    ForAll,
    Less,
    LessEqual,
    Max,
    Maximum,
    NotProved,
    Sum,
    exp,
    index,
    log,
    pmf,
    positive,
    prove,
    real,
    rules,
    sizes,
)
from deltasift.asserting import assert_at_most
from deltasift.check import check

K = sizes("K")
k = index("k", 1, K)
p, q = pmf("p", k), pmf("q", k, positive=True)
a, f, g, z = positive("a", k), real("f", k), real("g", k), real("z", k)
x, y, s, t = positive("x"), real("y"), positive("s"), real("t")

CLAIMS = [
    LessEqual(log(x), x - 1),
    LessEqual(1 - 1 / x, log(x)),
    LessEqual(log(1 + s), s),
    LessEqual(0, KL(p, q)),
    LessEqual(Entropy(p), CrossEntropy(p, q)),
    LessEqual(Entropy(p), log(K)),
    LessEqual(0, Entropy(p)),
    LessEqual(Maximum(z[k], k), log(Sum(exp(z[k]), k))),
    LessEqual(log(Sum(exp(z[k]), k)), Maximum(z[k], k) + log(K)),
    LessEqual(Max(x, y), log(exp(x) + exp(y))),
    LessEqual(Sum(f[k] * g[k], k) ** 2, Sum(f[k] ** 2, k) * Sum(g[k] ** 2, k)),
    LessEqual(exp(Sum(p[k] * f[k], k)), Sum(p[k] * exp(f[k]), k)),
    LessEqual(0, Sum(p[k] * f[k] ** 2, k) - Sum(p[k] * f[k], k) ** 2),
    LessEqual(Sum(q[k] * log(a[k] / q[k]), k), log(Sum(a[k], k))),
    Less(x, x + exp(y)),
    LessEqual(log(x), x),
    LessEqual(log(x), exp(x - 1) - 1),
    LessEqual(0, KL(p, q) + y**2),
    LessEqual(Max(x, y), log(exp(x) + exp(y)) + t**2),
    y >= Sum(p[k], k) * y,
]
FALSE = [
    LessEqual(log(x), x - 2),
    LessEqual(KL(p, q), 0),
    LessEqual(log(K), Entropy(p)),
    Less(log(x), x - 1),
    Less(0, KL(p, q)),
    LessEqual(log(Sum(exp(z[k]), k)), Maximum(z[k], k)),
    LessEqual(y * log(x), y * (x - 1)),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_an_inequality_is_proved_and_checked(claim: Any) -> None:
    made = prove(claim)
    report = check(made)
    assert report.ok, report.problems
    assert made.lines[0] == claim.lhs
    assert made.lines[-1] == claim.rhs
    assert type(made.relation) in (type(claim), Less) or made.relation.sign == "="


@pytest.mark.parametrize("claim", FALSE, ids=str)
def test_what_is_false_is_not_proved(claim: Any) -> None:
    with pytest.raises(NotProved, match=r"^not (at most|less) at "):
        prove(claim)


def test_what_is_given_is_used() -> None:
    claim = LessEqual(Sum(p[k] * f[k], k), Sum(p[k] * g[k], k))
    with pytest.raises(NotProved):
        prove(claim)
    assert check(prove(claim, facts=[ForAll(LessEqual(f[k], g[k]), k)])).ok


def test_nothing_else_is_used_than_what_may_be() -> None:
    claim = LessEqual(0, KL(p, q))
    made = prove(claim, using=[rules.gibbs, rules.definition])
    assert {r.name for step in made.steps for r in step.by} == {"gibbs", "definition"}
    with pytest.raises(NotProved):
        prove(claim, using=[rules.definition, rules.arithmetic])


@pytest.mark.parametrize("claim", [c for c in CLAIMS if type(c) is LessEqual][::3], ids=str)
def test_an_assertion_rests_on_such_a_proof(claim: Any) -> None:
    assert_at_most(claim.lhs, claim.rhs)


def test_a_false_bound_fails_an_assertion_at_a_point() -> None:
    with pytest.raises(AssertionError, match="not at most at"):
        assert_at_most(log(x), x - 2)
