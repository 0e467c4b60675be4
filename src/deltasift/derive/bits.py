"""A label in {0, 1} makes two cases: what depends on it is linear in it.

`f(t) = f(0) + t*(f(1) - f(0))`, by way of `t = delta(t, 1)`. So a label under a logarithm, an exponent, a power, a
maximum, a fraction bar or in an index comes to stand beside what was under it, and products of it with itself vanish.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
import deltasift.rules as rules
from deltasift.derive.expand import expanded
from deltasift.derive.forms import split
from deltasift.derive.shape import shape
from deltasift.derive.special import rewritten
from deltasift.derive.trace import Move
from deltasift.derive.walk import Here, Reducer
from deltasift.domain import Labels
from deltasift.inert import free
from deltasift.line.views import Path, put
from deltasift.rules.coded.equations import two_cases

Found = Move | tuple[Move, ...] | None


def reduce_function(e: ex.Node, here: Here) -> Found:
    """Take a function of a label in {0, 1} apart into its two values."""
    return next((_by_cases(e, bit, here) for bit, _ in _bits(e, here)), None)


def reduce_quotient(e: ex.Node, here: Here) -> Found:
    """Take a quotient apart where the label stands below the bar; write the square of a label as such."""
    below = [bit for f, under in split(e)[1] if under for bit, _ in _bits(f, here)]
    return _by_cases(e, below[0], here) if below else reduce_times(e, here)


def reduce_times(e: ex.Node, here: Here) -> Found:
    """Write the product of a label in {0, 1} with itself as its square."""
    factors = [f for f, under in split(e)[1] if not under and isinstance(f, ex.Entry)]
    if any(factors.count(f) > 1 and _is_bit(f, here) for f in factors):
        new = expanded(e, shape)
        return None if new is None else rewritten(e, new, (), here)
    return None


def reduce_entry(e: ex.Node, here: Here) -> Found:
    """Take an entry apart whose index is a label in {0, 1}."""
    return None if _is_bit(e, here) else reduce_function(e, here)


def _by_cases(e: ex.Node, bit: Basic, here: Here) -> Found:
    """Write a label as the indicator of 1, take that apart, and write it as the label again."""
    delta = ex.Delta.make((bit, S.One))
    moves = [Move(rules.delta_one.reversed, bit, delta, path) for found, path in _bits(e, here) if found == bit]
    whole: Basic = e
    for move in moves:
        whole = put(whole, move.path, delta)
    after = next((after for after, needs in two_cases(whole, delta, here.scope) if all(map(here.holds, needs))), None)
    if after is None:
        return None
    back = [Move(rules.delta_one, delta, bit, path) for found, path in _places(after, frozenset()) if found == delta]
    return (*moves, Move(rules.delta_cases, whole, after), *back)


def _bits(e: Basic, here: Here) -> Iterator[tuple[Basic, Path]]:
    """Yield the labels in {0, 1} in an expression, those left out that depend on a name bound in it, and where."""
    return ((x, path) for x, path in _places(e, frozenset()) if _is_bit(x, here))


def _places(e: Basic, bound: frozenset[Basic], path: Path = ()) -> Iterator[tuple[Basic, Path]]:
    if not isinstance(e, ex.Node):
        return
    if isinstance(e, (ex.Entry, ex.Delta)) and free(e).isdisjoint(bound):
        yield e, path
    for i, a in enumerate(e.args):
        if not (e.binds and i == 1):
            yield from _places(a, bound | {e.args[1]} if e.binds and i == 0 else bound, (*path, i))


def _is_bit(e: Basic, here: Here) -> bool:
    domain = here.scope.domain(e.table) if isinstance(e, ex.Entry) else None
    return isinstance(domain, Labels) and (domain.lo, domain.hi) == (0, 1)


BITS: dict[type, Reducer] = {
    **dict.fromkeys((ex.Log, ex.Exp, ex.Func, ex.Pow), reduce_function),
    ex.Entry: reduce_entry,
    ex.Div: reduce_quotient,
    ex.Mul: reduce_times,
    ex.Neg: reduce_times,
}
