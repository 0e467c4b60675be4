"""A delta that stands deeper in the body of a sum becomes a factor of it."""

from __future__ import annotations

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import (
    Part,
    carries,
    is_total,
    is_without_value,
    joined,
    put_for,
    split,
)
from deltasift.derive.moved_out import wants_out
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import free, mentions, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.substitution import fresh
from deltasift.line.linear import combination
from deltasift.line.views import factors
from deltasift.rules.coded.equations import delta_cases, solved, two_cases

MOST_DELTAS = 3  # that are taken by cases, one after the other
IN_CASES = (
    ex.Apply,
    ex.Delta,
    ex.Div,
    ex.Entry,
    ex.Exp,
    ex.Func,
    ex.Log,
    ex.Pow,
    ex.Product,
)  # a delta in it is 0 or 1


def nested_delta(e: ex.Sum, sign: int, parts: list[Part], here: Here) -> Move | tuple[Move, ...] | None:
    """Make a delta that stands deeper in the body a factor of it."""
    i = e.args[1]
    for f, below in parts:
        if not carries(f, i):
            waits = isinstance(f, ex.Add) and not below and not here.is_untouched
            if waits and any(wants_out(a, i, here) for a in f.args):
                return _distribute(e, f, parts, here)
            continue
        move: Move | tuple[Move, ...] | None = None
        if below or isinstance(f, IN_CASES):
            move = _cases(e, f, below, here)
        elif isinstance(f, ex.Add):
            move = _distribute(e, f, parts, here)
        elif isinstance(f, ex.Product):
            move = _product_by_cases(e, f, here)
        elif isinstance(f, ex.Sum):
            move = _exchange(e, sign, parts, f, here)
        if move is not None:
            return move
    return None


def _distribute(e: ex.Sum, f: ex.Add, parts: list[Part], here: Here) -> Move | None:
    """Multiply a sum of terms out, unless another factor has a value only because of it."""
    body = e.args[0]
    if len(parts) == 1:
        return None
    others = put_for(parts, f, None)
    if not all(is_total(g) and (not below or g.is_number) for g, below in others):
        move = by_rule(rules.sum_one_sub_delta, e, here)
        if move is not None:
            return move
        if not _is_harmless(f):
            return _apart_by_cases(e, f, here)
    sign, every = split(body)
    products = [joined(sign, put_for(every, f, a)) for a in f.args]
    return Move(rules.mul_add, body, ex.Add.make(tuple(products)), (0,))


def _apart_by_cases(e: ex.Sum, f: ex.Add, here: Here) -> Move | None:
    """Take the whole body by cases of a delta: what has no value at a point stays beside what makes it 0 there."""
    body, i = e.args[:2]
    deltas = dict.fromkeys(d for d in postorder(f) if isinstance(d, ex.Delta) and mentions(d, i))
    d = next((d for d in deltas if solved(d, i) is not None), None)
    if d is None or len(deltas) > MOST_DELTAS or any(isinstance(x, ex.Node) and x.binds for x in postorder(f)):
        return None
    inside = here.scope.enter(e)
    for after, conditions in two_cases(body, d, inside):
        if not is_without_value(after) and all(here.problem.prover.holds(c, inside) for c in conditions):
            return Move(rules.delta_cases, body, after, (0,))
    return None


def _is_harmless(f: ex.Add) -> bool:
    """Tell whether no term of a sum is taken off another, so that the sum is not 0 at a point by design."""
    return all(not isinstance(a, ex.Neg) and not (isinstance(a, ex.Mul) and a.args[0].is_negative) for a in f.args)


def _cases(e: ex.Sum, f: Basic, below: bool, here: Here) -> Move | None:
    body = e.args[0]
    whole = next((x for x in factors(body)[1] if x.expr is f), None)
    if whole is None:
        return None
    inside = here.scope.enter(e)
    # where the delta is in a divisor, the whole quotient is taken by cases
    target, path = (body, ()) if below else (f, whole.path)
    for after, conditions in delta_cases(target, inside):
        if not is_without_value(after) and all(here.problem.prover.holds(c, inside) for c in conditions):
            return Move(rules.delta_cases, target, after, (0, *path))
    return None


def _product_by_cases(e: ex.Sum, f: ex.Product, here: Here) -> Move | None:
    """Take a product by cases of a delta that sifts the index of the sum around it, and not the product's own."""
    i, inside = e.args[1], here.scope.enter(e)
    bound = {x.args[1] for x in postorder(f) if isinstance(x, ex.Node) and x.binds}
    deltas = dict.fromkeys(d for d in postorder(f) if isinstance(d, ex.Delta) and mentions(d, i))
    if len(deltas) > MOST_DELTAS:
        return None
    whole = next(x for x in factors(e.args[0])[1] if x.expr is f)
    for d in deltas:
        if not free(d).isdisjoint(bound) or solved(d, i) is None:
            continue
        for after, conditions in two_cases(f, d, inside):
            if not is_without_value(after) and all(here.problem.prover.holds(c, inside) for c in conditions):
                return Move(rules.delta_cases, f, after, (0, *whole.path))
    return None


