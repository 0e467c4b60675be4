"""What changed from one line to the next: the smallest part, and in it the parts that were kept and only moved.

The smallest part is found in the two trees, what was kept in the recorded use of the rule: what its variables stand
for is the same before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.inert import Entry, Node
from deltasift.line.views import Path, at
from deltasift.render.changed import changed
from deltasift.use import Abstraction, Run, Use


@dataclass(frozen=True)
class Marks:
    """Places in the line before and in the line after.

    Attributes
    ----------
    was, now : path
        The smallest part that changed.
    kept : tuple of (path, path)
        Parts of it that stand in both.
    """

    was: Path
    now: Path
    kept: tuple[tuple[Path, Path], ...] = ()


def marks(before: Basic, after: Basic, uses: Sequence[Use]) -> Marks:
    """Return what changed between two lines by some uses of rules."""
    place = changed(before, after)
    was, now = at(before, place), at(after, place)
    kept: list[tuple[Path, Path]] = []
    for value in _bound(uses):
        sides = [list(_places(side, value)) for side in (was, now)]
        if len(sides[0]) == len(sides[1]) == 1 and sides[0][0] and sides[1][0]:
            kept.append(((*place, *sides[0][0]), (*place, *sides[1][0])))
    return Marks(place, place, tuple(_outermost(kept)))


def uses_of(runs: Iterable[Run]) -> list[Use]:
    """Return the uses of rules between two lines."""
    return [u for run in runs for u in run.uses]


def _bound(uses: Sequence[Use]) -> dict[Basic, None]:
    """Return what the variables of the rules stand for, as far as it is more than a name or an entry."""
    values = (v.body if isinstance(v, Abstraction) else v for u in uses for _, v in u.binding)
    return {v: None for v in values if isinstance(v, Node) and not isinstance(v, Entry)}


def _places(e: Basic, part: Basic, path: Path = ()) -> Iterable[Path]:
    stack: list[tuple[Basic, Path]] = [(e, path)]
    while stack:
        x, here = stack.pop()
        if x == part:
            yield here
        elif isinstance(x, Node):
            stack.extend((a, (*here, i)) for i, a in enumerate(x.args))


def _outermost(pairs: Sequence[tuple[Path, Path]]) -> Iterable[tuple[Path, Path]]:
    """Yield the pairs that are inside of no other one."""
    for pair in pairs:
        others = (p for p in pairs if p != pair)
        if not any(pair[0][: len(p[0])] == p[0] or pair[1][: len(p[1])] == p[1] for p in others):
            yield pair
