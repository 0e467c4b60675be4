"""What may be called: the heads of pages and of SymPy, each with the number of its arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sympy import Integer, Rational, S
from sympy.logic.boolalg import BooleanAtom

import deltasift.inert as ex
from deltasift.errors import ExpressionError
from deltasift.inert import inert, sqrt
from deltasift.inert.functions import FUNCTIONS
from deltasift.inert.reading import levi_civita
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
        return ex.Delta(i, j)
    if not isinstance(limits, tuple) or len(limits) != 2:
        raise ExpressionError("the third argument of a Kronecker delta is a range (lo, hi)")
    lo, hi = limits
    inside = ex.And(ex.LessEqual(lo, i), ex.LessEqual(i, hi), ex.LessEqual(lo, j), ex.LessEqual(j, hi))
    return ex.Mul(ex.Delta(i, j), ex.Iverson(inside))


def _derivative(body: Any, *names: Any) -> Any:
    """`Derivative(f, x)`, `Derivative(f, x, 2)`, `Derivative(f, (x, 2))` or `Derivative(f, x, y)`."""
    if len(names) == 2 and inert(names[1]).is_Integer:
        return ex.Derivative(body, *names)
    for name in names:
        body = ex.Derivative(body, *name) if isinstance(name, tuple) else ex.Derivative(body, name)
    return body


def _quantity(q: Quantity) -> Head:
    """Return what the name of a quantity does with its operands."""
    counts = [n for (_, n), other in QUANTITIES.items() if other.make is q.make]
    return Head(q.make, min(counts), max(counts), handles=True, terms=q.terms)


def _logical(head: Callable[..., ex.Node]) -> Callable[..., ex.Node]:
    """Return a head that takes statements alone."""

    def build(*parts: Any) -> ex.Node:
        for p in parts:
            if not _is_statement(p):
                raise ExpressionError(f"{p} is neither true nor false")
        return head(*parts)

    return build


def _is_statement(e: Any) -> bool:
    return isinstance(inert(e), (ex.Proposition, BooleanAtom))


def _piecewise(*cases: Any) -> ex.Node:
    """A case is a number with a statement."""
    for case in cases:
        if isinstance(case, tuple) and len(case) == 2 and (_is_statement(case[0]) or not _is_statement(case[1])):
            raise ExpressionError(f"({case[0]}, {case[1]}) is no pair of a number and a condition")
    return ex.Piecewise(*cases)


def _for_all(body: Any, limits: Any) -> ex.Node:
    if not _is_statement(body):
        raise ExpressionError(f"{body} is neither true nor false")
    for end in limits if isinstance(limits, tuple) else ():
        if _is_statement(end):
            raise ExpressionError(f"a range takes numbers, and {end} is true or false")
    return ex.ForAll(body, limits)


def _rational(p: Any, q: Any = 1) -> Any:
    above, below = inert(p), inert(q)
    if not (isinstance(above, Integer) and isinstance(below, Integer)) or below == 0:
        raise ExpressionError("Rational takes two integers, the second of them not 0")
    return Rational(above, below)


def _function(name: str) -> Head:
    return Head(lambda *args: ex.Func(name, *args), 1, MANY)


HEADS: dict[str, Head] = {
    **{name: _function(name) for name in FUNCTIONS},
    **{
        f.name: Head(partial(ex.Func, f.name), f.arity, f.arity) for f in FUNCTIONS.values() if f.definition is not None
    },
    "log": Head(ex.Log, 1, 1),
    "ln": Head(ex.Log, 1, 1),
    "exp": Head(ex.Exp, 1, 1),
    "sqrt": Head(sqrt, 1, 1),
    "Pow": Head(ex.Pow, 2, 2),
    "Add": Head(ex.Add, 2, MANY),
    "Mul": Head(ex.Mul, 2, MANY),
    "Div": Head(ex.Div, 2, 2),
    "S": Head(_rational, 1, 1),
    "Integer": Head(_rational, 1, 1),
    "Rational": Head(_rational, 1, 2),
    **{fold.__name__: Head(fold, 2, MANY) for fold in ex.FOLDS},
    "Integral": Head(ex.Integral, 2, MANY),
    "Derivative": Head(_derivative, 2, MANY),
    "At": Head(ex.At, 3, 3),
    "Subs": Head(ex.At, 3, 3),
    "delta": Head(_delta, 2, 3),
    "KroneckerDelta": Head(_delta, 2, 3),
    "LeviCivita": Head(levi_civita, 2, MANY),
    "dirac": Head(ex.Dirac, 1, 2),
    "DiracDelta": Head(ex.Dirac, 1, 2),
    "iverson": Head(ex.Iverson, 1, 1, statements=True),
    "Iverson": Head(ex.Iverson, 1, 1, statements=True),
    "Piecewise": Head(_piecewise, 1, MANY, statements=True),
    "Equality": Head(ex.Equality, 2, 2),
    "Eq": Head(ex.Equality, 2, 2),
    "Unequal": Head(ex.Unequal, 2, 2),
    "Ne": Head(ex.Unequal, 2, 2),
    "LessEqual": Head(ex.LessEqual, 2, 2),
    "Le": Head(ex.LessEqual, 2, 2),
    "Less": Head(ex.Less, 2, 2),
    "Lt": Head(ex.Less, 2, 2),
    "Ge": Head(lambda a, b: ex.LessEqual(b, a), 2, 2),
    "Gt": Head(lambda a, b: ex.Less(b, a), 2, 2),
    "Definition": Head(ex.Definition, 2, 2),
    "And": Head(_logical(ex.And), 1, MANY, statements=True),
    "Or": Head(_logical(ex.Or), 1, MANY, statements=True),
    "Not": Head(_logical(ex.Not), 1, 1, statements=True),
    "Divides": Head(ex.Divides, 2, 2),
    "IsInteger": Head(ex.IsInteger, 1, 1),
    "ForAll": Head(_for_all, 2, 2, statements=True),
    "Continuous": Head(ex.Continuous, 3, 3),
    "Integrable": Head(ex.Integrable, 1, 1),
    "Summable": Head(ex.Summable, 1, 1),
    "SameOrder": Head(ex.SameOrder, 3, 3),
    **{head.__name__: Head(head, 3, 3) for head in (ex.Minimiser, ex.OnlyMinimiser, ex.Maximiser, ex.OnlyMaximiser)},
    "Infinite": Head(ex.Infinite, 2, 2),
    "OppositeOrder": Head(ex.OppositeOrder, 3, 3),
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
RELATIONS: dict[str, Callable[[Any, Any], ex.Node]] = {
    "<=": ex.LessEqual,
    "<": ex.Less,
    ">=": lambda a, b: ex.LessEqual(b, a),
    ">": lambda a, b: ex.Less(b, a),
    "==": ex.Equality,
    "!=": ex.Unequal,
}
