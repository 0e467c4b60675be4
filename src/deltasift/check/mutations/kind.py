"""What a kind of mistake is, and where in a page it is made."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.calc import Derivation, Page, Step
from deltasift.domain import Index
from deltasift.inert import Node
from deltasift.line.scope import Scope
from deltasift.line.views import Path, put

VALUE, REASON, CONDITION, ORDER, CLAIM = BREAKS = ("value", "reason", "condition", "order", "claim")


@dataclass(frozen=True)
class Place:
    """A subexpression of a line: the binders around it and what it is an argument of.

    Attributes
    ----------
    scope : Scope
        The domains of the page, and the binders that are open here.
    parent : Basic or None
        None where the subexpression is the line.
    argument : int
        Which argument of the parent it is.
    """

    scope: Scope
    parent: Basic | None = None
    argument: int = 0

    @property
    def is_line(self) -> bool:
        return self.parent is None

    def indices(self) -> list[Basic]:
        """Return the names of integers that can stand here: those that are bound, then the indices of the page."""
        bound = [r.name for r in reversed(self.scope.ranges) if r.integer]
        return list(dict.fromkeys([*bound, *self.declared(Index)]))

    def declared(self, kind: type) -> list[Symbol]:
        """Return the names of the page's domains of one kind, in alphabetical order."""
        return sorted((s for s, d in self.scope.domains.items() if isinstance(d, kind)), key=str)


@dataclass(frozen=True)
class Spot:
    """A step of a page: where a mistake is made.

    Attributes
    ----------
    page : Page
    scope : Scope
    proof, step : int
        From 0.
    number : int
        Of the line, as messages use it.
    """

    page: Page
    scope: Scope
    proof: int
    step: int
    number: int

    @property
    def derivation(self) -> Derivation:
        return self.page.proofs[self.proof]

    @property
    def written(self) -> Step:
        """The step as it stands on the page."""
        return self.derivation.steps[self.step]

    @property
    def before(self) -> Basic:
        """The line before."""
        return self.derivation.lines[self.step]

    def with_step(self, new: Step) -> Page:
        """Return the page with another step in this place; all other steps stay as they are."""
        steps = self.derivation.steps
        proof = replace(self.derivation, steps=(*steps[: self.step], new, *steps[self.step + 1 :]))
        proofs = self.page.proofs
        return replace(self.page, proofs=(*proofs[: self.proof], proof, *proofs[self.proof + 1 :]))

    def with_line(self, expr: Basic) -> Page:
        """Return the page with another line in this place, and the old reason."""
        inner = self.written.inner
        if inner is not None:
            inner = replace(inner, steps=(*inner.steps[:-1], replace(inner.steps[-1], expr=expr)))
        return self.with_step(replace(self.written, expr=expr, inner=inner))


@dataclass(frozen=True)
class Slip:
    """One mistake: the page with it, and what was done.

    Attributes
    ----------
    page : Page
    change : str
        A sentence.
    path : tuple of int or None
        Where in the line; None where the line was kept.
    before, after : Basic or None
        The subexpression there, as it was and as it is.
    """

    page: Page
    change: str
    path: Path | None = None
    before: Basic | None = None
    after: Basic | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of mistake.

    Attributes
    ----------
    name : str
    description : str
        A sentence about the kind; each mistake has its own.
    breaks : str
        "value" where the line itself is changed; "reason", "condition", "order" or "claim" where it is kept.
    slips : callable
        Yields the mistakes of this kind in one step.
    """

    name: str
    description: str
    breaks: str
    slips: Callable[[Spot], Iterator[Slip]]


Change = tuple[Basic, str]  # what stands there instead, and a sentence


def in_line(function: Callable[[Basic, Place], Iterator[Change]]) -> Kind:
    """Make a kind of a function that changes a subexpression; it is tried at every place of a line."""

    def slips(spot: Spot) -> Iterator[Slip]:
        line = spot.written.expr
        for e, path, place in places(line, spot.scope):
            for new, change in function(e, place):
                if new != e:
                    yield Slip(spot.with_line(put(line, path, new)), change, path, e, new)

    return _kind(function, VALUE, slips)


def of_step(breaks: str) -> Callable[[Callable[[Spot], Iterator[tuple[Page, str]]]], Kind]:
    """Make a kind of a function that changes a step otherwise than by its line, or the page around it."""

    def make(function: Callable[[Spot], Iterator[tuple[Page, str]]]) -> Kind:
        def slips(spot: Spot) -> Iterator[Slip]:
            for page, change in function(spot):
                yield Slip(page, change)

        return _kind(function, breaks, slips)

    return make


def _kind(function: Callable[..., object], breaks: str, slips: Callable[[Spot], Iterator[Slip]]) -> Kind:
    return Kind(function.__name__, (inspect.getdoc(function) or "").split("\n")[0], breaks, slips)


def places(line: Basic, scope: Scope) -> Iterator[tuple[Basic, Path, Place]]:
    """Yield the subexpressions of a line that stand for values, the outermost first.

    What is inside of a named quantity is no part of the line, and neither is a bound name or the name of a table.
    """
    stack: list[tuple[Basic, Path, Place]] = [(line, (), Place(scope))]
    while stack:
        e, path, place = stack.pop()
        yield e, path, place
        if not isinstance(e, Node):
            continue
        inside = place.scope.enter(e)
        for i in reversed(range(len(e.args))):
            if _is_value(e, i):
                here = inside if e.binds and i == 0 else place.scope
                stack.append((e.args[i], (*path, i), Place(here, e, i)))


def _is_value(e: Node, argument: int) -> bool:
    from deltasift.inert import Apply, Dirac, Entry, Expectation, Func, Named

    if isinstance(e, (Named, Expectation)):
        return False
    if isinstance(e, (Entry, Apply, Func)):
        return argument > 0
    if isinstance(e, Dirac):
        return argument == 0
    return not (e.binds and argument == 1)
