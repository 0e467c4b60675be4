"""The open binders by name, as a mapping that an inner scope shares with the outer ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Generic, TypeVar

from sympy.core.basic import Basic

V = TypeVar("V")


class Bound(Mapping[Basic, V], Generic[V]):
    """A mapping that grows into others without being copied.

    One table serves a mapping and the longest of those that grew from it: each sees as many entries as it has, so
    that a nesting of a thousand binders takes a thousand entries and not their square.
    """

    __slots__ = ("_size", "_table")

    def __init__(self, entries: Mapping[Basic, V] | None = None) -> None:
        self._table: dict[Basic, tuple[int, V]] = {k: (n, v) for n, (k, v) in enumerate((entries or {}).items())}
        self._size = len(self._table)

    def grown(self, key: Basic, value: V) -> Bound[V]:
        """Return a mapping with one more entry, of a key that is not in this one."""
        table = self._table
        if len(table) > self._size:  # another one has grown from this
            table = dict(islice(table.items(), self._size))
        table[key] = (self._size, value)
        new: Bound[V] = object.__new__(type(self))
        new._table = table
        new._size = self._size + 1
        return new

    def __getitem__(self, key: Basic) -> V:
        place, value = self._table[key]
        if place >= self._size:
            raise KeyError(key)
        return value

    def get(self, key: Basic, default: V | None = None) -> V | None:  # type: ignore[override]
        found = self._table.get(key)
        return default if found is None or found[0] >= self._size else found[1]

    def __contains__(self, key: object) -> bool:
        found = self._table.get(key)
        return found is not None and found[0] < self._size

    def __iter__(self) -> Iterator[Basic]:
        return islice(self._table, self._size)

    def __len__(self) -> int:
        return self._size

    def isdisjoint(self, keys: Iterable[Basic]) -> bool:
        """Tell whether none of some keys is in the mapping."""
        return not any(map(self.__contains__, keys))
