"""What is known while a function is read: the domains, the loops and conditions around, and where the reader stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.conditions.prove import Prover
from deltasift.domain import Domain
from deltasift.errors import DepthError, ReadError
from deltasift.inert import LessEqual, Node, free
from deltasift.inert.code_line import CodeLine, remember
from deltasift.inert.substitution import fresh
from deltasift.inert.visit import preorder
from deltasift.line.linear import collect
from deltasift.line.scope import Scope
from deltasift.read.function import Function

MOST = 20_000  # pieces of source, counted each time they are read
LARGEST = 100_000  # nodes of the expression
DEEPEST = 200  # nesting, of the source and of the expression

Loop = tuple[Symbol, Basic, Basic]


class Context:
    """Shared by everything that reads one function and those that it calls.

    Attributes
    ----------
    labels_from : int or None
        What the function calls the first label; None where its indices are those of the domains.
    loops : list of (Symbol, Basic, Basic)
        The loops around, from the outermost in.
    facts : list of Basic
        The conditions around.
    trail : list of Function
        The functions that are being read, each called by the one before.
    """

    def __init__(self, domains: Mapping[Symbol, Domain], taken: frozenset[Basic], labels_from: int | None) -> None:
        self.domains = domains
        self.labels_from = labels_from
        self.loops: list[Loop] = []
        self.facts: list[Basic] = []
        self.trail: list[Function] = []
        self.integers: set[Symbol] = set()
        self.used: dict[Symbol, str] = {}
        self._taken = taken
        self._lengths: dict[Symbol, Symbol] = {}
        self._prover = Prover()
        self._work = 0
        self._depth = 0
        self._sizes: dict[int, tuple[int, int]] = {}  # parts and depth, by identity
        self._alive: list[Basic] = []

    # --- errors ----------------------------------------------------------------------------------------------------

    def error(self, message: str, node: ast.AST | None) -> ReadError:
        """Return an error that names the line of a piece of source."""
        return self.trail[-1].error(message, getattr(node, "lineno", None))

    def from_line(self, value: Any, node: ast.AST) -> Any:
        """Return what was read of a piece of source, which remembers its line."""
        line = getattr(node, "lineno", None)
        if line is not None and isinstance(value, Node) and not isinstance(node, ast.Name):
            function = self.trail[-1]
            remember(value, CodeLine(function.code.co_filename, line + function.first - 1))
        return value

    @contextmanager
    def deeper(self, node: ast.AST) -> Iterator[None]:
        """Count a piece of source, and how deep it lies."""
        self._work += 1
        self._depth += 1
        try:
            if self._work > MOST:
                raise self.error(f"the function is too long: more than {MOST} pieces of it would be read", node)
            if self._depth > DEEPEST:
                raise self.error(f"the source is nested more than {DEEPEST} deep", node)
            yield
        finally:
            self._depth -= 1

    def weighed(self, e: Basic, node: ast.AST) -> Basic:
        """Return an expression that is not too large; a part that is used twice counts twice."""
        sizes = self._sizes
        stack = [e]
        while stack:
            x = stack[-1]
            waiting = [a for a in x.args if id(a) not in sizes] if isinstance(x, Node) else []
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            inside = [sizes[id(a)] for a in x.args] if isinstance(x, Node) else []
            sizes[id(x)] = 1 + sum(s for s, _ in inside), 1 + max((d for _, d in inside), default=-1)
            self._alive.append(x)
        parts, deep = sizes[id(e)]
        if parts > LARGEST:
            raise self.error(f"the expression would have more than {LARGEST} parts", node)
        if deep > DEEPEST:
            raise self.error(f"the expression would be nested more than {DEEPEST} deep", node)
        return e

    # --- where the reader stands -----------------------------------------------------------------------------------

    def name(self, wanted: str) -> Symbol:
        """Return a name for the index of a loop, unlike every name that could be meant inside of it."""
        symbol = Symbol(wanted)
        taken = self._taken | {name for name, _, _ in self.loops}
        return fresh(symbol, taken) if symbol in taken else symbol

    def size(self, table: Symbol) -> Symbol:
        """Return the name of the length of a table that is not declared."""
        if table not in self._lengths:
            symbol = Symbol(f"N_{table.name}")
            symbol = fresh(symbol, self._taken) if symbol in self._taken else symbol
            self._lengths[table] = symbol
            self._taken |= {symbol}
            self.integers.add(symbol)
        return self._lengths[table]

    @contextmanager
    def entered(self, function: Function) -> Iterator[None]:
        """Read within a function."""
        self.trail.append(function)
        try:
            yield
        finally:
            self.trail.pop()

    @contextmanager
    def loop(self, name: Symbol, lo: Basic, hi: Basic) -> Iterator[None]:
        """Stand inside of a loop."""
        self.loops.append((name, lo, hi))
        try:
            yield
        finally:
            self.loops.pop()

    @contextmanager
    def under(self, facts: Sequence[Basic]) -> Iterator[None]:
        """Stand where conditions hold."""
        count = len(self.facts)
        self.facts.extend(facts)
        try:
            yield
        finally:
            del self.facts[count:]

    # --- what is known ---------------------------------------------------------------------------------------------

    def scope(self) -> Scope:
        """Return what is known of the names here, the conditions around apart."""
        scope = Scope(self.domains, integers=frozenset(self.integers))
        for name, lo, hi in self.loops:
            scope = scope.within(name, lo, hi, integer=True)
        return scope

    def holds(self, statement: Basic) -> bool:
        """Tell whether a statement is proved here."""
        scope = self.scope()
        try:
            if self._prover.holds(statement, scope):
                return True
            names = free(statement)
            facts = tuple(f for f in self.facts if not names.isdisjoint(free(f)))
            return bool(facts) and self._prover.holds(statement, replace(scope, assumed=facts))
        except (DepthError, RecursionError):
            return False

    def at_most(self, a: Basic, b: Basic) -> bool:
        """Tell whether `a <= b` is proved here."""
        d = collect([(1, b), (-1, a)])
        if isinstance(d, Integer):
            return bool(d >= 0)
        return self.holds(LessEqual(a, b))

    def count(self, e: Basic) -> None:
        """Note that the undeclared names of an expression are integers, or tables of them."""
        self.integers |= {x for x in preorder(e) if isinstance(x, Symbol) and x not in self.domains}

    def is_integer(self, e: Basic) -> bool:
        """Tell whether an expression is known to be an integer here."""
        return self.scope().is_integer(e)

    def may_be_integer(self, e: Basic) -> bool:
        """Tell whether an expression is an integer if the names that nobody declared are."""
        scope = self.scope()
        undeclared = {x for x in preorder(e) if isinstance(x, Symbol) and x not in self.domains}
        return replace(scope, integers=scope.integers | undeclared).is_integer(e)
