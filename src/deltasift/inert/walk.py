"""One walk over an ordinary SymPy object, at any depth, that reads every part once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert.node import Node

LEVELS = 60  # levels that are read by recursion, which is fast, before what is deeper is put off
Parts = tuple[Basic, ...]
Reader = Callable[[Any, "Walk"], Basic]


class _Deeper(Exception):
    """A part lies too deep for this visit: it is read first, on its own."""


class Walk:
    """Reads every object once, however often it occurs and however deep it lies.

    A part that is `LEVELS` below is put off. What it belongs to is then visited a second time, when it is there.

    Parameters
    ----------
    readers : mapping
        By the type of an object, what reads it; a reader gets its parts from the walk.
    other : callable
        Reads the objects of all other types.

    Attributes
    ----------
    kept : list of Node
        Our own nodes that were met, for the readers to fill in.
    """

    __slots__ = ("_names", "_other", "_put_off", "_read", "_readers", "_room", "_waiting", "kept")

    def __init__(self, readers: Mapping[type, Reader], other: Reader) -> None:
        self.kept: list[Node] = []
        self._readers = readers
        self._other = other
        self._read: dict[int, Basic] = {}
        self._names: dict[int, Symbol] = {}
        self._waiting: list[Basic] = []
        self._put_off: set[int] = set()
        self._room = LEVELS

    def result(self, expr: Basic) -> Basic:
        """Return what is read for a whole object."""
        self._waiting.append(expr)
        while self._waiting:
            self._put_off.clear()
            try:
                self.parts(self._waiting[-1:])
            except _Deeper:
                continue
            self._waiting.pop()
        return self._read[id(expr)]

    def parts(self, objects: Iterable[Basic]) -> Parts:
        """Return what is read for the parts of an object."""
        read = self._read
        parts: list[Basic] = []
        whole = True
        for e in objects:
            key = id(e)
            part = read.get(key)
            if part is None:
                if not self._room:
                    self._waiting.append(e)
                    whole = False
                    continue
                if key in self._put_off:
                    whole = False
                    continue
                self._room -= 1
                try:
                    part = read[key] = self._readers.get(type(e), self._other)(e, self)
                except _Deeper:
                    self._put_off.add(key)
                    whole = False
                    continue
                finally:
                    self._room += 1
            parts.append(part)
        if not whole:
            raise _Deeper
        return tuple(parts)

    def name(self, bearer: Any, make: Callable[[Any], Symbol]) -> Symbol:
        """Return the name of a table or a function, made once for all of its values."""
        name = self._names.get(id(bearer))
        if name is None:
            name = self._names[id(bearer)] = make(bearer)
        return name
