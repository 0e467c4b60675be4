"""Moves at an integral: a Dirac delta sifts, what carries none moves out of the way."""

from __future__ import annotations

from sympy import S, Symbol

import deltasift.rules as rules
from deltasift.derive.forms import is_total, mentions, split
from deltasift.derive.terms import by_rule
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import Add, Dirac, Integral, Node, Sum, postorder
from deltasift.rule import Rule


def reduce_dirac(e: Node, here: Here) -> Move | None:
    """Bring a delta into the form in which it sifts."""
    if isinstance(e.args[0], Symbol):
        return None
    return by_rule(rules.dirac_linear, e, here) or by_rule(rules.dirac_roots, e, here)


def reduce_integral(e: Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Return the next move at an integral whose parts are done."""
    assert isinstance(e, Integral)
    if e.body is S.Zero:
        return Move(rules.integral_zero, e, S.Zero)
    if not any(isinstance(d, Dirac) for d in postorder(e.body)):
        return None
    for rule in _candidates(e):
        move = by_rule(rule, e, here)
        if move is not None:
            return move
    inside = Here(here.problem, here.scope.enter(e), False)
    _, parts = split(e.body)
    if len(parts) > 1 and any(isinstance(f, Sum) for f, _ in parts):
        move = by_rule(rules.sum_mul_right, e.body, inside)
        if move is not None:
            last = by_rule(rules.integral_sum, Integral.make((move.after, *e.args[1:])), here)
            return None if last is None else (move.under((0,)), last)
    if any(isinstance(f, Add) for f, below in parts if not below) and is_total(e.body):
        move = by_rule(rules.mul_add, e.body, inside)
        if move is not None:
            return move.under((0,))
    if any(not mentions(f, e.var) for f, _ in parts):
        return by_rule(rules.integral_mul, e, here)
    return None


def _candidates(e: Integral) -> list[Rule]:
    found = [rules.integral_dirac, rules.integral_dirac_outside]
    if isinstance(e.body, Add):
        found.append(rules.integral_add)
    if isinstance(e.body, Sum):
        found.append(rules.integral_sum)
    return found
