"""One use of a rule, recorded: what was found, in full, so that somebody else can say whether it is right.

A use is found by `deltasift.match` and is data of the report. A run is what was done to one line after the other, seen
from where it was found: from the line before, or from the line after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert import substitute
from deltasift.rule import AnyRule, Theorem, Under

Path: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Abstraction:
    """What a function variable of a rule stands for: an expression in some names."""

    names: tuple[Basic, ...]
    body: Basic

    def at(self, values: tuple[Basic, ...]) -> Basic:
        """Return the body with the names replaced, without capture."""
        return substitute(self.body, {n: v for n, v in zip(self.names, values, strict=True) if n != v})


Value: TypeAlias = Basic | Abstraction
Values: TypeAlias = tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Use:
    """One use of a rule at one place.

    Attributes
    ----------
    rule : rule, method or theorem
    statement : int or None
        Which of the rule's statements, counted from 0; None for what is no statement: a method, a theorem, a rule
        about two terms that is used for many at once.
    path : tuple of int
        Argument positions from the root of the line to what is rewritten.
    names : tuple of Symbol
        The binders that are open there, from the outermost in, as their names are written in what follows.
    before, after : Basic
        What stands there and what comes in its place.
    binding : tuple of (str, value)
        What each variable of the rule stands for; a function variable for an expression in some names.
    added : bool
        Whether the rule's own sums of integers, such as `lo + c`, were added up.
    witness : object
        What a method hands over beside its result.
    """

    rule: AnyRule | Under | Theorem
    statement: int | None
    path: Path
    names: tuple[Symbol, ...]
    before: Basic
    after: Basic
    binding: Values = ()
    added: bool = False
    witness: Any = None

    @property
    def reversed(self) -> bool:
        """Whether the rule is read from right to left."""
        rule = self.rule.rule if isinstance(self.rule, Under) else self.rule
        return rule.is_reversed


@dataclass(frozen=True)
class Run:
    """Uses one after the other that lead from one line to another.

    Attributes
    ----------
    start, end : Basic
        The lines as they are written.
    backward : bool
        Whether the uses were found from `end` to `start`: the first then is one of `end`.
    uses : tuple of Use
        In the order in which they were found.
    """

    start: Basic
    end: Basic
    backward: bool
    uses: tuple[Use, ...]
