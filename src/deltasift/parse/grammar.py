"""The grammar, and the building of nodes from the bottom up while it reads, so that no nesting is too deep for it."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Integer, Rational, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Number
from sympy.logic.boolalg import BooleanAtom

import deltasift.inert as ex
from deltasift.domain import Domain, Row
from deltasift.errors import DeltasiftError, ParseError
from deltasift.inert.node import Given, given_of, join
from deltasift.parse.heads import CONSTANTS, HEADS, NO_NUMBERS, RELATIONS

GRAMMAR = r"""
?start: relation
?relation: disjunction
    | disjunction (RELATION disjunction)+ -> chain
?disjunction: conjunction
    | disjunction "|" conjunction -> either
?conjunction: sum
    | conjunction "&" sum -> both
?sum: term
    | sum "+" term -> add
    | sum "-" term -> sub
?term: factor
    | term "*" factor -> mul
    | term "/" factor -> div
?factor: power
    | "-" factor -> neg
    | "+" factor -> pos
    | "~" factor -> negation
?power: atom
    | atom "**" factor -> pow
?atom: NUMBER -> number
    | NAME -> name
    | NAME "(" [parts] ")" -> call
    | NAME "[" parts "]" -> entry
    | "(" relation ")" -> closed
    | "(" relation "," [parts] ")" -> pair
