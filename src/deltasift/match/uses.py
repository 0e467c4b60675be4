"""The uses of a rule at a place, kept while a step is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Protocol

from deltasift.match.application import Application


class Worker(Protocol):
    """Who counts the work of a search."""

    work: int


class Uses:
    """The uses of a rule at a place, found as far as they were asked for.

    The lines that a search tries share most of their parts, so that a place is asked for again and again. Whoever asks
    again is charged the work once more: how far a search goes does not depend on what it has seen before.
    """

    def __init__(self, search: Worker, found: Iterator[Application]) -> None:
        self.search = search
        self._found = found
        self._known: list[tuple[Application | None, int]] = []  # None at the end, and the work up to there

    def __iter__(self) -> Iterator[Application]:
        for i in count():
            if i < len(self._known):
                use, work = self._known[i]
                self.search.work += work
            else:
                before = self.search.work
                use = next(self._found, None)
                self._known.append((use, self.search.work - before))
            if use is None:
                return
            yield use
