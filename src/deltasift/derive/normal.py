"""The normal forms in which two sides are compared: deltas collapsed, then logarithms split, then sums split.

Each table contains the moves of the one before. What a later one does is undone on the other side where that is as it
was, so the first table under which two sides meet gives the shortest proof.

The last of them is the usual form of a finite sum: a sum of terms, each a number times nested sums over one product,
sums over independent ranges in an order that does not depend on the names of their indices.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.bits import BITS
from deltasift.derive.bracketed import bracketed
from deltasift.derive.by_rule import by_rule
from deltasift.derive.engine import REDUCERS
from deltasift.derive.expand import expanded, has_sum_inside
from deltasift.derive.forms import carries, joined, split
from deltasift.derive.gathered import GATHERED
from deltasift.derive.logarithms import reduce_exp, reduce_log, reduce_log_product
from deltasift.derive.powers import POWERS
from deltasift.derive.roots import ROOTS
from deltasift.derive.shape import shape
from deltasift.derive.special import SPECIAL
from deltasift.derive.sums import reduce_sum
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Reducer, Table
from deltasift.inert import free, mentions, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.substitution import fresh
from deltasift.line.definedness import requirements
from deltasift.line.same import Canon
from deltasift.line.views import terms, total
from deltasift.match.shift import shifted

MOST_TERMS = 64  # of a product that is multiplied out

Found = Move | tuple[Move, ...] | None


def _after(first: Reducer | None, second: Reducer) -> Reducer:
    """Return what does a second thing where the first has nothing to do."""

    def reduce(e: ex.Node, here: Here) -> Found:
        found = None if first is None else first(e, here)
        return second(e, here) if found is None else found

    return reduce


def _nothing(e: ex.Node, here: Here) -> Found:
    return None


def _before(first: Mapping[type, Reducer], table: Table) -> Table:
    """Return a table that tries some moves before its own."""
    return {**table, **{head: _after(reduce, table.get(head, _nothing)) for head, reduce in first.items()}}


def _extended(table: Table, more: Mapping[type, Reducer]) -> Table:
    return {**table, **{head: _after(table.get(head), reduce) for head, reduce in more.items()}}


def _reduce_power(e: ex.Node, here: Here) -> Found:
    """Leave a power with a delta of an outer index to the product over that index."""
    exponent = e.args[1]
    if isinstance(exponent, ex.Delta) and not isinstance(e.args[0], ex.Delta) and free_indices(exponent, here):
        return None
    return REDUCERS[ex.Pow](e, here)


def free_indices(e: Basic, here: Here) -> set[Basic]:
    """Return the indices of the open sums and products that are free in an expression."""
    return {name for name, r in here.scope.bound.items() if r.integer and mentions(e, name)}


# --- exponentials -------------------------------------------------------------------------------------------------


def _reduce_exponent(e: ex.Node, here: Here) -> Found:
    """Split an exponential over the terms of its exponent, multiplied out; a minus makes a divisor of it."""
    [exponent] = e.args
    new = expanded(exponent, shape)
    if new is not None and not Canon().same(exponent, new) and _is_arithmetic(exponent, new, here):
        return Move(rules.arithmetic, exponent, new, (0,))
    if isinstance(exponent, ex.Add):
        return by_rule(rules.exp_add, e, here)
    sign, parts = split(exponent)
    if sign == -1:
        return Move(rules.exp_neg, e, ex.Div.make((S.One, ex.Exp.make((joined(1, parts),)))))
    return None


def _reduce_total(e: ex.Node, here: Here) -> Found:
    """Put 1 for the sum of a defined table whose total is proved; bring the sum over the classes of a row inside."""
    body, name = e.args[:2]
    if isinstance(body, ex.Entry):
        return by_rule(rules.sum_pmf, e, here)
    if not isinstance(body, ex.Sum) or not INFINITE.isdisjoint((*e.args[2:], *body.args[2:])):
        return None
    for f, below in split(body.args[0])[1]:
        if not below and here.scope.is_probability(f) and f.args[-1] == name and mentions(f, body.args[1]):
            return by_rule(rules.sum_comm, e, here)
    return None


def _reduce_product_of_exponentials(e: ex.Node, here: Here) -> Found:
    return by_rule(rules.prod_exp, e, here) if isinstance(e.args[0], ex.Exp) else None


def _reduce_bracket(e: ex.Node, here: Here) -> Found:
    """Write the indicator of what is not equal by a delta."""
    return by_rule(rules.bracket_ne, e, here) if isinstance(e.args[0], ex.Unequal) else None


def _reduce_magnitude(e: ex.Node, here: Here) -> Found:
    """Leave out a magnitude of what has a sign."""
    if not isinstance(e, ex.Func) or e.name != "Abs":
        return None
    return by_rule(rules.abs_of_nonneg, e, here) or by_rule(rules.abs_of_nonpos, e, here)


def _reduce_power_of_exponential(e: ex.Node, here: Here) -> Found:
    """Take a power into the exponent of an exponential."""
    return by_rule(rules.exp_pow, e, here) if isinstance(e.args[0], ex.Exp) else None


def _reduce_sum_of_exponents(e: ex.Node, here: Here) -> Found:
    """Split a power over the terms of its exponent; take the root of a square, and the square of a root."""
    base, exponent = e.args
    if exponent == 2 and isinstance(base, (ex.Pow, ex.Func)):
        return by_rule(rules.sq_sqrt, e, here)
    if exponent == S.Half and isinstance(base, ex.Pow) and base.args[1] == 2:
        return by_rule(rules.sqrt_sq, e, here)
    return by_rule(rules.pow_add, e, here) if isinstance(exponent, ex.Add) else None


def _reduce_delta_order(e: ex.Node, here: Here) -> Found:
    """Bring the arguments of a delta into one order."""
    a, b = e.args
    return Move(rules.delta_comm, e, ex.Delta.make((b, a))) if str(b) < str(a) else None


def _reduce_common_factor(e: ex.Node, here: Here) -> Found:
    """Leave out a factor that stands above and below the fraction bar."""
    sign, parts = split(e)
    canon = Canon()
    keys = [(canon.key(f), below) for f, below in parts]
    for n, (key, below) in enumerate(keys):
        if (key, not below) in keys:
            m = keys.index((key, not below))
            after = joined(sign, [p for i, p in enumerate(parts) if i not in (n, m)])
            return Move(rules.arithmetic, e, after) if _is_arithmetic(e, after, here) else None
    return None


def _reduce_without_one(e: ex.Node, here: Here) -> Found:
    """Write two products that leave one factor out between them by the whole product."""
    several = sum(isinstance(f, ex.Product) for f, _ in split(e)[1]) > 1
    return by_rule(rules.prod_without_one, e, here) if several else None


# --- sums of terms ------------------------------------------------------------------------------------------------


def _reduce_sum(e: ex.Node, here: Here) -> Found:
    """Split a finite sum over terms, and take out of it what is free of every index."""
    body, i, lo, hi = e.args
    if not INFINITE.isdisjoint((lo, hi)):
        return None
    if isinstance(body, ex.Neg) or (isinstance(body, (ex.Mul, ex.Div)) and split(body)[0] == -1):
        plain = joined(1, split(body)[1])
        return Move(rules.sum_neg, e, ex.Neg.make((ex.Sum.make((plain, i, lo, hi)),)))
    if isinstance(body, ex.Add):
        return _last_term(e)
    _, parts = split(body)
    outside = [p for p in parts if not mentions(p[0], i) and not free_indices(p[0], here)]
    inside = [p for p in parts if p not in outside]
    if not outside or not inside:
        return None
    inner = ex.Sum.make((joined(1, inside), i, lo, hi))
    above = [p for p in outside if not p[1]]
    below = [p for p in outside if p[1]]
    return Move(rules.sum_mul_left, e, joined(1, [*above, (inner, False), *below]))


def _reduce_inner_sum(e: ex.Node, here: Here) -> Found:
    """Split a finite sum over terms, and take out of it all that is free of its own index."""
    body, i, lo, hi = e.args
    if not INFINITE.isdisjoint((lo, hi)):
        return None
    sign, parts = split(body)
    fixed = [p for p in parts if not mentions(p[0], i)]
    if isinstance(body, ex.Add) or sign == -1 or not fixed or len(fixed) == len(parts):
        return _reduce_sum(e, here)
    inner = ex.Sum.make((joined(1, [p for p in parts if p not in fixed]), i, lo, hi))
    above = [p for p in fixed if not p[1]]
    below = [p for p in fixed if p[1]]
    return Move(rules.sum_mul_left, e, joined(1, [*above, (inner, False), *below]))


def _last_term(e: ex.Node) -> Move:
    """Split the last term of a sum off, with its sign."""
    *rest, last = e.args[0].args
    limits = e.args[1:]
    first = ex.Sum.make((ex.Add.make(tuple(rest)) if len(rest) > 1 else rest[0], *limits))
    if isinstance(last, ex.Neg):
        second: Basic = ex.Neg.make((ex.Sum.make((last.args[0], *limits)),))
    else:
        second = ex.Sum.make((last, *limits))
    return Move(rules.sum_add, e, ex.Add.make((first, second)))


def _reduce_times(e: ex.Node, here: Here) -> Found:
    """Multiply a sum of terms out under a sum."""
    if not any(r.integer for r in here.scope.bound.values()):
        return None
    if has_sum_inside(e):
        new = expanded(e, shape)
        if new is not None and _is_arithmetic(e, new, here):
            return Move(rules.arithmetic, e, new)
    sign, parts = split(e)
    for n, (f, below) in enumerate(parts):
        if isinstance(f, ex.Add) and not below and len(parts) > 1 and len(f.args) <= MOST_TERMS:
            others = parts[:n], parts[n + 1 :]
            every = tuple(joined(sign, [*others[0], (a, False), *others[1]]) for a in f.args)
            return Move(rules.mul_add, e, ex.Add.make(every))
    return None


def _is_arithmetic(before: Basic, after: Basic, here: Here) -> bool:
    """Tell whether two equal expressions are proved to have a value."""
    return all(here.holds(need) for e in (before, after) for need in requirements(e, here.scope))


def _reduce_like_terms(e: ex.Node, here: Here) -> Found:
    """Collect like terms under a sum."""
    if not any(r.integer for r in here.scope.bound.values()):
        return None
    new = expanded(e, shape)
    if new is None or len(terms(new)) >= len(terms(e)) or not _is_arithmetic(e, new, here):
        return None
    return Move(rules.arithmetic, e, new)


def _reduce_opposite(e: ex.Node, here: Here) -> Found:
    """Leave out what is added and taken off again."""
    canon = Canon()
    every = terms(e)
    keys = [(t.sign, canon.key(t.expr)) for t in every]
    for n, (sign, key) in enumerate(keys):
        if (-sign, key) in keys[n + 1 :]:
            m = keys.index((-sign, key), n + 1)
            after = total([(t.sign, t.expr) for i, t in enumerate(every) if i not in (n, m)])
            return Move(rules.arithmetic, e, after) if _is_arithmetic(e, after, here) else None
    return None


# --- nested sums --------------------------------------------------------------------------------------------------


def _reduce_nested(e: ex.Node, here: Here) -> Found:
    """Bring two sums with a number between them, or in another order, into the order of their ranges."""
    body, i, lo, hi = e.args
    if not INFINITE.isdisjoint((lo, hi)) or not mentions(body, i) or carries(body, i):
        return reduce_sum(e, here)
    found = _reduce_sum(e, here) or by_rule(rules.sum_write_out, e, here)
    if found is not None:
        return found
    if isinstance(body, ex.Sum) and INFINITE.isdisjoint(body.args[2:]):
        inner, j, low, high = body.args
        if mentions(low, i) or mentions(high, i):
            return _triangle(e, here)
        other = ex.Sum.make((ex.Sum.make((inner, i, lo, hi)), j, low, high))
        if shape(other) < shape(e):
            return Move(rules.sum_comm, e, other)
        return None
    if lo.is_Integer and lo != 1 and not hi.is_Integer:
        return Move(rules.sum_shift, e, shifted(e, S.One - lo))
    return None


def _triangle(e: ex.Node, here: Here) -> Found:
    """Bring a sum over a triangle into the order that comes first."""
    move = by_rule(rules.sum_comm, e, here)
    return move if move is not None and shape(move.after) < shape(e) else None


def _reduce_beside(e: ex.Node, here: Here) -> Found:
    """Take the factors beside a finite sum into it, where an outer index is among them or they are a sum too."""
    sign, parts = split(e)
    for n, (f, below) in enumerate(parts):
        if not isinstance(f, ex.Sum) or below or not INFINITE.isdisjoint(f.args[2:]):
            continue
        others = [p for m, p in enumerate(parts) if m != n]
        taken = [p for p in others if free_indices(p[0], here) or (isinstance(p[0], ex.Sum) and not p[1])]
        if not taken:
            continue
        kept = [p for p in others if p not in taken]
        inner, name = f.args[:2]
        if any(mentions(g, name) for g, _ in taken):
            new = fresh(name, free(e) | free(inner) | set(here.scope.bound))
            inner, name = substitute(inner, {name: new}), new
        inside_sign, inside = split(inner)
        moved = ex.Sum.make((joined(inside_sign, [*inside, *taken]), name, *f.args[2:]))
        return Move(rules.sum_mul_right, e, joined(sign, [*kept, (moved, False)]))
    return None


PLAIN: Table = {ex.Add: _reduce_opposite}
DELTAS: Table = _extended({**REDUCERS, ex.Pow: _reduce_power}, PLAIN)
LOGS: Table = _extended(
    DELTAS,
    {
        ex.Log: reduce_log,
        ex.Exp: reduce_exp,
        ex.Mul: reduce_log_product,
        ex.Div: reduce_log_product,
        ex.Neg: reduce_log_product,
    },
)
TERMS: Table = _extended(
    LOGS,
    {
        ex.Add: _reduce_like_terms,
        ex.Sum: _reduce_sum,
        ex.Mul: _reduce_times,
        ex.Div: _reduce_times,
        ex.Neg: _reduce_times,
        ex.Pow: _reduce_times,
    },
)
NESTED: Table = {
    **_extended(TERMS, {ex.Mul: _reduce_beside, ex.Div: _reduce_beside, ex.Neg: _reduce_beside}),
    ex.Sum: _reduce_nested,
}
EXPONENTIALS: Table = _extended(LOGS, {ex.Exp: _reduce_exponent})
APART: Table = _extended(TERMS, {ex.Exp: _reduce_exponent})  # exponentials split, and sums of them
# deltas with their arguments in one order, common factors left out, powers split
ORDERED: Table = _before(
    {
        ex.Delta: _reduce_delta_order,
        ex.Mul: _after(_reduce_common_factor, _reduce_without_one),
        ex.Div: _reduce_common_factor,
        ex.Pow: _reduce_sum_of_exponents,
        ex.Product: _reduce_product_of_exponentials,
        ex.Sum: _reduce_total,
        ex.Iverson: _reduce_bracket,
        ex.Func: _reduce_magnitude,
    },
    TERMS,
)
# powers and products of what is positive by the exponential of their logarithm
AS_EXPONENTIALS: Table = _before(
    {**POWERS, ex.Pow: _after(_reduce_power_of_exponential, POWERS[ex.Pow])},
    _extended(TERMS, {ex.Exp: _reduce_exponent}),
)
# losses in the spellings of programs
KNOWN_TERMS: Table = _before(SPECIAL, TERMS)
# labels in {0, 1} linearly, losses in the spellings of programs
BY_BITS: Table = _before(BITS, KNOWN_TERMS)
# what does not change with an index before its sum, that with an outer index too, exponentials of sums as quotients
TAKEN_OUT: Table = _before(
    {ex.Sum: _reduce_inner_sum, **dict.fromkeys((ex.Mul, ex.Div, ex.Neg), _reduce_common_factor)},
    _extended(LOGS, {ex.Exp: _reduce_exponent, **dict.fromkeys((ex.Mul, ex.Div, ex.Neg, ex.Pow), _reduce_times)}),
)
# cases, maxima and minima by brackets of differences, and of their negatives
BY_BRACKETS, BY_TURNED_BRACKETS = (
    _before(bracketed(turned), {**TERMS, ex.Add: _after(_reduce_opposite, _reduce_like_terms)})
    for turned in (False, True)
)
TABLES: tuple[Table, ...] = (
    *(PLAIN, DELTAS, LOGS, TERMS, NESTED, GATHERED, EXPONENTIALS, APART, ORDERED, AS_EXPONENTIALS),
    *(BY_BRACKETS, BY_TURNED_BRACKETS, _before(ROOTS, NESTED)),
)
SELDOM: tuple[Table, ...] = (BY_BITS, TAKEN_OUT)  # what is tried where nothing else leads anywhere
