"""The bridge keeps what SymPy has, in both directions, and our nodes keep their meaning inside SymPy's own."""

from __future__ import annotations

import math
from typing import Any

import pytest
import sympy
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol
from sympy.core.basic import Basic

from deltasift import index, pmf, sizes
from deltasift.errors import BridgeError, ExpressionError, SizeError
from deltasift.inert import (
    Add,
    Apply,
    Delta,
    Div,
    ForAll,
    Integral,
    Iverson,
    Log,
    Mul,
    Neg,
    Node,
    Piecewise,
    Pow,
    Product,
    Sum,
    postorder,
)
from deltasift.inert.bridge import from_sympy, to_sympy
from strategies import INDICES, countable, sympy_expressions

a, b, x = Symbol("a"), Symbol("b"), Symbol("x")
i, j, n = INDICES
N, K = sizes("N K")
k = index("k", 1, K)
q = pmf("q", k)


def made(node: Basic) -> Basic:
    """SymPy's object; what is too large to be one says so, and shows nothing here."""
    try:
        return to_sympy(node)
    except SizeError:
        reject()


@settings(max_examples=400)
@given(sympy_expressions)
def test_there_and_back(ordinary: Basic) -> None:
    assert made(from_sympy(ordinary)) == ordinary


@given(sympy_expressions)
def test_back_and_there(ordinary: Basic) -> None:
    node = from_sympy(ordinary)
    assert from_sympy(made(node)) == node


@given(sympy_expressions)
def test_nothing_of_sympy_is_left_inside(ordinary: Basic) -> None:
    assert all(isinstance(e, Node) or not e.args for e in postorder(from_sympy(ordinary)))


@given(sympy_expressions)
def test_free_symbols_are_kept(ordinary: Basic) -> None:
    """Of a table and of a function the name is one of ours, but an object of its own in SymPy.

    A name that is differentiated by and does not occur is not counted by SymPy.
    """
    own = {Symbol("q"), Symbol("f")}.union(*(d.variables for d in ordinary.atoms(sympy.Derivative)))
    ours = {s for s in from_sympy(ordinary).free_symbols if isinstance(s, Symbol)} - own
    assert ours == {s for s in ordinary.free_symbols if isinstance(s, Symbol)} - own


@pytest.mark.parametrize(
    "refused",
    [
        sympy.nan,
        sympy.zoo,
        sympy.Integral(x, x),
        sympy.MatrixSymbol("M", 2, 2),
        sympy.Symbol("A", commutative=False) * x,
        sympy.Order(x),
    ],
    ids=str,
)
def test_what_has_no_counterpart(refused: Any) -> None:
    with pytest.raises(BridgeError):
        from_sympy(refused)


@pytest.mark.parametrize("refused", [sympy.Float("0.5"), 0.5 * x, sympy.log(x + 0.5), sympy.Eq(x, 0.5)], ids=str)
def test_floats_do_not_cross(refused: Any) -> None:
    with pytest.raises(ExpressionError):
        from_sympy(refused)


def test_what_is_built_around_our_nodes_knows_their_domains() -> None:
    inside = q[k] * N
    read = from_sympy(sympy.log(sympy.Add(sympy.Mul(2, inside, evaluate=False), a, evaluate=False)))
    assert isinstance(read, Node)
    assert all(e.given == inside.given for e in postorder(read) if isinstance(e, Node) and e.has(inside))
    assert inside.given


# --- what SymPy makes of our nodes ----------------------------------------------------------------------------------


@settings(max_examples=60)
@given(countable)
def test_doit_is_that_of_the_ordinary_object(e: Node) -> None:
    if not e.has(ForAll):
        assert e.doit() == e.to_sympy().doit()


def test_to_sympy_evaluates_no_binder() -> None:
    nodes = [Sum(n, (n, 1, 3)), Sum(1, (n, 1, 3)), Product(n, (n, 1, 3)), Integral(x, (x, 0, 1)), Sum(0, (n, 1, 0))]
    for node in nodes:
        ordinary = node.to_sympy()
        assert type(ordinary).__name__ == type(node).__name__
        assert ordinary.args[0] == node.args[0]


