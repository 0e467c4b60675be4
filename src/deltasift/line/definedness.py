"""When an expression has a value: divisors that are not zero, logarithms of positive arguments.

The exceptions are the conventions of the project and nothing else: `0 log 0 = 0`, in `x*log(x)` and in `x*log(x/y)`
with `y > 0` and, where x is an entry of a pmf, in `x*log(y)` and `x*log(x/y)` with `y >= 0`; and a factor that a
Kronecker delta or an Iverson bracket makes 0 makes its term 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.line.conventions import QUOTIENT, SAME, convention
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.line.statements import contrary
from deltasift.line.views import factors


def requirements(expr: Basic, scope: Scope) -> Iterator[ex.Node]:
    """Yield statements which together make sure that `expr` has a value."""
    if not isinstance(expr, ex.Node) or isinstance(expr, ex.Proposition):
        return
    if isinstance(expr, (ex.Named, ex.Expectation)):
        yield from requirements(expr.definition, scope)
    elif isinstance(expr, (ex.Mul, ex.Div, ex.Neg)):
        yield from _of_product(expr, scope)
    elif isinstance(expr, ex.Log):
        yield ex.Less.make((S.Zero, expr.args[0]))
        yield from requirements(expr.args[0], scope)
    elif isinstance(expr, ex.Pow):
        yield from _of_power(expr, scope)
    elif isinstance(expr, ex.Piecewise):
        for value, condition in expr.cases:
            for need in requirements(value, scope):
                yield ex.Or.make((ex.Not.make((condition,)), need)) if isinstance(condition, ex.Node) else need
    elif isinstance(expr, ex.Derivative):
        yield from requirements(expr.args[0], scope)
    elif isinstance(expr, (ex.At, ex.Continuous)):
        yield from requirements(expr.args[2], scope)
        for need in requirements(expr.args[0], scope):
            yield substitute(need, {expr.args[1]: expr.args[2]})
    elif expr.binds:
        if isinstance(expr, ex.Integral):
            yield ex.Integrable.make((expr,))
        elif isinstance(expr, ex.Sum) and not INFINITE.isdisjoint(expr.args[2:]):
            yield ex.Summable.make((expr,))
        elif isinstance(expr, ex.Fold) and expr.unit is None:
            yield ex.LessEqual.make(expr.args[2:4])  # there is an entry
        elif isinstance(expr, ex.Product) and not INFINITE.isdisjoint(expr.args[2:]):
            yield ex.Summable.make((ex.Sum.make((ex.Log.make((expr.args[0],)), *expr.args[1:])),))
        for need in requirements(expr.args[0], scope.enter(expr)):
            if isinstance(expr, ex.Integral) or expr.args[1] in need.free_symbols:
                yield ex.ForAll.make((need, *expr.args[1:4]))
            else:
                yield need
        for bound in expr.args[2:]:
            yield from requirements(bound, scope)
    else:
        for a in expr.args:
            yield from requirements(a, scope)


def _of_product(expr: ex.Node, scope: Scope) -> Iterator[ex.Node]:
    _, parts = factors(expr)
    guards = [f.expr for f in parts if not f.inverse and isinstance(f.expr, (ex.Delta, ex.Iverson))]
    for f in parts:
        if f.inverse and not _is_nonzero_number(f.expr):
            yield _guarded(guards, ex.Unequal.make((f.expr, S.Zero)))
        if isinstance(f.expr, ex.Log) and not f.inverse:
            for need in _of_log(f.expr, [g.expr for g in parts if g is not f and not g.inverse], scope):
                yield _guarded(guards, need)
            continue
        for need in requirements(f.expr, scope):
            yield _guarded(guards, need)


def _of_log(log: ex.Log, others: list[Basic], scope: Scope) -> Iterator[ex.Node]:
    argument = log.args[0]
    for x, c in ((x, c) for x in others if (c := convention(x, argument, scope)) is not None):
        if c.kind == SAME:
            yield ex.LessEqual.make((S.Zero, argument))
            yield from requirements(argument, scope)
        elif c.kind == QUOTIENT:
            yield ex.LessEqual.make((S.Zero, x))
            positive = ex.Less.make((S.Zero, c.beside))
            if c.certain:
                positive = ex.Or.make((ex.Equality.make((x, S.Zero)), positive))
                yield ex.LessEqual.make((S.Zero, c.beside))
            yield positive
            yield from requirements(x, scope)
            yield from requirements(c.beside, scope)
        else:
            yield ex.Or.make((ex.Equality.make((x, S.Zero)), ex.Less.make((S.Zero, argument))))
            yield ex.LessEqual.make((S.Zero, argument))
            yield from requirements(argument, scope)
        return
    yield from requirements(log, scope)


def _of_power(expr: ex.Pow, scope: Scope) -> Iterator[ex.Node]:
    base, exponent = expr.args
    yield from requirements(base, scope)
    yield from requirements(exponent, scope)
    if exponent.is_Integer and exponent >= 0:
        return
    if exponent.is_Integer:
        yield ex.Unequal.make((base, S.Zero))
    elif isinstance(exponent, (ex.Delta, ex.Iverson)):
        return  # 0**0 = 1
    elif exponent.is_Rational or (isinstance(exponent, ex.Div) and all(a.is_Integer for a in exponent.args)):
        yield ex.LessEqual.make((S.Zero, base))
        if exponent.is_Rational and exponent < 0:
            yield ex.Unequal.make((base, S.Zero))
    elif scope.is_integer(exponent):
        yield ex.Or.make((ex.Unequal.make((base, S.Zero)), ex.LessEqual.make((S.Zero, exponent))))
    else:
        yield ex.Less.make((S.Zero, base))


def _guard(expr: Basic) -> ex.Node:
    if isinstance(expr, ex.Delta):
        return ex.Equality.make(expr.args)
    statement = expr.args[0]
    assert isinstance(statement, ex.Node)
    return statement


def _guarded(brackets: list[ex.Node], need: ex.Node) -> ex.Node:
    """Return what is needed where no bracket makes the term 0.

    A bracket that itself stands in what is needed is no excuse: arithmetic would cancel `delta/delta`.
    """
    others = [b for b in brackets if not any(type(e) is type(b) and same(e, b) for e in postorder(need))]
    return ex.Or.make((*(contrary(_guard(b)) for b in others), need)) if others else need


def _is_nonzero_number(expr: Basic) -> bool:
    return bool(expr.is_Rational) and expr != 0