parts: relation ("," relation)* ","?
RELATION: "<=" | ">=" | "==" | "!=" | "<" | ">"
NUMBER: /\d+/
NAME: LAW | WORD
LAW: /(?:\\[A-Za-z]+(?:\s*\{[^{}]*\}|\s+[A-Za-z])?|[^\W\d]\w*?)_\{\w+(?:,\w+)*\|\w+(?:,\w+)*\}/
WORD: /\\[A-Za-z]+(?:\s*\{[^{}]*\}|\s+[A-Za-z]\w*)?|[^\W\d]\w*'*/
%ignore /\s+/
"""
DIGITS = 1000  # of an integer
HINTS = {
    "=": "an equality is written Eq(a, b)",
    "^": "a power is written **",
    ".": "a decimal is not exact: write a fraction, 1/2",
    "%": "a remainder is written Mod(a, b)",
    "!": "a factorial is written factorial(n)",
    "−": "the minus sign is -",
    "·": "a product is written *",
    "×": "a product is written *",
    "[": "an entry is written q[n, k], its table a name",
    "(": "only a name can be called",
}


@dataclass(frozen=True)
class Ref:
    """A name as it was read, before it is known what for."""

    name: str
    column: int


@dataclass(frozen=True)
class Literal:
    """An integer as it was read; `exact` where it stood in S(...)."""

    value: int
    exact: bool = False


@dataclass(frozen=True)
class Closed:
    """What stood in parentheses: a sum that goes on after it does not reach into it."""

    value: Any


@dataclass(frozen=True)
class Running:
    """A sum or a product that may go on."""

    head: type[ex.Node]
    parts: list[Any]
    given: Given

    def node(self) -> ex.Node:
        """Return the sum or product as far as it has gone."""
        node = self.head(*self.parts)
        return self.head.make(node.args, join(node.given, self.given)) if self.given else node


def read(
    text: str, names: Mapping[str, Domain], declared: frozenset[str], builder: type[Builder] | None = None
) -> tuple[Any, dict[str, int]]:
    """Return the expression of a text, and the column at which each name was first used."""
    lark = _lark()
    if not text.strip():
        raise ParseError("the text is empty", 1)
    reader = (builder or Builder)(names, declared)
    try:
        tree = _parser().parse(text)
    except lark.exceptions.UnexpectedInput as error:
        raise _explained(error, text) from None
    value = reader.plain(reader.built(tree))
    if isinstance(value, tuple):
        raise ParseError("column 1: a list of parts is no expression", 1)
    return value, reader.columns


def _lark() -> Any:
    import lark
    import lark.exceptions

    return lark


@functools.cache
def _parser() -> Any:
    return _lark().Lark(GRAMMAR, parser="lalr", maybe_placeholders=True)


def _explained(error: Any, text: str) -> ParseError:
    """Return a lark error as one line."""
    token = getattr(error, "token", None)
    at = getattr(error, "pos_in_stream", None)
    if (token is not None and token.type == "$END") or at is None or at >= len(text):
        return ParseError(f"column {len(text) + 1}: the text ends too early", len(text) + 1)
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    found = str(token) if token is not None else text[at]
    hint = HINTS.get(found[0])
    return ParseError(f"column {column}: {found!r} does not fit here" + (f"; {hint}" if hint else ""), column)


class Builder:
    """Builds the value of each part of a text from the values of its parts."""

    def __init__(self, names: Mapping[str, Domain], declared: frozenset[str]) -> None:
        self.names = names
        self.declared = declared
        self.columns: dict[str, int] = {}

    def built(self, tree: Any) -> Any:
        """Return the value of a parse tree, without recursion."""
        stack: list[tuple[Any, bool]] = [(tree, False)]
        values: list[Any] = []
        while stack:
            node, ready = stack.pop()
            if not hasattr(node, "children"):
                values.append(node)
            elif not ready:
                stack.append((node, True))
                stack.extend((c, False) for c in reversed(node.children))
            else:
                count = len(node.children)
                parts = values[len(values) - count :]
                del values[len(values) - count :]
                values.append(getattr(self, f"_{node.data}")(*parts))
        return values[0]

    def plain(self, value: Any) -> Any:
        """Return what a value is once it is used: a handle, a symbol, a number, an expression, a tuple of these."""
        if isinstance(value, Ref):
            return self._meaning(value)
        if isinstance(value, Literal):
            return Integer(value.value)
        if isinstance(value, Closed):
            return self.plain(value.value)
        if isinstance(value, Running):
            return value.node()
        if isinstance(value, tuple):
            return tuple(self.plain(v) for v in value)
        return value

    def _meaning(self, ref: Ref) -> Any:
        if ref.name in self.names:
            self.columns.setdefault(ref.name, ref.column)
            return self.names[ref.name]
        if ref.name in CONSTANTS and ref.name not in self.declared:
            return CONSTANTS[ref.name]
        if ref.name in NO_NUMBERS and ref.name not in self.declared:
            raise _wrong(f"{ref.name} is no number: it is {NO_NUMBERS[ref.name]}", ref.column)
        if ref.name in HEADS and ref.name not in self.declared and len(ref.name) > 1 and ref.name[0].isupper():
            raise _wrong(f"{ref.name} needs arguments", ref.column)
        self.columns.setdefault(ref.name, ref.column)
        return Symbol(ref.name)

    # --- leaves ----------------------------------------------------------------------------------------------------

    def _number(self, token: Any) -> Literal:
        if len(token) > DIGITS:
            raise _wrong(f"an integer of {len(token)} digits, and at most {DIGITS} are read", token.column)
        return Literal(int(token))

    def _name(self, token: Any) -> Ref:
        return Ref(" ".join(str(token).split()), token.column)

    def _closed(self, value: Any) -> Closed:
        return value if isinstance(value, Closed) else Closed(value)

    def _pair(self, first: Any, rest: Any) -> tuple[Any, ...]:
        return (first, *(rest or ()))

    def _parts(self, *values: Any) -> list[Any]:
        return list(values)

    # --- arithmetic: a sum or a product goes on to the right, as Python's does ----------------------------------------

    def _number_of(self, value: Any) -> Any:
        plain = self._operand(value)
        if isinstance(plain, (ex.Proposition, BooleanAtom)):
            raise _wrong(f"{plain} is true or false and no number: its Iverson bracket is", None)
        return plain

    def _operand(self, value: Any) -> Any:
        plain = self.plain(value)
        if isinstance(plain, tuple):
            raise _wrong("a list of parts is no expression: it belongs into a call, such as a range into Sum", None)
        return plain

    def _add(self, a: Any, b: Any) -> Running:
        return self._extended(ex.Add, a, self._number_of(b))

    def _sub(self, a: Any, b: Any) -> Running:
        return self._extended(ex.Add, a, ex.Neg(self._number_of(b)))

    def _mul(self, a: Any, b: Any) -> Running:
        return self._extended(ex.Mul, a, self._number_of(b))

    def _extended(self, head: type[ex.Node], a: Any, last: Any) -> Running:
        if isinstance(a, Running) and a.head is head:
            a.parts.append(last)
            return a
        left = self._number_of(a)
        first = list(left.args) if type(left) is head and not isinstance(a, Closed) else [left]
        return Running(head, [*first, last], given_of(left))

    def _div(self, a: Any, b: Any) -> Basic:
        if isinstance(a, Literal) and a.exact and isinstance(b, Literal) and b.value:
            return Rational(a.value, b.value)
        return ex.Div(self._number_of(a), self._number_of(b))

    def _pow(self, a: Any, b: Any) -> ex.Node:
        return ex.Pow(self._number_of(a), self._number_of(b))

    def _neg(self, a: Any) -> Any:
        if isinstance(a, Literal) and not a.exact:
            return Literal(-a.value)
        plain = self._number_of(a)
        return -plain if isinstance(plain, Number) and not isinstance(a, Closed) else ex.Neg(plain)

    def _pos(self, a: Any) -> Any:
        return a

    # --- statements --------------------------------------------------------------------------------------------------

    def _chain(self, *parts: Any) -> ex.Node:
        """A chain `a <= b <= c` is read as a conjunction: in a text nothing of it is lost."""
        values = [self._number_of(v) for v in parts[::2]]
        links = [RELATIONS[str(r)](a, b) for a, r, b in zip(values, parts[1::2], values[1:], strict=False)]
        return links[0] if len(links) == 1 else ex.And(*links)

    def _both(self, a: Any, b: Any) -> ex.Node:
        return self._joined(ex.And, a, b)

    def _either(self, a: Any, b: Any) -> ex.Node:
        return self._joined(ex.Or, a, b)

    def _joined(self, head: type[ex.Node], a: Any, b: Any) -> ex.Node:
        left, right = self._statement(a), self._statement(b)
        return head(*(left.args if type(left) is head and not isinstance(a, Closed) else (left,)), right)

    def _negation(self, a: Any) -> ex.Node:
        return ex.Not(self._statement(a))

    def _statement(self, value: Any) -> Any:
        plain = self._operand(value)
        if not isinstance(plain, (ex.Proposition, BooleanAtom)):
            raise _wrong(f"{plain} is neither true nor false", None)
        return plain

    # --- calls and entries -------------------------------------------------------------------------------------------

    def _entry(self, token: Any, parts: list[Any]) -> Any:
        ref = self._name(token)
        table = self._meaning(ref)
        indices = tuple(self._number_of(p) for p in parts)
        try:
            return table[indices] if ref.name in self.names else ex.Entry(table, *indices)
        except (DeltasiftError, TypeError) as error:
            raise _wrong(str(error), ref.column) from None

    def _call(self, token: Any, parts: list[Any] | None) -> Any:
        ref, written = self._name(token), parts or []
        if ref.name in self.names or ref.name in self.declared:
            return self._applied(ref, written)
        head = HEADS.get(ref.name)
        if head is None:
            near = difflib.get_close_matches(ref.name, HEADS, n=1, cutoff=0.75 if ref.name[0].isupper() else 0.85)
            if near and (ref.name[0].isupper() or len(ref.name) > 5):
                raise _wrong(f"there is no {ref.name}; did you mean {near[0]}?", ref.column)
            return self._applied(ref, written)
        if not head.least <= len(written) <= head.most:
            wanted = str(head.least) if head.least == head.most else f"at least {head.least}"
            if head.least < head.most < 10:
                wanted = f"{head.least} to {head.most}"
            raise _wrong(f"{ref.name} takes {wanted} arguments, not {len(written)}", ref.column)
        if ref.name == "S" and isinstance(written[0], Literal):
            return Literal(written[0].value, exact=True)
        arguments = [self.plain(p) for p in written]
        parts = [p for a in arguments for p in (a if isinstance(a, tuple) else (a,))]
        for a in () if head.statements else parts:
            if isinstance(a, (ex.Proposition, BooleanAtom)):
                raise _wrong(f"{ref.name} takes numbers, and {a} is true or false", ref.column)
        tables = [a for i, a in enumerate(arguments) if i not in head.terms] if head.handles else ()
        if not all(isinstance(a, (Domain, Row)) for a in tables):
            raise _wrong(f"{ref.name} needs names that are declared with a distribution or labels", ref.column)
        try:
            return head.build(*arguments)
        except (DeltasiftError, TypeError, ValueError, AttributeError) as error:
            raise _wrong(f"{ref.name}: {error}", ref.column) from None

    def _applied(self, ref: Ref, written: list[Any]) -> Any:
        arguments = [self._number_of(p) for p in written]
        function: Any = self._meaning(ref)
        declared = isinstance(function, Domain)
        if declared and not callable(function):
            raise _wrong(f"{ref.name} is no function", ref.column)
        if not arguments:
            raise _wrong(f"{ref.name}() has no argument", ref.column)
        try:
            return function(*arguments) if declared else ex.Apply(function, *arguments)
        except DeltasiftError as error:
            raise _wrong(str(error), ref.column) from None


def _wrong(message: str, column: int | None) -> ParseError:
    return ParseError(message if column is None else f"column {column}: {message}", column)
