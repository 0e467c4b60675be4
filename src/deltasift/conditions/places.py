"""The place of the judge's that a scope is: binders by their distance, statements as they read there."""

from __future__ import annotations

from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Family, Index, Reals
from deltasift.inert import free
from deltasift.judge.context import Context, World
from deltasift.judge.term import NAME, TRUE, ZERO, Reader, Term, UnreadableError, make
from deltasift.line.scope import Range, Scope

Ranges = tuple[Range, ...]
OWN = (DefinedFunction, Family, Index, Reals)  # what need not exist where nothing speaks of it


class Places:
    """Reads scopes, one world for all that give the same.

    What is further out is read once, since scopes are met one inside of the other.
    """

    def __init__(self) -> None:
        self._reader = Reader()
        self._worlds: dict[tuple[object, ...], World] = {}
        self._places: dict[tuple[int, frozenset[Basic]], tuple[Scope, Context]] = {}
        self._entries: dict[int, tuple[object, frozenset[Basic]]] = {}
        self._binders: dict[tuple[int, ...], tuple[Ranges, tuple[Term, ...]]] = {(): ((), ())}

    def of(self, scope: Scope, names: frozenset[Basic] = frozenset()) -> Context:
        """Return the place that a scope is, for statements in which some names are free."""
        own = frozenset(n for n in names if isinstance(scope.domains.get(n), OWN))
        spoken_of = self._tables(scope) | own  # a page's tables are in its lines: else the judge will say so
        known = self._places.get((id(scope), spoken_of))
        if known is None:
            # the scope is kept, so that its id stays its own
            known = self._places[id(scope), spoken_of] = (scope, self._of(scope, spoken_of))
        return known[1]

    def read(self, statement: Basic, scope: Scope) -> Term:
        """Return a statement as it reads in a scope."""
        self._reader.stand([r.name for r in scope.ranges])
        return self._reader.read(statement)

    def _of(self, scope: Scope, names: frozenset[Basic]) -> Context:
        closed, guards = scope.assumed, []
        if scope.ranges and scope.assumed:
            own = frozenset(r.name for r in scope.ranges)
            closed = tuple(s for s in scope.assumed if free(s).isdisjoint(own))
            for s in scope.assumed:
                if s not in closed:
                    try:
                        guards.append(self.read(s, scope))
                    except UnreadableError:
                        continue
        return Context(self._world(scope, closed, names), self._opened(scope.ranges), tuple(guards))

    def _tables(self, scope: Scope) -> frozenset[Basic]:
        """Return the names of what has entries."""
        known = self._entries.get(id(scope.domains))
        if known is None:
            tables = frozenset(n for n, d in scope.domains.items() if d.ranges)
            known = self._entries[id(scope.domains)] = scope.domains, tables
        return known[1]

    def _opened(self, ranges: Ranges) -> tuple[Term, ...]:
        """Return the binders of ranges, with nothing in them, from those further out."""
        at = tuple(map(id, ranges))
        known = len(at)
        while at[:known] not in self._binders:
            known -= 1
        binders = self._binders[at[:known]][1]
        for depth in range(known, len(at)):
            r = ranges[depth]
            self._reader.stand([outer.name for outer in ranges[:depth]])
            ends = [self._reader.read(end) for end in (r.lo, r.hi)]
            new = make("ForAll", (TRUE, NAME, *ends)) if r.integer else make("Integral", (ZERO, NAME, *ends))
            binders = (*binders, new)
            self._binders[at[: depth + 1]] = ranges, binders  # kept with what it was read from
        return binders

    def _world(self, scope: Scope, closed: tuple[Basic, ...], names: frozenset[Basic]) -> World:
        at = (id(scope.domains), closed, scope.integers, scope.distributions, names)
        if at not in self._worlds:
            self._worlds[at] = World(scope.domains, closed, scope.integers, scope.distributions, names)
        return self._worlds[at]
