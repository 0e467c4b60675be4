"""Collapsing: against loops on random nested sums, the named traps, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Function, IndexedBase, KroneckerDelta, Le, Symbol, oo
from sympy.core.basic import Basic

from deltasift import Derivation, labels, pmf, sizes
from deltasift import index as index_
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.world import World
from deltasift.derive import collapse
from deltasift.errors import DepthError, DomainError, ExpressionError, Undefined
from deltasift.inert import Add, Delta, Dirac, Div, Entry, Exp, Integral, Log, Mul, Neg, Pow, Sum, inert
from deltasift.line.scope import Scope

i, j, k, m, n = (Symbol(s, integer=True) for s in ["i", "j", "k", "m", "n"])
K, N = (Symbol(s, integer=True, positive=True) for s in ["K", "N"])
x, z = Symbol("x", real=True), Symbol("z", real=True)
b = Symbol("b")
q, a, y = IndexedBase("q"), IndexedBase("a"), IndexedBase("y", integer=True)
f = Function("f")
FACTS = (Le(1, y[i]), Le(y[i], K))


def rules_of(d: Derivation) -> list[str]:
    return [s.by[0].name for s in d.steps]


def test_the_flagship() -> None:
    line = sympy.Sum(KroneckerDelta(k, y[n]) * sympy.log(q[k]), (k, 1, K), (n, 1, N)) / N
    d = collapse(line, facts=FACTS)
    assert d.result == sympy.Sum(sympy.log(q[y[n]]), (n, 1, N)) / N
    assert rules_of(d) == ["sum_delta"]
    assert d.report.problems == ()


def test_the_flagship_in_the_other_order() -> None:
    line = sympy.Sum(KroneckerDelta(k, y[n]) * sympy.log(q[k]), (n, 1, N), (k, 1, K)) / N
    d = collapse(line, facts=FACTS)
    assert d.result == sympy.Sum(sympy.log(q[y[n]]), (n, 1, N)) / N
    assert rules_of(d) == ["sum_comm", "sum_delta"]


def test_what_is_not_known_stays_as_a_guard() -> None:
    d = collapse(sympy.Sum(KroneckerDelta(k, m) * a[k], (k, 1, K)))
    assert d.result == sympy.Piecewise((a[m], (m >= 1) & (m <= K)), (0, True))
    assert collapse(sympy.Sum(KroneckerDelta(k, m) * a[k], (k, 1, K)), facts=[Le(1, m), Le(m, K)]).result == a[m]
    assert collapse(sympy.Sum(KroneckerDelta(k, m) * a[k], (k, 1, K)), facts=[Le(m, 0)]).result == 0


def test_what_is_not_known_may_be_assumed_or_refused() -> None:
    line = sympy.Sum(KroneckerDelta(k, m) * a[k], (k, 1, K))
    d = collapse(line, undecided="assume")
    assert d.result == a[m]
    assert [str(s) for s in d.report.assumptions] == ["1 <= m", "m <= K"]
    with pytest.raises(ExpressionError, match="not decided"):
        collapse(line, undecided="refuse")


def test_whether_a_range_has_terms_is_refused_like_other_conditions() -> None:
    plain = Symbol("L", integer=True)
    with pytest.raises(ExpressionError, match="it is not decided whether"):
        collapse(sympy.Sum(b, (k, 1, plain)), undecided="refuse")
    assert collapse(sympy.Sum(b, (k, 1, plain)), facts=[Le(1, plain)], undecided="refuse").result == b * plain


def test_a_delta_whose_point_is_known_sifts_before_one_that_would_be_refused() -> None:
    line = sympy.Sum(KroneckerDelta(k, j) * KroneckerDelta(k, m) * a[k], (k, 1, K), (m, 1, K))
    known = [Le(1, j), Le(j, K)]
    assert collapse(line, facts=known, undecided="refuse").result == a[j]


def test_a_chain_of_a_thousand_deltas_collapses() -> None:
    names = [Symbol(f"i{d}", integer=True) for d in range(1_001)]
    body: Basic = Entry(Symbol("a"), names[-1])
    body = Mul.make((body, *(Delta.make(pair) for pair in pairwise(names))))
    for name in names[1:]:
        body = Sum.make((body, name, sympy.S.One, K))
    d = collapse(body, facts=[Le(1, names[0]), Le(names[0], K)])
    assert d.result == a[names[0]]


def test_a_page_s_handles_bring_their_facts() -> None:
    N_, K_ = sizes("N K")
    n_, k_ = index_("n", 1, N_), index_("k", 1, K_)
    y_, q_ = labels("y", n_, k_), pmf("q", k_, positive=True)
    d = collapse(Sum(Sum(Delta(k_, y_[n_]) * q_[k_], k_), n_))
    assert d.lines[-1] == Sum(q_[y_[n_]], n_)
    assert d.report.ok


CASES: list[tuple[Any, Any]] = [
    (sympy.Sum(KroneckerDelta(i, k), (k, -oo, oo)), 1),
    (sympy.Sum((i + j) * KroneckerDelta(i, j), (j, -oo, oo)), 2 * i),
    (sympy.Sum(KroneckerDelta(i, 3), (i, 5, 2)), 0),
    (sympy.Sum(KroneckerDelta(2 * k, 5) * a[k], (k, 1, 9)), 0),
    (sympy.Sum(KroneckerDelta(2 * k, 6) * a[k], (k, 1, 9)), a[3]),
    (sympy.Sum(KroneckerDelta(i, j), (i, 1, N), (j, 1, K)), sympy.Min(N, K)),
    (sympy.Sum(KroneckerDelta(i, j) * KroneckerDelta(j, i), (i, 1, N), (j, 1, N)), N),
    (sympy.Sum(KroneckerDelta(i, j) * KroneckerDelta(i, j + 1), (i, 1, N)), 0),
    (sympy.Sum(KroneckerDelta(i, j) ** 3 * a[j], (j, 1, 9)).subs(i, 4), a[4]),
    (sympy.Sum(sympy.Piecewise((1, sympy.Eq(i, j)), (0, True)), (i, 0, N - 1), (j, 0, N - 1)), N),
    (sympy.Sum(KroneckerDelta(i, j) * a[i], (j, 1, i), (i, 1, N)), sympy.Sum(a[i], (i, 1, N))),
    (sympy.Integral(sympy.DiracDelta(x - z) * f(x), (x, -oo, oo)), f(z)),
    (sympy.Integral(sympy.DiracDelta(2 * x - 6) * f(x), (x, 0, oo)), f(3) / 2),
    (sympy.Integral(sympy.DiracDelta(6 - 2 * x) * f(x), (x, 0, oo)), f(3) / 2),
    (
        sympy.Integral(sympy.Sum(a[n] * sympy.DiracDelta(x - q[n]), (n, 1, N)) * f(x), (x, -oo, oo)),
        sympy.Sum(a[n] * f(q[n]), (n, 1, N)),
    ),
]


@pytest.mark.parametrize(("line", "expected"), CASES, ids=lambda e: str(e)[:60])
def test_closed_forms(line: Any, expected: Any) -> None:
    d = collapse(line)
    assert sympy.expand(d.result - expected) == 0
    assert d.report.problems == ()


def test_a_bound_name_is_not_captured() -> None:
    """SymPy gives `Sum(f(n, n), (n, 1, N))` here."""
    g = Function("g")
    line = sympy.Sum(KroneckerDelta(i, n) * sympy.Sum(g(i, n), (n, 1, N)), (i, 1, N))
    d = collapse(line, facts=[Le(1, n), Le(n, N)])
    last = d.lines[-1]
    assert isinstance(last, Sum)
    assert last.body.args[1:] == (n, last.var)
    assert last.var != n
    assert line.doit() != d.result


UNDEFINED = [
    (sympy.Integral(sympy.DiracDelta(x) ** 2, (x, -oo, oo)), "product of Dirac deltas|function of a Dirac delta|power"),
    (sympy.Integral(sympy.log(sympy.DiracDelta(x)) * sympy.DiracDelta(x), (x, -oo, oo)), "."),
    (Sum(Dirac(inert(k) - inert(y[n])) * inert(q[k]), (k, 1, K)), "Kronecker delta was meant"),
    (Integral(Delta(x, 1) * inert(f(x)), x), "Dirac delta was meant"),
    (sympy.Integral(sympy.DiracDelta(x) * f(x), (x, 0, 1)), "on an end of its interval"),
    (sympy.Integral(sympy.DiracDelta(2 * x - 2 * z) * f(x), (x, 0, z)), "on an end of its interval"),
    (Div(1, 0) * inert(k), "has no value"),
    (sympy.Sum(KroneckerDelta(k, m) / (k - m), (k, 1, K)), "has no value where"),
    (sympy.Sum(KroneckerDelta(k, m) * sympy.log(k - m), (k, 1, K)), "has no value where"),
]


@pytest.mark.parametrize(("line", "why"), UNDEFINED, ids=lambda e: str(e)[:60])
def test_what_has_no_value_is_refused(line: Any, why: str) -> None:
    with pytest.raises(Undefined, match=why):
        collapse(line)


def test_infinite_sums_are_not_exchanged() -> None:
    inner = KroneckerDelta(y[i], j) * a[j]
    line = sympy.Sum(inner, (i, 1, oo), (j, 1, oo))
    assert "sum_comm" not in rules_of(collapse(line))


@pytest.mark.parametrize(
    ("facts", "error", "message"),
    [
        ([Le(1, z)], ExpressionError, "speaks of z"),
        ([Le(m, 1), Le(2, m)], DomainError, "contradict"),
        ([m + 1], ExpressionError, "no fact"),
    ],
    ids=["unknown name", "contradiction", "no statement"],
)
def test_a_wrong_fact_is_refused(facts: list[Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        collapse(sympy.Sum(KroneckerDelta(k, m), (k, 1, K)), facts=facts)


# --- random nested sums against loops -------------------------------------------------------------------------------

NAMES = [i, j, k]
SIZE = {m: 2, n: -1, K: 3, N: 2}
TABLE = {(v,): Fraction(v * v - 3, 2) for v in range(-60, 61)}
PAIRS = {(u, v): Fraction(2 * u - v, 3) for u in range(-40, 41) for v in range(-40, 41)}
LABELS = {(v,): Fraction(abs(v) % 3) for v in range(-60, 61)}


def affine(draw: st.DrawFn) -> Any:
    name = inert(draw(st.sampled_from([*NAMES, m, n])))
    scale, shift = draw(st.sampled_from([1, 1, 1, 2, -1])), draw(st.integers(-1, 2))
    scaled = name if scale == 1 else Mul(scale, name)
    return scaled if shift == 0 else Add(scaled, shift)


@st.composite
def nested_sums(draw: st.DrawFn) -> Any:
    def factor() -> Any:
        kind = draw(st.sampled_from(["delta", "delta", "delta", "entry", "pair", "label", "number"]))
        if kind == "delta":
            return Delta(affine(draw), affine(draw))
        if kind == "entry":
            return Entry(Symbol("a"), affine(draw))
        if kind == "pair":
            return Entry(b, affine(draw), affine(draw))
        if kind == "label":
            return Delta(affine(draw), Entry(Symbol("y", integer=True), affine(draw)))
        return inert(draw(st.integers(-2, 3)))

    def term() -> Any:
        parts = [factor() for _ in range(draw(st.integers(1, 3)))]
        return Mul(*parts) if len(parts) > 1 else parts[0]

    body = term() if draw(st.booleans()) else Add(term(), term())
    for name in draw(st.permutations(NAMES))[: draw(st.integers(1, 3))]:
        lo = draw(st.sampled_from([inert(0), inert(1), inert(n), inert(3)]))
        hi = draw(st.sampled_from([inert(K), inert(N), inert(2), inert(m)]))
        body = Sum(body, (name, lo, hi))
        if draw(st.booleans()):
            body = Mul(factor(), body)
    return body if isinstance(body, Sum) else Add(body, 0)


def value(e: Any, world: World) -> Any:
    try:
        return Balls(world, Scope(integers=frozenset(SIZE))).value(e, {})
    except (NoValue, NotCovered) as why:
        return str(why)


def worlds() -> list[World]:
    found = []
    for free in [{i: 1, j: 2, k: 0}, {i: 3, j: -1, k: 2}, {i: 2, j: 2, k: 2}]:
        numbers = {s: Fraction(v) for s, v in {**SIZE, **free}.items()}
        tables = {Symbol("a"): TABLE, b: PAIRS, Symbol("y", integer=True): LABELS}
        found.append(World(numbers, tables, {}))
    return found


@given(nested_sums())
def test_random_nested_sums_keep_their_value(line: Any) -> None:
    d = collapse(line)
    for world in worlds():
        assert value(d.lines[-1], world) == value(line, world), [str(e) for e in d.lines]


@given(nested_sums())
def test_every_step_is_accepted_by_the_checker(line: Any) -> None:
    from deltasift.check import check

    assert check(collapse(line), layers=("structure",)).problems == ()


def test_a_delta_is_not_parted_from_what_it_makes_zero() -> None:
    """At i = j the quotient has no value, and the delta makes its term 0: the range is split around it."""
    line = sympy.Sum((1 - KroneckerDelta(i, j)) / (i - j), (i, 1, N))
    d = collapse(line, facts=[Le(1, j), Le(j, N)])
    below, above = sympy.Sum(1 / (i - j), (i, 1, j - 1)), sympy.Sum(1 / (i - j), (i, j + 1, N))
    assert rules_of(d) == ["sum_one_sub_delta"]
    assert d.result == below + above
    assert d.report.problems == ()


def test_a_constant_without_a_value_is_not_added_up_over_an_empty_range() -> None:
    line = sympy.Sum(sympy.log(z), (k, 2, K))
    assert collapse(line).result == sympy.Piecewise(((K - 1) * sympy.log(z), K >= 2), (0, True))
    assert collapse(line, facts=[Le(2, K)]).result == (K - 1) * sympy.log(z)


def test_an_index_that_is_left_out_on_either_side_of_the_sign_is_left_out() -> None:
    for left_out in (sympy.Ne(k, m), sympy.Ne(m, k, evaluate=False)):
        d = collapse(sympy.Sum(sympy.Piecewise((a[k], left_out), (0, True)), (k, 1, K)), facts=[Le(1, m), Le(m, K)])
        assert d.result == sympy.Sum(a[k], (k, 1, m - 1)) + sympy.Sum(a[k], (k, m + 1, K))


@pytest.mark.parametrize(
    ("ends", "sifted"),
    [
        ((k, 1, sympy.Min(N, m - i)), (y[k] >= 1) & (y[k] <= K) & (k <= m - y[k])),
        ((k, sympy.Max(1, m - i), N), (y[k] >= 1) & (y[k] <= K) & (m - y[k] <= k)),
    ],
)
def test_a_sum_whose_end_is_the_smaller_of_two_is_exchanged(ends: Any, sifted: Any) -> None:
    """The end that speaks of the outer index becomes a bracket."""
    d = collapse(sympy.Sum(KroneckerDelta(i, y[k]) * a[k], ends, (i, 1, K)))
    assert rules_of(d)[:2] == ["sum_bracket_le", "sum_comm"]
    assert d.result == sympy.Sum(sympy.Piecewise((a[k], sifted), (0, True)), (k, 1, N))
    assert d.report.problems == ()


def test_a_likelihood_written_with_counts_is_a_product_over_the_examples() -> None:
    """The exponent of each class counts its examples; no probability need be positive, since 0**0 = 1."""
    counts = sympy.Sum(KroneckerDelta(k, y[n]), (n, 1, N))
    d = collapse(sympy.Product(q[k] ** counts, (k, 1, K)), facts=FACTS)
    assert rules_of(d) == ["pow_sum", "prod_comm", "prod_delta_pow"]
    assert d.result == sympy.Product(q[y[n]], (n, 1, N))
    assert d.report.problems == ()


def test_weighted_counts_need_a_positive_base() -> None:
    weights = IndexedBase("w", real=True)
    counts = sympy.Sum(weights[n] * KroneckerDelta(k, y[n]), (n, 1, N))
    positive = IndexedBase("p", positive=True)
    d = collapse(sympy.Product(positive[k] ** counts, (k, 1, K)), facts=FACTS)
    assert d.result == sympy.Product(positive[y[n]] ** weights[n], (n, 1, N))
    assert d.report.problems == ()
    line = sympy.Product(q[k] ** counts, (k, 1, K))
    assert collapse(line, facts=FACTS).result == line


def test_a_delta_in_a_product_sifts_the_index_of_the_sum_around_it() -> None:
    """The product is taken by cases: it is one product off the point, and another one at it."""
    line = sympy.Sum(sympy.Product(a[j] + KroneckerDelta(i, m), (j, 1, N)), (i, 1, K))
    off, at = sympy.Product(a[j], (j, 1, N)), sympy.Product(a[j] + 1, (j, 1, N))
    d = collapse(line, facts=[Le(1, m), Le(m, K)])
    assert sympy.expand(d.result - (K * off + at - off)) == 0
    assert d.report.problems == ()
    outside = sympy.Sum(sympy.Product(a[j] + KroneckerDelta(i, j), (j, 1, N)), (i, 1, K))
    assert collapse(outside).report.problems == ()


@pytest.mark.parametrize("head", [Exp, Log, Neg, lambda e: Add(e, 1), lambda e: Mul(e, 2), lambda e: Sum(e, (i, 1, 3))])
def test_what_is_nested_too_deeply_is_refused_in_one_line(head: Any) -> None:
    deep: Any = Symbol("x")
    for _ in range(10_000):
        deep = head(deep)
    with pytest.raises(DepthError) as refused:
        collapse(Sum(Delta(i, 1) * deep, (i, 1, 3)))
    assert "\n" not in str(refused.value)
    assert "nested 1000" in str(refused.value)


# --- what is written at the end --------------------------------------------------------------------------------------


def test_numbers_that_the_moves_leave_are_worked_out_and_those_of_the_author_stay() -> None:
    squares = Integral(Dirac(Add(Pow(x, 2), -4)) * Pow(x, 3), (x, -oo, oo))
    assert collapse(squares).lines[-1] == 0
    written = Mul(Div(8, 4), Sum(Delta(k, 2) * Entry(Symbol("w"), k), (k, 1, 3)))
    assert collapse(written).lines[-1] == Mul(Div(8, 4), Entry(Symbol("w"), 2))


def test_what_is_assumed_of_a_function_is_said_with_letters_of_their_own() -> None:
    g, t = Function("g"), Symbol("t")
    d = collapse(sympy.Integral(sympy.DiracDelta(x - t) * g(x), (x, -oo, oo)))
    assert [str(fact.args[0]) for fact in d.facts] == ["g(u)"]
    assert d.report.ok
    of_two = collapse(sympy.Integral(sympy.DiracDelta(x - t) * g(x, b), (x, -oo, oo)))
    assert [str(fact.args[0]) for fact in of_two.facts] == ["g(u, u_2)"]
    assert of_two.report.ok


def test_what_has_no_delta_claims_nothing() -> None:
    d = collapse(Sum(Entry(Symbol("w"), k), (k, 1, K)))
    assert d.report.ok
    assert not d.report.page.claims


@pytest.mark.parametrize("name", ["a", "mu"])
def test_a_delta_at_a_point_sifts_at_that_point_and_not_at_its_negative_twice(name: str) -> None:
    point = Symbol(name)
    d = collapse(Integral(Dirac(Add(x, Neg(point))) * Exp(Neg(Pow(x, 2))), (x, -oo, oo)))
    [use] = d.report.lines[1].substeps
    assert dict(use.binding)["a"] == point
