"""Mistakes with named quantities, and with the statements in brackets and case distinctions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Symbol
from sympy.core.basic import Basic

import deltasift.quantities as quantities
from deltasift.check.mutations.kind import Change, Place, in_line
from deltasift.domain import Domain
from deltasift.errors import DomainError
from deltasift.inert import Equality, Less, LessEqual, Named, Node, Unequal


def _made_of(count: int) -> Iterator[Callable[..., Node]]:
    """Yield what makes the quantities of so many operands."""
    yield from dict.fromkeys(q.make for (_, n), q in quantities.QUANTITIES.items() if n == count)


def _operands(e: Named, at: Place) -> list[Domain] | None:
    found = [at.scope.domains.get(o) if isinstance(o, Symbol) else None for o in e.operands]
    return [d for d in found if d is not None] if None not in found else None


def _named(make: Callable[..., Node], operands: list[Domain]) -> Iterator[Node]:
    try:
        yield make(*operands)
    except (DomainError, AttributeError, TypeError):  # no such quantity of these
        return


def _same_quantity(e: Named) -> Iterator[Callable[..., Node]]:
    known = quantities.QUANTITIES.get((e.head, len(e.operands)))
    if known is not None:
        yield known.make


@in_line
def arguments_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """The two arguments of a quantity are exchanged."""
    if isinstance(e, Named) and len(e.operands) == 2:
        operands = _operands(e, at)
        for make in _same_quantity(e) if operands else ():
            for new in _named(make, (operands or [])[::-1]):
                yield new, f"the arguments of {e} are exchanged"


@in_line
def argument_repeated(e: Basic, at: Place) -> Iterator[Change]:
    """A quantity of two arguments has one of them twice."""
    if isinstance(e, Named) and len(e.operands) == 2:
        operands = _operands(e, at)
        for make in _same_quantity(e) if operands else ():
            for d in operands or ():
                for new in _named(make, [d, d]):
                    yield new, f"{e} has {d} twice"


@in_line
def argument_dropped(e: Basic, at: Place) -> Iterator[Change]:
    """The entropy of one distribution stands for a quantity of two."""
    if isinstance(e, Named) and len(e.operands) == 2:
        for d in _operands(e, at) or ():
            for new in _named(quantities.Entropy, [d]):
                yield new, f"{new} stands for {e}"


@in_line
def quantity_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """A quantity is taken for another one of the same arguments."""
    if isinstance(e, Named):
        operands = _operands(e, at)
        for make in _made_of(len(e.operands)) if operands else ():
            for new in _named(make, operands or []):
                if isinstance(new, Named) and new.head != e.head:
                    yield new, f"{new} stands for {e}"


@in_line
def inequality_exchanged(e: Basic, at: Place) -> Iterator[Change]:
    """An inequality is turned around."""
    if isinstance(e, (Less, LessEqual)):
        yield e.rebuild((e.args[1], e.args[0])), f"{e} is turned around"


@in_line
def inequality_at_the_end(e: Basic, at: Place) -> Iterator[Change]:
    """An inequality is strict where it should not be, or the other way about."""
    if isinstance(e, (Less, LessEqual)):
        head = LessEqual if isinstance(e, Less) else Less
        yield head.make(e.args), f"{e} is {head.sign}"


@in_line
def statement_negated(e: Basic, at: Place) -> Iterator[Change]:
    """An equation in a bracket is taken for its contrary."""
    if isinstance(e, (Equality, Unequal)):
        head = Unequal if isinstance(e, Equality) else Equality
        yield head.make(e.args), f"{e} is taken for its contrary"
