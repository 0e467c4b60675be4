"""Entries of tables, `q[k]`, rows of them, `q[n]`, and values of functions, `q(x)`."""

from __future__ import annotations

from typing import Any, ClassVar

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import ExpressionError
from deltasift.inert.node import Node, build, inert


class Indexed(Node):
    """A table with indices."""

    __slots__ = ()
    called: ClassVar[str]

    def __new__(cls, table: Any, *indices: Any) -> Node:
        return build(cls, (_name(table), *_some(cls.called, indices)))

    @property
    def table(self) -> Symbol:
        return self.args[0]

    @property
    def indices(self) -> tuple[Basic, ...]:
        return self.args[1:]  # type: ignore[no-any-return]


class Entry(Indexed):
    """The entry of a table: `Entry(q, k)` is `q[k]`, `Entry(q, n, k)` is `q[n, k]`."""

    __slots__ = ()
    called = "an entry"


class RowName(Indexed):
    """What names a row of a table, `q[n]` where `q[n, k]` is a number: an operand of a quantity, itself no number."""

    __slots__ = ()
    called = "a row"


class Apply(Node):
    """The value of a function: `Apply(q, x)` is `q(x)`."""

    __slots__ = ()

    def __new__(cls, function: Any, *arguments: Any) -> Node:
        return build(cls, (_name(function), *_some("a call", arguments)))

    @property
    def function(self) -> Symbol:
        return self.args[0]

    @property
    def arguments(self) -> tuple[Basic, ...]:
        return self.args[1:]  # type: ignore[no-any-return]


def _name(value: Any) -> Any:
    if not isinstance(inert(value), Symbol):
        raise ExpressionError(f"{value} is not a name, so it has no entries")
    return value


def _some(what: str, operands: tuple[Any, ...]) -> tuple[Any, ...]:
    if not operands:
        raise ExpressionError(f"{what} needs at least one argument")
    return operands