def test_products_are_not_multiplied_out() -> None:
    assert Div(Mul(2, Add(a, b)), x).to_sympy() == sympy.Mul(2, a + b, 1 / x)
    assert Mul(Neg(Add(a, b)), x).to_sympy() == sympy.Mul(-1, a + b, x)


@pytest.mark.parametrize("head", [sympy.Ge, sympy.Gt])
def test_greater_comes_back_as_less(head: Any) -> None:
    assert to_sympy(from_sympy(head(a, b))) == head(a, b).reversed


CASES: list[tuple[Any, Any]] = [
    (lambda e: 2 * e, lambda v: 2 * v),
    (lambda e: e**2, lambda v: v**2),
    (lambda e: sympy.log(e), math.log),
    (lambda e: a + e, lambda v: 3 + v),
    (lambda e: a * e - e / a, lambda v: 3 * v - v / 3),
    (lambda e: sympy.sqrt(e) + sympy.exp(-e), lambda v: math.sqrt(v) + math.exp(-v)),
    (lambda e: sympy.Max(a, 1) + sympy.cos(2 * e), lambda v: 3 + math.cos(2 * v)),
    (lambda e: sympy.Sum(e * n, (n, 1, 2)), lambda v: 3 * v),
]
NODES: list[tuple[Node, float]] = [
    (Add(a, Mul(2, b)), 13),
    (Mul(2, Add(a, b)), 16),
    (Div(a, b), 3 / 5),
    (Pow(Neg(a), 2), 9),
    (Log(Add(a, b)), math.log(8)),
    (Sum(Mul(i, b), (i, 1, a)), 30),
    (Add(Delta(a, 3), Delta(a, 4)), 1),
    (Piecewise((b, Add(a, 0) <= 2), (7, True)), 7),
    (Iverson(Neg(a) <= 2), 1),
]


def number(e: Any) -> float:
    ordinary = e if not isinstance(e, Node) else e.to_sympy()
    found = sympy.lambdify((a, b), ordinary, "math")(3, 5)
    return float(found)


@pytest.mark.parametrize(("node", "value"), NODES, ids=[str(e) for e, _ in NODES])
@pytest.mark.parametrize(("around", "expected"), CASES)
def test_our_nodes_compute_inside_sympy(node: Node, value: float, around: Any, expected: Any) -> None:
    assert number(around(node)) == pytest.approx(expected(value), rel=1e-12)


@pytest.mark.parametrize(("node", "value"), NODES, ids=[str(e) for e, _ in NODES])
@pytest.mark.parametrize("module", ["math", "numpy", "mpmath"])
def test_lambdify_takes_a_node(node: Node, value: float, module: str) -> None:
    for function in (sympy.lambdify((a, b), node.to_sympy(), module), sympy.lambdify((a, b), node, module)):
        assert float(function(3, 5)) == pytest.approx(value, rel=1e-12)


PRINTED = [
    (2 * Add(a, b), r"2 (a + b)", "2*(a + b)"),
    (Add(a, b) ** 2, r"(a + b)^{2}", "(a + b)**2"),
    (a + Add(a, b), r"a + (a + b)", "a + (a + b)"),
    (sympy.log(Add(a, b)), r"\log{\left(a + b \right)}", "log(a + b)"),
    (sympy.sin(2 * Add(a, b)), r"\sin{\left(2 (a + b) \right)}", "sin(2*(a + b))"),
    (sympy.Tuple(Neg(a), b), r"\left( -a, \  b\right)", "(-a, b)"),
    (sympy.Mul(2, Add(a, b), evaluate=False), r"2 \left(a + b\right)", "2*(a + b)"),
    (sympy.Pow(Add(a, b), 2, evaluate=False), r"\left(a + b\right)^{2}", "(a + b)**2"),
    (sympy.Pow(Div(a, b), 2, evaluate=False), r"\left(\frac{a}{b}\right)^{2}", "(a/b)**2"),
]


@pytest.mark.parametrize(("e", "tex", "text"), PRINTED, ids=[p[2] for p in PRINTED])
def test_our_nodes_print_inside_sympy(e: Any, tex: str, text: str) -> None:
    assert sympy.latex(e) == tex
    assert str(e) == text
    assert sympy.sstr(e) == text
    assert sympy.pretty(e, use_unicode=False).strip()


