"""Named quantities: a head, what is shown between its brackets, and the definition that stands behind it."""

from __future__ import annotations

from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.symbol import Str

from deltasift.inert.node import Node, given_of, inert, join


class Named(Node):
    """A quantity with a name, such as `H(p, q)`.

    `args` is (head, definition, *operands): the definition is part of the tree, so substitution reaches it and
    unfolding is reading it.
    """

    __slots__ = ()

    def __new__(cls, head: str, definition: Any, *operands: Any) -> Node:
        given = given_of(definition)
        for operand in operands:
            given = join(given, given_of(operand))
        return cls.make((Str(head), inert(definition), *(inert(o) for o in operands)), given)

    @property
    def head(self) -> str:
        return str(self.args[0].name)

    @property
    def definition(self) -> Basic:
        return self.args[1]

    @property
    def operands(self) -> tuple[Basic, ...]:
        return self.args[2:]  # type: ignore[no-any-return]


class Expectation(Node):
    """The expectation of an expression in a name, under a distribution.

    `args` is (integrand, name, definition, distribution); the name is bound in the integrand alone.
    """

    __slots__ = ()
    binds = True

    def __new__(cls, integrand: Any, name: Any, definition: Any, distribution: Any) -> Node:
        given = join(join(given_of(integrand), given_of(name)), join(given_of(definition), given_of(distribution)))
        return cls.make((inert(integrand), inert(name), inert(definition), inert(distribution)), given)

    @property
    def var(self) -> Symbol:
        return self.args[1]

    @property
    def definition(self) -> Basic:
        return self.args[2]

    @property
    def distribution(self) -> Basic:
        return self.args[3]
