"""Moves at a product: one factor is raised to the power 1, the others to 0."""

from __future__ import annotations

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.conditions.verdict import Verdict
from deltasift.derive.by_rule import by_rule
from deltasift.derive.forms import carries, is_total, is_without_value, put_for, split
from deltasift.derive.terms import opened
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import free, mentions, postorder
from deltasift.inert.algebra import INFINITE
from deltasift.line.definedness import requirements
from deltasift.line.views import Path, factors
from deltasift.rules.coded.equations import delta_cases, solved, solved_delta, two_cases
from deltasift.rules.coded.sums import prod_write_out

MOST_DELTAS = 3  # that are taken by cases, one after the other
IN_CASES = (ex.Apply, ex.Delta, ex.Entry, ex.Exp, ex.Func, ex.Pow)


def reduce_product_over(e: ex.Node, here: Here) -> Move | tuple[Move, ...] | None:
    """Return the next move at a product whose parts are done, if what it makes has a value wherever the product has."""
    assert isinstance(e, ex.Product)
    found = _next(e, here)
    moves = (found,) if isinstance(found, Move) else found or ()
    return found if all(m.path or _keeps_value(m, here) for m in moves) else None


def _keeps_value(move: Move, here: Here) -> bool:
    """Tell whether nothing is needed that an empty range excused."""
    before, after = move.before, move.after
    if is_total(after):
        return True
    filled = INFINITE.isdisjoint(before.args[2:]) and here.holds(ex.LessEqual.make(before.args[2:]))
    known = set(requirements(before, here.scope)) if filled else set()
    return all(need in known or here.holds(need) for need in requirements(after, here.scope))


def _next(e: ex.Product, here: Here) -> Move | tuple[Move, ...] | None:
    body, j, lo, hi = e.args
    if lo is S.Infinity or hi is S.NegativeInfinity:
        return Move(rules.prod_empty, e, S.One)
    if not INFINITE.isdisjoint((lo, hi)):
        return _solved(e) or _of_one_factor(e, here) if carries(body, j) else None
    if body is S.One:
        return Move(rules.prod_one, e, S.One)
    if lo.is_Integer and hi.is_Integer and hi < lo:
        return Move(rules.prod_empty, e, S.One)
    if lo == hi or (lo.is_Integer and hi.is_Integer and _deltas(body, j) > 1):
        move = _write_out(e, here)
        if move is not None:
            return move
    if not mentions(body, j):
        return by_rule(rules.prod_const, e, here) or _write_out(e, here) or _constant(e, here)
    if carries(body, j):
        move = _solved(e)
        if move is not None:
            return move
        move = _of_one_factor(e, here) or by_rule(rules.prod_delta, e, here)
        if move is not None:
            return move
        if any(isinstance(f, ex.Iverson) and isinstance(f.args[0], ex.Unequal) for f, _ in split(body)[1]):
            move = by_rule(rules.prod_ne, e, here)
            if move is not None:
                return move
        if isinstance(body, ex.Exp):
            return by_rule(rules.prod_exp, e, here)
        if isinstance(body, ex.Pow):
            inside = Here(here.problem, here.scope.enter(e), False)
            move = by_rule(rules.pow_mul_delta, body, inside)
            if move is None and isinstance(body.args[1], ex.Sum) and _is_solved_for(body.args[1], j):
                move = by_rule(rules.pow_sum, body, inside)
            if move is not None:
                return move.under((0,))
        move = _of_factors(e, here)
        if move is not None:
            return move
        if isinstance(body, ex.Product):
            move = by_rule(rules.prod_comm, e, here)
            if move is not None and _gains(j, body):
                return move
        found = opened(by_rule(rules.prod_add_delta, e, here), rules.prod_add_delta, e, here) or _cases(e, here)
        if found is not None:
            return found
    return _write_out(e, here) or _waiting_apart(e, here)


def _of_one_factor(e: ex.Product, here: Here) -> Move | None:
    """Return the one factor that is not 1."""
    move = by_rule(rules.prod_delta_pow, e, here)
    if move is not None:
        return move
    guarded = by_rule(rules.prod_delta_pow_bracket, e, here)
    if guarded is not None:
        return opened(guarded, rules.prod_delta_pow, e, here)
    return opened(by_rule(rules.prod_one_add_delta, e, here), rules.prod_one_add_delta, e, here)


