"""What was done to a line: moves, the lines they make, and the steps in which a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, overload

from sympy.core.basic import Basic

from deltasift.calc import Place, Reason, Step
from deltasift.line.cursor import Cursor
from deltasift.line.scope import Scope
from deltasift.line.views import Path


class Move(NamedTuple):
    """One use of a rule.

    Attributes
    ----------
    rule : rule or theorem
    before, after : Basic
        The subexpression before and after.
    path : tuple of int
        Where it stands: from the node that was looked at, or from the root of the line once it is recorded.
    assumed : tuple of Basic
        What is assumed for it.
    is_settled : bool
        Whether no rule has anything to do with what it makes, so that it need not be looked at again.
    """

    rule: Reason
    before: Basic
    after: Basic
    path: Path = ()
    assumed: tuple[Basic, ...] = ()
    is_settled: bool = False

    def under(self, path: Path) -> Move:
        """Return the same move seen from further out."""
        if not path:
            return self
        return Move(self.rule, self.before, self.after, (*path, *self.path), self.assumed, self.is_settled)


# Rules that only tidy up: what they do is shown as a substep of the line before.
MINOR = frozenset(
    (
        "arithmetic",
        "bracket_and",
        "bracket_arith",
        "bracket_delta",
        "bracket_true",
        "delta_arith",
        "delta_eq",
        "norm_num",
        "one_mul",
        "sum_neg",
        "sum_zero",
        "zero_add",
        "zero_mul",
    )
)


LONG = 8  # lines one after the other by one rule, above which they are one


class Steps(Sequence[Step]):
    """The steps that moves make, written out when somebody reads them.

    Moves at places apart from each other may be made at once: all those of one rule are one line.

    Attributes
    ----------
    last : Basic
        The line to which they lead, which is known without them.
    joins_runs : bool
        Whether a long run of one rule, one use inside of the other, is one line, too.
    """

    def __init__(self, start: Basic, moves: Sequence[Move], last: Basic, *, joins_runs: bool = False) -> None:
        self.last = last
        self.joins_runs = joins_runs
        self._start = start
        self._moves = moves
        self._steps: tuple[Step, ...] | None = None

    @property
    def moves(self) -> Sequence[Move]:
        """The moves in the order in which they were found."""
        return self._moves

    def _all(self) -> tuple[Step, ...]:
        if self._steps is None:
            self._steps = tuple(_steps(self._start, self._moves, self.joins_runs))
        return self._steps

    @overload
    def __getitem__(self, i: int) -> Step: ...
    @overload
    def __getitem__(self, i: slice) -> tuple[Step, ...]: ...
    def __getitem__(self, i: int | slice) -> Step | tuple[Step, ...]:
        return self._all()[i]

    def __len__(self) -> int:
        return len(self._all()) if self._moves else 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())


def _steps(start: Basic, moves: Sequence[Move], joins_runs: bool) -> Iterator[Step]:
    place = Cursor(start, Scope())
    lines = _lines(moves)
    for group in _long_runs_joined(lines) if joins_runs else lines:
        for m in (m for level in group for m in level):
            place.go(m.path)
            place.put(m.after)
        line = place.line()
        made = [m for level in group for m in level]
        by = tuple(dict.fromkeys(level[0].rule for level in group))
        assumed = tuple(dict.fromkeys(a for m in made for a in m.assumed))
        yield Step(line, by, assumptions=assumed, places=tuple(Place(m.rule, m.path, m.before, m.after) for m in made))


Group = list[list[Move]]  # the levels of moves that make a line


def _long_runs_joined(lines: list[Group]) -> Iterator[Group]:
    """Yield lines, a long run by one rule, as a chain of deltas gives it, as one: written out, nobody would read it."""
    for _, run in groupby(lines, _rules):
        these = list(run)
        yield from [[level for line in these for level in line]] if len(these) > LONG else these


def _rules(line: Group) -> frozenset[Reason]:
    """Return the rules by which a line is made, those that only tidy up left out."""
    every = frozenset(level[0].rule for level in line)
    return frozenset(rule for rule in every if rule.name not in MINOR) or every


def _lines(moves: Sequence[Move]) -> list[Group]:
    """Return the levels of moves that make each line: one level of a rule that matters, and what tidies up after it."""
    lines: list[Group] = []
    for level in _levels(moves):
        joins = lines and (_is_minor(level) or all(map(_is_minor, lines[-1])))
        if joins:
            lines[-1].append(level)
        else:
            lines.append([level])
    return lines


def _is_minor(level: list[Move]) -> bool:
    return level[0].rule.name in MINOR


class _Place:
    """A place in the line, with the last levels at which it, or something in it, was changed."""

    __slots__ = ("inside", "own", "parts")

    def __init__(self) -> None:
        self.own = -1
        self.inside = -1
        self.parts: dict[int, _Place] = {}


def _levels(moves: Sequence[Move]) -> list[list[Move]]:
    """Group moves: those of a level have one rule and places apart, and follow from the levels before."""
    levels: list[list[Move]] = []
    of_rule: dict[Reason, list[int]] = {}
    root = _Place()
    for m in moves:
        here, way = root, [root]
        last = here.own
        for i in m.path:
            here = here.parts.setdefault(i, _Place())
            way.append(here)
            last = max(last, here.own)
        last = max(last, here.inside)
        own = of_rule.setdefault(m.rule, [])
        level = next((n for n in own if n > last), None)
        if level is None:
            level = len(levels)
            levels.append([])
            own.append(level)
        levels[level].append(m)
        here.own = max(here.own, level)
        for p in way:
            p.inside = max(p.inside, level)
        here.parts.clear()  # what was inside is something else now
    return levels
