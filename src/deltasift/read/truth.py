"""Truth values: as conditions, as the numbers 0 and 1, and as what decides between two values."""

from __future__ import annotations

import ast
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer
from sympy.logic.boolalg import BooleanAtom

import deltasift.inert as ex
from deltasift.inert.algebra import times
from deltasift.line.conventions import QUOTIENT, convention
from deltasift.line.linear import collect
from deltasift.line.same import same
from deltasift.line.statements import contrary
from deltasift.line.views import factors, terms
from deltasift.read.context import Context
from deltasift.read.values import Nothing, Row

OPERATORS: dict[type[ast.cmpop], Any] = {
    ast.Eq: ex.Equality,
    ast.NotEq: ex.Unequal,
    ast.Lt: ex.Less,
    ast.LtE: ex.LessEqual,
    ast.Gt: lambda a, b: ex.Less(b, a),
    ast.GtE: lambda a, b: ex.LessEqual(b, a),
}


def is_statement(value: Any) -> bool:
    """Tell whether a value is true or false."""
    return isinstance(value, (ex.Proposition, BooleanAtom))


def compared(context: Context, a: Basic, operator: type[ast.cmpop], b: Basic) -> Basic:
    """Return a comparison; where labels are counted anew, numbers are brought to one side, as `y[n] = k + 1`."""
    if isinstance(a, (ex.Delta, ex.Iverson)) and operator in (ast.Eq, ast.NotEq) and b in (0, 1):
        said = stated(a)
        return said if (b == 1) is (operator is ast.Eq) else contrary(said)
    if context.labels_from is not None and context.may_be_integer(a) and context.may_be_integer(b):
        a, b = _balanced(a, b)
    statement: Basic = OPERATORS[operator](a, b)
    return statement


def stated(number: Basic) -> Basic:
    """Return the statement that a number is not 0; a bracket is not 0 where what it says is true."""
    if isinstance(number, ex.Delta):
        return ex.Equality(*number.args)
    return number.args[0] if isinstance(number, ex.Iverson) else ex.Unequal(number, 0)


def every(statements: list[Basic]) -> Basic:
    """Return the conjunction."""
    flat = [p for s in statements for p in (s.args if isinstance(s, ex.And) else (s,)) if p != S.true]
    if S.false in flat:
        return S.false
    return S.true if not flat else flat[0] if len(flat) == 1 else ex.And(*flat)


def some(statements: list[Basic]) -> Basic:
    """Return the disjunction."""
    flat = [p for s in statements for p in (s.args if isinstance(s, ex.Or) else (s,)) if p != S.false]
    if S.true in flat:
        return S.true
    return S.false if not flat else flat[0] if len(flat) == 1 else ex.Or(*flat)


def bracket(context: Context, s: Basic) -> Basic:
    """Return 1 where a statement is true and 0 elsewhere: of integers that are equal, the Kronecker delta."""
    if isinstance(s, ex.And):
        return ex.Mul(*(bracket(context, p) for p in s.args))
    if isinstance(s, BooleanAtom):
        return S.One if s == S.true else S.Zero
    if isinstance(s, ex.Equality) and _are_integers(context, s):
        return ex.Delta(s.lhs, s.rhs)
    return ex.Iverson(s)


def choice(context: Context, condition: Basic, a: Any, b: Any, node: ast.AST) -> Any:
    """Return what is `a` where a condition holds and `b` elsewhere."""
    if condition == S.true or isinstance(b, Nothing):
        return a
    if condition == S.false or isinstance(a, Nothing) or a == b:
        return b
    if isinstance(a, Row) and isinstance(b, Row) and len(a.parts) == len(b.parts):
        return Row(tuple(choice(context, condition, x, y, node) for x, y in zip(a.parts, b.parts, strict=True)))
    if not (isinstance(a, Basic) and isinstance(b, Basic)):
        raise context.error("a choice between values that are not both numbers is not read", node)
    if is_statement(a) and is_statement(b):
        return some([every([condition, a]), every([contrary(condition), b])])
    a, b = (bracket(context, x) if is_statement(x) else x for x in (a, b))
    if a == 0:
        condition, a, b = contrary(condition), b, a
    if b == 0:
        return _times_bracket(context, condition, a)
    cases = [(b, S.true)] if not isinstance(b, ex.Piecewise) else list(b.cases)
    return ex.Piecewise((a, condition), *cases)


def _times_bracket(context: Context, condition: Basic, value: Basic) -> Basic:
    """Return a value where a condition holds and 0 elsewhere: a bracket that is 0 makes its term 0."""
    if _is_convention(context, condition, value):
        return value
    chosen = bracket(context, condition)
    return chosen if value == 1 else times(chosen, value)


def _are_integers(context: Context, s: ex.Relation) -> bool:
    a, b = s.args
    known = context.is_integer(a) or context.is_integer(b)
    return known and context.may_be_integer(a) and context.may_be_integer(b)


def _balanced(a: Basic, b: Basic) -> tuple[Basic, Basic]:
    a, b = collect([(1, a)]), collect([(1, b)])
    shift = min(_constant(a), _constant(b), 0)
    return collect([(1, a), (-1, Integer(shift))]), collect([(1, b), (-1, Integer(shift))])


def _constant(e: Basic) -> int:
    return sum(t.sign * int(t.expr) for t in terms(e) if isinstance(t.expr, Integer))


# --- 0 log 0 -------------------------------------------------------------------------------------------------------


def _is_convention(context: Context, condition: Basic, value: Basic) -> bool:
    """Tell whether `value if condition else 0` only writes out the convention 0 log 0 = 0.

    So in `p*log(p/q) if p > 0 else 0`, where p is not negative: without the condition it is the same.
    """
    for p in condition.args if isinstance(condition, ex.Or) else (condition,):
        x = _not_zero(p)
        if x is None or not _vanishes(context, x, value):
            continue
        if isinstance(p, ex.Unequal) or context.at_most(S.Zero, x):
            return True
    return False


def _not_zero(p: Basic) -> Basic | None:
    """Return what a condition says to be other than 0."""
    if isinstance(p, ex.Unequal):
        return next((a for a, b in (p.args, p.args[::-1]) if b == 0), None)
    return p.args[1] if isinstance(p, ex.Less) and p.args[0] == 0 else None


def _vanishes(context: Context, x: Basic, value: Basic) -> bool:
    """Tell whether a product `x*log(a)` is 0 where x is, by arithmetic or by convention."""
    (sign, parts), (_, every) = factors(x), factors(value)
    left = [(f.expr, f.inverse) for f in every]
    for f in parts:
        if (f.expr, f.inverse) not in left:
            return False
        left.remove((f.expr, f.inverse))
    if sign != 1 or len(left) != 1 or left[0][1] or not isinstance(left[0][0], ex.Log):
        return False
    argument = left[0][0].args[0]
    if context.holds(ex.Less(0, argument)):
        return True
    above = [f.expr for f in parts if not f.inverse]
    below = [f.expr for f in parts if f.inverse]
    if same(argument, x):
        return len(above) == 1 and (not below or (len(below) == 1 and context.holds(ex.Less(0, below[0]))))
    known = convention(x, argument, context.scope())
    if known is None:
        return False
    if known.kind == QUOTIENT and not known.certain:
        return context.holds(ex.Less(0, known.beside))
    return context.at_most(S.Zero, known.beside)
