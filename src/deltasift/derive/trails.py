"""A trail is what was done to one side: the moves and the lines they make; two trails that meet are a derivation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

from deltasift.calc import Reason, Step
from deltasift.derive.trace import Move, Steps
from deltasift.line.same import Canon
from deltasift.line.views import put
from deltasift.rule import Method


@dataclass(frozen=True)
class Trail:
    """A line and the moves that were made from it.

    Attributes
    ----------
    start : Basic
    moves : tuple of Move
        One after the other.
    """

    start: Basic
    moves: tuple[Move, ...] = ()

    @property
    def lines(self) -> list[Basic]:
        """All lines, one more than there are moves."""
        lines = [self.start]
        for m in self.moves:
            lines.append(put(lines[-1], m.path, m.after) if m.path else m.after)
        return lines

    @property
    def last(self) -> Basic:
        """The last line."""
        return self.lines[-1]

    def then(self, moves: Sequence[Move]) -> Trail:
        """Return the trail with more moves."""
        return replace(self, moves=(*self.moves, *moves))

    def until(self, count: int) -> Trail:
        """Return the beginning of the trail."""
        return replace(self, moves=self.moves[:count])


def meeting(left: Trail, right: Trail, canon: Canon) -> tuple[Trail, Trail] | None:
    """Return the shortest beginnings of two trails that end in the same line, None where they do not meet."""
    first: dict[int, int] = {}
    for i, line in enumerate(left.lines):
        first.setdefault(canon.key(line), i)
    best: tuple[int, int] | None = None
    for j, line in enumerate(right.lines):
        found = first.get(canon.key(line))
        if found is not None and (best is None or found + j < sum(best)):
            best = (found, j)
    return None if best is None else (left.until(best[0]), right.until(best[1]))


def joined_steps(left: Trail, right: Trail, between: Step | None = None) -> tuple[Step, ...]:
    """Return the steps along the left trail and back along the right one, by way of a step between their ends."""
    there = list(Steps(left.start, left.moves, left.last)) if left.moves else []
    home = list(back(right))
    end = right.last
    if between is not None:
        there.append(replace(between, expr=end))
    elif there:
        there[-1] = replace(there[-1], expr=end)
    elif home and left.start != end:
        # its places are in a line that is the same but not alike, so that what is done at many of them is done in turn
        home = list(back(right, apart=len(home[0].by) > 1))
        home[0] = replace(home[0], places=())
    return (*there, *home)


def back(trail: Trail, *, apart: bool = False) -> Iterator[Step]:
    """Yield the steps from the end of a trail to its start, its first move in a step of its own if asked."""
    turned = [Move(backward(m.rule), m.after, m.before, m.path, m.assumed) for m in reversed(trail.moves)]
    if apart:
        second = trail.until(len(trail.moves) - 1).last
        yield from Steps(trail.last, turned[:1], second)
        yield from Steps(second, turned[1:], trail.start)
    elif turned:
        yield from Steps(trail.last, turned, trail.start)


def backward(rule: Reason) -> Reason:
    """Return a rule read from right to left, or itself where it has no direction."""
    undirected = isinstance(rule, Method) and rule.name in ("definition", "arithmetic")
    return rule if undirected else rule.reversed
