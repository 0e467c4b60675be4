"""A delta in a product under a sum: where it sifts, and what it leaves."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from sympy import S
from sympy.core.basic import Basic

import deltasift.rules as rules
from deltasift.conditions.verdict import Verdict
from deltasift.derive.by_rule import by_rule
from deltasift.derive.factors import Factors
from deltasift.derive.terms import keeps_value, opened
from deltasift.derive.trace import Move
from deltasift.derive.walk import PLAIN, Here, is_settled
from deltasift.inert import (
    Delta,
    Div,
    IsInteger,
    Iverson,
    Mul,
    Node,
    Sum,
    mentions,
    substitute,
)
from deltasift.line.statements import conjunction
from deltasift.line.views import Path, factors
from deltasift.rules.coded.equations import other_side, solved, solved_delta


class Point(NamedTuple):
    """Where a delta sifts: which factor it is, the value it gives the index, and what of the range is not decided."""

    factor: int
    value: Basic
    needs: list[Basic]


def sifted(e: Sum, product: Factors, carriers: list[int], here: Here) -> Move | None:
    """Return the move by which a delta sifts; of several deltas, by which one whose point is known to be in range."""
    first: Move | Point | None = None
    deltas = [n for n in carriers if type(product[n]) is Delta and not product.divides(n)]
    if len(deltas) > 1:  # an index that is bound around is likely to have the same range
        names = here.scope.bound
        deltas.sort(key=lambda n: names.isdisjoint(product[n]._args))
    for n in deltas:
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
            return Move(rules.delta_arith, d, new, (0, *path_to(body, d)))
        if solved(d, i) is None:
            return _at_factor(e, d, here) or (_sift_scaled(e, here) if _is_scaled(d, i) else None)
        return _sift_scaled(e, here)
    around = here.scope.bound.get(a)
    if around is not None and around.integer and around.lo is lo and around.hi is hi:
        return Point(n, a, [])
    ends = here.problem.ends(lo, hi)
    conditions = ends.around(a)
    needs = conditions
    if not (here.is_unknown(a) and ends.are_apart_from(a)):
        verdicts = [here.verdict(c) for c in conditions]
        if Verdict.REFUTED in verdicts:
            return Move(rules.sum_delta_outside, e, S.Zero)
        needs = [c for c, known in zip(conditions, verdicts, strict=True) if known is Verdict.UNKNOWN]
    if not here.scope.is_integer(a):
        needs = [IsInteger.make((a,)), *needs]
    return Point(n, a, needs)


def _sift(e: Sum, product: Factors, carriers: list[int], point: Point, here: Here) -> Move:
    """Return the move by which a delta sifts."""
    is_excluded = here.excludes(point.needs)
    guards, assumed = (point.needs, ()) if is_excluded else here.open(point.needs)
    i, names = e.args[1], here.scope.bound
    is_long = len(product) > 2
    changed = {n: substitute(product[n], {i: point.value}) for n in carriers if n != point.factor}
    if not guards:
        stays = all(isinstance(f, Node) and not product.divides(n) and is_settled(f, names) for n, f in changed.items())
        is_done = stays and product.sign == 1 and isinstance(e.args[0], Mul) and is_long
        product.take_out(point.factor, changed)
        value = product.value()
        here.problem.products.remember(value, product)
        return Move(rules.sum_delta, e, value, (), assumed, is_done)
    bracket = Iverson.make((conjunction(tuple(guards)),))
    is_plain = not is_excluded and len(guards) > 1 and not isinstance(guards[0], IsInteger)
    product.take_out(point.factor, changed)
    is_done = is_plain and product.is_of(PLAIN)
    return Move(rules.sum_delta_bracket, e, product.times(bracket), (), (), is_done)


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
    inside = Here(here.problem, here.scope.enter(e), True, others=partial(_beside, e.args[0], d))
    for rule in (
        rules.delta_abs,
        rules.delta_mod,
        rules.delta_floor,
        rules.delta_ceiling,
        rules.delta_max,
        rules.delta_min,
        rules.delta_abs_cases,
        rules.delta_mul_right,
        rules.delta_sq_root,
    ):
        move = by_rule(rule, d, inside)
        if move is not None and keeps_value(move, inside):
            return move.under((0, *path_to(e.args[0], d)))
    return None


def _beside(e: Basic, part: Basic) -> list[Basic]:
    """Return the other factors of a product, those by which it is divided as quotients."""
    others = (f for f in factors(e)[1] if f.expr is not part)
    return [Div.make((S.One, f.expr)) if f.inverse else f.expr for f in others]


def path_to(e: Basic, part: Basic) -> Path:
    """Return where a factor stands in a product."""
    return next(f.path for f in factors(e)[1] if f.expr is part)
