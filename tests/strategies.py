"""Random expressions: inert ones with every head, small ones that loops can evaluate, and ordinary SymPy ones.

Each is written by a random program: a list of steps, in which every step puts a new head over what the steps before
it have made. So subexpressions are shared and bound names clash, as often as not.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import sympy
from hypothesis import strategies as st
from sympy import Integer, Rational, Symbol
from sympy.core.basic import Basic

from deltasift import inert
from deltasift.inert import Node


class Desk:
    """What is at hand when a step is made."""

    def __init__(self, leaves: list[Any], names: list[Any]) -> None:
        self.rng = random.Random()
        self.leaves = leaves
        self.names = names
        self.values: list[Any] = []
        self.statements: list[Any] = []

    def value(self) -> Any:
        """Return one of the latest values, or a leaf."""
        return self.rng.choice(self.values[-3:]) if self.values and self.rng.random() < 0.6 else self.leaf()

    def leaf(self) -> Any:
        return self.rng.choice(self.leaves)

    def name(self) -> Any:
        return self.rng.choice(self.names)

    def some(self, least: int, most: int) -> list[Any]:
        return [self.value() for _ in range(self.rng.randint(least, most))]

    def range(self) -> tuple[Any, Any, Any]:
        return self.name(), self.value(), self.value()

    def said(self) -> Any:
        """Return one of the latest statements, or a new one."""
        if self.statements and self.rng.random() < 0.7:
            return self.rng.choice(self.statements[-2:])
        return inert.LessEqual(self.value(), self.value())


Step = Callable[[Desk], Any]


def _programs(steps: int, most: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(st.tuples(st.integers(0, steps - 1), st.integers(0, 2**16)), min_size=1, max_size=most)


def _run(desk: Desk, steps: list[Step], program: list[tuple[int, int]]) -> Any:
    made: Any = None
    for step, seed in program:
        desk.rng.seed(seed)
        made = steps[step](desk)
        (desk.statements if isinstance(made, inert.Proposition) else desk.values).append(made)
    return made


# --- every head ---------------------------------------------------------------------------------------------------

NAMES = [Symbol(s) for s in ["a", "b", "i", "j", "k", "n"]]
LEAVES = [
    *NAMES,
    Symbol("r", positive=True),
    *map(Integer, (-3, 0, 1, 2, 10)),
    Rational(1, 2),
    Rational(-2, 3),
    sympy.pi,
    sympy.oo,
]
TABLES = [Symbol("q"), Symbol("y")]
VALUES: dict[type[Node], Step] = {
    inert.Add: lambda d: inert.Add(*d.some(2, 3)),
    inert.Mul: lambda d: inert.Mul(*d.some(2, 3)),
    inert.Neg: lambda d: inert.Neg(d.value()),
    inert.Div: lambda d: inert.Div(d.value(), d.value()),
    inert.Pow: lambda d: inert.Pow(d.value(), d.value()),
    inert.Log: lambda d: inert.Log(d.value()),
    inert.Exp: lambda d: inert.Exp(d.value()),
    inert.Func: lambda d: (
        inert.Func(d.rng.choice(["cos", "Abs", "sigma", "floor"]), d.value())
        if d.rng.random() < 0.8
        else inert.root_of_unity(d.value(), d.value())
    ),
    inert.Sum: lambda d: inert.Sum(d.value(), d.range()),
    inert.Product: lambda d: inert.Product(d.value(), d.range()),
    inert.Maximum: lambda d: inert.Maximum(d.value(), d.range()),
    inert.Minimum: lambda d: inert.Minimum(d.value(), d.range()),
    inert.Integral: lambda d: inert.Integral(d.value(), d.range()),
    inert.Derivative: lambda d: inert.Derivative(d.value(), d.name(), d.rng.randint(1, 2)),
    inert.At: lambda d: inert.At(d.value(), d.name(), d.value()),
    inert.Delta: lambda d: inert.Delta(d.value(), d.value()),
    inert.Dirac: lambda d: inert.Dirac(d.value(), d.rng.randint(0, 1)),
    inert.Iverson: lambda d: inert.Iverson(d.said()),
    inert.Piecewise: lambda d: inert.Piecewise((d.value(), d.said()), (d.value(), True)),
    inert.Entry: lambda d: inert.Entry(d.rng.choice(TABLES), *d.some(1, 2)),
    inert.Apply: lambda d: inert.Apply(d.rng.choice([Symbol("f"), Symbol("g")]), *d.some(1, 2)),
    inert.Named: lambda d: inert.Named(d.rng.choice(["KL", "H", "NLL"]), d.value(), d.value(), d.value()),
    inert.RowName: lambda d: inert.Named("H", d.value(), inert.RowName(d.rng.choice(TABLES), *d.some(1, 2))),
    inert.Expectation: lambda d: inert.Expectation(d.value(), d.name(), d.value(), d.rng.choice(TABLES)),
}
STATEMENTS: dict[type[Node], Step] = {
    inert.Equality: lambda d: inert.Equality(d.value(), d.value()),
    inert.LessEqual: lambda d: inert.LessEqual(d.value(), d.value()),
    inert.Less: lambda d: inert.Less(d.value(), d.value()),
    inert.Unequal: lambda d: inert.Unequal(d.value(), d.value()),
    inert.Definition: lambda d: inert.Definition(d.value(), d.value()),
    inert.SameOrder: lambda d: inert.SameOrder(d.value(), d.value(), d.name()),
    inert.OppositeOrder: lambda d: inert.OppositeOrder(d.value(), d.value(), d.name()),
    inert.Infinite: lambda d: inert.Infinite(d.value(), d.value()),
    inert.Minimiser: lambda d: inert.Minimiser(d.value(), d.name(), d.value()),
    inert.OnlyMinimiser: lambda d: inert.OnlyMinimiser(d.value(), d.name(), d.value()),
    inert.Maximiser: lambda d: inert.Maximiser(d.value(), d.name(), d.value()),
    inert.OnlyMaximiser: lambda d: inert.OnlyMaximiser(d.value(), d.name(), d.value()),
    inert.And: lambda d: inert.And(d.said(), d.said()),
    inert.Or: lambda d: inert.Or(d.said(), d.said()),
    inert.Not: lambda d: inert.Not(d.said()),
    inert.Divides: lambda d: inert.Divides(d.value(), d.value()),
    inert.IsInteger: lambda d: inert.IsInteger(d.value()),
    inert.ForAll: lambda d: inert.ForAll(d.said(), d.range()),
    inert.Continuous: lambda d: inert.Continuous(d.value(), d.name(), d.value()),
    inert.Integrable: lambda d: inert.Integrable(inert.Integral(d.value(), d.range())),
    inert.relations.Summable: lambda d: inert.relations.Summable(inert.Sum(d.value(), d.range())),
}
HEADS = {**VALUES, **STATEMENTS}
_HEADS = list(HEADS.values())

trees: st.SearchStrategy[Node] = _programs(len(_HEADS), 8).map(lambda p: _run(Desk(LEAVES, NAMES), _HEADS, p))
"""Nodes with every head there is."""


# --- what loops can evaluate --------------------------------------------------------------------------------------

INDICES = [Symbol(s) for s in ["i", "j", "n"]]
_COUNTED: list[Step] = [
    lambda d: inert.Add(d.value(), d.value()),
    lambda d: inert.Mul(d.value(), d.value()),
    lambda d: inert.Neg(d.value()),
    lambda d: inert.Delta(d.value(), d.value()),
    lambda d: inert.Apply(Symbol("f"), d.value(), d.value()),
    lambda d: inert.Iverson(inert.LessEqual(d.value(), d.value())),
    lambda d: inert.Iverson(inert.ForAll(inert.Unequal(d.value(), d.value()), _short_range(d))),
    lambda d: inert.Product(d.value(), _short_range(d)),
    *[lambda d: inert.Sum(d.value(), _short_range(d))] * 4,
]


def _short_range(d: Desk) -> tuple[Any, Any, Any]:
    ends = [*INDICES, *map(Integer, range(4))]
    return d.name(), d.rng.choice(ends), d.rng.choice(ends)


countable: st.SearchStrategy[Node] = _programs(len(_COUNTED), 6).map(
    lambda p: _run(Desk([*INDICES, Integer(1), Integer(2)], INDICES), _COUNTED, p)
)
"""Expressions in i, j, n, with clashing bound names, whose value at integers is found by loops."""

_SMALL: list[Step] = [
    lambda d: d.leaf(),
    lambda d: inert.Add(d.leaf(), d.name()),
    lambda d: inert.Delta(d.leaf(), d.leaf()),
    lambda d: inert.Sum(inert.Delta(d.leaf(), d.name()), (d.name(), 1, d.leaf())),
]
small: st.SearchStrategy[Any] = _programs(len(_SMALL), 1).map(
    lambda p: _run(Desk([*INDICES, *map(Integer, range(4))], INDICES), _SMALL, p)
)
"""What is put in the place of a name: small, since it may become the end of a range."""


# --- ordinary SymPy -----------------------------------------------------------------------------------------------

SYMPY_NAMES = [
    Symbol("a"),
    Symbol("x", real=True),
    Symbol("r", positive=True),
    Symbol("k", integer=True),
    Symbol("n", integer=True, positive=True),
]
SYMPY_LEAVES = [
    *SYMPY_NAMES,
    *map(Integer, range(-4, 7)),
    Rational(1, 2),
    Rational(-3, 4),
    sympy.pi,
    sympy.E,
]
_EXPONENTS = [Integer(2), Integer(-1), Integer(-2), Rational(1, 2), Rational(-1, 2), *SYMPY_NAMES]
_SYMPY: list[Step] = [
    lambda d: d.value() + d.value(),
    lambda d: d.value() - d.value(),
    lambda d: d.value() * d.value(),
    lambda d: d.value() / d.value(),
    lambda d: d.value() ** d.rng.choice(_EXPONENTS),
    lambda d: sympy.log(d.value()),
    lambda d: sympy.exp(d.value()),
    lambda d: sympy.Sum(d.value(), d.range()),
    lambda d: sympy.Sum(d.value(), d.range(), d.range()),
    lambda d: sympy.Product(d.value(), d.range()),
    lambda d: sympy.Integral(d.value(), d.range()),
    lambda d: sympy.Derivative(sympy.Function("f")(d.name(), d.value()), d.name()),
    lambda d: sympy.KroneckerDelta(d.value(), d.value()),
    lambda d: sympy.DiracDelta(d.value()),
    lambda d: sympy.Piecewise((d.value(), _compared(d)), (d.value(), True)),
    lambda d: sympy.IndexedBase("q")[tuple(d.some(1, 2))],
    lambda d: sympy.Function("f")(*d.some(1, 2)),
    lambda d: d.rng.choice([sympy.cos, sympy.Abs, sympy.gamma, sympy.floor])(d.value()),
]


def _compared(d: Desk) -> Any:
    head = d.rng.choice([sympy.Eq, sympy.Ne, sympy.Le, sympy.Lt])
    one = head(d.name(), d.value())
    return sympy.And(one, sympy.Or(sympy.Ne(d.name(), d.value()), one)) if d.rng.random() < 0.3 else one


def _sympy(program: list[tuple[int, int]], statement: bool) -> Basic | None:
    """Return what SymPy makes of a program; None where SymPy refuses, or where the result is no finite expression."""
    desk = Desk(SYMPY_LEAVES, SYMPY_NAMES)
    try:
        made: Basic = _run(desk, _SYMPY, program)
        made = _compared(desk) if statement else made
    except (TypeError, ValueError):
        return None
    odd = made.has(sympy.nan, sympy.zoo, sympy.oo, -sympy.oo, sympy.AccumBounds, sympy.ITE)
    reversed_ = made.has(sympy.Ge, sympy.Gt)  # these come back as Le and Lt
    return None if odd or reversed_ or _rebuilt(made) != made else made


def _rebuilt(e: Basic) -> Basic:
    """Return what SymPy makes of its own result: at times something else."""
    return e.func(*map(_rebuilt, e.args)) if e.args else e


sympy_expressions: st.SearchStrategy[Basic] = (
    st.tuples(_programs(len(_SYMPY), 6), st.sampled_from([False, False, False, True]))
    .map(lambda p: _sympy(*p))
    .filter(lambda e: e is not None)
)
"""What SymPy's own evaluation makes of a random expression or statement."""