def _exchange(e: ex.Sum, sign: int, parts: list[Part], f: ex.Sum, here: Here) -> tuple[Move, ...] | None:
    """Exchange two sums, so that the outer index comes to the delta that sifts it."""
    if not _waits(f, e.args[1]):
        return None
    moves: tuple[Move, ...] = ()
    if e.args[0] is not f:
        moves = (_taken_in(e, sign, parts, f),)
        e = ex.Sum.make((moves[0].after, *e.args[1:]))
        f = moves[0].after
    if _depends(f, e.args[1]):
        last = by_rule(rules.sum_comm, e, here)
        opened = _opened(f, e.args[1]) if last is None else None
        if opened is not None:
            moves = (*moves, Move(rules.sum_bracket_le.reversed, f, opened, (0,)))
            e, f = ex.Sum.make((opened, *e.args[1:])), opened
            last = _swapped(e, f) if not _depends(f, e.args[1]) else by_rule(rules.sum_comm, e, here)
    elif INFINITE.isdisjoint((*e.args[2:], *f.args[2:])):
        last = _swapped(e, f)
    else:
        last = by_rule(rules.series_comm, e, here)
    return None if last is None else (*moves, last)


def _depends(f: ex.Node, i: Basic) -> bool:
    """Tell whether an end of a sum mentions a name."""
    return mentions(f.args[2], i) or mentions(f.args[3], i)


def _opened(f: ex.Sum, i: Basic) -> ex.Sum | None:
    """Return a sum up to the smaller of two ends as one up to one of them, with a bracket for the other.

    That which stays does not mention a name, or is next to it: then the two sums can be exchanged.
    """
    body, name, lo, hi = f.args
    for n, end, head in ((3, hi, "Min"), (2, lo, "Max")):
        if not (isinstance(end, ex.Func) and end.name == head and len(end.arguments) == 2):
            continue
        for stays, cut in (end.arguments, end.arguments[::-1]):
            if mentions(cut, i) and (not mentions(stays, i) or _is_next_to(stays, i)):
                order = (name, cut) if n == 3 else (cut, name)
                sign, parts = split(body)
                within = joined(sign, [(ex.Iverson.make((ex.LessEqual.make(order),)), False), *parts])
                return ex.Sum.make((within, name, lo, stays) if n == 3 else (within, name, stays, hi))
    return None


def _is_next_to(end: Basic, i: Basic) -> bool:
    apart = combination([(1, end), (-1, i)])
    return not apart.coefficients and apart.constant in (-1, 0, 1)


def _swapped(e: ex.Sum, f: ex.Sum) -> Move:
    """Return the move that exchanges two finite sums of which no end mentions the name of the other."""
    return Move(rules.sum_comm, e, ex.Sum.make((ex.Sum.make((f.args[0], *e.args[1:])), *f.args[1:])))


def _taken_in(e: ex.Sum, sign: int, parts: list[Part], f: ex.Sum) -> Move:
    """Return the move that takes the other factors of the body into a sum."""
    body = e.args[0]
    others = put_for(parts, f, None)
    inner, name = f.args[:2]
    if any(mentions(g, name) for g, _ in others):
        new = fresh(name, free(body) | {e.args[1]} | free(inner))
        inner, name = substitute(inner, {name: new}), new
    inside_sign, inside = split(inner)
    moved = ex.Sum.make((joined(sign * inside_sign, [*others, *inside]), name, *f.args[2:]))
    return Move(rules.sum_mul_right if INFINITE.isdisjoint(f.args[2:]) else rules.series_mul, body, moved, (0,))


def _waits(f: Basic, i: Basic) -> bool:
    """Tell whether a delta that sifts an index stands as a factor within nested sums."""
    while isinstance(f, ex.Sum):
        f = f.args[0]
        _, parts = split(f)
        for g, below in parts:
            if isinstance(g, IN_CASES) and mentions(g, i):
                deltas = (d for d in postorder(g) if isinstance(d, ex.Delta) and mentions(d, i))
                if (not below or not isinstance(g, ex.Delta)) and any(solved(d, i) is not None for d in deltas):
                    return True
        f = next((g for g, below in parts if isinstance(g, ex.Sum) and not below and carries(g, i)), S.Zero)
    return False
