"""Where the arrays of tables that nobody declared begin, as the loops of the line in which they stand first say.

Of a declared table its range says which entry is the first of its array. Of another one the loops over its index do:
under a sum over k from 1 to K the entry `q[k]` is one of `q[1], q[2], ...`, and an array has `q[1]` first. A table of
which no loop says where it begins is a function of the page's own indices instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Number

from deltasift.emit.loops import NOTHING, Loops, least
from deltasift.inert import Entry, Fold, ForAll, Named, Node
from deltasift.line.linear import collect
from deltasift.line.scope import Scope

Firsts = tuple[Basic, ...]


@dataclass(frozen=True)
class Storage:
    """How a table is stored: an array from its first indices on or, without them, a function of its indices.

    Attributes
    ----------
    axes : int
    firsts : tuple of Basic
        One for each axis; empty for a function.
    """

    axes: int
    firsts: Firsts

    def described(self, table: Basic, name: str) -> str:
        """Return how the data name an entry that the page names otherwise: `q[0] is the page's q[1]`."""
        if self.firsts:
            return f"{name}{'[0]' * self.axes} is the page's {table}[{', '.join(map(str, self.firsts))}]"
        indices = ", ".join("ijklmn"[: self.axes]) if self.axes <= len("ijklmn") else "..."
        return f"{name}({indices}) is the page's {table}[{indices}]"


def storage(expr: Basic, scope: Scope) -> dict[Symbol, Storage]:
    """Return how each undeclared table in a line is stored."""
    found: dict[Symbol, list[tuple[Entry, Loops]]] = {}
    for e, bound in _entries(scope.unfold_all(expr)):
        if isinstance(e.table, Symbol) and e.table not in scope.domains:
            found.setdefault(e.table, []).append((e, bound))
    return {table: _stored(places, scope) for table, places in found.items()}


def _stored(places: Sequence[tuple[Entry, Loops]], scope: Scope) -> Storage:
    axes = len(places[0][0].indices)
    if any(len(e.indices) != axes for e, _ in places):
        return Storage(axes, ())
    indices = list(zip(*(e.indices for e, _ in places), strict=True))
    return Storage(axes, _first(indices, [bound for _, bound in places], scope))


def _entries(expr: Basic) -> Iterator[tuple[Entry, Loops]]:
    """Yield the entries of tables in an expression with the loops around each."""
    stack: list[tuple[Basic, Loops]] = [(expr, NOTHING)]
    while stack:
        e, bound = stack.pop()
        if not isinstance(e, Node):
            continue
        if isinstance(e, Entry):
            yield e, bound
        if isinstance(e, Named):
            stack.append((e.definition, bound))
            continue
        inside = bound
        if e.binds:
            inside = bound.inside(*e.args[1:4]) if isinstance(e, (Fold, ForAll)) else bound.inside(e.args[1])
        stack.extend((a, inside if e.binds and i == 0 else bound) for i, a in enumerate(e.args))


def _first(axes: Sequence[Sequence[Basic]], bounds: Sequence[Loops], scope: Scope) -> Firsts:
    """Return the smallest of the first indices on each axis; nothing where it is not known which one that is."""
    found = [_smallest([(i, least(i, b, scope)) for i, b in zip(axis, bounds, strict=True)]) for axis in axes]
    known = tuple(a for a in found if a is not None)
    return known if len(known) == len(found) else ()


def _smallest(indices: Sequence[tuple[Basic, Basic | None]]) -> Basic | None:
    ends = [end for _, end in indices if end is not None]
    if S.NegativeInfinity in ends or all(end == i for i, end in indices if end is not None):
        return None  # no loop goes through it
    best = ends[0]
    for end in ends[1:]:
        difference = collect([(1, end), (-1, best)])
        if not isinstance(difference, Number):
            return None
        best = end if difference < 0 else best
    return best
