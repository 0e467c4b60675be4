"""Moves at a derivative: the rule for the head of what is differentiated."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.line.scope import Scope
from deltasift.line.views import Path
from deltasift.rule import Method
from deltasift.rules.coded.derivatives import taken, varies

BY_HEAD: dict[type, Method] = {
    ex.Add: rules.deriv_add,
    ex.Apply: rules.deriv_entry,
    ex.Div: rules.deriv_mul,
    ex.Entry: rules.deriv_entry,
    ex.Exp: rules.deriv_exp,
    ex.Func: rules.deriv_function,
    ex.Log: rules.deriv_log,
    ex.Mul: rules.deriv_mul,
    ex.Pow: rules.deriv_pow,
    ex.Product: rules.deriv_prod,
    ex.Sum: rules.deriv_sum,
}


def reduce_derivative(e: ex.Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Return the next move at a derivative whose parts are done."""
    assert isinstance(e, ex.Derivative)
    body, by, count = e.args
    if isinstance(body, ex.Dirac):
        return by_rule(rules.derivative_dirac, e, here)
    if by in here.scope.bound and not here.scope.bound[by].integer:
        move = by_rule(rules.derivative_step, e, here)
        if move is not None:
            return move
    if count.is_Integer and count > 1:
        first = ex.Derivative.make((body, by, S.One))
        return by_rule(rules.deriv_deriv, e, here) if reduce_derivative(first, here) is not None else None
    d = taken(e, here.scope)
    if d is None:
        return None
    if not varies(body, d, here.scope):
        return by_rule(rules.deriv_const, e, here)
    if body == by:
        return by_rule(rules.deriv_self if not isinstance(by, ex.Node) else rules.deriv_entry, e, here)
    defined = tuple(_definitions(d, here.scope))
    if defined:
        return defined
    if isinstance(body, ex.Neg):
        return by_rule(rules.deriv_add, e, here) or by_rule(rules.deriv_mul, e, here)
    rule = BY_HEAD.get(type(body))
    return None if rule is None else by_rule(rule, e, here)


def _definitions(d: ex.Derivative, scope: Scope) -> Iterator[Move]:
    """Yield the uses of a definition that puts in what is differentiated by, the outermost."""
    stack: list[tuple[Basic, Path, Scope]] = [(d.args[0], (0,), scope.enter(d))]
    while stack:
        e, path, inside = stack.pop()
        new = inside.unfold(e) if isinstance(e, (ex.Node, Symbol)) and not isinstance(e, ex.Func) else None
        if new is not None:
            if varies(new, d, inside):
                yield Move(rules.definition, e, new, path)
        elif isinstance(e, ex.Node) and not isinstance(e, (ex.Named, ex.Expectation)):
            heads = 1 if isinstance(e, (ex.Entry, ex.Apply)) else 0
            for i in range(len(e.args) - 1, heads - 1, -1):
                if not (e.binds and i == 1):
                    stack.append((e.args[i], (*path, i), inside.enter(e) if i == 0 else inside))