def test_a_result_is_ordinary() -> None:
    total = Sum(q[k] * N, k).to_sympy()
    assert not any(isinstance(e, Node) for e in sympy.preorder_traversal(total))
    assert total.subs({Symbol("N"): 2, Symbol("K"): 1}).doit() == 2 * sympy.IndexedBase("q")[1]


# --- ranges that may be reversed ----------------------------------------------------------------------------------


def loops(e: Any, at: dict[Any, int]) -> int:
    """Return the value, empty and reversed ranges being empty."""
    if isinstance(e, Symbol):
        return at[e]
    if isinstance(e, sympy.Integer):
        return int(e)
    if isinstance(e, (Sum, Product)):
        body, name, lo, hi = e.args
        terms = [loops(body, {**at, name: m}) for m in range(loops(lo, at), loops(hi, at) + 1)]
        return sum(terms) if isinstance(e, Sum) else math.prod(terms)
    parts = [loops(p, at) for p in e.args]
    if isinstance(e, Add):
        return sum(parts)
    if isinstance(e, Mul):
        return math.prod(parts)
    if isinstance(e, Delta):
        return int(parts[0] == parts[1])
    assert isinstance(e, Neg)
    return -parts[0]


def shadows(e: Any) -> bool:
    """Tell whether a name is bound again where it is bound: SymPy's own `doit` fails at that in products."""
    return any(e.args[1] in inner.bound_symbols for inner in postorder(e.args[0]) if isinstance(inner, Node))


ARITHMETIC = (Sum, Product, Add, Mul, Neg, Delta)
sums = countable.filter(
    lambda e: (
        e.has(Sum, Product)
        and all(isinstance(p, ARITHMETIC) for p in postorder(e) if isinstance(p, Node))
        and not any(shadows(p) for p in postorder(e) if isinstance(p, (Sum, Product)))
    )
)


@settings(max_examples=80)
@given(sums, st.tuples(*[st.integers(-3, 4)] * 3))
def test_a_guarded_sum_agrees_with_loops(e: Node, sizes_: tuple[int, ...]) -> None:
    at = dict(zip(INDICES, sizes_, strict=True))
    ordinary = e.xreplace(at)
    assert to_sympy(ordinary, guard=True).doit() == loops(e, at)


@pytest.mark.parametrize("size", range(-4, 4))
@pytest.mark.parametrize(
    "e",
    [
        Sum(1, (k.symbol, 1, N)),
        Sum(k.symbol, (k.symbol, 3, N)),
        Product(2, (k.symbol, 1, N)),
        Product(k.symbol, (k.symbol, 2, N)),
        Sum(Mul(k.symbol, k.symbol), (k.symbol, N, 1)),
        Sum(Sum(1, (j, k.symbol, 2)), (k.symbol, 1, N)),
        Add(Sum(1, (k.symbol, 1, N)), Product(3, (k.symbol, N, 0))),
    ],
    ids=str,
)
def test_evaluating_symbolically_and_then_at_a_size(e: Node, size: int) -> None:
    guarded = to_sympy(e, guard=True)
    expected = loops(e, {Symbol("N"): size})
    assert guarded.subs(Symbol("N"), size).doit() == expected
    assert guarded.doit().subs(Symbol("N"), size).doit() == expected


def test_without_the_guard_sympy_follows_its_own_convention() -> None:
    """The test above would be idle if SymPy agreed anyway."""
    assert Sum(1, (n, 1, -3)).doit() == -3
    assert to_sympy(Sum(1, (n, 1, -3)), guard=True).doit() == 0


def test_a_range_that_cannot_be_reversed_needs_no_guard() -> None:
    size = Symbol("m", integer=True, positive=True)
    assert to_sympy(Sum(n, (n, 1, size)), guard=True) == sympy.Sum(n, (n, 1, size))
    assert to_sympy(Sum(n, (n, 2, Rational(7, 2))), guard=True) == sympy.Sum(n, (n, 2, Rational(7, 2)))
    assert to_sympy(Apply(Symbol("f"), Integer(1)), guard=True) == sympy.Function("f")(1)
