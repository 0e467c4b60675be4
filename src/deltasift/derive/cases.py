"""Moves at a bracket, a case distinction, a power and a function of deltas."""

from __future__ import annotations

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.conditions.verdict import Verdict
from deltasift.derive.by_rule import by_rule
from deltasift.derive.terms import keeps_value
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import free, postorder
from deltasift.line.linear import combination
from deltasift.line.numbers import worked_out
from deltasift.line.statements import conjunction, conjuncts, contrary
from deltasift.rules.coded.equations import delta_cases

# --- brackets and cases -------------------------------------------------------------------------------------------


def reduce_iverson(e: ex.Node, here: Here) -> Move | None:
    """Take out of a bracket what is true, and see whether it is false."""
    parts = conjuncts(e.args[0])
    if any(isinstance(p, ex.Not) and not isinstance(contrary(p.args[0]), ex.Not) for p in parts):
        return _kept(by_rule(rules.bracket_not, e, here), here)
    if isinstance(e.args[0], ex.Or):
        return None if not _is_summed(e, here) else _kept(by_rule(rules.bracket_or, e, here), here)
    verdicts = [here.verdict(p) for p in parts]
    if Verdict.REFUTED in verdicts:
        return None if here.is_factor else Move(rules.bracket_false, e, S.Zero)
    left = tuple(p for p, v in zip(parts, verdicts, strict=True) if v is not Verdict.PROVED)
    if here.excludes(list(left)):
        return None if here.is_factor else Move(rules.bracket_false, e, S.Zero)
    if not left:
        return Move(rules.bracket_true, e, S.One)
    if len(parts) == 1 and isinstance(parts[0], (ex.Less, ex.LessEqual)):
        move = by_rule(rules.bracket_le, e, here)
        if move is not None:
            return move
    if len(left) < len(parts):
        first = next(p for p, v in zip(parts, verdicts, strict=True) if v is Verdict.PROVED)
        return Move(rules.bracket_true, e, ex.Iverson.make((conjunction(tuple(p for p in parts if p is not first)),)))
    if len(parts) == 1 and isinstance(parts[0], (ex.Less, ex.LessEqual)) and _mentions_in_vain(parts[0]):
        return by_rule(rules.bracket_arith, e, here)
    if _is_summed(e, here):
        if len(parts) > 1 and any(isinstance(p, (ex.Equality, ex.Unequal, ex.Or)) for p in parts):
            return by_rule(rules.bracket_and, e, here)
        return by_rule(rules.bracket_delta, e, here)
    return None


def _kept(move: Move | None, here: Here) -> Move | None:
    return move if move is not None and keeps_value(move, here) else None


def _mentions_in_vain(order: Basic) -> bool:
    """Tell whether a name stands on both sides of an order and cancels."""
    line = combination([(1, order.args[1]), (-1, order.args[0])])
    return bool(free(order) - frozenset().union(*map(free, line.coefficients)))


def _is_summed(e: ex.Node, here: Here) -> bool:
    return any(name in here.scope.bound and here.scope.bound[name].integer for name in free(e))


def reduce_piecewise(e: ex.Node, here: Here) -> Move | None:
    """Write a case distinction under a sum or an integral as brackets."""
    assert isinstance(e, ex.Piecewise)
    if free(e).isdisjoint(here.scope.names):
        return None
    return by_rule(rules.piecewise_bracket, e, here)


# --- powers and functions of deltas -------------------------------------------------------------------------------


def reduce_power(e: ex.Node, here: Here) -> Move | None:
    """A power of a delta is the delta, and what is made of deltas and numbers is two cases."""
    if isinstance(e.args[0], ex.Delta):
        move = by_rule(rules.delta_pow, e, here)
        if move is not None:
            return move
    return reduce_function(e, here)


def reduce_function(e: ex.Node, here: Here) -> Move | None:
    """A function of deltas and numbers alone is two cases of numbers."""
    if not any(isinstance(x, ex.Delta) for x in postorder(e)):
        return _of_two(e, here) or of_numbers(e)
    if any(isinstance(x, ex.Delta) and not free(x).isdisjoint(here.scope.names) for x in postorder(e)):
        return None  # the sum or product over the index takes it apart
    for after, conditions in delta_cases(e, here.scope):
        if not conditions and not any(isinstance(x, (ex.Func, ex.Pow, ex.Log, ex.Iverson)) for x in postorder(after)):
            return Move(rules.delta_cases, e, after)
    return None


def of_numbers(e: ex.Node) -> Move | None:
    """Work out a function or a power of numbers."""
    new = worked_out(e)
    return Move(rules.norm_num, e, new) if new != e else None


def _of_two(e: ex.Node, here: Here) -> Move | None:
    """Decide a minimum or a maximum of two."""
    if not isinstance(e, ex.Func) or e.name not in ("Min", "Max") or len(e.arguments) != 2:
        return None
    return by_rule(rules.min_of_le if e.name == "Min" else rules.max_of_le, e, here)