def _waiting_apart(e: ex.Product, here: Here) -> Move | None:
    """Split a product whose factors have a delta in common for which a sum around waits."""
    body, j = e.args[:2]
    sign, parts = split(body)
    if sign == -1 or any(below for _, below in parts):
        return None
    waiting = [f for f, _ in parts if type(f) is ex.Delta and not mentions(f, j) and free(f) & here.scope.names]
    others = [f for f, _ in parts if f not in waiting]
    if not waiting or not others:
        return None
    groups = [w[0] if len(w) == 1 else ex.Mul.make(tuple(w)) for w in (waiting, others)]
    return Move(rules.prod_mul, e, ex.Mul.make(tuple(ex.Product.make((g, *e.args[1:])) for g in groups)))


def _constant(e: ex.Product, here: Here) -> Move | None:
    """Count the factors of a range that may be empty; what may have no value is not taken out of such a range."""
    body, _, lo, hi = e.args
    enough = ex.LessEqual.make((lo, ex.Add.make((hi, S.One))))
    if not is_total(body) or here.verdict(enough) is not Verdict.UNKNOWN:
        return None
    left, assumed = here.open([enough])
    if left:
        return by_rule(rules.prod_const_bracket, e, here)
    move = by_rule(rules.prod_const, e, Here(here.problem, here.scope.assuming(*assumed), here.is_factor))
    return None if move is None else Move(move.rule, move.before, move.after, (), assumed)


def _cases(e: ex.Product, here: Here) -> Move | tuple[Move, ...] | None:
    """Take a power or a function of a delta, or an entry at a delta, by cases."""
    for f in factors(e.args[0])[1]:
        if isinstance(f.expr, IN_CASES) and not f.inverse and _is_solved_for(f.expr, e.args[1]):
            for after, conditions in delta_cases(f.expr, here.scope.enter(e)):
                if not conditions and not is_without_value(after):
                    return Move(rules.delta_cases, f.expr, after, (0, *f.path))
    body, j = e.args[:2]
    if _deltas(body, j) > MOST_DELTAS:
        return None
    for d in dict.fromkeys(x for x in postorder(body) if isinstance(x, ex.Delta) and mentions(x, j)):
        if solved(d, j) is not None and free(d).isdisjoint(_bound_in(body)):
            inside = here.scope.enter(e)
            for after, conditions in two_cases(body, d, inside):
                last = by_rule(rules.prod_add_delta, e.rebuild((after, *e.args[1:])), here)
                is_so = all(here.problem.prover.holds(c, inside) for c in conditions)
                if is_so and last is not None and not is_without_value(after):
                    return Move(rules.delta_cases, body, after, (0,)), last
    return None


def _bound_in(e: Basic) -> set[Basic]:
    return {x.args[1] for x in postorder(e) if isinstance(x, ex.Node) and x.binds}


def _solved(e: ex.Product) -> Move | None:
    """Solve the equation in a delta for the index."""
    stack: list[tuple[Basic, Path]] = [(e.args[0], (0,))]
    while stack:
        x, path = stack.pop()
        if isinstance(x, ex.Delta) and mentions(x, e.args[1]):
            new = solved_delta(x, e.args[1])
            if new is not None:
                return Move(rules.delta_arith, x, new, path)
        elif isinstance(x, ex.Node) and not x.binds:
            stack.extend((a, (*path, n)) for n, a in enumerate(x.args))
    return None


def _deltas(body: Basic, j: Basic) -> int:
    """Return how many different deltas in an index there are in a body."""
    return len({x for x in postorder(body) if isinstance(x, ex.Delta) and mentions(x, j)})


def _gains(outer: Basic, inner: ex.Product) -> bool:
    """Tell whether an exchange brings an index to a delta that waits for it: else it would be undone for ever."""
    body, own = inner.args[:2]
    return _is_solved_for(body, outer) and not _is_solved_for(body, own)


def _is_solved_for(body: Basic, index: Basic) -> bool:
    """Tell whether a delta in an expression says what an index is."""
    return any(isinstance(d, ex.Delta) and mentions(d, index) and solved(d, index) is not None for d in postorder(body))


def _of_factors(e: ex.Product, here: Here) -> Move | None:
    """Split a product over factors, those with a delta apart from the others."""
    body, j = e.args[:2]
    sign, parts = split(body)
    if sign == -1 or len(parts) < 2 or any(below for _, below in parts) or not isinstance(body, ex.Mul):
        return None
    carriers = [f for f, _ in parts if carries(f, j)]
    if not carriers:
        return None
    first = carriers[0]
    others = [f for f, _ in put_for(parts, first, None)]
    rest: Basic = ex.Mul.make(tuple(others)) if len(others) > 1 else others[0]
    after = ex.Mul.make((ex.Product.make((first, *e.args[1:])), ex.Product.make((rest, *e.args[1:]))))
    return Move(rules.prod_mul, e, after)


def _write_out(e: ex.Product, here: Here) -> Move | None:
    for after, _ in prod_write_out(e, here.scope):
        return Move(rules.prod_write_out, e, after)
    return None
