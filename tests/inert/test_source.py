"""The two texts of an expression: what is written on a page, which tells expressions apart, and LaTeX."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Symbol

import deltasift
from deltasift import inert
from deltasift.inert import (
    Add,
    Delta,
    Div,
    Entry,
    Exp,
    Expectation,
    Integral,
    LessEqual,
    Log,
    Mul,
    Named,
    Neg,
    Node,
    Piecewise,
    Pow,
    Product,
    Proposition,
    Sum,
    postorder,
    preorder,
)
from deltasift.inert.notation import CHOICES, Notation
from deltasift.inert.printing import latex
from strategies import LEAVES, STATEMENTS, trees

a, b, c = Symbol("a"), Symbol("b"), Symbol("c")

# --- the text of a page -------------------------------------------------------------------------------------------

SIBLINGS: list[tuple[type[Node], ...]] = [
    (Add, Mul),
    (Div, Pow, Delta),
    (Neg, Log, Exp),
    (Sum, Product, Integral),
    tuple(h for h in STATEMENTS if h.__name__ in ("Equality", "LessEqual", "Less", "Unequal", "Definition", "Divides")),
    tuple(h for h in STATEMENTS if h.__name__ in ("And", "Or")),
]
HIDDEN = {Named: 1, Expectation: 2}  # the definition, which its name stands for


def shown(e: Any, path: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Return the paths to everything that the text shows."""
    paths = [path]
    if isinstance(e, Node):
        for at, arg in enumerate(e.args):
            if HIDDEN.get(type(e)) != at:
                paths.extend(shown(arg, (*path, at)))
    return paths


def changed(e: Any, path: tuple[int, ...], rng: random.Random) -> Any:
    """Return the expression with another thing at the end of the path."""
    if path:
        args = list(e.args)
        args[path[0]] = changed(args[path[0]], path[1:], rng)
        return type(e).make(tuple(args))
    if not isinstance(e, Node):
        return rng.choice([Symbol("other"), *(leaf for leaf in LEAVES if type(leaf) is type(e))])
    choices: list[Node] = []
    for family in SIBLINGS:
        if type(e) in family:
            choices += [head.make(e.args) for head in family]
    if not e.binds and all(isinstance(x, Node) or x.is_Number for x in e.args) and not isinstance(e, Piecewise):
        choices.append(type(e).make(e.args[::-1]))
    if not isinstance(e, Proposition):
        choices += [Neg(e), Add(e, 1), Mul(2, e), Mul(e, a), Div(e, 2), Pow(e, 2)]
        if isinstance(e, (Add, Mul)):
            head = type(e)
            choices += [head(head(*e.args[:2]), *e.args[2:])] if len(e.args) > 2 else []
            choices += [head(e.args[0], head(*e.args[1:]))] if len(e.args) > 2 else []
            choices += [head(*x.args, *e.args[1:]) for x in e.args[:1] if type(x) is head]
    return rng.choice(choices or [e])


@settings(max_examples=400)
@given(trees, st.integers(0, 2**32))
def test_what_differs_reads_differently(tree: Node, seed: int) -> None:
    rng = random.Random(seed)
    paths = shown(tree)
    for path in rng.sample(paths, min(6, len(paths))):
        other = changed(tree, path, rng)
        assert (str(other) == str(tree)) == (other == tree), (other.args, tree.args)


@settings(max_examples=300)
@given(trees, trees)
def test_two_texts_are_equal_only_for_equal_trees(one: Node, other: Node) -> None:
    if not any(isinstance(e, tuple(HIDDEN)) for x in (one, other) for e in preorder(x)):
        assert (str(one) == str(other)) == (one == other)


LOOKALIKES = [
    [Add(a, Add(b, c)), Add(Add(a, b), c), Add(a, b, c)],
    [Mul(a, Mul(b, c)), Mul(Mul(a, b), c), Mul(a, b, c)],
    [Add(a, Neg(b)), Add(a, Mul(-1, b)), Neg(Add(Neg(a), b)), Add(a, Mul(Neg(1), b))],
    [Add(a, Integer(-3)), Add(a, Neg(3)), Add(a, Neg(Neg(3))), Add(a, Neg(Integer(-3)))],
    [Neg(Mul(a, b)), Mul(Neg(a), b), Mul(-1, a, b), Mul(a, Neg(b))],
    [Neg(Div(a, b)), Div(Neg(a), b), Div(a, Neg(b)), Neg(Div(Neg(a), b))],
    [Div(Mul(a, b), c), Mul(a, Div(b, c)), Mul(Div(a, c), b), Div(a, Mul(b, c)), Div(Div(a, b), c), Div(a, Div(b, c))],
    [Pow(Neg(a), 2), Neg(Pow(a, 2)), Pow(a, Neg(2)), Pow(a, -2), Pow(Pow(a, b), c), Pow(a, Pow(b, c))],
    [Pow(-3, 2), Neg(Pow(3, 2)), Pow(Neg(3), 2)],
    [Div(1, 2), sympy.Rational(1, 2) * Neg(a), Div(Neg(a), 2), Neg(Div(a, 2)), Mul(Div(1, 2), Neg(a))],
    [Mul(sympy.Rational(1, 2), a), Mul(Div(1, 2), a), Div(Mul(1, a), 2), Mul(1, Div(a, 2))],
    [Sum(Add(a, b), (a, 1, 2)), Add(Sum(a, (a, 1, 2)), b), Sum(a, (a, 1, Add(2, b)))],
    [LessEqual(a, Add(b, c)), Add(LessEqual(a, b), c), LessEqual(Add(a, c), b)],
    [Log(Mul(a, b)), Mul(Log(a), b), Mul(a, Log(b)), Pow(Log(a), b), Log(Pow(a, b))],
]


