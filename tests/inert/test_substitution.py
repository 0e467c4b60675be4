"""Substitution means the same as a change of the environment, and it agrees with SymPy where nothing is bound."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Symbol
from sympy.core.basic import Basic

from deltasift import sizes
from deltasift.errors import ExpressionError, SizeError
from deltasift.inert import (
    Add,
    Apply,
    Delta,
    Derivative,
    Div,
    Entry,
    Exp,
    ForAll,
    Func,
    Integral,
    Iverson,
    LessEqual,
    Log,
    Mul,
    Neg,
    Node,
    Pow,
    Product,
    Sum,
    Unequal,
    free,
    preorder,
    substitute,
)
from deltasift.inert.substitution import fresh
from strategies import INDICES, NAMES, countable, small, trees

i, j, n = INDICES
x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
f, t = Symbol("f"), Symbol("t")
Environment = dict[Any, int]


def value(e: Any, at: Environment) -> int:
    """Return the value of an expression, by loops."""
    if isinstance(e, Symbol):
        return at[e]
    if isinstance(e, sympy.Integer):
        return int(e)
    if isinstance(e, (Sum, Product)):
        body, name, lo, hi = e.args
        terms = [value(body, {**at, name: m}) for m in range(value(lo, at), value(hi, at) + 1)]
        return sum(terms) if isinstance(e, Sum) else int(sympy.prod(terms))
    if isinstance(e, Apply):
        left, right = (value(a, at) for a in e.arguments)
        return 7 * left - 3 * right + left * left * right + 1
    if isinstance(e, Iverson):
        return int(holds(e.args[0], at))
    parts = [value(a, at) for a in e.args]
    if isinstance(e, Add):
        return sum(parts)
    if isinstance(e, Neg):
        return -parts[0]
    if isinstance(e, Delta):
        return int(parts[0] == parts[1])
    assert isinstance(e, Mul)
    return parts[0] * parts[1]


def holds(e: Any, at: Environment) -> bool:
    """Return the truth of a statement, by loops."""
    if isinstance(e, ForAll):
        body, name, lo, hi = e.args
        return all(holds(body, {**at, name: m}) for m in range(value(lo, at), value(hi, at) + 1))
    left, right = (value(a, at) for a in e.args)
    if isinstance(e, Unequal):
        return left != right
    assert isinstance(e, LessEqual)
    return left <= right


environments = st.fixed_dictionaries({name: st.integers(0, 3) for name in INDICES})
substitutions = st.dictionaries(st.sampled_from(INDICES), small, max_size=3)


def updated(rule: dict[Any, Any], at: Environment) -> Environment:
    return {**at, **{name: value(new, at) for name, new in rule.items()}}


@settings(max_examples=600)
@given(countable, substitutions, environments)
def test_substituting_is_changing_the_environment(e: Node, rule: dict[Any, Any], at: Environment) -> None:
    assert value(substitute(e, rule), at) == value(e, updated(rule, at))


@given(countable, substitutions, environments)
def test_subs_and_xreplace_do_the_same(e: Node, rule: dict[Any, Any], at: Environment) -> None:
    expected = value(e, updated(rule, at))
    assert value(e.subs(rule), at) == expected
    assert value(e.xreplace(rule), at) == expected


@given(countable, small, small, environments)
def test_pairs_are_substituted_one_after_the_other(e: Node, first: Any, second: Any, at: Environment) -> None:
    later = {**at, n: value(second, at)}
    assert value(e.subs([(i, first), (n, second)]), at) == value(e, {**later, i: value(first, later)})


@given(countable, countable, environments)
def test_a_compound_key_is_replaced_as_a_name_would_be(e: Node, new: Node, at: Environment) -> None:
    """What mentions a bound name is another thing outside than inside."""
    key = Apply(f, i, n)
    whole = Mul(Sum(Add(key, e), (j, 1, 2)), key)
    marked = whole.xreplace({key: t})
    assert t in free(marked)
    assert value(marked, {**at, t: value(key, at)}) == value(whole, at)
    assert value(whole.xreplace({key: new}), at) == value(marked, {**at, t: value(new, at)})


def test_the_named_example() -> None:
    """i under a sum over n, that itself is under a sum over i with delta(i, n)."""
    inner = Sum(Apply(f, i, n), (n, 1, 3))
    whole = Sum(Mul(Delta(i, n), inner), (i, 1, 3))
    for at in ({i: 1, n: m, j: 2} for m in range(1, 4)):
        assert value(inner.subs(i, n), at) == sum(value(Apply(f, i, n), {i: at[n], n: m}) for m in range(1, 4))
        assert value(whole, at) == value(inner.subs(i, n), at)
        assert value(whole.subs(n, Add(i, 1)), at) == value(whole, {**at, n: 2})


def test_a_captured_name_is_primed() -> None:
    assert str(Sum(Apply(f, i, n), (n, 1, n)).subs(i, n)) == "Sum(f(n, n'), (n', 1, n))"
    taken = Sum(Add(i, n, Symbol("n'")), (n, 1, 2)).subs(i, n)
    assert str(taken) == "Sum(n + n'' + n', (n'', 1, 2))"
    assert (
        Sum(Add(Symbol("r", positive=True), i), (Symbol("r", positive=True), 1, 2))
        .subs(i, Symbol("r", positive=True))
        .var.is_positive
    )


rules = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from([*NAMES, Integer(7), Add(NAMES[2], NAMES[4])]), max_size=3
)


@given(trees, rules)
def test_the_free_names_afterwards(tree: Node, rule: dict[Any, Basic]) -> None:
    """For every binder there is: no name is captured, and none is lost."""
    try:
        new = substitute(tree, rule)
    except ExpressionError:  # a derivative that would become another one
        assert tree.has(Derivative)
        return
    hit = free(tree) & set(rule)
    assert free(new) == (free(tree) - hit).union(*(free(rule[name]) for name in hit))


@given(trees, st.dictionaries(st.sampled_from([*NAMES, Symbol("absent"), Apply(f, x)]), st.sampled_from(NAMES)))
def test_an_irrelevant_rule_changes_nothing(tree: Node, rule: dict[Any, Any]) -> None:
    irrelevant = {old: new for old, new in rule.items() if not free(old) <= free(tree)}
    for same in (
        substitute(tree, {}),
        substitute(tree, irrelevant),
        tree.xreplace(irrelevant),
        tree.subs(irrelevant),
        tree.subs(list(irrelevant.items())),
        substitute(tree, {name: name for name in free(tree)}),
    ):
        assert same is tree


@given(trees, st.permutations(NAMES))
def test_exchanging_names_and_back(tree: Node, order: list[Symbol]) -> None:
    there = dict(zip(NAMES, order, strict=True))
    back = {new: old for old, new in there.items()}
    assert free(substitute(substitute(tree, there), back)) == free(tree)


def test_what_was_substituted_is_not_evaluated() -> None:
    assert str(Add(x, Neg(y)).subs(x, y)) == "y - y"
    assert str(Mul(x, Log(y)).subs({x: 0, y: 1})) == "0*log(1)"
    assert str(Mul(2, x).subs(x, y + z)) == "2*(y + z)"
    assert str(Mul(2, x).xreplace({x: y + z})) == "2*(y + z)"
    assert str(Delta(x, y).xreplace({x: y})) == "delta(y, y)"


@pytest.mark.parametrize("number", [0.5, sympy.Float("0.5"), True, 1j, "a"], ids=repr)
def test_inexact_numbers_are_refused(number: Any) -> None:
    with pytest.raises(ExpressionError):
        Mul(2, x).subs(x, number)
    with pytest.raises(ExpressionError):
        Mul(2, x).xreplace({x: number})


# --- derivatives, which speak of a name ---------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [{x: y}, {x: Integer(3)}, {y: x}, {y: Mul(x, z)}, {x: Add(z, 1)}], ids=str)
def test_no_derivative_becomes_another(rule: dict[Any, Any]) -> None:
    with pytest.raises(ExpressionError, match="differentiates by x"):
        substitute(Derivative(Mul(x, y), x), rule)


@pytest.mark.parametrize("rule", [{x: z}, {x: y, y: x}, {y: Integer(3)}, {y: Mul(y, z)}, {z: x}], ids=str)
def test_a_derivative_by_another_name_is_the_same(rule: dict[Any, Any]) -> None:
    new = substitute(Derivative(Mul(Pow(x, 2), y), x), rule)
    plain = {old: v.to_sympy() if isinstance(v, Node) else v for old, v in rule.items()}
    assert new.doit() == (2 * x * y).subs(plain, simultaneous=True)


# --- agreement with SymPy where nothing is bound ------------------------------------------------------------------

UNBOUND = (Add, Mul, Neg, Div, Pow, Log, Exp, Func, Apply, Delta, Entry)
plain_trees = trees.filter(lambda tree: all(isinstance(e, UNBOUND) for e in preorder(tree) if isinstance(e, Node)))
finite_trees = plain_trees.filter(lambda tree: not tree.has(sympy.oo))


@settings(max_examples=60)
@given(finite_trees, st.permutations(NAMES))
def test_renaming_agrees_with_sympy(tree: Node, order: list[Symbol]) -> None:
    rule = dict(zip(NAMES, order, strict=True))
    ordinary = tree.to_sympy()
    assert tree.subs(rule).to_sympy() == tree.xreplace(rule).to_sympy()
    assert sympy.simplify(tree.xreplace(rule).to_sympy() - ordinary.xreplace(rule)) in (0, sympy.nan)


@given(finite_trees)
def test_names_agree_with_sympy(tree: Node) -> None:
    """What SymPy has cancelled it no longer mentions; it is not asked to work out numbers with thousands of digits."""
    try:
        ordinary = tree.to_sympy()
    except SizeError:
        return
    assert {s for s in ordinary.free_symbols if isinstance(s, Symbol)} <= tree.free_symbols | {f}


@pytest.mark.parametrize("rule", [*itertools.product([x, y, z], repeat=2)], ids=str)
def test_atoms_has_and_free_symbols_agree_with_sympy(rule: tuple[Symbol, Symbol]) -> None:
    for node, ordinary in (
        (Add(x, Mul(y, z)), x + y * z),
        (Log(Pow(x, y)), sympy.log(x**y)),
        (Exp(Div(x, y)), sympy.exp(x / y)),
        (Delta(x, Add(y, z)), sympy.KroneckerDelta(x, y + z)),
        (Func("cos", Mul(x, y)), sympy.cos(x * y)),
    ):
        assert node.atoms(Symbol) == ordinary.atoms(Symbol)
        assert node.free_symbols == ordinary.free_symbols
        assert node.has(rule[0]) == ordinary.has(rule[0])
        assert node.subs(*rule).to_sympy() == ordinary.subs(*rule)
        assert node.xreplace(dict([rule])).to_sympy() == ordinary.xreplace(dict([rule]))


# --- our nodes inside SymPy's own ---------------------------------------------------------------------------------


def test_sympy_substitutes_into_our_nodes() -> None:
    outside = sympy.log(Add(x, Sum(Apply(f, x, n), (n, 1, 2))))
    assert outside.subs(x, n).args[0] == outside.args[0].subs(x, n)
    assert outside.xreplace({x: n}).args[0] == outside.args[0].subs(x, n)
    assert outside.subs(x, sizes("N")).args[0] == outside.args[0].subs(x, sizes("N"))


@pytest.mark.parametrize("old", [sympy.MatrixSymbol("M", 2, 2), sympy.Function("g"), sympy.Float(2)], ids=str)
def test_what_cannot_occur_is_not_substituted(old: Any) -> None:
    outside = sympy.log(Add(x, Neg(y)))
    assert outside.subs(old, x).args[0] is outside.args[0]


def test_an_integral_over_the_name() -> None:
    assert str(Integral(Apply(f, x, y), (x, 0, x)).subs({x: y, y: x})) == "Integral(f(x', x), (x', 0, y))"


def test_a_table_or_function_cannot_become_a_number() -> None:
    for e in (Entry(Symbol("q"), 1), Apply(Symbol("q"), 1)):
        with pytest.raises(ExpressionError, match="3 is not a name"):
            e.subs(Symbol("q"), 3)


def test_a_fresh_name_has_at_most_two_primes() -> None:
    k = Symbol("k", integer=True)
    taken = {k}
    for _ in range(12):
        taken.add(fresh(k, taken))
    assert {s.name for s in taken} == {"k", "k'", "k''", *(f"k_{n}" for n in range(3, 13))}
    assert all(s.is_integer for s in taken)
    assert fresh(Symbol("k''"), taken).name == "k_13"
