"""Side conditions: what is proved, what is refuted, and what stays unknown."""

from __future__ import annotations

import pytest
from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift import (
    Continuous,
    Equality,
    Integrable,
    Integral,
    Product,
    Sum,
    Summable,
    define,
    delta,
    density,
    dirac,
    exp,
    index,
    iverson,
    labels,
    log,
    pmf,
    positive,
    real,
    sizes,
)
from deltasift.calc import assuming
from deltasift.conditions import Verdict
from deltasift.conditions.prove import Prover, prove
from deltasift.domain import closure
from deltasift.inert import And, Divides, ForAll, Func, IsInteger, Iverson, Less, LessEqual, Not, Or, Unequal
from deltasift.line.scope import Scope

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, N)
y = labels("y", n, k)
q = pmf("q", k, positive=True)
p = pmf("p", k)
rows = pmf("s", k, given=n, positive=True)
u = real("u")
x, s, t = real("x"), positive("s_0"), real("t", above=0, below=1)
f = density("f", continuous=True, positive=True)
g = density("g")
share = define("c", k, Sum(delta(k, y[n]), n) / N)
scope = Scope(closure([N, K, n, k, m, y, q, p, rows, x, s, t, f, g, share, u]))

PROVED = [
    y[n] >= 1,
    y[n] <= K,
    N > 0,
    N <= N + 1,
    ForAll(y[n] <= K, n),
    ForAll(q[k] > 0, k),
    q[y[n]] > 0,
    rows[n, y[n]] > 0,
    p[k] >= 0,
    p[k] <= 1,
    1 - p[k] >= 0,
    exp(-x) > 0,
    s > 0,
    1 - t > 0,
    Unequal(2 * s**2, 0),
    Unequal(1 + exp(x), 0),
    Product(q[y[n]], n) > 0,
    Sum(q[k], k) > 0,
    Equality(Sum(q[k], k), 1),
    Equality(Sum(share[k], k), 1),
    ForAll(share[k] >= 0, k),
    delta(k, y[n]) >= 0,
    Or(x <= 0, x > 0),
    Or(Not(Equality(y[n], k)), y[n] <= K),
    And(k >= 1, k <= K),
    Divides(2, 2 * N),
    IsInteger(N + y[n]),
    LessEqual(S.NegativeInfinity, N),
    Continuous(log(f(u)), u, x),
    Continuous(1 / (1 + u**2), u, 0),
    Continuous(Sum(n * exp(-n * u), n), u, x),
    Integrable(Integral(q[k] * g(u), u)),
    Integrable(Integral(exp(u) / (1 + u**2), (u, 0, 1))),
    Integrable(Integral(dirac(u - x) * log(f(u)), u)),
    Integrable(Integral(Sum(dirac(u - n), n) * f(u), u)),
    Integrable(Integral(2 * dirac(u) - g(u), (u, -1, 1))),
    Summable(Sum(delta(n, m) * q[n], (n, 1, S.Infinity))),
    ForAll(LessEqual(k, 3 * k), (k, 0, K)),
]
REFUTED = [y[n] > K, N < 1, q[k] < 0, Equality(q[k], 0), -N > 0, LessEqual(N + 1, N), Less(1, p[k])]
UNKNOWN = [
    y[n] <= N,
    p[k] > 0,
    p[y[n]] > 0,
    K >= 2,
    Unequal(K - 1, 0),
    x > 0,
    q[K + 1] <= 1,
    q[K + 1] > 0,
    rows[N + 1, 1] > 0,
    y[N + 1] <= K,
    Equality(Sum(q[k], (k, 1, N)), 1),
    Divides(2, N),
    IsInteger(x),
    Continuous(g(u), u, x),
    Continuous(log(u), u, x),
    Continuous(Func("Heaviside", u), u, 0),
    Continuous(Func("Heaviside", u - 2), u, 2),
    Continuous(1 / u, u, 0),
    Continuous(iverson(u > x), u, x),
    Integrable(Integral(u, u)),
    Integrable(Integral(1 / u, (u, 0, 1))),
    Integrable(Integral(1 / (u - x), (u, 0, 1))),
    Integrable(Integral(Iverson(Less(0, u)) / u, (u, 0, 1))),
    Integrable(Integral(dirac(u), (u, 0, 1))),
    Integrable(Integral(dirac(u - x), (u, 0, 1))),
    Integrable(Integral(dirac(u) * dirac(u), u)),
    Integrable(Integral(dirac(u) * g(u), u)),
    Summable(Sum(q[k], (k, 1, S.Infinity))),
    ForAll(q[k] > 0, (k, 0, K)),
    log(x) > 0,
]


