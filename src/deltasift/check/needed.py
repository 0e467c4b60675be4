"""Deciding what the judge says that a line needs to have a value, and saying it in words.

A certificate is looked for, and the judge checks it: here no prover is asked, and no solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check.judging import Certificates
from deltasift.domain import Index
from deltasift.inert import ForAll, Or, free
from deltasift.inert.substitution import fresh
from deltasift.judge import Goal, first_needs
from deltasift.judge.context import RANGED, Context, Need, World
from deltasift.judge.linear import Polynomials
from deltasift.judge.need import needs
from deltasift.judge.statement import at_most
from deltasift.judge.term import read, write
from deltasift.judge.tree import COUNTED, FALSE, TRUE, Term, UnreadableError, leaves
from deltasift.judge.verify.question import RejectedError
from deltasift.judge.verify.statements import existence
from deltasift.line.scope import Scope
from deltasift.line.statements import contrary
from deltasift.said import Said


def first_goals(line: Basic, world: World) -> tuple[Goal, ...]:
    """Return what the first line of a derivation needs to have a value; nothing where the judge cannot read it."""
    try:
        return tuple(first_needs(read(line), world))
    except UnreadableError:
        return ()


def is_readable(line: Basic, world: World) -> bool:
    """Tell whether the judge knows what a line needs."""
    try:
        return all(True for _ in first_needs(read(line), world))
    except UnreadableError:
        return False


class Decider:
    """Decides needs in one scope."""

    def __init__(self, scope: Scope, names: frozenset[Basic], certificates: Certificates | None = None) -> None:
        self.scope = scope
        self.names = names  # that are free in the lines
        self.certificates = certificates or Certificates()
        self.world = self.certificates.world(scope, names)
        self.place = Context(self.world)

    def needed(self, line: Basic) -> list[Need]:
        """Return what a line needs to have a value; nothing where the judge cannot read it."""
        try:
            return list(needs(read(line), self.place))
        except UnreadableError:
            return []

    def open(self, line: Basic) -> Iterator[Said]:
        """Yield what a line needs to have a value, and what is not proved, in words."""
        try:
            found = list(needs(read(line), self.place))
        except UnreadableError:
            yield Said(line, " to have a value")
            return
        yield from (self.said(need) for need in found if not self.holds(need))

    def holds(self, need: Need) -> bool:
        """Tell whether what is needed is proved."""
        if need.statement is TRUE:
            return True
        place = self._here(need.context)
        return self.certificates.show(need.statement, place)

    def supposed(self, need: Need) -> tuple[Basic, ...]:
        """Return what to assume so that a need is proved: that derivatives which exist do so because their parts do.

        They need not: at `x = 0` there is a derivative of `abs(x)**3`. So it is assumed, and said to be.

        Returns
        -------
        tuple of Basic
            Statements, each of which is needed; empty where they would not prove it, or cannot be stated.
        """
        had = need.context.had
        found = [n for n in had.needs if n.statement.head == "HasValue" and n.statement.args[0].head == "Derivative"]
        kept = [e for n in found for e in self._enough(n)]
        if not kept or not self._holds_given(need, kept):
            return ()
        for e in list(kept):
            others = [k for k in kept if k is not e]
            if self._holds_given(need, others):
                kept = others
        return tuple(self.statement(e) for e in kept) if all(map(self._can_be_stated, kept)) else ()

    def _holds_given(self, need: Need, more: Sequence[Need]) -> bool:
        had = need.context.had
        place = replace(need.context, had=replace(had, needs=(*had.needs, *more)))
        return self.holds(Need(place, need.statement))

    def _can_be_stated(self, need: Need) -> bool:
        counted = all(b.head in COUNTED for b in need.context.binders)
        return counted and need.statement.head not in ("HasValue", "Integrable", "Summable", "Continuous")

    def _enough(self, need: Need) -> list[Need]:
        try:
            found = list(existence.needs(need.statement, need.context, Polynomials()))
        except RejectedError:
            return []
        return [Need(replace(there, world=self.world), statement) for statement, there in found]

    def _here(self, place: Context) -> Context:
        """Return a place where all holds that is given here, and not what was given when it was asked for."""
        had = place.had
        if had.instead:
            instead = tuple(Need(replace(n.context, world=self.world), n.statement) for n in had.instead)
            had = replace(had, instead=instead)
        return replace(place, world=self.world, had=had)

    def is_everywhere(self, need: Need) -> bool:
        """Tell whether something is needed at a place that there is whatever the values: no guard, no empty range."""
        binders = need.context.binders
        ranges = (Need(Context(self.world, binders[:n]), at_most(*b.args[2:])) for n, b in enumerate(binders))
        return not need.context.guards and all(b.head in RANGED for b in binders) and all(map(self.holds, ranges))

    def said(self, need: Need) -> Said:
        """Return a need in words."""
        if need.statement.head == "HasValue":
            return Said(self._write(need.statement.args[0], self._readable(need)), " to have a value")
        if need.statement is FALSE:
            return Said("a real number where what stands may be none")
        return Said(self.statement(need))

    def statement(self, need: Need) -> Basic:
        """Return a need as a statement about all indices around its place."""
        names = self._readable(need)
        statement = self._write(need.statement, names)
        guards = [self._write(g, names) for g in need.context.guards]
        if guards:
            statement = Or.make((*map(contrary, guards), statement))
        for level in reversed(range(len(names))):
            binder = need.context.binders[level]
            if binder.head not in RANGED:
                continue
            outside = Context(self.world, need.context.binders[:level])
            if names[level] in free(statement) or not self.holds(Need(outside, at_most(*binder.args[2:]))):
                lo, hi = (self._write(e, names[:level]) for e in binder.args[2:])
                statement = ForAll.make((statement, names[level], lo, hi))
        return statement

    def _readable(self, need: Need) -> tuple[Symbol, ...]:
        """Return names for the binders of a place: those that the page has for indices of their ranges."""
        parts = (need.statement, *need.context.guards, *need.context.binders)
        taken = {leaf.value for part in parts for leaf, _ in leaves(part) if leaf.head == "free"}
        taken |= {n for n in self.names if isinstance(n, Symbol)}
        names: tuple[Symbol, ...] = ()
        for b in need.context.binders:
            ends = tuple(self._write(e, names) for e in b.args[2:]) if b.head in RANGED else ()
            own = (d.symbol for d in self.scope.domains.values() if isinstance(d, Index) and (d.lo, d.hi) == ends)
            name = next((n for n in own if n not in taken), None)
            letters = map(Symbol, "xyzuvw" if b.head == "Integral" else "ijklmn")
            hidden = taken | {*self.scope.domains}
            name = name or next((n for n in letters if n not in hidden), None) or fresh(Symbol("i"), hidden)
            taken.add(name)
            names = (*names, name)
        return names

    def _write(self, term: Term, names: Sequence[Symbol]) -> Basic:
        return write(term, names, self.scope.domains)
