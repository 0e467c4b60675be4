"""Moves at a product: it vanishes, or something in it says a thing twice, or it is multiplied out."""

from __future__ import annotations

from itertools import combinations

from sympy import Rational, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.by_rule import by_rule
from deltasift.derive.cases import of_numbers, reduce_iverson
from deltasift.derive.forms import is_total, joined, put_for, split
from deltasift.derive.terms import has_no_solution
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.inert import free, mentions, preorder, substitute
from deltasift.line.linear import combination
from deltasift.line.statements import conjuncts
from deltasift.line.views import factors
from deltasift.rules.coded.equations import delta_subst
from deltasift.rules.coded.joins import Guard, exclude, guard, guarded


def reduce_product(e: ex.Node, here: Here) -> Move | None:
    """See whether a product vanishes, and leave out ones and deltas that say a thing twice."""
    if isinstance(e, ex.Neg) and e.args[0] is S.Zero:
        return Move(rules.arithmetic, e, S.Zero)
    if isinstance(e, ex.Mul) and all(isinstance(a, Rational) for a in e.args):
        return of_numbers(e)
    _, parts = split(e)
    deltas: list[Basic] = []
    has_bracket = has_log = is_zero = False
    for f, below in parts:
        kind = type(f)
        if f is S.Zero and not below:
            is_zero = True
        elif kind is ex.Delta and not below:
            deltas.append(f)
        elif kind is ex.Iverson:
            has_bracket = True
        elif kind is ex.Log:
            has_log = True
    if is_zero and not (here.is_factor and (deltas or has_bracket)):
        return Move(rules.zero_mul, e, S.Zero)
    if is_zero:
        return None  # with a delta or a bracket goes what excuses the factors around, which vanish, too
    if (deltas or has_bracket) and not here.is_factor:
        move = _vanishing(e, deltas, parts, here)
        if move is not None:
            return move
    if isinstance(e, ex.Mul) and S.One in e.args:
        return Move(rules.one_mul, e, joined(*_without_ones(e)))
    if len(deltas) > 1:
        move = _twice(e, deltas, here)
        if move is not None:
            return move
    if has_log and any(type(f) is ex.Log and f.args[0] in deltas for f, _ in parts):
        return by_rule(rules.delta_mul_log_delta, e, here)
    if len(parts) > 1 and not _sums_over(deltas, here):
        move = (_put_beside(e, deltas, here) if deltas else None) or _multiplied(e, parts, here)
        if move is not None:
            return move
    if has_bracket and any(isinstance(f, (Symbol, ex.Pow, ex.Add)) for f, _ in parts):
        return by_rule(rules.bracket_zero, e, here)
    return None


def _without_ones(e: ex.Node) -> tuple[int, list[tuple[Basic, bool]]]:
    return 1, [(a, False) for a in e.args if a is not S.One]


def _sums_over(deltas: list[Basic], here: Here) -> bool:
    """Tell whether an enclosing sum will sift with one of the deltas."""
    names = here.scope.names
    return bool(names) and any(not free(d).isdisjoint(names) for d in deltas)


def _vanishing(e: ex.Node, deltas: list[Basic], parts: list[tuple[Basic, bool]], here: Here) -> Move | None:
    bound = here.scope.names
    if len(parts) == 1 and type(parts[0][0]) in (ex.Delta, ex.Iverson) and not parts[0][1]:  # beside a sign
        alone = parts[0][0]
        move = reduce_iverson(alone, Here(here.problem, here.scope, False)) if type(alone) is ex.Iverson else None
        if type(alone) is ex.Delta and free(alone).isdisjoint(bound) and here.fails(ex.Equality.make(alone.args)):
            move = Move(rules.delta_ne, alone, S.Zero)
        return None if move is None else move.under(next(f.path for f in factors(e)[1] if f.expr is alone))
    for d in deltas:
        if isinstance(d.args[0], Rational) and isinstance(d.args[1], Rational):
            if d.args[0] != d.args[1]:
                return Move(rules.delta_mul_ne, e, S.Zero)
        elif (free(d).isdisjoint(bound) or has_no_solution(d, here)) and here.fails(ex.Equality.make(d.args)):
            return Move(rules.delta_mul_ne, e, S.Zero)
    statements: list[Basic] = []
    for f, below in parts:
        if type(f) is ex.Iverson and not below:
            needs = list(conjuncts(f.args[0]))
            if any(here.fails(p) for p in needs) or here.excludes(needs):
                return Move(rules.bracket_false, e, S.Zero)
            statements += needs
    if 1 < len(statements) <= MOST_DELTAS:
        guards = [guard(p, here.scope) for p in statements]
        if any(exclude([p], [q], here.scope) for p, q in combinations(guards, 2)):
            return by_rule(rules.bracket_false, e, here)
    return None


