"""Moves at a sum: a delta sifts, a bracket cuts the range, what carries neither moves out of the way."""

from __future__ import annotations

from typing import NamedTuple

from sympy import S, Symbol
from sympy.core.basic import Basic

import deltasift.rules as rules
from deltasift.conditions.verdict import Verdict
from deltasift.derive.factors import Factors
from deltasift.derive.forms import (
    Part,
    carries,
    fractional_indices,
    is_total,
    is_without_value,
    joined,
    put_for,
    split,
    sum_of,
)
from deltasift.derive.terms import by_rule, opened
from deltasift.derive.trace import Move
from deltasift.derive.walk import PLAIN, Here, is_settled
from deltasift.inert import (
    Add,
    Apply,
    Delta,
    Div,
    Entry,
    Exp,
    Func,
    IsInteger,
    Iverson,
    LessEqual,
    Log,
    Mul,
    Neg,
    Node,
    Pow,
    Product,
    Sum,
    Summable,
    Unequal,
    free,
    mentions,
    postorder,
)
from deltasift.inert import replace as substitute
from deltasift.inert.substitution import fresh
from deltasift.match.definedness import requirements
from deltasift.match.equations import delta_cases, other_side, solved, solved_delta, two_cases
from deltasift.match.linear import combination
from deltasift.match.statements import bound_on, conjunction, conjuncts
from deltasift.match.sums import sum_bracket, sum_write_out
from deltasift.match.views import Path, factors

INFINITE = frozenset((S.Infinity, S.NegativeInfinity))
MOST_DELTAS = 3  # that are taken by cases, one after the other
IN_CASES = (Apply, Delta, Div, Entry, Exp, Func, Log, Pow)  # a delta in it is 0 or 1


