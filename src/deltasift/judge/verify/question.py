"""What a verifier is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import DeltasiftError
from deltasift.judge.tree import Term


class RejectedError(DeltasiftError):
    """What a coded rule made is not shown to be right; the message says what does not hold."""


class NotByFormError(RejectedError):
    """The form of an expression does not say that it is continuous, or that it exists."""


class World(Protocol):
    """What a page gives, as far as a verifier asks for it."""

    def definition(self, name: Symbol) -> tuple[int, Term] | None:
        """Return how many arguments a defined name takes, and its body with as many loose indices."""

    def is_density(self, name: Symbol) -> bool:
        """Tell whether a function is declared to be a density."""

    @property
    def smooth(self) -> Mapping[Basic, int]:
        """The functions that are continuous everywhere, with the order up to which their derivatives are."""


class Goal(NamedTuple):
    """A statement that is to be proved where the use stands.

    Attributes
    ----------
    statement : Term
    given : tuple of Term
        Statements from which it is to follow, as they read where it stands.
    binders : tuple of Term
        Binders that are open around it beside those around the use, from the outermost in.
    assumed : bool
        Whether it is an assumption of a theorem, which is assumed with it where it is not proved.
    """

    statement: Term
    given: tuple[Term, ...] = ()
    binders: tuple[Term, ...] = ()
    assumed: bool = False


@dataclass(frozen=True)
class Question:
    """A use of a coded rule.

    Attributes
    ----------
    before, after : Term
        What stands at the place, and what comes in its stead.
    witness : Term or None
        What the rule handed over.
    binders : tuple of Term
        The binders that are open there, from the outermost in.
    world : World
    """

    before: Term
    after: Term
    witness: Term | None
    binders: tuple[Term, ...]
    world: World

    def is_real(self, index: int) -> bool:
        """Tell whether a loose index is the variable of an integral around the place."""
        return index < len(self.binders) and self.binders[-1 - index].head == "Integral"


def require(holds: object, reason: str) -> None:
    """Reject the use unless something holds."""
    if not holds:
        raise RejectedError(reason)
