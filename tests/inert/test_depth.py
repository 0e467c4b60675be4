"""A nesting of thousands is as good as one of three; where SymPy cannot follow, there is one clear error."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import sympy
from sympy import Symbol

from deltasift.errors import DepthError
from deltasift.inert import (
    Add,
    Apply,
    Delta,
    Div,
    Entry,
    Exp,
    ForAll,
    Integral,
    Iverson,
    LessEqual,
    Log,
    Mul,
    Named,
    Neg,
    Node,
    Not,
    Or,
    Piecewise,
    Pow,
    Product,
    Sum,
    free,
    postorder,
    preorder,
)
from deltasift.inert.bridge import from_sympy
from deltasift.inert.printing import latex
from sampled import sampled

DEPTH = 5000
a, b, k, n = (Symbol(s) for s in ["a", "b", "k", "n"])

Step = Callable[[Any, int], Node]
SHAPES: dict[str, Step] = {
    "sums on the left": lambda e, m: Add(e, b),
    "sums on the right": lambda e, m: Add(b, e),
    "differences by operators": lambda e, m: b - Neg(e),
    "products": lambda e, m: Mul(e, b),
    "signs": lambda e, m: Neg(e),
    "quotients above": lambda e, m: Div(e, b),
    "quotients below": lambda e, m: Div(b, e),
    "logs": lambda e, m: Log(e),
    "logs, signs and quotients": lambda e, m: [Log, Neg, lambda x: Div(x, b), lambda x: b + x][m % 4](e),
    "powers on the left": lambda e, m: Pow(e, b),
    "powers on the right": lambda e, m: Pow(b, e),
    "exps": lambda e, m: Exp(Mul(2, e)),
    "sums over one name": lambda e, m: Sum(e, (k, 1, n)),
    "sums over many names": lambda e, m: Sum(e, (Symbol(f"k_{m % 50}"), 1, n)),
    "sums in their own ranges": lambda e, m: Sum(k, (k, 1, e)),
    "products and integrals": lambda e, m: [Product, Integral][m % 2](e, (k, 1, n)),
    "entries": lambda e, m: Entry(Symbol("q"), e),
    "values": lambda e, m: Apply(Symbol("f"), e, b),
    "deltas": lambda e, m: Delta(e, b),
    "cases": lambda e, m: Piecewise((e, LessEqual(b, 1)), (b, True)),
    "brackets": lambda e, m: Iverson(LessEqual(e, b)),
    "quantities": lambda e, m: Named("H", a, e, b),
    "statements": lambda e, m: [Not, lambda x: Or(x, x), lambda x: ForAll(x, (k, 1, n))][m % 3](e),
}


FLAT = ("sums on the left", "sums on the right", "products", "signs", "quotients above", "sums over one name")
"""What SymPy flattens too, and so can follow at any depth."""


def deep(shape: str, leaf: Any = a) -> Node:
    e: Any = LessEqual(leaf, b) if shape == "statements" else leaf
    for m in range(DEPTH):
        e = SHAPES[shape](e, m)
    assert isinstance(e, Node)
    return e


shapes = pytest.mark.parametrize("shape", sampled(SHAPES, 3))
walked = pytest.mark.parametrize(
    "shape", sampled([s for s in SHAPES if s != "statements"], 3)
)  # shared twofold, thus 2**1667 paths


@shapes
def test_equality_and_hash(shape: str) -> None:
    one, same, other = deep(shape), deep(shape), deep(shape, Symbol("c"))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other


@shapes
def test_copying_and_pickling(shape: str) -> None:
    e = deep(shape)
    for back in (copy.copy(e), copy.deepcopy(e), pickle.loads(pickle.dumps(e))):
        assert back == e
    assert e.func(*e.args) == e


@walked
def test_walking(shape: str) -> None:
    e = deep(shape)
    assert sum(1 for x in preorder(e) if isinstance(x, Node)) >= DEPTH
    assert next(iter(postorder(e))) in free(e) | {k, Symbol("q"), Symbol("f"), Symbol("k_0")} | e.atoms()
    assert e.has(a) == (a in e.atoms())


@shapes
def test_names_and_substitution(shape: str) -> None:
    e = deep(shape)
    assert e.subs(Symbol("absent"), 1) is e
    new = e.subs({a: n, b: a})
    assert free(new) == (free(e) - {a, b}) | ({n} if a in free(e) else set()) | ({a} if b in free(e) else set())
    assert e.xreplace({n: k, a: b}).free_symbols >= free(e) & {b}


def test_substitution_without_capture() -> None:
    e = deep("sums over one name", leaf=Add(n, k)).xreplace({n: k})
    assert free(e) == {k}
    assert len({x.args[1] for x in preorder(e) if isinstance(x, Sum)}) == 1


@walked
def test_printing(shape: str) -> None:
    e = deep(shape)
    for text in (str(e), latex(e)):
        assert len(text) > 100
        assert text.count("{") == text.count("}")


@walked
def test_to_sympy_works_or_says_why(shape: str) -> None:
    e = deep(shape)
    try:
        ordinary = e.to_sympy()
    except DepthError:
        assert shape not in FLAT
        return
    assert not isinstance(ordinary, Node)
    assert ordinary.free_symbols <= e.free_symbols | {sympy.Indexed}


@walked
def test_lambdify_works_or_says_why(shape: str) -> None:
    e = deep(shape)
    names = sorted((x for x in free(e) if x.name not in ("q", "f")), key=str)
    try:
        function = sympy.lambdify(names, e.to_sympy())
    except DepthError:
        return
    assert callable(function)


@pytest.mark.parametrize("levels", [10, 40])
@pytest.mark.parametrize("shape", ["logs, signs and quotients", "powers on the right", "exps", "deltas"])
def test_what_sympy_can_follow_is_computed(shape: str, levels: int) -> None:
    e: Any = a
    for m in range(levels):
        e = SHAPES[shape](e, m)
    ordinary = e.to_sympy()
    assert e.free_symbols >= ordinary.free_symbols
    assert callable(sympy.lambdify((a, b), ordinary))
    assert callable(sympy.lambdify((a, b), e))


def test_from_sympy_is_as_deep_as_sympy_itself() -> None:
    e = a
    for _ in range(70):
        e = sympy.log(1 + e)
    assert from_sympy(e).to_sympy() == e


def raw(head: Any, *args: Any) -> Any:
    """Build an ordinary object without SymPy's own recursion."""
    return sympy.Basic.__new__(head, *args)


@pytest.mark.parametrize(
    "step",
    [
        lambda e, m: raw(sympy.log, e),
        lambda e, m: raw(sympy.Add, e, raw(sympy.log, e), e),  # shared threefold, thus 3**5000 paths
        lambda e, m: raw(sympy.Mul, raw(sympy.Pow, e, sympy.Integer(-2)), b, *(raw(sympy.exp, e) for _ in range(5))),
        lambda e, m: raw([sympy.Sum, sympy.KroneckerDelta][m % 2], e, [sympy.Tuple(k, 1, n), b][m % 2]),
    ],
    ids=["logs", "shared", "broad", "sums of deltas"],
)
def test_reading_at_any_depth(step: Step) -> None:
    ordinary: Any = a
    for m in range(DEPTH):
        ordinary = step(ordinary, m)
    read = from_sympy(ordinary)
    assert free(read) <= {a, b, n}
    assert DEPTH <= sum(1 for _ in postorder(read)) <= 12 * DEPTH
