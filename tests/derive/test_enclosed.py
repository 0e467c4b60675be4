"""A result is ordinary SymPy that stays what it is when SymPy rebuilds it: no index leaves its binder."""

from __future__ import annotations

import pickle
from itertools import product
from random import Random
from typing import Any

import pytest
import sympy
from sympy import IndexedBase, Max, Min, Symbol, expand
from sympy.core.basic import Basic
from tests.oracle.random_expressions import question

from deltasift.derive import collapse
from deltasift.derive.enclosed import kept_inside
from deltasift.derive.result import ordinary
from deltasift.errors import DeltasiftError
from deltasift.inert import (
    Add,
    Divides,
    Entry,
    Equality,
    Iverson,
    Less,
    LessEqual,
    Log,
    Node,
    Or,
    Pow,
    Product,
    Sum,
    Unequal,
)
from deltasift.line.scope import Scope

K, N = Symbol("K", integer=True, positive=True), Symbol("N", integer=True, positive=True)
j, k, n = (Symbol(s, integer=True) for s in "jkn")
x = Symbol("x", real=True)
f, g = Symbol("f"), Symbol("g")
fs, gs = IndexedBase("f"), IndexedBase("g")


def at(i: Basic) -> Node:
    return Entry(f, i)


def inner(condition: Node, body: Any) -> Node:
    return Sum(Iverson(condition) * body, (k, 1, K))


def rebuilt(e: Any) -> Any:
    return e.func(*map(rebuilt, e.args)) if e.args else e


ENCLOSED: dict[str, Any] = {
    "a sum beside a factor": Sum(Entry(g, n) * inner(LessEqual(k, n), at(k)), (n, 1, N)),
    "a sum beside a term": Sum(Entry(g, n) + n * inner(Less(k, n), at(k)), (n, 1, N)),
    "two sums beside each other": Sum(
        inner(LessEqual(k, n), at(k)) * Sum(Iverson(Unequal(j, n)) * at(j), (j, 1, K)), (n, 1, N)
    ),
    "a sum in a sum beside a factor": Sum(n * Sum(inner(LessEqual(j + k, n), at(k)), (j, 1, 2)), (n, 1, N)),
    "a sum in a product": Product(1 + inner(LessEqual(k, n), at(k)), (n, 1, N)),
    "a product in a sum": Sum(Product(1 + Iverson(LessEqual(k, n)) * at(k), (k, 1, K)), (n, 1, N)),
    "an index that is left out": Sum(Product(1 + Iverson(Unequal(k, n)) * at(k), (k, 1, K)), (n, 1, N)),
    "a point": Sum(Product(1 + Iverson(Equality(k, n)) * at(k), (k, 1, K)), (n, 1, N)),
    "divisors": Sum(Product(1 + Iverson(Divides(2, k + n)) * at(k), (k, 1, K)), (n, 1, N)),
    "one of two": Sum(Product(1 + Iverson(Or(Less(k, n), Less(n + 1, k))) * at(k), (k, 1, K)), (n, 1, N)),
    "a condition on the inner index alone": Sum(Product(n + Iverson(LessEqual(2, k)) * at(k), (k, 1, K)), (n, 1, N)),
    "a real point": Sum(Product(1 + Iverson(Equality(k, n * x)) * at(k), (k, 1, K)), (n, 1, N)),
    "a real number": Sum(Product(1 + Iverson(Less(k, n * x)) * at(k), (k, 1, K)), (n, 1, N)),
}


def value(e: Any, known: dict[Any, Any]) -> Any:
    """Return what explicit loops make of an inert expression."""
    if isinstance(e, (Sum, Product)):
        lo, hi = (int(end.subs(known)) for end in e.args[2:])
        parts = [value(e.body, {**known, e.var: i}) for i in range(lo, hi + 1)]
        return sympy.Add(*parts) if isinstance(e, Sum) else sympy.Mul(*parts)
    if isinstance(e, Node) and e.has(Sum, Product):
        parts = [value(a, known) for a in e.args]
        return sympy.Add(*parts) if isinstance(e, Add) else sympy.Mul(*parts)
    return (e.to_sympy() if isinstance(e, Node) else e).subs(known)


@pytest.mark.parametrize("name", ENCLOSED)
def test_sympy_rebuilds_what_it_is_given(name: str) -> None:
    made = ordinary(ENCLOSED[name], Scope())
    free = {s for s in made.free_symbols if isinstance(s, Symbol)}
    assert free == set(ENCLOSED[name].free_symbols)
    assert rebuilt(made) == made
    assert pickle.loads(pickle.dumps(made)) == made
    assert made.xreplace({K: N}).free_symbols.isdisjoint({j, k, n})


@pytest.mark.parametrize("name", ENCLOSED)
def test_its_value_is_that_of_loops(name: str) -> None:
    made = ordinary(ENCLOSED[name], Scope())
    for top, examples in product((1, 3), (1, 2)):
        known = {K: top, N: examples, x: sympy.Rational(3, 2)}
        assert expand(made.subs(known).doit() - value(ENCLOSED[name], known)) == 0


def test_what_may_not_exist_stays_under_its_condition() -> None:
    """A number that is 0 does not make the logarithm of 0 vanish, as a case that does not hold does."""
    line = Sum(Entry(g, n) * inner(LessEqual(k, n), Log(at(k))), (n, 1, N))
    assert ordinary(line, Scope()) == sympy.Sum(
        sympy.Piecewise((gs[n] * sympy.log(fs[k]), k <= n), (0, True)), (k, 1, K), (n, 1, N)
    )


def test_a_condition_under_a_product_is_a_number() -> None:
    made = ordinary(ENCLOSED["a product in a sum"], Scope())
    assert made == sympy.Sum(sympy.Product(1 + fs[k] * Max(0, Min(1, n - k + 1)), (k, 1, K)), (n, 1, N))


def test_what_sympy_does_not_take_out_is_left_alone() -> None:
    for line in (
        Sum(Sum(Iverson(LessEqual(k, n)) * at(k), (k, 1, K)), (n, 1, N)),
        Iverson(LessEqual(k, n)) * Sum(at(j), (j, 1, K)),
        Entry(g, n) * inner(LessEqual(k, n), at(k)),
    ):
        assert kept_inside(line, Scope()) is line


@pytest.mark.parametrize("seed", [263, 470, 1400, 1417, 1679, 1784, 1966, 2628, *range(3_000, 3_060)])
def test_the_result_of_a_random_expression_is_rebuilt_as_it_is(seed: int) -> None:
    q = question(Random(seed))
    try:
        made = collapse(q.expr, facts=q.known).result
    except DeltasiftError:
        return
    given = q.expr.free_symbols.union(*(fact.free_symbols for fact in q.known))
    assert {s for s in made.free_symbols if isinstance(s, Symbol)} <= given
    assert rebuilt(made) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_power_of_zero_keeps_its_value_where_its_exponent_is_not_negative() -> None:
    """SymPy makes `zoo**k` of `0**(-k)`, and a case with that would be left out as one without a value."""
    line = Iverson(LessEqual(k, 0)) * Pow(sympy.S.Zero, -2 * Add(k, 0))
    made = ordinary(line, Scope())
    assert [made.subs(k, i) for i in (-2, -1, 0, 1)] == [0, 0, 1, 0]
    assert rebuilt(made) == made
