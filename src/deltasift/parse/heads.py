"""What may be called: the heads of pages and of SymPy, each with the number of its arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sympy import Integer, Rational, S
from sympy.logic.boolalg import BooleanAtom

from deltasift.errors import ExpressionError
from deltasift.inert import (
    Add,
    And,
    At,
    Continuous,
    Definition,
    Delta,
    Derivative,
    Dirac,
    Div,
    Divides,
    Equality,
    Exp,
    ForAll,
    Func,
    Integrable,
    Integral,
    IsInteger,
    Iverson,
    Less,
    LessEqual,
    Log,
    Maximiser,
    Maximum,
    Minimiser,
    Minimum,
    Mul,
    Node,
    Not,
    OnlyMaximiser,
    OnlyMinimiser,
    OppositeOrder,
    Or,
    Piecewise,
    Pow,
    Product,
    SameOrder,
    Statement,
    Sum,
    Summable,
    Unequal,
    inert,
    sqrt,
)
from deltasift.inert.functions import FUNCTIONS
from deltasift.quantities import QUANTITIES, Expectation, Quantity

MANY = 10_000


@dataclass(frozen=True)
class Head:
    """What a name does with its arguments, and how many it takes."""

    build: Callable[..., Any]
    least: int
    most: int
    handles: bool = False  # whether the arguments are declared tables or rows of them, and not expressions
    terms: tuple[int, ...] = ()  # which of them are expressions all the same
    statements: bool = False  # whether an argument may be a statement


def _delta(i: Any, j: Any, limits: Any = None) -> Any:
    """The Kronecker delta; SymPy's third argument is a range outside of which it is 0."""
    if limits is None:
        return Delta(i, j)
    if not isinstance(limits, tuple) or len(limits) != 2:
        raise ExpressionError("the third argument of a Kronecker delta is a range (lo, hi)")
    lo, hi = limits
    inside = And(LessEqual(lo, i), LessEqual(i, hi), LessEqual(lo, j), LessEqual(j, hi))
    return Mul(Delta(i, j), Iverson(inside))


def _derivative(body: Any, *names: Any) -> Any:
    """`Derivative(f, x)`, `Derivative(f, x, 2)`, `Derivative(f, (x, 2))` or `Derivative(f, x, y)`."""
    if len(names) == 2 and inert(names[1]).is_Integer:
        return Derivative(body, *names)
    for name in names:
        body = Derivative(body, *name) if isinstance(name, tuple) else Derivative(body, name)
    return body


def _quantity(q: Quantity) -> Head:
    """Return what the name of a quantity does with its operands."""
    counts = [n for (_, n), other in QUANTITIES.items() if other.make is q.make]
    return Head(q.make, min(counts), max(counts), handles=True, terms=q.terms)


def _logical(head: Callable[..., Node]) -> Callable[..., Node]:
    """Return a head that takes statements alone."""

    def build(*parts: Any) -> Node:
        for p in parts:
            if not _is_statement(p):
                raise ExpressionError(f"{p} is neither true nor false")
        return head(*parts)

    return build


def _is_statement(e: Any) -> bool:
    return isinstance(inert(e), (Statement, BooleanAtom))


def _piecewise(*cases: Any) -> Node:
    """A case is a number with a statement."""
    for case in cases:
        if isinstance(case, tuple) and len(case) == 2 and (_is_statement(case[0]) or not _is_statement(case[1])):
            raise ExpressionError(f"({case[0]}, {case[1]}) is no pair of a number and a condition")
    return Piecewise(*cases)


def _for_all(body: Any, limits: Any) -> Node:
    if not _is_statement(body):
        raise ExpressionError(f"{body} is neither true nor false")
    for end in limits if isinstance(limits, tuple) else ():
        if _is_statement(end):
            raise ExpressionError(f"a range takes numbers, and {end} is true or false")
    return ForAll(body, limits)


def _rational(p: Any, q: Any = 1) -> Any:
    above, below = inert(p), inert(q)
    if not (isinstance(above, Integer) and isinstance(below, Integer)) or below == 0:
        raise ExpressionError("Rational takes two integers, the second of them not 0")
    return Rational(above, below)