def _twice(e: ex.Node, deltas: list[Basic], here: Here) -> Move | None:
    if len({frozenset(d.args) for d in deltas}) < len(deltas):
        return by_rule(rules.delta_mul_self, e, here)
    if len(deltas) > MOST_DELTAS or _sums_over(deltas, here):
        return None
    for c, d in combinations(deltas, 2):
        shared = set(c.args) & set(d.args)
        for i in shared:
            j, k = (next((a for a in x.args if a != i), i) for x in (c, d))
            if here.holds(ex.Unequal.make((j, k))):
                return Move(rules.delta_mul_delta_ne, e, S.Zero)
    return None


def _put_beside(e: ex.Node, deltas: list[Basic], here: Here) -> Move | None:
    """Put one argument of a delta for the other in what stands beside it, where that makes it simpler.

    Beside other deltas the name that comes first in the alphabet stays, so that equal products of deltas look equal.
    """
    for after, _ in delta_subst(e, here.scope):
        if _weight(after) < _weight(e):
            return Move(rules.delta_subst, e, after)
    sign, every = split(e)
    for d in deltas:
        first, last = sorted(d.args, key=str)
        others = any(mentions(other, last) for other in deltas if other is not d)
        if others and isinstance(first, Symbol) and isinstance(last, Symbol):
            parts = [(f if f is d else substitute(f, {last: first}), below) for f, below in every]
            return Move(rules.delta_subst, e, joined(sign, parts))
    return None


def _weight(e: Basic) -> int:
    """Count names and heads; a name counts more than a number, and what cancels in an index counts less."""
    count = 0
    for x in preorder(e):
        count += 2 if isinstance(x, Symbol) else 1
        if isinstance(x, ex.Add) and not combination([(1, x)]).coefficients:
            count -= 2 * len(x.args)
        elif isinstance(x, ex.Delta) and not combination([(1, x.args[0]), (-1, x.args[1])]).coefficients:
            count -= 4
    return count


MOST_TERMS = 32  # of a product of sums
MOST_CASES = 4  # terms of a sum that is multiplied by another with brackets
MOST_DELTAS = 8  # that are compared with each other


def _multiplied(e: ex.Node, parts: list[tuple[Basic, bool]], here: Here) -> Move | None:
    """Multiply out a sum each of whose terms has a delta that stands beside another delta, or such a sum.

    So are two sums with brackets that exclude each other.
    """
    sums = [f for f, below in parts if isinstance(f, ex.Add) and not below and all(map(_has_delta, f.args))]
    sums = sums or _against_each_other(parts, here)
    if len(sums) < 2 and not any(map(_has_delta, (f for f, below in parts if f is not sums[0]) if sums else ())):
        return None
    if not all(is_total(f) and (not below or f.is_number) for f, below in parts):
        return None
    count = 1
    for f in sums:
        count *= len(f.args) if isinstance(f, ex.Add) else 1
    if count > MOST_TERMS:
        return None
    sign, every = split(e)
    first = sums[0]
    products = [joined(sign, put_for(every, first, a)) for a in first.args]
    return Move(rules.mul_add, e, ex.Add.make(tuple(products)))


def _against_each_other(parts: list[tuple[Basic, bool]], here: Here) -> list[Basic]:
    """Return a sum with a bracket that contradicts another one of the product, and what that one stands in."""
    found: list[tuple[Basic, list[tuple[Guard, ...]]]] = []
    for f, below in parts:
        terms = f.args if isinstance(f, ex.Add) else (f,)
        if (
            below
            or len(terms) > MOST_CASES
            or not any(isinstance(x, ex.Iverson) for t in terms for x, _ in split(t)[1])
        ):
            continue
        found.append((f, [guarded(t, here.scope).guards for t in terms]))
    for (f, first), (g, second) in combinations(found, 2):
        has_sum = isinstance(f, ex.Add) or isinstance(g, ex.Add)
        if has_sum and any(exclude(p, q, here.scope) for p in first for q in second):
            return [f, g] if isinstance(f, ex.Add) else [g, f]
    return []


def _has_delta(term: Basic) -> bool:
    return any(type(f) is ex.Delta and not below for f, below in split(term)[1])
