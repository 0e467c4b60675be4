"""Moves that write what depends on an order, cases, maxima and minima, by one bracket for each order.

So cases and maxima in any spelling become polynomials in brackets, each of which is its own square, and these meet
where they are the same function.
"""

from __future__ import annotations

from functools import partial

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.expand import expanded
from deltasift.derive.shape import shape
from deltasift.derive.special import oriented, rewritten
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Reducer
from deltasift.inert.algebra import minus
from deltasift.line.views import Path, at
from deltasift.rule import Method, Rule

Found = Move | tuple[Move, ...] | None


def _reduce_function(e: ex.Node, here: Here, turned: bool) -> Found:
    """Write a maximum or a minimum by the bracket of a difference, of which the one or its negative is taken."""
    assert isinstance(e, ex.Func)
    if e.name not in ("Max", "Min") or len(e.arguments) != 2:
        return None
    a, b = e.arguments
    is_max = e.name == "Max"
    settled = by_rule(rules.max_of_le if is_max else rules.min_of_le, e, here)
    exchanged = by_rule(rules.max_comm if is_max else rules.min_comm, e, here)
    if settled is not None or exchanged is None:
        return settled
    assert isinstance(exchanged.after, ex.Node)
    over = minus(a, b) if is_max else minus(b, a)
    rule = rules.max_as_bracket if is_max else rules.min_as_bracket
    if oriented(over)[1] is turned:
        return _by_bracket(rule, e, here)
    found = _by_bracket(rule, exchanged.after, here)
    return None if found is None else (exchanged, found) if isinstance(found, Move) else (exchanged, *found)


def _reduce_cases(e: ex.Node, here: Here) -> Found:
    return by_rule(rules.abs_of_cases, e, here) or _by_bracket(rules.cases_as_bracket, e, here)


def _reduce_bracket(e: ex.Node, here: Here) -> Found:
    order = e.args[0]
    if not isinstance(order, (ex.Less, ex.LessEqual)) or (isinstance(order, ex.LessEqual) and order.args[0] == 0):
        return None
    return _by_bracket(rules.bracket_of_order, e, here)


def _reduce_power(e: ex.Node, here: Here) -> Found:
    return by_rule(rules.bracket_sq, e, here) or by_rule(rules.abs_sq, e, here)


def _by_bracket(rule: Rule | Method, e: ex.Node, here: Here) -> Found:
    """Write something by a bracket, what is to be at least 0 in it multiplied out."""
    move = by_rule(rule, e, here)
    if move is None:
        return None
    path = _of_bracket(move.after)
    if path is None:
        return move
    over = at(move.after, path)
    new = expanded(over, shape)
    worked_out = None if new is None or new == over else rewritten(over, new, path, here)
    return move if worked_out is None else (move, worked_out)


def _of_bracket(e: Basic) -> Path | None:
    """Return where the first bracket `[0 <= x]` has its x."""
    todo: list[tuple[Basic, Path]] = [(e, ())]
    while todo:
        x, path = todo.pop(0)
        if isinstance(x, ex.Iverson) and isinstance(x.args[0], ex.LessEqual) and x.args[0].args[0] == S.Zero:
            return (*path, 0, 1)
        todo += [(a, (*path, i)) for i, a in enumerate(x.args)] if isinstance(x, ex.Node) else []
    return None


def bracketed(turned: bool) -> dict[type, Reducer]:
    """Return the moves; `turned` takes the other one of a difference and its negative."""
    return {
        ex.Func: partial(_reduce_function, turned=turned),
        ex.Piecewise: _reduce_cases,
        ex.Iverson: _reduce_bracket,
        ex.Pow: _reduce_power,
    }
