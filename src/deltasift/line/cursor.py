"""A place in a line that moves: what is around it is put together again only where it is left."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert import Node
from deltasift.line.scope import Scope
from deltasift.line.views import Path


class Cursor:
    """Goes from place to place in a line, each time from where it stands, and changes what it finds there.

    So the uses of a rule that lie inside of each other, as in a chain of sums, take as long as the way between them,
    and not as long as the line is deep.
    """

    def __init__(self, line: Basic, scope: Scope) -> None:
        self._around: list[tuple[Node, list[Basic]]] = []  # each with its parts as they are now
        self._path: list[int] = []
        self._scopes = [scope]  # of the root and of places on the way, as far as they were asked for
        self.here = line

    @property
    def scope(self) -> Scope:
        """The binders that are open here."""
        known = self._scopes
        for (e, _), i in zip(self._around[len(known) - 1 :], self._path[len(known) - 1 :], strict=True):
            known.append(known[-1].enter(e) if i == 0 else known[-1])
        return known[-1]

    @property
    def names(self) -> tuple[Symbol, ...]:
        """The names of the binders that are open here, from the outermost in."""
        return tuple(e.args[1] for (e, _), i in zip(self._around, self._path, strict=True) if e.binds and i == 0)

    def go(self, path: Path) -> bool:
        """Go to a place; tell whether there is one, otherwise stay on the way to it."""
        common = _in_common(self._path, path)
        while len(self._path) > common:
            self._leave()
        for i in path[common:]:
            e = self.here
            if not isinstance(e, Node) or not 0 <= i < len(e.args) or (e.binds and i == 1):
                return False
            self._around.append((e, list(e.args)))
            self._path.append(i)
            self.here = e.args[i]
        return True

    def put(self, new: Basic) -> None:
        """Replace what stands here."""
        self.here = new

    def line(self) -> Basic:
        """Return the whole line as it is now, and stand at its root."""
        self.go(())
        return self.here

    def _leave(self) -> None:
        node, args = self._around.pop()
        i = self._path.pop()
        del self._scopes[len(self._path) + 1 :]
        if args[i] is not self.here:
            args[i] = self.here
            node = node.rebuild(tuple(args))
        self.here = node


def _in_common(mine: list[int], path: Path) -> int:
    """Return how many steps from the root two ways have in common."""
    most = min(len(mine), len(path))
    if tuple(mine[:most]) == path[:most]:
        return most
    return next(n for n in range(most) if mine[n] != path[n])
