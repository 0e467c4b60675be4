"""The open binders by name, as a table that an inner scope shares with the outer ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Generic, TypeVar

from sympy.core.basic import Basic

V = TypeVar("V")


class Binders(Generic[V]):
    """What each name stands for, in a table that grows into others without being copied.

    One dictionary serves a table and the longest of those that grew from it: each sees as many entries as it has, so
    that a nesting of a thousand binders takes a thousand entries and not their square.
    """

    __slots__ = ("_entries", "_size")

    def __init__(self, entries: Mapping[Basic, V]) -> None:
        self._entries: dict[Basic, tuple[int, V]] = {k: (n, v) for n, (k, v) in enumerate(entries.items())}
        self._size = len(entries)

    def grown(self, name: Basic, value: V) -> Binders[V]:
        """Return a table with one more entry, of a name that is not in this one."""
        entries = self._entries
        if len(entries) > self._size:  # another one has grown from this
            entries = dict(islice(entries.items(), self._size))
        entries[name] = (self._size, value)
        new: Binders[V] = object.__new__(type(self))
        new._entries = entries
        new._size = self._size + 1
        return new

    def get(self, name: Basic) -> V | None:
        """Return what a name stands for, None where it is not in the table."""
        found = self._entries.get(name)
        return None if found is None or found[0] >= self._size else found[1]

    def __getitem__(self, name: Basic) -> V:
        place, value = self._entries[name]
        if place >= self._size:
            raise KeyError(name)
        return value

    def __contains__(self, name: object) -> bool:
        found = self._entries.get(name)
        return found is not None and found[0] < self._size

    def __iter__(self) -> Iterator[Basic]:
        return islice(self._entries, self._size)

    def __len__(self) -> int:
        return self._size

    def items(self) -> Iterator[tuple[Basic, V]]:
        """Yield the names with what they stand for, in the order in which they came."""
        return ((name, value) for name, (_, value) in islice(self._entries.items(), self._size))

    def values(self) -> Iterator[V]:
        """Yield what the names stand for."""
        return (value for _, value in self.items())

    def isdisjoint(self, names: Iterable[Basic]) -> bool:
        """Tell whether none of some names is in the table."""
        return not any(map(self.__contains__, names))
