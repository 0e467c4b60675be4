"""A rule is data with a name: what it states, when it holds, why, and where it is written."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.errors import RuleError
from deltasift.inert import Apply, Node, Relation, free
from deltasift.inert.operators import Operators


class Variable(Operators):
    """A typed variable of a rule."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def _sympy_(self) -> Symbol:
        return Symbol(self.name)


class Int(Variable):
    """An integer."""

    __slots__ = ()


class End(Variable):
    """An end of a range: an integer, or infinite."""

    __slots__ = ()


class Real(Variable):
    """A real."""

    __slots__ = ()


class Bound(Variable):
    """An index, or a real, that a binder of the rule binds."""

    __slots__ = ()


class Fn(Variable):
    """A function of bound names; what it is matched with may contain those and no other bound name of the rule."""

    __slots__ = ()

    def __call__(self, *arguments: Any) -> Node:
        return Apply(self, *arguments)


class Table(Variable):
    """A declared table or function, matched by its name alone."""

    __slots__ = ()

    def __call__(self, *arguments: Any) -> Node:
        return Apply(self, *arguments)


Point = Mapping[str, Any]


@dataclass(frozen=True)
class Statement:
    """One equality of a rule, with its side conditions and a breaking point for each."""

    relation: Relation
    conditions: tuple[tuple[Node, Point], ...]

    @property
    def lhs(self) -> Basic:
        return self.relation.lhs

    @property
    def rhs(self) -> Basic:
        return self.relation.rhs


@dataclass(frozen=True)
class Rule:
    """A named rule.

    Attributes
    ----------
    name : str
        Follows the left-hand side, or is the old name where there is one.
    reason : str
        What is printed beside a step.
    ref : str
        Where it is written.
    variables : mapping from name to kind
    statements : tuple of Statement
        One equality, or several cases of one rule.
    is_reversed : bool
        Whether it is read from right to left.
    """

    name: str
    reason: str
    ref: str
    variables: Mapping[str, type[Variable]]
    statements: tuple[Statement, ...]
    is_reversed: bool = False

    @property
    def reversed(self) -> Rule:
        """The same rule read from right to left."""
        return replace(self, is_reversed=not self.is_reversed)

    def kind(self, symbol: Basic) -> type[Variable] | None:
        """Return the kind of a symbol of the statements, None for what is no variable."""
        return self.variables.get(symbol.name) if isinstance(symbol, Symbol) else None

    def __repr__(self) -> str:
        return self.name + (".reversed" if self.is_reversed else "")

    def __hash__(self) -> int:
        return hash((self.name, self.is_reversed))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and (self.name, self.is_reversed, self.statements) == (
            other.name,
            other.is_reversed,
            other.statements,
        )


@dataclass(frozen=True)
class Method:
    """A rule whose instances cannot be listed as one pattern: `definition`, `arithmetic`, `sum_congr`.

    How it is carried out is the business of `deltasift.match`; here are its name, reason and reference.
    """

    name: str
    reason: str
    ref: str
    is_reversed: bool = False

    @property
    def reversed(self) -> Method:
        """The same method read from right to left."""
        return replace(self, is_reversed=not self.is_reversed)

    def __repr__(self) -> str:
        return self.name + (".reversed" if self.is_reversed else "")


AnyRule = Rule | Method  # and Under, which wraps either


@dataclass(frozen=True)
class Under:
    """A rule that is used under a binder, the binder's range being a fact there."""

    rule: AnyRule

    @property
    def name(self) -> str:
        return f"sum_congr({self.rule.name})"

    @property
    def reason(self) -> str:
        return self.rule.reason[:-1] + ", in each term." if self.rule.reason.endswith(".") else self.rule.reason

    @property
    def ref(self) -> str:
        return self.rule.ref

    @property
    def reversed(self) -> Under:
        return Under(self.rule.reversed)

    def __repr__(self) -> str:
        return f"sum_congr({self.rule!r})"


def rule(*, ref: str) -> Callable[[Callable[..., Any]], Rule]:
    """Make a rule of a function: the signature gives typed variables, the docstring's first line the reason.

    Parameters
    ----------
    ref : str
        The reference, a key of `references.bib` with the place in it.

    Raises
    ------
    RuleError
        If a name on the right is not bound on the left, or the reason is missing.
    """

    def make(function: Callable[..., Any]) -> Rule:
        name = function.__name__
        kinds = typing.get_type_hints(function)
        parameters = inspect.signature(function).parameters
        variables = {p: kinds[p] for p in parameters}
        reason = (inspect.getdoc(function) or "").split("\n")[0].strip()
        if not reason:
            raise RuleError(f"rule {name} has no reason: the first line of its docstring")
        stated = function(**{p: kind(p) for p, kind in variables.items()})
        relations = stated if isinstance(stated, (list, tuple)) else (stated,)
        statements = tuple(Statement(r, r.when) for r in relations)
        for s in statements:
            _check_names(name, variables, s)
        return Rule(name, reason, ref, variables, statements)

    return make


def _check_names(name: str, variables: Mapping[str, type[Variable]], statement: Statement) -> None:
    known = {Symbol(v) for v, kind in variables.items()}
    left = free(statement.lhs)
    for what, expr in [("right side", statement.rhs), *(("condition", c) for c, _ in statement.conditions)]:
        for symbol in free(expr):
            if symbol not in known:
                raise RuleError(f"rule {name} uses {symbol}, which is no variable of it")
            if symbol not in left:
                raise RuleError(f"rule {name}: {symbol} of the {what} is not on the left side")
