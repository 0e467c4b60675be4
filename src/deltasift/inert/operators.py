"""Python's operators, building inert nodes and nothing else.

Nodes and the handles of the domains share them, so that `2 * (x + y)` on a page stays what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from deltasift.inert.node import Node


def _algebra() -> Any:
    from deltasift.inert import algebra

    return algebra


def _relations() -> Any:
    from deltasift.inert import relations

    return relations


class Operators:
    """Arithmetic and order, as written."""

    __slots__ = ()
    _op_priority = 1000.0

    def __add__(self, other: Any) -> Node:
        return _algebra().plus(self, other)  # type: ignore[no-any-return]

    def __radd__(self, other: Any) -> Node:
        return _algebra().plus(other, self)  # type: ignore[no-any-return]

    def __sub__(self, other: Any) -> Node:
        return _algebra().minus(self, other)  # type: ignore[no-any-return]

    def __rsub__(self, other: Any) -> Node:
        return _algebra().minus(other, self)  # type: ignore[no-any-return]

    def __mul__(self, other: Any) -> Node:
        return _algebra().times(self, other)  # type: ignore[no-any-return]

    def __rmul__(self, other: Any) -> Node:
        return _algebra().times(other, self)  # type: ignore[no-any-return]

    def __truediv__(self, other: Any) -> Node:
        return _algebra().Div(self, other)  # type: ignore[no-any-return]

    def __rtruediv__(self, other: Any) -> Node:
        return _algebra().Div(other, self)  # type: ignore[no-any-return]

    def __pow__(self, other: Any, modulo: None = None) -> Node:
        if modulo is not None:
            raise _unsupported("a power modulo a number")
        return _algebra().Pow(self, other)  # type: ignore[no-any-return]

    def __rpow__(self, other: Any) -> Node:
        return _algebra().Pow(other, self)  # type: ignore[no-any-return]

    def __neg__(self) -> Node:
        return _algebra().Neg(self)  # type: ignore[no-any-return]

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Node:
        return _algebra().Func("Abs", self)  # type: ignore[no-any-return]

    def __le__(self, other: Any) -> Node:
        return _relations().LessEqual(self, other)  # type: ignore[no-any-return]

    def __ge__(self, other: Any) -> Node:
        return _relations().LessEqual(other, self)  # type: ignore[no-any-return]

    def __lt__(self, other: Any) -> Node:
        return _relations().Less(self, other)  # type: ignore[no-any-return]

    def __gt__(self, other: Any) -> Node:
        return _relations().Less(other, self)  # type: ignore[no-any-return]

    def __floordiv__(self, other: Any) -> NoReturn:
        raise _unsupported("//")

    def __rfloordiv__(self, other: Any) -> NoReturn:
        raise _unsupported("//")

    def __mod__(self, other: Any) -> NoReturn:
        raise _unsupported("%")

    def __rmod__(self, other: Any) -> NoReturn:
        raise _unsupported("%")

    def __divmod__(self, other: Any) -> NoReturn:
        raise _unsupported("divmod")

    def __rdivmod__(self, other: Any) -> NoReturn:
        raise _unsupported("divmod")


def _unsupported(operator: str) -> Exception:
    from deltasift.errors import ExpressionError

    return ExpressionError(f"{operator} has no meaning on a page")