@pytest.mark.parametrize("family", LOOKALIKES, ids=[str(f[0]) for f in LOOKALIKES])
def test_lookalikes_read_differently(family: list[Node]) -> None:
    assert len({str(e) for e in family}) == len(family)


@pytest.mark.parametrize(
    "family", [f for f in LOOKALIKES if f[0] != LOOKALIKES[9][0] and f[0] != LOOKALIKES[10][0]], ids=lambda f: str(f[0])
)
def test_what_means_something_else_looks_different(family: list[Any]) -> None:
    """LaTeX need not tell `(-3)` from the sign before a 3, but it may not show two values as one."""
    point = {a: Integer(2), b: Integer(3), c: Integer(7)}
    values: dict[str, set[Any]] = {}
    for e in family:
        if not e.has(Proposition):
            values.setdefault(latex(e), set()).add(e.to_sympy().subs(point))
    assert all(len(found) == 1 for found in values.values())


READ = {
    **{h.__name__: h for h in (Sum, Product, Integral, inert.Equality, inert.And, inert.Or, inert.Not)},
    **{h.__name__: h for h in (inert.ForAll, inert.Divides, inert.IsInteger)},
    "log": Log,
    "exp": Exp,
    "delta": Delta,
    "dirac": inert.Dirac,
    "iverson": inert.Iverson,
}
BY_OPERATORS = (Add, Mul, Neg, Div, Pow, LessEqual, inert.Less)
NAMESPACE = {**READ, **{name: deltasift.real(name) for name in "abijknc"}}


def readable(tree: Node) -> Any:
    """Return the tree as operators can write it: names for numbers, and no sum to the left of a sum."""
    built: dict[int, Any] = {}
    for e in postorder(tree):
        if type(e) in (*BY_OPERATORS, *READ.values()):
            args = [built[id(x)] for x in e.args]
            if isinstance(e, inert.Dirac):
                args[1] = e.args[1]
            if isinstance(e, (Add, Mul)) and type(args[0]) is type(e):
                args = [*args[0].args, *args[1:]]
            built[id(e)] = type(e).make(tuple(args))
        elif isinstance(e, Proposition):
            built[id(e)] = LessEqual(c, c)
        else:
            built[id(e)] = e if isinstance(e, Symbol) and e.name in NAMESPACE else c
    return built[id(tree)]


@settings(max_examples=300)
@given(trees)
def test_python_reads_what_was_written(tree: Node) -> None:
    """The text, run as a page with these names declared, writes the same tree."""
    written = readable(tree)
    assert Neg(eval(str(written), dict(NAMESPACE))).args[0] == written


# --- LaTeX --------------------------------------------------------------------------------------------------------

TOKEN = re.compile(r"\\left|\\right|\\begin\{cases\}|\\end\{cases\}|\\[{}\\|]|[{}]")
CLOSES = {r"\right": r"\left", r"\end{cases}": r"\begin{cases}", "}": "{"}


def unbalanced(text: str) -> str | None:
    """Return the first brace or delimiter that has no partner."""
    opened: list[str] = []
    for token in TOKEN.findall(text):
        if token in CLOSES:
            if not opened or opened.pop() != CLOSES[token]:
                return str(token)
        elif token in CLOSES.values():
            opened.append(token)
    return opened[-1] if opened else None


@settings(max_examples=300)
@given(trees)
def test_latex_is_balanced(tree: Node) -> None:
    assert unbalanced(latex(tree)) is None
    assert unbalanced(sympy.latex(tree)) is None


@given(trees, st.fixed_dictionaries({name: st.sampled_from(choices) for name, choices in CHOICES.items()}))
def test_latex_is_balanced_in_every_notation(tree: Node, choices: dict[str, str]) -> None:
    notation = Notation(**choices).about(frozenset(["q"]))
    assert unbalanced(latex(tree, notation)) is None


NAMES = [
    "mu_1",
    r"\hat p",
    "p'",
    "a_b_c",
    "x}",
    "{x",
    r"\frac",
    "a b",
    r"\hat{",
    "50%",
    "_",
    "^",
    "q'_1",
    "ß",
    "x_{",
    "a^2",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_latex(name: str) -> None:
    s = Symbol(name)
    for e in (Add(s, 1), Pow(s, 2), Entry(s, s), Sum(s, (s, 1, s)), Pow(Entry(s, 1), s)):
        assert unbalanced(latex(e)) is None


def test_the_balance_is_seen() -> None:
    assert unbalanced(r"\left(a^{2}\right)") is None
    assert unbalanced(r"\left(a^{2\right)}") == r"\right"
    assert unbalanced(r"\frac{a}{b") == "{"
    assert unbalanced(r"\{ a") is None
