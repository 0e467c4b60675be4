"""What was found, written down so that it can be judged without the one who found it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sympy.core.basic import Basic

from deltasift.line.cursor import Cursor
from deltasift.line.scope import Scope
from deltasift.match.search import Application
from deltasift.use import Run, Use

Lines = Sequence[tuple[Basic, Sequence[Application]]]  # each line with the applications that lead to it


def recorded(start: Basic, lines: Lines) -> tuple[Run, ...]:
    """Return the runs that lead from a line through others."""
    runs: list[Run] = []
    for end, chain in lines:
        runs += _runs(start, end, chain)
        start = end
    return tuple(runs)


def _runs(start: Basic, end: Basic, chain: Sequence[Application]) -> Iterator[Run]:
    """Yield the runs of one chain: what was found from the line before, and what from the line after."""
    groups = [(turned, list(group)) for turned, group in groupby(chain, lambda x: x.turned)]
    for i, (turned, group) in enumerate(groups, 1):
        last = end if i == len(groups) else _line_after(start, group)
        if turned:
            back = tuple(_uses(last, [x.as_found() for x in reversed(group)]))
            yield Run(start, last, True, back)
        else:
            yield Run(start, last, False, tuple(_uses(start, group)))
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
