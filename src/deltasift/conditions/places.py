"""The place of the judge's that a scope is: binders by their distance, statements as they read there."""

from __future__ import annotations

from sympy.core.basic import Basic

from deltasift.inert import free
from deltasift.judge.context import Context, World
from deltasift.judge.term import NAME, TRUE, ZERO, Term, UnreadableError, make, read
from deltasift.line.scope import Scope


class Places:
    """Reads scopes, one world for all that give the same; `names` are those that are free in the page's lines."""

    def __init__(self, names: frozenset[Basic] = frozenset()) -> None:
        self.names = names
        self._worlds: dict[tuple[object, ...], World] = {}
        self._places: dict[int, tuple[Scope, Context]] = {}

    def of(self, scope: Scope) -> Context:
        """Return the place that a scope is."""
        known = self._places.get(id(scope))
        if known is None:
            # the scope is kept, so that its id stays its own
            known = self._places[id(scope)] = (scope, self._of(scope))
        return known[1]

    def _of(self, scope: Scope) -> Context:
        levels: dict[Basic, int] = {}
        binders: list[Term] = []
        for r in scope.ranges:
            ends = [read(end, levels, len(binders)) for end in (r.lo, r.hi)]
            binders.append(make("ForAll", (TRUE, NAME, *ends)) if r.integer else make("Integral", (ZERO, NAME, *ends)))
            levels[r.name] = len(levels)
        own = frozenset(levels)
        closed = tuple(s for s in scope.assumed if free(s).isdisjoint(own))
        guards = []
        for s in scope.assumed:
            if s not in closed:
                try:
                    guards.append(read(s, levels, len(binders)))
                except UnreadableError:
                    continue
        return Context(self._world(scope, closed), tuple(binders), tuple(guards))

    def _world(self, scope: Scope, closed: tuple[Basic, ...]) -> World:
        at = (id(scope.domains), closed, scope.integers, scope.distributions)
        if at not in self._worlds:
            self._worlds[at] = World(scope.domains, closed, scope.integers, scope.distributions, self.names)
        return self._worlds[at]

    def read(self, statement: Basic, scope: Scope) -> Term:
        """Return a statement as it reads in a scope."""
        return read(statement, {r.name: level for level, r in enumerate(scope.ranges)}, len(scope.ranges))
