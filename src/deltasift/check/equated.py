"""Worlds in which equalities hold that are given: a name or an entry in each is solved for, if it is linear in that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.balls import Balls
from deltasift.check.everywhere import Everywhere
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.domain import Domain, Reals
from deltasift.inert import free, mentions

Solve = tuple[ex.Node, Basic]  # an equality, and what it is solved for: a name or an entry


def solvable(assumptions: Sequence[Basic], domains: Mapping[Any, Domain]) -> tuple[Solve, ...]:
    """Return the equalities among some statements with what each may be solved for, in an order that keeps the others.

    What occurs in no other equality is solved for last, so that it spoils none.
    """
    equalities = [a for a in assumptions if isinstance(a, ex.Equality)]
    found: list[tuple[int, Solve]] = []
    taken: set[Basic] = set()
    for a in dict.fromkeys(equalities):
        others = [b for b in dict.fromkeys(equalities) if b != a]
        every = [(sum(_occurs(t, b) for b in others), t) for t in _targets(a, domains) if t not in taken]
        if every:
            count, target = min(every, key=lambda pair: pair[0])
            taken.add(target)
            found.append((count, (a, target)))
    return tuple(pair for _, pair in sorted(found, key=lambda x: -x[0]))


def equate(
    equalities: Sequence[Solve], numbers: dict[Basic, Any], tables: dict[Basic, Any], look: Callable[[], Balls]
) -> None:
    """Change a world so that equalities hold in it; `look` evaluates in the world as it is by then."""
    for a, target in equalities:
        try:
            put = _place(target, numbers, tables, look)
            differences = []
            for t in (0, 1, 2):
                put(Fraction(t))
                differences.append(_difference(a, look()))
        except (NoValue, NotCovered):
            continue
        start, middle, end = differences
        slope = middle - start
        if slope and end - middle == slope:
            put(-start / slope)


def _difference(a: ex.Node, ev: Balls) -> Fraction:
    sides = [ev.as_fraction(ev.value(e, {})) for e in a.args]
    if sides[0] is None or sides[1] is None:
        raise NotCovered("an equality of what has no exact values")
    return sides[0] - sides[1]


def _place(
    target: Basic, numbers: dict[Basic, Any], tables: dict[Basic, Any], look: Callable[[], Balls]
) -> Callable[[Fraction], None]:
    """Return what puts a value in the place of a name or of an entry."""
    if not isinstance(target, ex.Entry):
        return lambda value: numbers.__setitem__(target, value)
    ev = look()
    where = tuple(ev.integer(i, {}) for i in target.indices)
    return lambda value: tables[target.table].__setitem__(where, value)


def _targets(a: Basic, domains: Mapping[Any, Domain]) -> Iterator[Basic]:
    """Yield the entries and the names that may have any value, of those in which the sides may be linear."""
    todo = list(a.args)
    while todo:
        e = todo.pop()
        if isinstance(e, (ex.Add, ex.Neg, ex.Mul)):
            todo += e.args
        elif isinstance(e, ex.Div):
            todo.append(e.args[0])
        elif isinstance(e, ex.Entry):
            d = domains.get(e.table)
            if isinstance(d, Everywhere) and not d.whole and d.lo is d.hi is None and free(e) <= domains.keys():
                yield e
        else:
            d = domains.get(e)
            if isinstance(d, Reals) and not d.over and d.above is d.below is None:
                yield e


def _occurs(target: Basic, other: Basic) -> bool:
    return mentions(other, target.table if isinstance(target, ex.Entry) else target)