def reduce_sum(e: Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Return the next move at a sum whose parts are done."""
    assert isinstance(e, Sum)
    body, i, lo, hi = e.args
    if body is S.Zero:
        return Move(rules.sum_zero, e, S.Zero)
    if _is_empty(lo, hi):
        return Move(rules.sum_empty, e, S.Zero)
    if lo == hi and INFINITE.isdisjoint((lo, hi)):
        return by_rule(rules.sum_write_out, e, here)
    if isinstance(body, Add) and mentions(body, i):
        return _of_terms(e, here) or _last(e, here)
    product = here.problem.products.factors(body)
    carriers = product.mentioning(i)
    if not carriers:
        return _constant(e, here)
    move = _sifted(e, product, carriers, here)
    if move is not None:
        return move
    sign, parts = product.sign, product.parts
    for f, below in parts:
        if type(f) is Iverson and not below and mentions(f, i):
            move = _cut(e, f, here)
            if move is not None:
                return move
    return _out(e, sign, parts, here) or _inward(e, sign, parts, here) or _last(e, here)


def _is_empty(lo: Basic, hi: Basic) -> bool:
    """Tell whether the ends of a range, as they stand, are in the wrong order."""
    if lo.is_Integer and hi.is_Integer:
        return bool(hi < lo)
    if lo is S.Infinity or hi is S.NegativeInfinity:
        return True
    if isinstance(hi, Symbol) and not isinstance(lo, Node):
        return False
    length = combination([(1, hi), (-1, lo)])
    return not length.coefficients and length.constant < 0


# --- a constant ---------------------------------------------------------------------------------------------------


def _constant(e: Sum, here: Here) -> Move | None:
    body, _, lo, hi = e.args
    if not INFINITE.isdisjoint((lo, hi)):
        return None
    # a constant that may have no value is counted only where there is a term
    enough = LessEqual.make((lo, hi if not is_total(body) else _after(hi)))
    verdict = here.verdict(enough)
    if verdict is Verdict.PROVED:
        return by_rule(rules.sum_const, e, here)
    if here.fails(LessEqual.make((lo, hi))):
        return Move(rules.sum_empty, e, S.Zero)
    left, assumed = here.open([enough])
    if not left:
        move = _const_assuming(e, here, assumed)
        if move is not None:
            return move
    return by_rule(rules.sum_const_bracket, e, here)


def _after(hi: Basic) -> Basic:
    return hi + 1 if hi.is_Integer else Add.make((hi, S.One))


def _const_assuming(e: Sum, here: Here, assumed: tuple[Basic, ...]) -> Move | None:
    inside = Here(here.problem, here.scope.assuming(*assumed), here.is_factor)
    move = by_rule(rules.sum_const, e, inside)
    return None if move is None else Move(move.rule, move.before, move.after, (), assumed)


# --- a delta ------------------------------------------------------------------------------------------------------


class Point(NamedTuple):
    """Where a delta sifts: which factor it is, the value it gives the index, and what of the range is not decided."""

    factor: int
    value: Basic
    needs: list[Basic]


def _sifted(e: Sum, product: Factors, carriers: list[int], here: Here) -> Move | None:
    """Return the move by which a delta sifts; of several deltas, by which one whose point is known to be in range."""
    first: Move | Point | None = None
    for n in carriers:
        if type(product[n]) is not Delta or product.divides(n):
            continue
        found = _point(e, product, n, here)
        if isinstance(found, Move) and found.rule is not rules.sum_delta_bracket:
            return found
        if isinstance(found, Point) and not found.needs:
            return _sift(e, product, carriers, found, here)
        first = first or found
    return _sift(e, product, carriers, first, here) if isinstance(first, Point) else first


def _point(e: Sum, product: Factors, n: int, here: Here) -> Point | Move | None:
    """Return where the delta that is the nth factor sifts, or what is to be done before it does."""
    body, i, lo, hi = e.args
    d = product[n]
    assert isinstance(d, Delta)
    a = other_side(d, i)
    if a is None:
        new = solved_delta(d, i)
        if new is not None:
            return Move(rules.delta_arith, d, new, (0, *_path_to(body, d)))
        if solved(d, i) is None:
            return _at_factor(e, d, here) or (_sift_scaled(e, here) if _is_scaled(d, i) else None)
        return _sift_scaled(e, here)
    needs: list[Basic] = []
    for order in ((lo, a), (a, hi)):
        if not INFINITE.isdisjoint(order):
            continue
        condition = LessEqual.make(order)
        verdict = here.verdict(condition)
        if verdict is Verdict.REFUTED:
            return Move(rules.sum_delta_outside, e, S.Zero)
        if verdict is Verdict.UNKNOWN:
            needs.append(condition)
    if not here.scope.is_integer(a):
        orders = [LessEqual.make(o) for o in ((lo, a), (a, hi)) if needs and INFINITE.isdisjoint(o)]
        needs = [IsInteger.make((a,)), *orders]
    return Point(n, a, needs)


def _sift(e: Sum, product: Factors, carriers: list[int], point: Point, here: Here) -> Move:
    """Return the move by which a delta sifts."""
    is_excluded = here.excludes(point.needs)
    guards, assumed = (point.needs, ()) if is_excluded else here.open(point.needs)
    is_long = len(product) > 2
    changed = {n: substitute(product[n], {e.args[1]: point.value}) for n in carriers if n != point.factor}
    names = here.scope.names
    stays = all(isinstance(f, Node) and not product.divides(n) and is_settled(f, names) for n, f in changed.items())
    value = product.take_out(point.factor, changed)
    here.problem.products.remember(value, product)
    if not guards:
        is_done = product.sign == 1 and isinstance(e.args[0], Mul) and is_long and stays
        return Move(rules.sum_delta, e, value, (), assumed, is_done)
    bracket = Iverson.make((conjunction(tuple(guards)),))
    if isinstance(value, Mul) and S.One in value.args:  # which the rule keeps
        return Move(rules.sum_delta_bracket, e, Mul.make((bracket, value)))
    sign, every = split(value)
    is_plain = not is_excluded and len(guards) > 1 and sign == 1 and not isinstance(guards[0], IsInteger)
    is_done = is_plain and all(isinstance(f, PLAIN) and not below for f, below in every)
    return Move(rules.sum_delta_bracket, e, joined(sign, [(bracket, False), *every]), (), (), is_done and bool(every))


def _is_scaled(d: Delta, i: Basic) -> bool:
    """Tell whether a delta is one of a multiple of the index by a factor that is no number, as it stands."""
    for side, other in (d.args, d.args[::-1]):
        if isinstance(side, Mul) and i in side.args and not mentions(other, i):
            return sum(mentions(a, i) for a in side.args) == 1
    return False


def _sift_scaled(e: Sum, here: Here) -> Move | None:
    for rule in (rules.sum_delta, rules.sum_delta_outside):
        move = by_rule(rule, e, here)
        if move is not None:
            return move
    return opened(by_rule(rules.sum_delta_bracket, e, here), rules.sum_delta, e, here)


def _at_factor(e: Sum, d: Delta, here: Here) -> Move | None:
    """Return what may be done with a delta that is not linear in the index."""
    for rule in (rules.delta_abs, rules.delta_mod, rules.delta_floor, rules.delta_max, rules.delta_min):
        move = by_rule(rule, d, Here(here.problem, here.scope.enter(e), True))
        if move is not None:
            return move.under((0, *_path_to(e.args[0], d)))
    return None


def _path_to(e: Basic, part: Basic) -> Path:
    """Return where a factor stands in a product."""
    return next(f.path for f in factors(e)[1] if f.expr is part)


# --- a bracket ----------------------------------------------------------------------------------------------------


def _cut(e: Sum, f: Iverson, here: Here) -> Move | None:
    i = e.args[1]
    inside = here.scope.enter(e)
    for p in conjuncts(f.args[0]):
        if isinstance(p, Unequal) and i in p.args:
            return by_rule(rules.sum_ne, e, here)
        if isinstance(p, Unequal) and p == f.args[0] and (solved(Delta.make(p.args), i) or (0,))[0] == 1:
            other = solved_delta(Delta.make(p.args), i)
            if other is not None and all(map(inside.is_integer, p.args)):
                return Move(
                    rules.delta_arith, f, Iverson.make((Unequal.make(other.args),)), (0, *_path_to(e.args[0], f))
                )
        bound = bound_on(p, i, inside)
        if bound is not None:
            for after, conditions in sum_bracket(e, here.scope):
                if all(here.holds(c) for c in conditions):
                    return Move(rules.sum_bracket, e, after)
            if p != f.args[0]:
                return Move(rules.bracket_and, f, _apart(f), (0, *_path_to(e.args[0], f)))
            move = by_rule(rules.sum_bracket_le, e, here)
            if move is not None:
                return move
            upper, end = bound
            alone = Iverson.make((LessEqual.make((i, end) if upper else (end, i)),))
            return None if alone == f else Move(rules.bracket_arith, f, alone, (0, *_path_to(e.args[0], f)))
    return by_rule(rules.sum_period, e, here) or by_rule(rules.sum_divides, e, here)


def _apart(f: Iverson) -> Basic:
    return Mul.make(tuple(Iverson.make((p,)) for p in conjuncts(f.args[0])))


# --- what has no delta moves out ----------------------------------------------------------------------------------


def _out(e: Sum, sign: int, parts: list[Part], here: Here) -> Move | None:
    """Move the factors that are free of the index out of the sum."""
    i = e.args[1]
    if isinstance(e.args[0], Neg) and len(parts) == 1:
        return Move(rules.sum_neg, e, Neg.make((Sum.make((e.args[0].args[0], *e.args[1:])),)))
    outside = [p for p in parts if not mentions(p[0], i)]
    if not outside or (all(f.is_number for f, _ in outside) and not any(carries(f, i) for f, _ in parts)):
        return None
    inside = [p for p in parts if mentions(p[0], i)]
    if any(_is_for_an_outer_sum(f, here) for f, below in inside if not below):
        return None
    if any(below or not is_total(f) for f, below in outside) and not _may_stand_alone(outside, inside, e, here):
        outside = [p for p in outside if not p[1] and is_total(p[0])]
        inside = [p for p in parts if p not in outside]
        if not outside:
            return None
    inner = Sum.make((joined(1, inside), *e.args[1:]))
    if not INFINITE.isdisjoint(e.args[2:]) and not here.holds(Summable.make((inner,))):
        return None
    above = [p for p in outside if not p[1]]
    below = [p for p in outside if p[1]]
    rule = rules.sum_mul_left if INFINITE.isdisjoint(e.args[2:]) else rules.series_mul
    return Move(rule, e, joined(sign, [*above, (inner, False), *below] if above else [*below, (inner, False)]))


def _may_stand_alone(outside: list[Part], inside: list[Part], e: Sum, here: Here) -> bool:
    """Tell whether factors have a value outside of a sum too: it has terms, or they have a value as they stand.

    A sum without terms is 0, whatever stands in it, and so is one whose brackets or deltas make all of them 0.
    """
    may_vanish = any(isinstance(f, (Delta, Iverson)) and not below for f, below in inside)
    if not may_vanish and (not INFINITE.isdisjoint(e.args[2:]) or here.holds(LessEqual.make(e.args[2:]))):
        return True
    alone = joined(1, [(S.One, False), *outside])
    whole = [IsInteger.make((i,)) for i in fractional_indices(alone)]
    return all(here.holds(need) for need in (*requirements(alone, here.scope), *whole))


def _is_for_an_outer_sum(f: Basic, here: Here) -> bool:
    """Tell whether a delta in a product waits for the sum over an outer index, which will come to it."""
    bound = here.scope.bound
    return bool(bound) and any(
        name in bound and bound[name].integer and solved(d, name) is not None
        for d, below in split(f)[1]
        if isinstance(d, Delta) and not below
        for name in free(d)
    )


def _has_part_for_an_outer_sum(f: Basic, here: Here) -> bool:
    """Tell whether such a delta stands anywhere in a product."""
    bound = here.scope.bound
    return bool(bound) and any(
        name in bound and bound[name].integer and solved(d, name) is not None
        for d in postorder(f)
        if isinstance(d, Delta)
        for name in free(d)
    )


# --- terms --------------------------------------------------------------------------------------------------------


def _of_terms(e: Sum, here: Here) -> Move | None:
    """Split a sum over terms, those without a delta staying together."""
    body, i = e.args[:2]
    asks = [
        carries(a, i) or _has_part_for_an_outer_sum(a, here) or (not here.is_untouched and _wants_out(a, i, here))
        for a in body.args
    ]
    if not any(asks):
        return None
    apart = [a for a, asked in zip(body.args, asks, strict=True) if asked or not mentions(a, i)]
    others = [a for a, asked in zip(body.args, asks, strict=True) if not asked and mentions(a, i)]
    groups = [*apart, *([sum_of(others)] if others else [])]
    if len(groups) < 2:
        return None
    after = Add.make(tuple(Sum.make((g, *e.args[1:])) for g in groups))
    if INFINITE.isdisjoint(e.args[2:]):
        return Move(rules.sum_add, e, after)
    return by_rule(rules.series_add, e, here) if len(others) < 2 else None


def _wants_out(term: Basic, i: Basic, here: Here) -> bool:
    """Tell whether a factor of a term goes with an outer sum, so that nested loops become loops side by side."""
    return any(
        not mentions(f, i) and (isinstance(f, (Sum, Product)) or not free(f).isdisjoint(here.scope.names))
        for f, _ in split(term)[1]
    )


# --- deltas deeper in the body ------------------------------------------------------------------------------------


def _inward(e: Sum, sign: int, parts: list[Part], here: Here) -> Move | tuple[Move, ...] | None:
    """Make a delta that stands deeper in the body a factor of it."""
    i = e.args[1]
    for f, below in parts:
        if not carries(f, i):
            waits = isinstance(f, Add) and not below and not here.is_untouched
            if waits and any(_wants_out(a, i, here) for a in f.args):
                return _distribute(e, f, parts, here)
            continue
        move: Move | tuple[Move, ...] | None = None
        if below or isinstance(f, IN_CASES):
            move = _cases(e, f, below, here)
        elif isinstance(f, Add):
            move = _distribute(e, f, parts, here)
        elif isinstance(f, Sum):
            move = _exchange(e, sign, parts, f, here)
        if move is not None:
            return move
    return None


def _distribute(e: Sum, f: Add, parts: list[Part], here: Here) -> Move | None:
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
    return Move(rules.mul_add, body, Add.make(tuple(products)), (0,))


def _apart_by_cases(e: Sum, f: Add, here: Here) -> Move | None:
    """Take the whole body by cases of a delta: what has no value at a point stays beside what makes it 0 there."""
    body, i = e.args[:2]
    deltas = dict.fromkeys(d for d in postorder(f) if isinstance(d, Delta) and mentions(d, i))
    d = next((d for d in deltas if solved(d, i) is not None), None)
    if d is None or len(deltas) > MOST_DELTAS or any(isinstance(x, Node) and x.binds for x in postorder(f)):
        return None
    inside = here.scope.enter(e)
    for after, conditions in two_cases(body, d, inside):
        if not is_without_value(after) and all(here.problem.prover.holds(c, inside) for c in conditions):
            return Move(rules.delta_cases, body, after, (0,))
    return None


def _is_harmless(f: Add) -> bool:
    """Tell whether no term of a sum is taken off another, so that the sum is not 0 at a point by design."""
    return all(not isinstance(a, Neg) and not (isinstance(a, Mul) and a.args[0].is_negative) for a in f.args)


def _cases(e: Sum, f: Basic, below: bool, here: Here) -> Move | None:
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


def _exchange(e: Sum, sign: int, parts: list[Part], f: Sum, here: Here) -> tuple[Move, ...] | None:
    """Exchange two sums, so that the outer index comes to the delta that sifts it."""
    if not _waits(f, e.args[1]):
        return None
    moves: tuple[Move, ...] = ()
    if e.args[0] is not f:
        moves = (_taken_in(e, sign, parts, f),)
        e = Sum.make((moves[0].after, *e.args[1:]))
        f = moves[0].after
    if not free(f.args[2]).isdisjoint((e.args[1],)) or not free(f.args[3]).isdisjoint((e.args[1],)):
        last = by_rule(rules.sum_comm, e, here)
    elif INFINITE.isdisjoint((*e.args[2:], *f.args[2:])):
        last = Move(rules.sum_comm, e, Sum.make((Sum.make((f.args[0], *e.args[1:])), *f.args[1:])))
    else:
        last = by_rule(rules.series_comm, e, here)
    return None if last is None else (*moves, last)


def _taken_in(e: Sum, sign: int, parts: list[Part], f: Sum) -> Move:
    """Return the move that takes the other factors of the body into a sum."""
    body = e.args[0]
    others = put_for(parts, f, None)
    inner, name = f.args[:2]
    if any(mentions(g, name) for g, _ in others):
        new = fresh(name, free(body) | {e.args[1]} | free(inner))
        inner, name = substitute(inner, {name: new}), new
    inside_sign, inside = split(inner)
    moved = Sum.make((joined(sign * inside_sign, [*others, *inside]), name, *f.args[2:]))
    return Move(rules.sum_mul_right if INFINITE.isdisjoint(f.args[2:]) else rules.series_mul, body, moved, (0,))


def _waits(f: Basic, i: Basic) -> bool:
    """Tell whether a delta that sifts an index stands as a factor within nested sums."""
    while isinstance(f, Sum):
        f = f.args[0]
        _, parts = split(f)
        for g, below in parts:
            if isinstance(g, IN_CASES) and mentions(g, i):
                deltas = (d for d in postorder(g) if isinstance(d, Delta) and mentions(d, i))
                if (not below or not isinstance(g, Delta)) and any(solved(d, i) is not None for d in deltas):
                    return True
        f = next((g for g, below in parts if isinstance(g, Sum) and not below and carries(g, i)), S.Zero)
    return False


# --- at last ------------------------------------------------------------------------------------------------------


def _last(e: Sum, here: Here) -> Move | None:
    """Write a sum of few terms out, and see whether the range is empty."""
    for after, _ in sum_write_out(e, here.scope):
        return Move(rules.sum_write_out, e, after)
    if INFINITE.isdisjoint(e.args[2:]) and here.fails(LessEqual.make(e.args[2:])):
        return Move(rules.sum_empty, e, S.Zero)
    return _progression(e, here)


def _progression(e: Sum, here: Here) -> Move | None:
    """Add up an arithmetic or a geometric progression."""
    body, i = e.args[:2]
    if not INFINITE.isdisjoint(e.args[2:]):
        return None
    if isinstance(body, Pow):
        return by_rule(rules.sum_sq if body.args[0] is i else rules.sum_geom, e, here)
    line = combination([(1, body)])
    if i in line.coefficients and not any(mentions(a, i) for a in line.coefficients if a is not i):
        return by_rule(rules.sum_id, e, here)
    return None
