"""What was found, written down so that it can be judged without the one who found it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sympy.core.basic import Basic

from deltasift.line.cursor import Cursor
from deltasift.line.scope import Scope
from deltasift.match.application import Application
from deltasift.use import Run, Use

Lines = Sequence[tuple[Basic, Sequence[Application]]]  # each line with the applications that lead to it
Pair = tuple[Run, Sequence[Application]]  # a run, and the application that each of its uses was


@dataclass(frozen=True)
class Recorded:
    """What leads from one line to another."""

    pairs: tuple[Pair, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(run for run, _ in self.pairs)


def recorded(start: Basic, lines: Lines) -> Recorded:
    """Return the runs that lead from a line through others."""
    pairs: list[Pair] = []
    for end, chain in lines:
        pairs += _runs(start, end, chain)
        start = end
    return Recorded(tuple(pairs))


def _runs(start: Basic, end: Basic, chain: Sequence[Application]) -> Iterator[Pair]:
    """Yield the runs of one chain: what was found from the line before, and what from the line after."""
    groups = [(turned, list(group)) for turned, group in groupby(chain, lambda x: x.turned)]
    for i, (turned, group) in enumerate(groups, 1):
        last = end if i == len(groups) else _line_after(start, group)
        found = [x.as_found() for x in reversed(group)] if turned else group
        yield Run(start, last, turned, tuple(_uses(last if turned else start, found))), found
        start = last


def _line_after(line: Basic, chain: Sequence[Application]) -> Basic:
    place = Cursor(line, Scope())
    for x in chain:
        place.go(x.path)
        place.put(x.after)
    return place.line()


def _uses(line: Basic, chain: Sequence[Application]) -> Iterator[Use]:
    place = Cursor(line, Scope())
    for x in chain:
        place.go(x.path)
        yield Use(x.rule, x.statement, x.path, place.names, x.before, x.after, x.values, x.added, x.witness)
        place.put(x.after)
