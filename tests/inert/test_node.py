"""What is written stays what was written: building, copying, walking, equality and provenance."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Float, Integer, Rational, S, Symbol

from deltasift import Sum, index, pmf, real, sizes
from deltasift.errors import ExpressionError
from deltasift.inert import (
    Add,
    Apply,
    Binder,
    Delta,
    Div,
    Entry,
    Equality,
    Exp,
    Expectation,
    Fold,
    ForAll,
    Func,
    Integral,
    Iverson,
    Log,
    Mul,
    Named,
    Neg,
    Node,
    Optimum,
    Piecewise,
    Pow,
    Product,
    Proposition,
    Relation,
    free,
    kinds,
    mentions,
    postorder,
    preorder,
)
from deltasift.inert.tables import Indexed
from deltasift.inert.visit import SHALLOW, branches, depth
from strategies import HEADS, NAMES, trees

N, K = sizes("N K")
k = index("k", 1, K)
q = pmf("q", k)
u = real("u")
a, b, j = Symbol("a"), Symbol("b"), Symbol("j")
e = Add(a, b)


def heads(base: type[Node]) -> set[type[Node]]:
    return {base}.union(*(heads(c) for c in base.__subclasses__()))


def test_the_random_trees_have_every_head() -> None:
    assert heads(Node) - {Node, Proposition, Relation, Optimum, Binder, Fold, Indexed} == set(HEADS)


# --- copying and walking ------------------------------------------------------------------------------------------


def identical(x: Any, y: Any) -> bool:
    """Compare two trees by plain recursion, heads and leaves, without their own equality."""
    if not isinstance(x, Node):
        return not isinstance(y, Node) and type(x) is type(y) and bool(x == y)
    return type(x) is type(y) and len(x.args) == len(y.args) and all(map(identical, x.args, y.args))


@given(trees)
def test_a_copy_is_what_was_written(tree: Node) -> None:
    assert identical(copy.copy(tree), tree)
    assert identical(copy.deepcopy(tree), tree)


@given(trees)
def test_func_and_args_give_it_back(tree: Node) -> None:
    for node in preorder(tree):
        if isinstance(node, Node):
            assert identical(node.func(*node.args), node)


@given(trees)
def test_rebuilding_from_the_leaves_gives_it_back(tree: Node) -> None:
    built: dict[int, Any] = {}
    for node in postorder(tree):
        built[id(node)] = node.func(*(built[id(x)] for x in node.args)) if isinstance(node, Node) else node
    assert identical(built[id(tree)], tree)


@given(trees)
def test_by_levels_each_branch_is_visited_once(tree: Node) -> None:
    shared = Mul.make((tree, Neg.make((tree,)), tree))
    visited = [e for level in branches(shared) for e in level]
    assert len({id(e) for e in visited}) == len(visited)
    assert {id(e) for e in visited} == {id(e) for e in postorder(shared) if e.args}
    assert kinds(shared) == {type(e) for e in postorder(shared)}
    names = {name for e in postorder(shared) for name in e.free_symbols}
    assert all(mentions(e, name) == (name in e.free_symbols) for e in postorder(shared) for name in names)


@given(trees, st.integers(0, 2 * SHALLOW))
def test_the_depth_is_the_longest_way_down(tree: Node, signs: int) -> None:
    def longest(x: Any) -> int:
        return 1 + max(map(longest, x.args)) if x.args else 0

    deep: Node = Mul.make((tree, Symbol("x"), tree))
    for _ in range(signs):
        deep = Neg.make((deep,))
    assert depth(deep) == longest(tree) + 1 + signs


@given(trees)
def test_preorder_is_the_order_of_recursion(tree: Node) -> None:
    def walk(x: Any) -> list[Any]:
        return [x, *(y for arg in x.args for y in walk(arg))]

    assert [id(x) for x in preorder(tree)] == [id(x) for x in walk(tree)]
    assert list(sympy.preorder_traversal(tree)) == list(preorder(tree))


@given(trees)
def test_postorder_visits_children_first_and_once(tree: Node) -> None:
    visited = [id(x) for x in postorder(tree)]
    assert len(visited) == len(set(visited))
    assert set(visited) == {id(x) for x in preorder(tree)}
    place = {x: at for at, x in enumerate(visited)}
    assert all(place[id(x)] < place[id(node)] for node in preorder(tree) for x in node.args)


OPERATORS: list[Callable[[Any, Any], Any]] = [
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: x / y,
    lambda x, y: x**y,
    lambda x, y: x <= y,
    lambda x, y: x < y,
    lambda x, y: x >= y,
    lambda x, y: x > y,
]


@given(trees, trees, st.sampled_from(OPERATORS))
def test_operators_keep_both_operands(x: Node, y: Node, operator: Callable[[Any, Any], Any]) -> None:
    """Nothing is evaluated: `x - x`, `0 * x` and `x / x` hold both operands."""
    for left, right in ((x, y), (x, x), (0, x), (x, 1)):
        found = list(preorder(operator(left, right)))
        for operand in (left, right):
            parts = operand.args if isinstance(operand, (Add, Mul)) else (operand,)
            assert all(part in found for part in parts)


def test_nothing_is_evaluated() -> None:
    assert str(a - e + 0 * e) == "a - (a + b) + 0*(a + b)"
    assert str(Log(1) * Delta(a, a) * Pow(e, 0) / e) == "log(1)*delta(a, a)*(a + b)**0/(a + b)"
    assert str(abs(-e)) == "Abs(-(a + b))"


# --- equality -----------------------------------------------------------------------------------------------------


@given(trees, trees)
def test_equality_is_structure(x: Node, y: Node) -> None:
    assert (x == y) == identical(x, y)
    assert (x != y) != (x == y)


@given(trees)
def test_equal_trees_hash_alike(tree: Node) -> None:
    again = tree
    for node in postorder(tree):
        if isinstance(node, Node):
            again = type(node).make(node.args)
    assert again is not tree
    assert again == tree
    assert hash(again) == hash(tree)


def test_one_hash_does_not_make_two_trees_equal() -> None:
    """Python hashes -1 and -2 alike."""
    one, other = Log(Add(a, -1)), Log(Add(a, -2))
    assert hash(one) == hash(other)
    assert one != other
    assert len({one, other}) == 2


def test_bound_names_are_part_of_equality() -> None:
    assert Sum(q[k], k) != Sum(Entry(Symbol("q"), j), (j, 1, K))
    assert len({Sum(a, (a, 1, 3)), Sum(b, (b, 1, 3))}) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a + N, Add(a, Symbol("N"))),
        (N - a, Add(Symbol("N"), Neg(a))),
        (q[k], Entry(Symbol("q"), Symbol("k"))),
        (Sum(q[k], k), Sum(q[k], (k, 1, K))),
        (N / 2, Div(N, Integer(2))),
        (Sum(a, (a, 1, b), (b, 1, 3)), Sum(Sum(a, (a, 1, b)), (b, 1, 3))),
        (N + a + b, Add(N, a, b)),
        (a <= N, a <= N),
    ],
    ids=str,
)
def test_other_ways_of_writing_are_equal(one: Node, other: Node) -> None:
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    "ordinary", [a + b, a * b, a**b, sympy.log(a), sympy.Eq(a, b), sympy.Sum(a, (a, 1, 2))], ids=str
)
def test_a_node_is_unequal_to_plain_sympy(ordinary: Any) -> None:
    node = Neg(ordinary).args[0]
    assert isinstance(node, Node)
    assert node != ordinary
    assert ordinary != node


# --- names --------------------------------------------------------------------------------------------------------


def free_names(x: Any) -> set[Any]:
    """Return the free names by plain recursion."""
    if not isinstance(x, Node):
        return {x} if isinstance(x, Symbol) else set()
    if x.binds:
        return (free_names(x.args[0]) - {x.args[1]}).union(*map(free_names, x.args[2:]))
    return set().union(*map(free_names, x.args))


@given(trees)
def test_free_symbols_are_those_that_no_binder_holds(tree: Node) -> None:
    assert tree.free_symbols == set(free(tree)) == free_names(tree)


@pytest.mark.parametrize("head", [Sum, Product, Integral])
def test_free_and_bound_symbols_are_those_of_sympy(head: Any) -> None:
    for node in (head(a * b, (a, b, j)), head(a * b, (a, a, b), (b, 1, j))):
        ordinary = node.to_sympy()
        assert node.free_symbols == ordinary.free_symbols
        assert {s for x in preorder(node) if isinstance(x, Node) for s in x.bound_symbols} == set(
            ordinary.bound_symbols
        )


@given(trees)
def test_atoms_and_has_are_read_off_the_walk(tree: Node) -> None:
    walk = list(preorder(tree))
    assert tree.atoms() == {x for x in walk if not x.args}
    assert tree.atoms(Symbol) == {x for x in walk if isinstance(x, Symbol)}
    assert tree.atoms(Add, Integer) == {x for x in walk if isinstance(x, (Add, Integer))}
    assert all(tree.has(x) for x in walk)
    assert not tree.has(Symbol("absent"))
    assert tree.has(Sum) == any(isinstance(x, Sum) for x in walk)
    assert tree.has(Symbol("absent"), walk[-1])


# --- what is refused ----------------------------------------------------------------------------------------------

REFUSED = [
    0.5,
    Float("0.5"),
    True,
    False,
    1j,
    Decimal("0.5"),
    float("nan"),
    0.5 * a,
    Float(2) ** a,
    "a",
    None,
    [a],
]
POSITIONS: dict[str, Callable[[Any], Any]] = {
    **{f"right of {i}": (lambda v, o=o: o(e, v)) for i, o in enumerate(OPERATORS)},
    **{f"handle, right of {i}": (lambda v, o=o: o(N, v)) for i, o in enumerate(OPERATORS)},
    **{f"left of {i}": (lambda v, o=o: Neg(o(v, e))) for i, o in enumerate(OPERATORS)},
    **{
        head.__name__: build
        for head, build in [
            (Add, lambda v: Add(a, v)),
            (Mul, lambda v: Mul(v, a)),
            (Neg, Neg),
            (Log, Log),
            (Delta, lambda v: Delta(a, v)),
            (Entry, lambda v: q[v]),
            (Apply, lambda v: Apply(Symbol("f"), v)),
            (Func, lambda v: Func("cos", v)),
            (Sum, lambda v: Sum(a, (a, 1, v))),
            (Integral, lambda v: Integral(v, u)),
            (ForAll, lambda v: ForAll(a <= N, (a, v, N))),
            (Equality, lambda v: Equality(a, v)),
            (Named, lambda v: Named("H", a, v)),
            (Expectation, lambda v: Expectation(v, k, a, q)),
            (Piecewise, lambda v: Piecewise((v, a <= N), (1, True))),
        ]
    },
}


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("value", REFUSED, ids=repr)
def test_what_is_no_exact_number_is_refused(position: str, value: Any) -> None:
    with pytest.raises(ExpressionError):
        POSITIONS[position](value)


@pytest.mark.parametrize("value", [S.NaN, S.ComplexInfinity], ids=str)
def test_what_had_no_value_in_sympy_is_refused(value: Any) -> None:
    with pytest.raises(ExpressionError, match="no number"):
        Add(Symbol("a"), value)


@pytest.mark.parametrize("operation", [lambda x: x // 2, lambda x: 2 // x, lambda x: x % 2, lambda x: 2 % x])
@pytest.mark.parametrize("operand", [e, N], ids=str)
def test_integer_division_is_refused(operation: Callable[[Any], Any], operand: Any) -> None:
    with pytest.raises(ExpressionError):
        operation(operand)


@pytest.mark.parametrize("operation", [lambda x: divmod(x, 2), lambda x: divmod(2, x), lambda x: pow(x, 2, 3)])
@pytest.mark.parametrize("operand", [e, N], ids=str)
def test_operations_modulo_are_refused(operation: Callable[[Any], Any], operand: Any) -> None:
    with pytest.raises(ExpressionError):
        operation(operand)


@pytest.mark.parametrize(("value", "kept"), [(2, Integer(2)), (Rational(1, 3), Rational(1, 3)), (S.Pi, S.Pi)], ids=str)
def test_exact_numbers_are_leaves(value: Any, kept: Any) -> None:
    assert (value * e).args == (kept, e)
    assert (e**value).args == (e, kept)


# --- provenance ---------------------------------------------------------------------------------------------------

JOINED: list[Callable[[Any, Any], Any]] = [
    *OPERATORS,
    Add,
    Mul,
    Div,
    Pow,
    Delta,
    Equality,
    lambda x, y: -x * abs(y),
    lambda x, y: Log(x) + Exp(y),
    lambda x, y: Func("cos", x) * Iverson(y <= 1),
    lambda x, y: Sum(a, (a, x, y)),
    lambda x, y: Product(x, (a, 1, y)),
    lambda x, y: Integral(x, (a, 0, y)),
    lambda x, y: ForAll(x <= 1, (a, 1, y)),
    lambda x, y: Piecewise((x, a <= y), (1, True)),
    lambda x, y: Entry(Symbol("q"), x, y),
    lambda x, y: Apply(Symbol("f"), x, y),
    lambda x, y: Named("H", x, y),
    lambda x, y: Expectation(x, a, y, Symbol("q")),
    lambda x, y: (a + b).subs(a, 1) if x is None else Mul(a, b).subs({a: x, b: y}),
    lambda x, y: Mul(a, b).subs([(a, x), (b, y)]),
    lambda x, y: Mul(a, b).xreplace({a: x, b: y}),
    lambda x, y: Add(a, x).subs(a, y),
]


@pytest.mark.parametrize("join", JOINED)
@pytest.mark.parametrize("pair", [(N, k), (N + 1, k), (2 * N, -(k + 1))], ids=str)
def test_domains_are_joined(join: Callable[[Any, Any], Any], pair: tuple[Any, Any]) -> None:
    assert join(*pair).given == {N, k}


def test_domains_survive_substitution_and_rebuilding() -> None:
    node = N * q[k] + a
    assert node.given == {N, k, q}
    assert node.subs(a, b).given == node.given
    assert node.subs(Symbol("N"), 3).given >= {k, q}
    assert node.func(*node.args).given == node.given
    assert node.rebuild(node.args).given == node.given
    assert (N + a).func(*(N + a).args).given == {N}
    assert copy.deepcopy(node).given == node.given


def test_domains_are_no_part_of_equality() -> None:
    plain = Symbol("N") + Neg(a)
    assert plain == N + Neg(a)
    assert hash(plain) == hash(N + Neg(a))
    assert plain.given != (N + Neg(a)).given


@given(trees, st.sampled_from(NAMES))
def test_provenance_changes_no_value(tree: Node, name: Symbol) -> None:
    marked = tree.subs(name, sizes(name.name))
    assert marked == tree
    assert marked.free_symbols == tree.free_symbols
