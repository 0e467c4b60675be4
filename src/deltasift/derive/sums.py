"""Moves at a sum: a delta sifts, a bracket cuts the range, what carries neither moves out of the way."""

from __future__ import annotations

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.conditions.verdict import Verdict
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import (
    is_total,
)
from deltasift.derive.moved_out import moved_out, of_terms, taken_apart
from deltasift.derive.nested_deltas import nested_delta
from deltasift.derive.sifting import path_to, sifted
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import mentions
from deltasift.inert.algebra import INFINITE
from deltasift.line.linear import combination
from deltasift.line.statements import bound_on, conjuncts
from deltasift.rules.coded.equations import solved, solved_delta
from deltasift.rules.coded.sums import sum_bracket, sum_write_out


def reduce_sum(e: ex.Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Return the next move at a sum whose parts are done."""
    assert isinstance(e, ex.Sum)
    body, i, lo, hi = e._args
    if body is S.Zero:
        return Move(rules.sum_zero, e, S.Zero)
    ends = here.problem.ends(lo, hi)
    if ends.is_empty:
        return Move(rules.sum_empty, e, S.Zero)
    if ends.is_single:
        return by_rule(rules.sum_write_out, e, here)
    if isinstance(body, ex.Entry) and here.scope.is_probability(body):
        move = by_rule(rules.sum_pmf, e, here)
        if move is not None:
            return move
    if isinstance(body, ex.Add) and mentions(body, i):
        return of_terms(e, here) or _last(e, here)
    product = here.problem.products.factors(body)
    carriers = product.mentioning(i)
    if not carriers:
        return _constant(e, here)
    move = sifted(e, product, carriers, here)
    if move is not None:
        return move
    sign, parts = product.sign, product.parts
    for f, below in parts:
        if type(f) is ex.Iverson and not below and mentions(f, i):
            move = _cut(e, f, here)
            if move is not None:
                return move
    return moved_out(e, sign, parts, here) or nested_delta(e, sign, parts, here) or _last(e, here)


# --- a constant ---------------------------------------------------------------------------------------------------


def _constant(e: ex.Sum, here: Here) -> Move | None:
    body, _, lo, hi = e.args
    if not INFINITE.isdisjoint((lo, hi)):
        return None
    # a constant that may have no value is counted only where there is a term
    enough = ex.LessEqual.make((lo, hi if not is_total(body) else _after(hi)))
    verdict = here.verdict(enough)
    if verdict is Verdict.PROVED:
        return by_rule(rules.sum_const, e, here)
    if here.fails(ex.LessEqual.make((lo, hi))):
        return Move(rules.sum_empty, e, S.Zero)
    left, assumed = here.open([enough])
    if not left:
        move = _const_assuming(e, here, assumed)
        if move is not None:
            return move
    return by_rule(rules.sum_const_bracket, e, here)


def _after(hi: Basic) -> Basic:
    return hi + 1 if hi.is_Integer else ex.Add.make((hi, S.One))


def _const_assuming(e: ex.Sum, here: Here, assumed: tuple[Basic, ...]) -> Move | None:
    inside = Here(here.problem, here.scope.assuming(*assumed), here.is_factor)
    move = by_rule(rules.sum_const, e, inside)
    return None if move is None else Move(move.rule, move.before, move.after, (), assumed)


# --- a bracket ----------------------------------------------------------------------------------------------------


def _cut(e: ex.Sum, f: ex.Iverson, here: Here) -> Move | None:
    i = e.args[1]
    inside = here.scope.enter(e)
    for p in conjuncts(f.args[0]):
        if isinstance(p, ex.Unequal) and i in p.args:
            return by_rule(rules.sum_ne, e, here)
        if isinstance(p, ex.Unequal) and p == f.args[0] and (solved(ex.Delta.make(p.args), i) or (0,))[0] == 1:
            other = solved_delta(ex.Delta.make(p.args), i)
            if other is not None and all(map(inside.is_integer, p.args)):
                return Move(
                    rules.delta_arith, f, ex.Iverson.make((ex.Unequal.make(other.args),)), (0, *path_to(e.args[0], f))
                )
        bound = bound_on(p, i, inside)
        if bound is not None:
            for after, conditions in sum_bracket(e, here.scope):
                if all(here.holds(c) for c in conditions):
                    return Move(rules.sum_bracket, e, after)
            if p != f.args[0]:
                return Move(rules.bracket_and, f, taken_apart(f), (0, *path_to(e.args[0], f)))
            move = by_rule(rules.sum_bracket_le, e, here)
            if move is not None:
                return move
            upper, end = bound
            alone = ex.Iverson.make((ex.LessEqual.make((i, end) if upper else (end, i)),))
            return None if alone == f else Move(rules.bracket_arith, f, alone, (0, *path_to(e.args[0], f)))
    return by_rule(rules.sum_period, e, here) or by_rule(rules.sum_divides, e, here)


# --- at last ------------------------------------------------------------------------------------------------------


def _last(e: ex.Sum, here: Here) -> Move | None:
    """Write a sum of few terms out, and see whether the range is empty."""
    for after, _ in sum_write_out(e, here.scope):
        return Move(rules.sum_write_out, e, after)
    if INFINITE.isdisjoint(e.args[2:]) and here.fails(ex.LessEqual.make(e.args[2:])):
        return Move(rules.sum_empty, e, S.Zero)
    return _progression(e, here)


def _progression(e: ex.Sum, here: Here) -> Move | None:
    """Add up an arithmetic or a geometric progression."""
    body, i = e.args[:2]
    if not INFINITE.isdisjoint(e.args[2:]):
        return None
    if isinstance(body, ex.Pow):
        return by_rule(rules.sum_sq if body.args[0] is i else rules.sum_geom, e, here)
    line = combination([(1, body)])
    if i in line.coefficients and not any(mentions(a, i) for a in line.coefficients if a is not i):
        return by_rule(rules.sum_id, e, here)
    return None
