"""What a Python name can stand for while a function is read."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import Domain
from deltasift.read.function import Function


@dataclass(frozen=True)
class Named:
    """A parameter, or the entries of one with some of their indices: `q`, `q[n]`, `q[n, k]`.

    Attributes
    ----------
    name : str
        As the function calls it.
    symbol : Symbol
    domain : Domain or None
        None for a parameter that is a number, a table or a function by how it is used.
    indices : tuple of Basic
        Those of the page.
    """

    name: str
    symbol: Symbol
    domain: Domain | None
    indices: tuple[Basic, ...] = ()


@dataclass(frozen=True)
class Row:
    """A tuple or a list that is written out."""

    parts: tuple[Any, ...]


@dataclass(frozen=True)
class Span:
    """`range(start, stop, step)`."""

    start: Basic
    stop: Basic
    step: int


@dataclass(frozen=True)
class Locals:
    """What the names of a function, or of a comprehension in it, stand for."""

    function: Function
    env: dict[str, Any]

    def inner(self) -> Locals:
        """Return a frame that starts with the same names."""
        return Locals(self.function, dict(self.env))


@dataclass(frozen=True)
class Listing:
    """A list comprehension, read where it is used."""

    node: ast.ListComp | ast.GeneratorExp
    frame: Locals


@dataclass(frozen=True)
class Together:
    """`enumerate(...)` or `zip(...)`: one tuple a turn.

    Attributes
    ----------
    parts : tuple
    count : Basic or None
        Where an enumeration starts; None for zip.
    once : bool
        Whether it is an iterator, which is empty when it is gone through again.
    """

    parts: tuple[Any, ...]
    count: Basic | None
    once: bool = True


@dataclass(frozen=True, eq=False)
class Held:
    """A Python object that is no value of an expression by itself: a module, a function, None."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)

    def __str__(self) -> str:
        if isinstance(self.value, (ModuleType, FunctionType, BuiltinFunctionType, type)):
            return self.value.__name__
        simple = self.value is None or self.value is ... or isinstance(self.value, (str, bytes))
        return f"{self.value!r:.40}" if simple else f"an object of the type {type(self.value).__name__}"


@dataclass(frozen=True)
class Running:
    """A variable that a loop changes, as it is within a turn: what it was before the turn, and what was added.

    Attributes
    ----------
    name : str
    head : str
        "+", "*", or "" as long as nothing has been added.
    parts : tuple of (Basic, bool)
        What was added or multiplied; true for what was subtracted or divided by.
    """

    name: str
    head: str = ""
    parts: tuple[tuple[Basic, bool], ...] = ()


@dataclass(frozen=True)
class Absent:
    """A name without a value that could be read, and why."""

    why: str


@dataclass(frozen=True)
class Nothing:
    """The outcome of a branch that raises: the function has no value there."""


@dataclass(frozen=True)
class Turns:
    """What a loop goes through: the values `at(i)` for the integers i from `lo` to `hi`.

    Attributes
    ----------
    name : str
        What i is called where the loop does not say it; empty where it does.
    """

    lo: Basic
    hi: Basic
    at: Callable[[Basic], Any] = field(compare=False)
    name: str = ""