def _function(name: str) -> Head:
    return Head(lambda *args: Func(name, *args), 1, MANY)


HEADS: dict[str, Head] = {
    **{name: _function(name) for name in FUNCTIONS},
    **{f.name: Head(partial(Func, f.name), f.arity, f.arity) for f in FUNCTIONS.values() if f.definition is not None},
    "log": Head(Log, 1, 1),
    "ln": Head(Log, 1, 1),
    "exp": Head(Exp, 1, 1),
    "sqrt": Head(sqrt, 1, 1),
    "Pow": Head(Pow, 2, 2),
    "Add": Head(Add, 2, MANY),
    "Mul": Head(Mul, 2, MANY),
    "Div": Head(Div, 2, 2),
    "S": Head(_rational, 1, 1),
    "Integer": Head(_rational, 1, 1),
    "Rational": Head(_rational, 1, 2),
    "Sum": Head(Sum, 2, MANY),
    "Product": Head(Product, 2, MANY),
    "Maximum": Head(Maximum, 2, MANY),
    "Minimum": Head(Minimum, 2, MANY),
    "Integral": Head(Integral, 2, MANY),
    "Derivative": Head(_derivative, 2, MANY),
    "At": Head(At, 3, 3),
    "Subs": Head(At, 3, 3),
    "delta": Head(_delta, 2, 3),
    "KroneckerDelta": Head(_delta, 2, 3),
    "dirac": Head(Dirac, 1, 2),
    "DiracDelta": Head(Dirac, 1, 2),
    "iverson": Head(Iverson, 1, 1, statements=True),
    "Iverson": Head(Iverson, 1, 1, statements=True),
    "Piecewise": Head(_piecewise, 1, MANY, statements=True),
    "Equality": Head(Equality, 2, 2),
    "Eq": Head(Equality, 2, 2),
    "Unequal": Head(Unequal, 2, 2),
    "Ne": Head(Unequal, 2, 2),
    "LessEqual": Head(LessEqual, 2, 2),
    "Le": Head(LessEqual, 2, 2),
    "Less": Head(Less, 2, 2),
    "Lt": Head(Less, 2, 2),
    "Ge": Head(lambda a, b: LessEqual(b, a), 2, 2),
    "Gt": Head(lambda a, b: Less(b, a), 2, 2),
    "Definition": Head(Definition, 2, 2),
    "And": Head(_logical(And), 1, MANY, statements=True),
    "Or": Head(_logical(Or), 1, MANY, statements=True),
    "Not": Head(_logical(Not), 1, 1, statements=True),
    "Divides": Head(Divides, 2, 2),
    "IsInteger": Head(IsInteger, 1, 1),
    "ForAll": Head(_for_all, 2, 2, statements=True),
    "Continuous": Head(Continuous, 3, 3),
    "Integrable": Head(Integrable, 1, 1),
    "Summable": Head(Summable, 1, 1),
    "SameOrder": Head(SameOrder, 3, 3),
    **{head.__name__: Head(head, 3, 3) for head in (Minimiser, OnlyMinimiser, Maximiser, OnlyMaximiser)},
    "OppositeOrder": Head(OppositeOrder, 3, 3),
    **{q.make.__name__: _quantity(q) for q in QUANTITIES.values()},
    "E": Head(Expectation, 3, 3),
    "Expectation": Head(Expectation, 3, 3),
}
CONSTANTS: dict[str, Any] = {
    "pi": S.Pi,
    "π": S.Pi,
    "E": S.Exp1,
    "oo": S.Infinity,
    "I": S.ImaginaryUnit,
    "True": S.true,
    "False": S.false,
    "true": S.true,
    "false": S.false,
}
NO_NUMBERS = {
    "zoo": "SymPy's mark of a division by 0",
    "nan": "the mark of what has no value",
}
RELATIONS: dict[str, Callable[[Any, Any], Node]] = {
    "<=": LessEqual,
    "<": Less,
    ">=": lambda a, b: LessEqual(b, a),
    ">": lambda a, b: Less(b, a),
    "==": Equality,
    "!=": Unequal,
}
