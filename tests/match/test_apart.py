"""Many terms taken apart at once: what the rule about two gives is accepted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift import rules
from deltasift.inert import Add, Div, Entry, Mul, Neg, Sum, substitute
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.match.apart import FEW
from deltasift.match.search import Search

k, j = Symbol("k", integer=True), Symbol("j", integer=True)
K, M = Symbol("K", integer=True, positive=True), Symbol("M", integer=True, positive=True)
b, x = Symbol("b"), Symbol("x")
MANY = 12
BODIES = [Mul(Entry(Symbol(f"a{n}"), k), x) if n % 3 else Neg(Entry(Symbol(f"a{n}"), k)) for n in range(MANY)]


def gives(rule: Basic, before: Basic, after: Basic) -> bool:
    return Search(Canon()).reach(before, after, rule, Scope({})) is not None


def sums(bodies: list[Basic], hi: Basic = K) -> list[Basic]:
    return [Sum.make((e, k, S.One, hi)) for e in bodies]


@given(st.permutations(range(MANY)), st.sets(st.integers(0, MANY - 1)))
def test_a_sum_of_many_terms_is_the_sum_of_their_sums(order: list[int], renamed: set[int]) -> None:
    parts = sums(BODIES)
    for n in renamed:
        parts[n] = Sum.make((substitute(BODIES[n], {k: j}), j, S.One, K))
    before = Sum.make((Add.make(tuple(BODIES)), k, S.One, K))
    after = Add.make(tuple(parts[n] for n in order))
    assert gives(rules.sum_add, before, after)
    assert gives(rules.sum_add.reversed, after, before)


def dropped(parts: list[Basic]) -> list[Basic]:
    return parts[1:]


def doubled(parts: list[Basic]) -> list[Basic]:
    return [parts[0], *parts[:-1]]


def of_other_sign(parts: list[Basic]) -> list[Basic]:
    return [Neg.make((parts[0],)), *parts[1:]]


def of_another_range(parts: list[Basic]) -> list[Basic]:
    return [parts[0].rebuild((*parts[0].args[:3], M)), *parts[1:]]


WRONG = [dropped, doubled, of_other_sign, of_another_range]


@pytest.mark.parametrize("change", WRONG)
def test_a_wrong_sum_of_sums_is_not(change: Callable[[list[Basic]], list[Basic]]) -> None:
    bodies = BODIES[: FEW + 1]
    before = Sum.make((Add.make(tuple(bodies)), k, S.One, K))
    assert gives(rules.sum_add, before, Add.make(tuple(sums(bodies))))
    assert not gives(rules.sum_add, before, Add.make(tuple(change(sums(bodies)))))


def test_a_series_is_not_taken_apart_by_the_rule_for_sums() -> None:
    bodies = BODIES[: FEW + 1]
    before = Sum.make((Add.make(tuple(bodies)), k, S.One, S.Infinity))
    assert not gives(rules.sum_add, before, Add.make(tuple(sums(bodies, S.Infinity))))


def test_a_free_name_is_not_captured() -> None:
    bodies = [*BODIES[:FEW], Entry(b, j)]
    parts = [Sum.make((substitute(e, {k: j}), j, S.One, K)) for e in bodies]  # b[j] is b[k] elsewhere
    before = Sum.make((Add.make(tuple(bodies)), k, S.One, K))
    assert not gives(rules.sum_add, before, Add.make(tuple(parts)))


@given(st.permutations(range(MANY)), st.booleans())
def test_a_product_with_many_terms_is_multiplied_out(order: list[int], over: bool) -> None:
    terms = [Entry(Symbol(f"a{n}"), k) if n % 2 else Neg(Entry(Symbol(f"a{n}"), k)) for n in range(MANY)]

    def times(e: Basic) -> Basic:
        return Div.make((e, x)) if over else Mul.make((b, e))

    after = Add.make(tuple(times(terms[n]) for n in order))
    assert gives(rules.mul_add, times(Add.make(tuple(terms))), after)


def test_a_product_multiplied_out_with_a_wrong_term_is_not() -> None:
    terms = [Entry(Symbol(f"a{n}"), k) for n in range(FEW + 1)]
    after = [Mul(b, e) for e in terms]
    before = Mul(b, Add(*terms))
    assert gives(rules.mul_add, before, Add(*after))
    assert not gives(rules.mul_add, before, Add(Mul(b, 1), *after[1:]))
    assert not gives(rules.mul_add, before, Add(*after[1:], Neg(after[0])))
