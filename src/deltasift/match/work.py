"""How much a search for uses of rules does before it ends, so that every search does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
WORK = 10_000  # matches tried and places looked at in one step, more for those of many terms


class Working:
    """Counts work, and remembers whether it ended a search before all was tried.

    Attributes
    ----------
    work : int
        What was done.
    ended_early : bool
        Whether something was left out, so that what was not found may be there all the same.
    """

    def __init__(self) -> None:
        self.work = 0
        self.ended_early = False

    def begin(self) -> None:
        """Count from the beginning."""
        self.work, self.ended_early = 0, False

    def first(self, found: Iterable[T], most: int) -> Iterator[T]:
        """Yield at most so many of what is found, and remember whether there was more."""
        every = iter(found)
        yield from islice(every, most)
        if next(every, None) is not None:
            self.ended_early = True

    def is_over(self, *, beside: bool = False) -> bool:
        """Tell whether no more is to be done, by the work or for a reason beside it, and remember that."""
        over = beside or self.work > WORK
        self.ended_early = self.ended_early or over
        return over
