"""A place in a line that moves, and what holds there: nothing is read from the root for each use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deltasift.judge.context import Context
from deltasift.judge.record import RejectError
from deltasift.judge.term import BINDERS, NAME, Term, make


class Place:
    """Stands in a line, first at its root; what is around is put together again only where it is left."""

    def __init__(self, line: Term, context: Context) -> None:
        self.here = line
        self._around: list[tuple[Term, list[Term]]] = []  # each with its arguments as they are now
        self._path: list[int] = []
        self._contexts = [context]  # of the root and of places on the way, as far as they were asked for

    @property
    def context(self) -> Context:
        """What holds here."""
        known = self._contexts
        for depth in range(len(known) - 1, len(self._path)):
            (term, args), i = self._around[depth], self._path[depth]
            opens = i == 0 and (term.head in BINDERS or term.head == "Derivative")
            known.append(_inside(known[-1], make(term.head, args, term.value)) if opens else known[-1])
        return known[-1]

    def go(self, path: Sequence[int]) -> None:
        """Go to a place, given by argument positions from the root."""
        common = 0
        for mine, other in zip(self._path, path, strict=False):
            if mine != other:
                break
            common += 1
        while len(self._path) > common:
            self._leave()
        for i in path[common:]:
            t = self.here
            if not 0 <= i < len(t.args) or t.args[i] is NAME or t.args[i].head == "text":
                raise RejectError("there is no such place")
            self._around.append((t, list(t.args)))
            self._path.append(i)
            self.here = t.args[i]

    def put(self, new: Term) -> None:
        """Replace what stands here."""
        self.here = new

    def line(self) -> Term:
        """Return the whole line as it is now, and stand at its root."""
        self.go(())
        return self.here

    def _leave(self) -> None:
        term, args = self._around.pop()
        i = self._path.pop()
        del self._contexts[len(self._path) + 1 :]
        if args[i] is not self.here:
            args[i] = self.here
            term = make(term.head, args, term.value)
        self.here = term


def _inside(context: Context, around: Term) -> Context:
    """Return what holds in the body of a binder or of a derivative."""
    if around.head in BINDERS:
        return context.enter(around)
    by = around.args[1]
    name = by.args[0] if by.args else by
    return replace(context, varied=context.varied | {name.value}) if name.head == "free" else context
