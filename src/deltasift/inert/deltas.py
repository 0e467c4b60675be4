"""The Kronecker delta, the Dirac delta, the Iverson bracket and the case distinction."""

from __future__ import annotations

from typing import Any

from sympy import true
from sympy.core.basic import Basic

from deltasift.errors import ExpressionError
from deltasift.inert.node import Node, build, inert
from deltasift.inert.relations import Proposition


class Delta(Node):
    """The Kronecker delta: 1 where the two arguments are equal, 0 elsewhere."""

    __slots__ = ()

    def __new__(cls, i: Any, j: Any) -> Node:
        return build(cls, (i, j))


class Dirac(Node):
    """The Dirac delta, a unit mass where the argument is 0; `Dirac(x, n)` is its nth derivative."""

    __slots__ = ()

    def __new__(cls, argument: Any, order: Any = 0) -> Node:
        return build(cls, (argument, order))


class Iverson(Node):
    """The Iverson bracket: 1 where the statement is true, 0 elsewhere."""

    __slots__ = ()

    def __new__(cls, statement: Any) -> Node:
        node = inert(statement)
        if not isinstance(node, Proposition) and node not in (true, ~true):
            raise ExpressionError(f"{statement} is neither true nor false, so it has no Iverson bracket")
        return build(cls, (statement,))


class Piecewise(Node):
    """A case distinction: the value beside the first true condition; `args` is (value, condition, value, ...)."""

    __slots__ = ()

    def __new__(cls, *cases: Any) -> Node:
        flat = [part for case in cases for part in (case if isinstance(case, tuple) else (case,))]
        if len(flat) % 2:
            raise ExpressionError("Piecewise takes pairs (value, condition)")
        # the last case may be written as in SymPy, (value, True)
        return build(cls, tuple(true if i % 2 and part is True else part for i, part in enumerate(flat)))

    @property
    def cases(self) -> tuple[tuple[Basic, Basic], ...]:
        return tuple(zip(self.args[::2], self.args[1::2], strict=True))


delta = Delta
dirac = Dirac
iverson = Iverson