@pytest.mark.parametrize("condition", PROVED, ids=str)
def test_proved(condition: object) -> None:
    proof = prove(condition, scope)
    assert proof.verdict is Verdict.PROVED
    assert proof.because


@pytest.mark.parametrize("condition", REFUTED, ids=str)
def test_refuted(condition: object) -> None:
    assert prove(condition, scope).verdict is Verdict.REFUTED


@pytest.mark.parametrize("condition", UNKNOWN, ids=str)
def test_unknown(condition: object) -> None:
    proof = prove(condition, scope)
    assert proof.verdict is Verdict.UNKNOWN
    assert proof.because == ()


def test_a_verdict_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="has no truth value"):
        bool(Verdict.PROVED)


def test_the_range_of_a_binder_hides_that_of_the_domain() -> None:
    inside = scope.enter(Sum(q[k], (k, 0, K + 5)))
    assert prove(k >= 1, inside).verdict is Verdict.UNKNOWN
    assert prove(k >= 0, inside).verdict is Verdict.PROVED
    assert prove(q[k] > 0, inside).verdict is Verdict.UNKNOWN


def test_an_assumption_is_used_and_named() -> None:
    [assumed] = assuming(ForAll(p[k] > 0, k)).statements
    proof = prove(p[y[n]] > 0, Scope(scope.domains, assumed=(assumed,)))
    assert proof.verdict is Verdict.PROVED
    assert any("given" in b for b in proof.because)


def test_what_is_proved_under_an_assumption_is_not_remembered_without_it() -> None:
    prover = Prover()
    condition = Or(K >= 2, K <= 1)
    assert prover.prove(condition, scope).verdict is Verdict.PROVED
    assert prover.prove(K >= 2, scope).verdict is Verdict.UNKNOWN
    assert prover.prove(K <= 1, scope).verdict is Verdict.UNKNOWN


def test_division_by_what_may_be_zero_proves_nothing() -> None:
    """The solver's division is total; ours is not."""
    z = Symbol("z")
    assert prove(Equality(1 / real("z"), 1 / real("z") + 0 * z), scope).verdict is not Verdict.REFUTED
    assert prove(Unequal(x / x, 0), scope).verdict is Verdict.UNKNOWN


k_shadowed = Symbol("k")


@pytest.mark.parametrize(
    ("condition", "assumed"),
    [
        # what is assumed of a free name says nothing of a bound one that is called the same
        (ForAll(LessEqual(2, k_shadowed), (k_shadowed, 1, N)), (LessEqual(2, k_shadowed),)),
        (ForAll(p[k_shadowed] > 0, (k_shadowed, 1, K)), (Less(0, p[k_shadowed]),)),
        # nor does the range of an outer name of an inner one, or a bound that mentions the outer one
        (ForAll(ForAll(LessEqual(9, k_shadowed), (k_shadowed, 5, 8)), (k_shadowed, 1, 3)), ()),
        (ForAll(ForAll(LessEqual(9, k_shadowed), (k_shadowed, 1, k_shadowed - 1)), (k_shadowed, 1, 3)), ()),
        (
            ForAll(
                ForAll(ForAll(Symbol("j") <= 0, (k_shadowed, -9, 0)), (Symbol("j"), 1, k_shadowed)), (k_shadowed, 1, 3)
            ),
            (),
        ),
        # a label is at most the page's K, not at most a K that a sum counts with
        (ForAll(ForAll(y[n] <= Symbol("K"), (Symbol("K"), 1, 2)), (Symbol("n"), 1, N)), ()),
    ],
    ids=str,
)
def test_a_bound_name_is_not_taken_for_another_of_that_name(condition: Basic, assumed: tuple[Basic, ...]) -> None:
    from dataclasses import replace

    assert Prover().prove(condition, replace(scope, assumed=assumed)).verdict is not Verdict.PROVED


def test_nested_ranges_of_one_name_do_not_contradict_each_other() -> None:
    from deltasift.inert import Sum as InertSum

    outer = InertSum(InertSum(k_shadowed, (k_shadowed, 5, 9)), (k_shadowed, 1, 3))
    inside = scope.enter(outer).enter(outer.args[0])
    assert Prover().prove(LessEqual(k_shadowed, 3), inside).verdict is not Verdict.PROVED
    assert Prover().prove(LessEqual(5, k_shadowed), inside).verdict is Verdict.PROVED


@pytest.mark.parametrize("name", [Symbol("a"), n.symbol, q.symbol], ids=str)
def test_a_number_lies_between_the_infinities_whatever_is_known_of_it(name: Symbol) -> None:
    for order in (Less(-S.Infinity, name), Less(name, S.Infinity)):
        assert Prover().holds(order, scope)
        assert not Prover().holds(Less(*order.args[::-1]), scope)
