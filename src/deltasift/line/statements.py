"""Statements taken apart: contraries, and orders of integers solved for a name."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from sympy import S
from sympy.core.basic import Basic
from sympy.logic.boolalg import BooleanFalse, BooleanTrue

import deltasift.inert as ex
from deltasift.inert import free
from deltasift.line.linear import Combination, combination, written
from deltasift.line.scope import Scope
from deltasift.said import Said


def contrary(c: Basic) -> Basic:
    """Return the negation of a statement, as a relation where there is one."""
    if isinstance(c, ex.LessEqual):
        return ex.Less.make((c.args[1], c.args[0]))
    if isinstance(c, ex.Less):
        return ex.LessEqual.make((c.args[1], c.args[0]))
    if isinstance(c, ex.Equality):
        return ex.Unequal.make(c.args)
    if isinstance(c, ex.Unequal):
        return ex.Equality.make(c.args)
    if isinstance(c, ex.Not):
        return c.args[0]
    if isinstance(c, ex.Or):
        return ex.And.make(tuple(contrary(a) for a in c.args))
    if isinstance(c, ex.And):
        return ex.Or.make(tuple(contrary(a) for a in c.args))
    if isinstance(c, (BooleanTrue, BooleanFalse)):
        return S.false if isinstance(c, BooleanTrue) else S.true
    return ex.Not.make((c,))


def given_as(statement: Basic) -> str:
    """Return a fact in the words in which it is a reason; one about every entry of a table as it was given."""
    body = statement
    while isinstance(body, ex.ForAll) and body.args[2] is S.NegativeInfinity and body.args[3] is S.Infinity:
        body = body.args[0]
    return Said("given ", body)


def conjuncts(statement: Basic) -> tuple[Basic, ...]:
    """Return the statements of which one is the conjunction."""
    if not isinstance(statement, ex.And):
        return (statement,)
    return tuple(p for a in statement.args for p in conjuncts(a))


def conjunction(statements: tuple[Basic, ...]) -> Basic:
    """Return the conjunction of one or more statements."""
    return statements[0] if len(statements) == 1 else ex.And.make(statements)


def bound_on(order: Basic, name: Basic, scope: Scope) -> tuple[bool, Basic] | None:
    """Return an order that is linear in a name as a bound on it: whether it is an upper one, and the bound.

    The name and all that it is compared with are integers; a fraction of an integer is rounded.
    """
    if not isinstance(order, (ex.Less, ex.LessEqual)):
        return None
    lhs, rhs = order.args
    slack = combination([(1, rhs), (-1, lhs)])
    slope = slack.coefficients.get(name)
    others = {a: c for a, c in slack.coefficients.items() if a != name}
    if slope is None or any(name in free(a) or not scope.is_integer(a) for a in others):
        return None
    # 0 <= slope*name + others, with 1 taken off where the order is strict and all is integral
    constant = Fraction(slack.constant)
    if any(Fraction(c).denominator != 1 for c in (*others.values(), slope)):
        return None
    limit = ceil(constant) - 1 if isinstance(order, ex.Less) else floor(constant)
    by = abs(int(slope))
    sign = -1 if slope > 0 else 1
    top = Combination({a: sign * c for a, c in others.items()}, sign * limit)
    upper = slope < 0
    if by == 1:
        return upper, written(top)
    if not top.coefficients:
        value = Fraction(top.constant, by)
        return upper, written(Combination({}, floor(value) if upper else ceil(value)))
    over: ex.Node = ex.Func("floor" if upper else "ceiling", written(top) / by)
    return upper, over
