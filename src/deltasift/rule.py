"""A rule is data with a name: what it states, when it holds, why, and where it is written."""

from __future__ import annotations

import inspect
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import Domain
from deltasift.errors import BridgeError, DepthError, ExpressionError, RuleError, SizeError
from deltasift.inert import Apply, Equality, Less, LessEqual, Node, Relation, free
from deltasift.inert.operators import Operators
from deltasift.shown import Shown


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
STATED = (Equality, LessEqual, Less)  # what a rule may state


@dataclass(frozen=True)
class Statement:
    """One equality or inequality of a rule, with its side conditions and a breaking point for each."""

    relation: Relation
    conditions: tuple[tuple[Node, Point], ...]

    @property
    def lhs(self) -> Basic:
        return self.relation.lhs

    @property
    def rhs(self) -> Basic:
        return self.relation.rhs


@dataclass(frozen=True)
class Rule(Shown):
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
        One equality or inequality, or several cases of one rule.
    is_reversed : bool
        Whether it is read from right to left.
    module : str
        Where it is written, for whoever unpickles it: its breaking points are functions, which no pickle keeps.
    backwards : str
        The reason of the same rule read the other way, empty where the one reason says both.
    """

    name: str
    reason: str
    ref: str
    variables: Mapping[str, type[Variable]]
    statements: tuple[Statement, ...]
    is_reversed: bool = False
    module: str = field(default="", compare=False, repr=False)
    backwards: str = field(default="", compare=False, repr=False)

    @property
    def reversed(self) -> Rule:
        """The same rule read from right to left."""
        said, backwards = _turned(self)
        return replace(self, is_reversed=not self.is_reversed, reason=said, backwards=backwards)

    def kind(self, symbol: Basic) -> type[Variable] | None:
        """Return the kind of a symbol of the statements, None for what is no variable."""
        return self.variables.get(symbol.name) if isinstance(symbol, Symbol) else None

    def __str__(self) -> str:
        return self.name + (".reversed" if self.is_reversed else "")

    def __repr__(self) -> str:
        stated = [f"{s.lhs} {s.relation.sign} {s.rhs}" for s in self.statements]
        others = f"; and {len(stated) - 1} more" if len(stated) > 1 else ""
        return f"<rule {self}: {stated[0]}{others}>"

    def __reduce_ex__(self, protocol: Any) -> Any:
        forward = self.reversed if self.is_reversed else self
        if getattr(sys.modules.get(self.module), self.name, None) != forward:
            return super().__reduce_ex__(protocol)
        return _written, (self.module, self.name, self.is_reversed)

    def __hash__(self) -> int:
        return hash((self.name, self.is_reversed))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and (self.name, self.is_reversed, self.statements) == (
            other.name,
            other.is_reversed,
            other.statements,
        )


def _turned(rule: Rule | Method) -> tuple[str, str]:
    """Return the reason of a rule when it is read the other way, and then the one for this way."""
    return (rule.backwards, rule.reason) if rule.backwards else (rule.reason, "")


def _written(module: str, name: str, is_reversed: bool) -> Rule:
    """Return the rule of a module, for whoever unpickles it."""
    found: Rule = getattr(import_module(module), name)
    return found.reversed if is_reversed else found


NOTHING_MADE = (ExpressionError, BridgeError, SizeError, DepthError)
Conditions = tuple[Basic, ...]
Rewritten = tuple[Basic, Conditions]  # what a coded rule makes of an expression, and what that needs
Witnessed = tuple[Basic, Conditions, Basic]  # with what shows that it is right, where the result does not
Finder = Callable[[Basic, Any], Iterator[Rewritten] | Iterator[Witnessed] | Iterator[Rewritten | Witnessed]]


@dataclass(frozen=True)
class Method(Shown):
    """A rule whose instances cannot be listed as one pattern: `definition`, `arithmetic`, `sum_bracket`.

    Attributes
    ----------
    name : str
    reason : str
        What is printed beside a step.
    ref : str
        Where it is written.
    is_reversed : bool
        Whether it is read from right to left.
    find : Finder or None
        Yields what it makes of an expression; None where the search itself carries it out.
    verifier : str
        The file of `deltasift.judge.verify` in which a function of this name judges each use, empty where none does.
    unverified : str
        Why no use can be judged from what is before and after it, so that each needs numbers.
    backwards : str
        The reason of the same rule read the other way, empty where the one reason says both.
    """

    name: str
    reason: str
    ref: str
    is_reversed: bool = False
    find: Finder | None = field(default=None, compare=False, repr=False)
    verifier: str = field(default="", compare=False, repr=False)
    unverified: str = field(default="", compare=False, repr=False)
    backwards: str = field(default="", compare=False, repr=False)

    @property
    def reversed(self) -> Method:
        """The same method read from right to left."""
        said, backwards = _turned(self)
        return replace(self, is_reversed=not self.is_reversed, reason=said, backwards=backwards)

    def uses(self, expr: Basic, scope: Any) -> Iterator[tuple[Basic, Conditions, Basic | None]]:
        """Yield what it makes of an expression, what that needs, and a witness where it has one."""
        try:
            for after, conditions, *witness in self.find(expr, scope) if self.find is not None else ():
                yield after, conditions, witness[0] if witness else None
        except NOTHING_MADE:  # it would make something that there is not, so that it is of no use here
            return

    def __call__(self, expr: Basic, scope: Any) -> Iterator[Rewritten]:
        """Yield what it makes of an expression, and what that needs."""
        for after, conditions, _ in self.uses(expr, scope):
            yield after, conditions

    def __str__(self) -> str:
        return self.name + (".reversed" if self.is_reversed else "")

    def __repr__(self) -> str:
        return f"<rule {self}: {self.reason}>"


@dataclass(frozen=True)
class Theorem(Shown):
    """An equality or inequality proved on a page, for all values of the page's domains.

    Attributes
    ----------
    name : str
        The name of the page.
    relation : Relation
    domains : tuple of Domain
    assumptions : tuple of Node
        Assumptions of the proof, which whoever uses the theorem inherits.
    reason : str
    hypotheses : tuple of Node
        What else must hold where it is used: that there is something of which the proof speaks and the claim does not.
    """

    name: str
    relation: Relation
    domains: tuple[Domain, ...]
    assumptions: tuple[Node, ...]
    reason: str
    is_reversed: bool = False
    hypotheses: tuple[Node, ...] = ()

    @property
    def ref(self) -> str:
        return f"page {self.name}"

    @property
    def reversed(self) -> Theorem:
        """The same theorem read from right to left."""
        return replace(self, is_reversed=not self.is_reversed)

    def __str__(self) -> str:
        return self.name + (".reversed" if self.is_reversed else "")

    def __repr__(self) -> str:
        return f"<theorem {self}: {self.relation}>"


AnyRule = Rule | Method  # and Under, which wraps either


@dataclass(frozen=True)
class Under(Shown):
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

    def __str__(self) -> str:
        return f"sum_congr({self.rule})"

    def __repr__(self) -> str:
        return f"<rule {self}: {self.reason}>"


def rule(*, ref: str, backwards: str = "") -> Callable[[Callable[..., Any]], Rule]:
    """Make a rule of a function: the signature gives typed variables, the docstring's first line the reason.

    Parameters
    ----------
    ref : str
        The reference, a key of `references.bib` with the place in it.
    backwards : str
        The reason when it is read from right to left, where what the first line says goes one way: what moves out of a
        sum moves into it then.

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
        reason = _reason(function)
        stated = function(**{p: kind(p) for p, kind in variables.items()})
        relations = stated if isinstance(stated, (list, tuple)) else (stated,)
        statements = tuple(Statement(r, r.when) for r in relations)
        for s in statements:
            if not isinstance(s.relation, STATED):
                raise RuleError(f"rule {name} states {s.relation}, which is no equality and no inequality")
            _check_names(name, variables, s)
        return Rule(name, reason, ref, variables, statements, module=function.__module__, backwards=backwards)

    return make


