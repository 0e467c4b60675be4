"""The integer arithmetic that a rule brings along: `lo + c` is 4 where lo is 1 and c is 3, `i + c` is where i was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sympy import Dummy, S, Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add, Neg, Node, free, postorder
from deltasift.inert import replace as substitute
from deltasift.match.linear import Signed, collect, difference
from deltasift.match.views import terms, total


def offsets(expr: Basic, name: Basic) -> Iterator[Basic]:
    """Yield what is added to a name somewhere in an expression."""
    seen: set[Basic] = set()
    for e in postorder(expr):
        rest = _beside(e, name)
        offset = None if rest is None else collect(rest)
        if offset is not None and offset not in seen and name not in free(offset):
            seen.add(offset)
            yield offset


def _beside(e: Basic, name: Basic) -> list[Signed] | None:
    """Return the other terms of a sum of which a name is one, else None."""
    parts = [(t.sign, t.expr) for t in terms(e)] if isinstance(e, Add) else []
    return [p for p in parts if p != (1, name)] if parts.count((1, name)) == 1 else None


def moved(expr: Basic, name: Basic, new: Basic, offset: Basic) -> Basic:
    """Return an expression in which a name is replaced by `new + offset`.

    Where the offset meets its opposite, or a number another number, they are added up; nothing else is.
    """
    here = Dummy()
    inserted = Add.make((here, offset))
    marked = substitute(expr, {name: inserted})  # a name of the offset that is bound in there is renamed
    made: dict[int, Basic] = {}
    for e in postorder(marked):
        if not isinstance(e, Node):
            made[id(e)] = e
        elif e == inserted:
            made[id(e)] = total([(1, here), *((t.sign, t.expr) for t in terms(offset))]) if offset != 0 else here
        else:
            args = tuple(made[id(a)] for a in e.args)
            plain = e if all(x is y for x, y in zip(args, e.args, strict=True)) else e.rebuild(args)
            made[id(e)] = _met(e, inserted, here, offset) or plain
    return substitute(made[id(marked)], {here: new})


def _met(e: Node, inserted: Basic, here: Basic, offset: Basic) -> Basic | None:
    """Return a sum in which the inserted one meets its opposite or a number, None where nothing is to add up."""
    signed = [(-1, a.args[0]) if isinstance(a, Neg) else (1, a) for a in e.args] if isinstance(e, Add) else []
    places = [i for i, (_, a) in enumerate(signed) if a == inserted]
    if len(places) != 1:
        return None
    sign = signed[places[0]][0]
    rest = [(t.sign, t.expr) for i, a in enumerate(e.args) if i != places[0] for t in terms(a)]
    if any(here in free(a) for _, a in rest):
        return None
    left = collect([*rest, (sign, offset)])
    if not (left == 0 or (offset.is_Number and any(a.is_Number for _, a in rest))):
        return None
    return total([(sign, here), *((1, t) for t in (left,) if t != 0)])


def added_up(e: Basic) -> Basic:
    """Return a sum of integers with its numbers added up and opposite terms gone."""
    return collect([(t.sign, t.expr) for t in terms(e)]) if isinstance(e, Add) else e


def solved(pattern: Add, expr: Basic, known: Mapping[Basic, object]) -> tuple[Basic, Basic] | None:
    """Return the only unknown name of a sum of names and numbers, and what makes the sum an expression.

    Where all are known and the sum is the expression, the last of them; None where there is no such name.
    """
    rest: list[Signed] = []
    unknown: list[Signed] = []
    for t in terms(pattern):
        value = known.get(t.expr, None if isinstance(t.expr, Symbol) else t.expr)
        if isinstance(value, Basic):
            rest.append((t.sign, value))
        else:
            unknown.append((t.sign, t.expr))
    if len(unknown) > 1:
        return None
    left = difference(expr, collect(rest))
    if unknown:
        sign, name = unknown[0]
        return name, left if sign == 1 else collect([(-1, left)])
    name = next(t.expr for t in terms(pattern) if isinstance(t.expr, Symbol))
    value = known[name]
    return (name, value) if left == S.Zero and isinstance(value, Basic) else None
