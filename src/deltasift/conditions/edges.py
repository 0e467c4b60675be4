"""Statements as difference constraints `lower <= upper + weight`, with what they are known from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert.algebra import INFINITE
from deltasift.line.linear import Combination, combination
from deltasift.line.scope import Scope
from deltasift.line.statements import given_as

Because = tuple[str, ...]
Weight = tuple[Fraction | int, int]  # the bound, and -1 for each strict relation on the way
ZERO: Basic = S.Zero


class Edge(NamedTuple):
    """`lower <= upper + weight`, strictly where the second part of the weight is -1."""

    lower: Basic
    upper: Basic
    weight: Weight
    source: Callable[[], Because]


def within_and(within: Because, source: str) -> Because:
    return (*within, source)


def given_within(within: Because, statement: Basic) -> Because:
    return (*within, given_as(statement))


def its_form() -> Because:
    return ("its form",)


def edges_of(statement: Basic, scope: Scope, source: Callable[[], Because]) -> list[Edge] | None:
    """Return a statement as edges, None where it is no difference constraint."""
    if isinstance(statement, ex.Equality):
        pairs = [(statement.args, False), (statement.args[::-1], False)]
    elif isinstance(statement, (ex.Less, ex.LessEqual)):
        pairs = [(statement.args, isinstance(statement, ex.Less))]
    else:
        return None
    found = []
    for (lower, upper), strict in pairs:
        if lower in INFINITE or upper in INFINITE:
            continue
        slack = combination([(1, upper), (-1, lower)])
        if not slack.coefficients:
            continue
        goal = as_edge(slack, strict, scope)
        if goal is None:
            return None
        found.append(Edge(*goal, source))
    return found


def as_edge(slack: Combination, strict: bool, scope: Scope) -> tuple[Basic, Basic, Weight] | None:
    """Return `0 <= slack` as `lower <= upper + weight`, None where it has another form."""
    atoms = list(slack.coefficients.items())
    constant = Fraction(slack.constant)
    if len(atoms) == 1:
        (atom, by), lower, upper = atoms[0], ZERO, ZERO
        constant /= abs(Fraction(by))
        lower, upper = (ZERO, atom) if by > 0 else (atom, ZERO)
    elif len(atoms) == 2 and atoms[0][1] == -atoms[1][1]:
        (a, by), (b, _) = atoms
        constant /= abs(Fraction(by))
        lower, upper = (b, a) if by > 0 else (a, b)
    else:
        return None
    if all(scope.is_integer(atom) for atom, _ in atoms):
        whole = constant.__floor__()
        return lower, upper, (whole - 1 if strict and whole == constant else whole, 0)
    return lower, upper, (constant, -1 if strict else 0)


def of_assumptions(symbol: Basic, atom: Basic | None = None) -> Iterator[Edge]:
    """Yield what SymPy's assumptions on a symbol say; those on a table's name are about its entries."""
    about = symbol if atom is None else atom
    integer = bool(symbol.is_integer)

    if symbol.is_positive:
        yield Edge(ZERO, about, (-1, 0) if integer else (0, -1), its_form)
    elif symbol.is_nonnegative:
        yield Edge(ZERO, about, (0, 0), its_form)
    if symbol.is_negative:
        yield Edge(about, ZERO, (-1, 0) if integer else (0, -1), its_form)
    elif symbol.is_nonpositive:
        yield Edge(about, ZERO, (0, 0), its_form)


def of_form(e: Basic, scope: Scope) -> Iterator[Edge]:
    """Yield what a minimum, a maximum, a remainder, a delta or a bracket says by its form."""
    statements: list[ex.Node] = []
    if isinstance(e, (ex.Delta, ex.Iverson)):
        statements = [ex.LessEqual.make((S.Zero, e)), ex.LessEqual.make((e, S.One))]
    elif isinstance(e, ex.Func) and e.name == "Min":
        statements = [ex.LessEqual.make((e, a)) for a in e.arguments]
    elif isinstance(e, ex.Func) and e.name == "Max":
        statements = [ex.LessEqual.make((a, e)) for a in e.arguments]
    elif isinstance(e, ex.Func) and e.name == "Mod" and e.arguments[1].is_Integer and e.arguments[1] > 0:
        statements = [ex.LessEqual.make((S.Zero, e)), ex.Less.make((e, e.arguments[1]))]
    elif isinstance(e, ex.Func) and e.name == "Abs":
        statements = [ex.LessEqual.make((S.Zero, e))]
    for s in statements:
        yield from edges_of(s, scope, its_form) or ()
