"""The values that an entry of a table of integers may have, where a fact says so of each entry by itself.

`y[n] = -100` or `0 <= y[n]`, for every n, leaves few of the values from -100 on. What is drawn from all of them, and
looked at afterwards, would hardly ever meet it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Integer
from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.domain import Labels
from deltasift.inert import Entry, ForAll, free, substitute

MOST = 2_000  # values that are looked at


def entrywise(d: Labels, statements: Sequence[Basic], known: frozenset[Basic]) -> list[tuple[Basic, Entry]]:
    """Return what is said of every entry by itself, each with the entry that it speaks of."""
    found = []
    for s in statements:
        names, ranges = [], []
        while isinstance(s, ForAll):
            names.append(s.args[1])
            ranges.append(s.args[2:4])
            s = s.args[0]
        whole = [(i.lo, i.hi) for i in d.over]
        if sorted(map(str, ranges)) != sorted(map(str, whole)) or len(names) != len(d.over):
            continue
        by_range = [dict(zip(map(tuple, ranges), names, strict=True)).get(pair) for pair in whole]
        if None in by_range or len(set(by_range)) != len(by_range):
            continue
        entry = Entry(d.symbol, *by_range)
        if free(substitute(s, {entry: Integer(0)})) <= known:
            found.append((s, entry))
    return found


def allowed_values(said: Sequence[tuple[Basic, Entry]], lo: int, hi: int, balls: Balls) -> list[int] | None:
    """Return the values from lo to hi of which all that is said holds; None where they are too many, or not known."""
    if not said or hi - lo >= MOST:
        return None
    try:
        return [v for v in range(lo, hi + 1) if all(balls.holds(substitute(s, {e: Integer(v)}), {}) for s, e in said)]
    except (NoValue, NotCovered):
        return None
