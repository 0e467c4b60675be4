"""What is applied to a real, and what is defined: densities, defined tables and defined functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain.base import Domain, Fact, Show, Word
from deltasift.domain.tables import Index, Reals, Table, put_values
from deltasift.errors import DomainError
from deltasift.inert import Apply, Definition, Less, LessEqual, Node
from deltasift.inert.node import Given
from deltasift.said import Said


@dataclass(frozen=True, repr=False)
class Function(Domain):
    """Base of what is applied to a real: `q(x)`."""

    def __call__(self, *arguments: Any) -> Node:
        if len(arguments) != 1:
            raise DomainError(f"{self.name} takes one real, not {len(arguments)}")
        return Apply(self, *arguments)


@dataclass(frozen=True, repr=False)
class Density(Function):
    """A probability density over the reals."""

    continuous: bool = False
    positive: bool = False

    def says(self, show: Show, word: Word) -> str:
        kind = " is a continuous density" if self.continuous else " is a density"
        return show(self.symbol) + word(kind + (" and positive" if self.positive else ""))

    def facts(self) -> tuple[Fact, ...]:
        x = Symbol("x")
        relation = Less if self.positive else LessEqual
        return (
            Fact(relation(0, Apply(self.symbol, x)), Apply(self.symbol, x), (), Said(self.symbol, " is a density")),
        )


@dataclass(frozen=True, repr=False)
class Family(Table):
    """A defined table or number: `p[k] := body`; used as a law one of its last index, or of all if it is joint."""

    body: Basic
    origin: Given = field(default=frozenset(), repr=False)
    joint: bool = False

    def says(self, show: Show, word: Word) -> str:
        return show(Definition(self.entry, self.body))

    def facts(self) -> tuple[Fact, ...]:
        return ()

    def mentions(self) -> Iterable[Domain]:
        return (*self.over, *self.origin)

    @property
    def classes(self) -> Index:
        """The index over which a family is summed when it is used as a pmf."""
        if not self.over:
            raise DomainError(f"{self.name} is one number, not a distribution")
        return self.over[-1]

    @property
    def outcomes(self) -> tuple[Index, ...]:
        """The indices over which it sums to one when it is used as a pmf: all of a joint law."""
        return self.over if self.joint else (self.classes,)

    def unfold(self, indices: tuple[Basic, ...]) -> Basic:
        """Return the body at the given indices."""
        return _at(self.body, tuple(i.symbol for i in self.over), indices)


@dataclass(frozen=True, repr=False)
class DefinedFunction(Function):
    """A defined function of a real: `p(x) := body`."""

    variable: Reals
    body: Basic
    origin: Given = field(default=frozenset(), repr=False)

    def says(self, show: Show, word: Word) -> str:
        return show(Definition(Apply(self.symbol, self.variable.symbol), self.body))

    def mentions(self) -> Iterable[Domain]:
        return (self.variable, *self.origin)

    def unfold(self, arguments: tuple[Basic, ...]) -> Basic:
        """Return the body at the given point."""
        return _at(self.body, (self.variable.symbol,), arguments)


def _at(body: Basic, names: tuple[Symbol, ...], values: tuple[Basic, ...]) -> Basic:
    return put_values(body, dict(zip(names, values, strict=True)))
