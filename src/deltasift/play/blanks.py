"""Fill in the index: a line with one index left out, the right one among wrong ones, each with why it is wrong.

A wrong index is one that people write: another one that is around, a number, the label of an example. Either numbers
show that the line with it is wrong, or it is a name that has no value there, as that of a sum that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from sympy.core.basic import Basic

from deltasift.check.counterexample import Counterexample
from deltasift.check.mutate import Mutant, mutants
from deltasift.check.report import Line, Report
from deltasift.inert import Entry, free
from deltasift.line.views import Path
from deltasift.play.quiz import against

KINDS = ("label_for_index", "index_exchanged", "index_fixed")
LINES = 3  # lines of a page that are asked about
WRONG = 3  # wrong indices beside the right one


@dataclass(frozen=True)
class Filled:
    """A wrong index.

    Attributes
    ----------
    index : Basic
    counterexample : Counterexample or None
        Numbers at which the line with it differs from the line before.
    unbound : Basic or None
        The name in it that nothing runs over, where the line with it says nothing.
    """

    index: Basic
    counterexample: Counterexample | None = None
    unbound: Basic | None = None


@dataclass(frozen=True)
class Blank:
    """A line with one index left out.

    Attributes
    ----------
    path : path
        Of the index.
    right : Basic
    wrong : tuple of Filled
    """

    path: Path
    right: Basic
    wrong: tuple[Filled, ...]


def blanks(report: Report) -> dict[int, Blank]:
    """Return an index to fill in, for some lines of a page that is right, the most worth while first: a label."""
    lines = [x for x in report.lines if x.relation == "=" and x.substeps] if report.is_proved else []
    gaps = [g for x in lines if (g := _gap(report, x)) is not None]
    found: dict[int, Blank] = {}
    for g in sorted(gaps, key=_worth, reverse=True):
        wrong = tuple(islice(_wrong(g), WRONG))
        if wrong:
            found[g.line.number] = Blank(g.path, g.right, wrong)
        if len(found) == LINES:
            break
    return found


class _Gap(NamedTuple):
    """A place of an index, and the wrong lines that come of wrong indices there."""

    line: Line
    path: Path
    right: Basic
    tried: list[Mutant]


def _worth(g: _Gap) -> tuple[bool, int]:
    return isinstance(g.right, Entry), len(g.tried)


def _gap(report: Report, x: Line) -> _Gap | None:
    """Return the index of a line that is most worth to ask for."""
    places: dict[Path, _Gap] = {}
    for m in mutants(report.page, kinds=KINDS, lines={x.number}):
        if m.path is not None and isinstance(m.before, Entry) and isinstance(m.after, Entry):
            [i] = [i for i, (a, b) in enumerate(zip(m.before.indices, m.after.indices, strict=True)) if a != b]
            path = (*m.path, i + 1)
            places.setdefault(path, _Gap(x, path, m.before.indices[i], [])).tried.append(m)
    return max(places.values(), key=_worth, default=None)


def _wrong(g: _Gap) -> Iterator[Filled]:
    for m in g.tried:
        assert isinstance(m.after, Entry)
        index = m.after.indices[g.path[-1] - 1]
        unbound = sorted(free(m.step.expr) & free(index) - free(g.line.expr), key=str)
        if unbound:
            yield Filled(index, unbound=unbound[0])
        elif (c := against(m, valued=False)) is not None:
            yield Filled(index, c)