def method(*, ref: str, verifier: str = "", unverified: str = "") -> Callable[[Finder], Method]:
    """Make a coded rule of the function that carries it out; the docstring's first line is the reason.

    Parameters
    ----------
    ref : str
        The reference, a key of `references.bib` with the place in it.
    verifier : str
        The file of `deltasift.judge.verify` in which a function of the same name judges each use.
    unverified : str
        Instead of it, why no use can be judged from what is before and after it, so that each needs numbers.

    Raises
    ------
    RuleError
        If the reason is missing, or if not just one of the last two is given.
    """

    def make(function: Finder) -> Method:
        name = function.__name__
        if bool(verifier) == bool(unverified):
            raise RuleError(f"rule {name} names its verifier, or says why it has none")
        # A pickled rule finds its function as an attribute of itself.
        function.__qualname__ = f"{name}.find"
        return Method(name, _reason(function), ref, False, function, verifier, unverified)

    return make


def _reason(function: Callable[..., Any]) -> str:
    reason = (inspect.getdoc(function) or "").split("\n")[0].strip()
    if not reason:
        raise RuleError(f"rule {function.__name__} has no reason: the first line of its docstring")
    return reason


def _check_names(name: str, variables: Mapping[str, type[Variable]], statement: Statement) -> None:
    known = {Symbol(v) for v, kind in variables.items()}
    left = free(statement.lhs)
    if not isinstance(statement.relation, Equality):
        left |= free(statement.rhs)  # what is only on one side is found from the line where it stands
    for what, expr in [("right side", statement.rhs), *(("condition", c) for c, _ in statement.conditions)]:
        for symbol in free(expr):
            if symbol not in known:
                raise RuleError(f"rule {name} uses {symbol}, which is no variable of it")
            if symbol not in left:
                raise RuleError(f"rule {name}: {symbol} of the {what} is not on the left side")
