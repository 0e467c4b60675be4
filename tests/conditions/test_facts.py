"""What facts say and do not say: of integrals backwards, of functions of no integers, of names that claim something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import S, Symbol, oo
from sympy.core.basic import Basic

from deltasift import Integral, Sum, collapse, define, delta, exp, iverson, positive, real, sizes
from deltasift.calc import calc, step
from deltasift.check import check
from deltasift.conditions import Verdict
from deltasift.conditions.consistency import contradiction
from deltasift.conditions.prove import prove
from deltasift.domain import closure
from deltasift.inert import At, Entry, Equality, ForAll, Func, IsInteger, Less, LessEqual, Pow, Product, Unequal
from deltasift.inert.plain import plain_names
from deltasift.line.scope import Scope
from deltasift.rules import definition, max_of_le

N, M = sizes("N M")
x, a, b, c = real("x"), real("a"), real("b"), positive("c")
v = x.symbol
scope = Scope(closure([N, M, x, a, b, c]))
k = Symbol("k")


def verdict(condition: Basic, *assumed: Basic) -> Verdict:
    return prove(condition, replace(scope, assumed=assumed)).verdict


# --- integrals --------------------------------------------------------------------------------------------------------

FORWARD = [(0, 1), (0, oo), (-oo, oo), (-oo, a), (a, oo), (a, a + c), (-N, M), (a - c, a), (0, 2 * c), (0, c / N)]


@pytest.mark.parametrize(("lo", "hi"), FORWARD, ids=str)
def test_an_integral_has_the_sign_of_what_is_integrated_and_backwards_the_opposite_one(lo: object, hi: object) -> None:
    forward, backward = Integral(exp(x), (v, lo, hi)), Integral(exp(x), (v, hi, lo))
    assert verdict(LessEqual(0, forward)) is Verdict.PROVED
    assert verdict(LessEqual(backward, 0)) is Verdict.PROVED
    assert verdict(LessEqual(0, backward)) is not Verdict.PROVED
    assert verdict(LessEqual(forward, 0)) is not Verdict.PROVED
    assert verdict(LessEqual(0, -backward)) is Verdict.PROVED


@pytest.mark.parametrize(("lo", "hi"), [(a, b), (0, a), (a, 0), (c, N), (a, a + b), (N, M), (1, N / 2)], ids=str)
def test_an_integral_between_ends_of_unknown_order_has_no_sign(lo: object, hi: object) -> None:
    whole = Integral(exp(x), (v, lo, hi))
    assert verdict(LessEqual(0, whole)) is Verdict.UNKNOWN
    assert verdict(LessEqual(whole, 0)) is Verdict.UNKNOWN
    assert verdict(LessEqual(0, exp(whole) + whole)) is Verdict.UNKNOWN
    assert verdict(LessEqual(0, Sum(whole, (k, 1, N)))) is Verdict.UNKNOWN
    assert verdict(LessEqual(0, Product(whole, (k, 1, N)))) is Verdict.UNKNOWN
    assert verdict(Less(0, 1 + Pow(whole, 2))) is Verdict.PROVED


def test_a_known_order_of_the_ends_is_used() -> None:
    whole = Integral(exp(x), (v, a, b))
    assert verdict(LessEqual(0, whole), LessEqual(a, b)) is Verdict.PROVED
    assert verdict(LessEqual(whole, 0), LessEqual(b, a)) is Verdict.PROVED
    assert verdict(LessEqual(0, whole), LessEqual(b, a)) is not Verdict.PROVED


def test_what_is_negative_turns_twice() -> None:
    assert verdict(LessEqual(0, Integral(-exp(x), (v, 1, 0)))) is Verdict.PROVED
    assert verdict(LessEqual(0, Integral(-exp(x), (v, 0, 1)))) is not Verdict.PROVED
    assert verdict(LessEqual(0, Integral(Integral(exp(x), (v, 1, 0)), (Symbol("t"), 1, 0)))) is Verdict.PROVED
    assert verdict(LessEqual(0, Integral(Integral(exp(x), (v, 1, 0)), (Symbol("t"), 0, 1)))) is not Verdict.PROVED


# --- integers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["binomial", "factorial", "Abs", "Max", "Min", "Mod"])
def test_a_function_of_integers_that_is_one_for_integers_only(name: str) -> None:
    whole, half, unknown = ((e, 2) if name not in ("factorial", "Abs") else (e,) for e in (N, N / 2, a))
    assert verdict(IsInteger(Func(name, *whole))) is Verdict.PROVED
    for arguments in (half, unknown):
        assert verdict(IsInteger(Func(name, *arguments))) is not Verdict.PROVED
        assert verdict(IsInteger(1 + 2 * Func(name, *arguments))) is not Verdict.PROVED
        assert verdict(IsInteger(Sum(Func(name, *arguments), (k, 1, N)))) is not Verdict.PROVED


@pytest.mark.parametrize("name", ["floor", "ceiling", "sign"])
def test_a_function_that_rounds_is_an_integer_of_any_real(name: str) -> None:
    assert verdict(IsInteger(Func(name, a))) is Verdict.PROVED


def test_a_delta_of_a_binomial_of_a_real_is_not_sifted() -> None:
    i = Symbol("i")
    whole = collapse(Sum(delta(i, Func("binomial", N, 2)), (i, -oo, oo)))
    assert whole.lines[-1] == 1
    assert collapse(Sum(delta(i, Func("binomial", a, 2)), (i, -oo, oo))).lines[-1] != 1


def test_whether_a_definition_is_an_integer_is_not_asked_of_the_binders_around_it() -> None:
    z = real("z")
    half = define("h", z * 1)
    inside = Scope(closure([half, z, N])).within(z.symbol, S.One, N.symbol, integer=True)
    assert not inside.is_integer(half.symbol)
    assert inside.is_integer(z.symbol)


# --- names that claim something ---------------------------------------------------------------------------------------

CLAIMS = [
    {"positive": True},
    {"negative": True},
    {"nonnegative": True, "integer": True},
    {"zero": True},
    {"nonzero": True},
    {"even": True},
    {"odd": True},
    {"prime": True},
    {"integer": True, "positive": True},
    {"imaginary": True},
    {"irrational": True},
]


@pytest.mark.parametrize("said", CLAIMS, ids=str)
@pytest.mark.parametrize("binder", [Sum, Product, Integral])
def test_what_a_bound_symbol_claims_of_itself_is_not_believed(said: dict[str, bool], binder: type) -> None:
    i = Symbol("i", **said)
    body = Func("Max", i, 0) + Func("Abs", i) + delta(i, 1)
    [line] = calc(binder(body, (i, -3, 3))).lines
    bound = line.args[1]
    assert set(bound._assumptions_orig) <= ({"integer"} if binder is not Integral else set())
    inside = scope.enter(line)
    for condition in (Less(0, bound), Less(bound, 0), Equality(bound, 0), Unequal(bound, 0), LessEqual(0, bound)):
        assert prove(condition, inside).verdict is not Verdict.PROVED


@pytest.mark.parametrize("said", CLAIMS, ids=str)
def test_a_collapse_knows_of_a_bound_name_its_range_alone(said: dict[str, bool]) -> None:
    i, upper = Symbol("i", **said), Symbol("U", integer=True)
    table = Symbol("t")
    assert collapse(Sum(Func("Max", i, 0) * delta(i, -2), (i, -3, 3))).result == 0
    assert collapse(Sum(Func("Abs", i) * delta(i, -2), (i, -3, 3))).result == 2
    there = collapse(Sum(iverson(LessEqual(i, 0)) * Entry(table, i), (i, 0, upper))).result
    assert there.subs(upper, 3).has(collapse(Entry(table, 0)).result)
    assert collapse(Sum(iverson(Less(i, -1)) * Entry(table, i), (i, -2, 0))).result != 0


def test_a_claim_is_given_up_without_capture() -> None:
    claims, free_one = Symbol("i", positive=True), Symbol("i")
    line = plain_names(Sum(claims * free_one, (claims, 1, 3)))
    assert line.free_symbols == {free_one}
    assert line.args[1] not in (claims, free_one)


def test_what_the_range_says_anyway_stays() -> None:
    i, t = Symbol("i", integer=True), Symbol("t", real=True)
    for line in (Sum(i, (i, 1, N)), Integral(t, (t, 0, 1)), ForAll(Less(0, i), (i, 1, N))):
        assert plain_names(line) is line


def test_the_variable_of_a_value_at_a_point_is_not_the_one_of_the_page() -> None:
    positive_one = positive("z")
    line = calc(
        At(Func("Max", positive_one, 0), positive_one, -1), step(At(positive_one, positive_one, -1), by=max_of_le)
    )
    assert not check(line, layers=("structure",)).ok


# --- facts about every integer of a range -----------------------------------------------------------------------------

i = Symbol("i")
EMPTY = [(1, 0), (1, N - 5), (N, M), (M + 1, 3), (5, 2)]


@pytest.mark.parametrize(("lo", "hi"), EMPTY, ids=str)
@pytest.mark.parametrize(
    "said", [LessEqual(M, 3), Less(a, b), Equality(a, 1), IsInteger(a / 2), Unequal(a, b)], ids=str
)
def test_a_fact_says_nothing_where_its_range_may_be_empty(said: Basic, lo: object, hi: object) -> None:
    assert verdict(said, ForAll(said, (i, lo, hi))) is not Verdict.PROVED
    assert verdict(LessEqual(lo, hi), ForAll(said, (i, lo, hi))) is not Verdict.PROVED
    if isinstance(said, (IsInteger, Unequal)):  # orders are looked for elsewhere
        assert verdict(said, ForAll(said, (i, 1, N))) is Verdict.PROVED


@pytest.mark.parametrize(("lo", "hi"), EMPTY, ids=str)
def test_a_fact_contradicts_nothing_where_its_range_may_be_empty(lo: object, hi: object) -> None:
    assert contradiction(scope, (ForAll(Less(c, 0), (i, lo, hi)),)) is None
    assert contradiction(scope, (ForAll(Less(c, 0), (i, 1, N)),)) is not None


def test_a_fact_about_integers_says_nothing_of_a_real() -> None:
    square = ForAll(LessEqual(0, i * (i - 1)), (i, -oo, oo))
    assert verdict(LessEqual(0, N * (N - 1)), square) is Verdict.PROVED
    assert verdict(LessEqual(0, a * (a - 1)), square) is not Verdict.PROVED
    assert verdict(LessEqual(0, N / 2 * (N / 2 - 1)), square) is not Verdict.PROVED
    assert (
        verdict(Less(a, a + 1 - exp(a) * 0), ForAll(Less(i, i + 1 - exp(i) * 0), (i, -oo, oo))) is not Verdict.REFUTED
    )


def test_a_fact_holds_in_its_range_alone() -> None:
    bounded = ForAll(LessEqual(i * a, 3), (i, 1, N))
    assert verdict(LessEqual(N * a, 3), bounded) is Verdict.PROVED
    assert verdict(LessEqual((N + 1) * a, 3), bounded) is not Verdict.PROVED
    assert verdict(LessEqual(0 * a, 3), ForAll(LessEqual(i * a, 3), (i, 1, N))) is not Verdict.REFUTED


def test_a_definition_is_seen_through_a_binder_of_its_name() -> None:
    z = real("z")
    p = define("p", a * z)
    whole = Sum(p, (z.symbol, 1, 2))
    page = Scope(closure([p, a, z, N]))
    assert {s.name for s in page.unfold_all(whole).free_symbols} == {"a", "z"}
    assert page.unfold_all(whole).args[1] != z.symbol
    assert not check(calc(whole, step(Sum(a * z, (z.symbol, 1, 2)), by=definition)), layers=("structure",)).ok
