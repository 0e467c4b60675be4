"""Python's statements, followed symbolically: assignments, choices, loops that add up or multiply, returns."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Number

from deltasift.inert import Div, Neg, Product, Sum
from deltasift.inert.algebra import minus, plus, times
from deltasift.line.statements import contrary
from deltasift.read import truth
from deltasift.read.calls import MEANING, SPECIAL
from deltasift.read.function import assigned
from deltasift.read.loops import Loops, first_name, names_of
from deltasift.read.names import Names
from deltasift.read.reader import Reader
from deltasift.read.values import Absent, Locals, Nothing, Row, Running
from deltasift.read.words import described

LEAVING = (ast.Return, ast.Raise, ast.Continue)


class _Skipped:
    """The outcome of a `continue`."""


SKIPPED = _Skipped()


class Statements:
    """Reads the body of a function."""

    def __init__(self, reader: Reader, loops: Loops, names: Names) -> None:
        self.reader = reader
        self.loops = loops
        self.names = names
        self.context = reader.context
        self._looping = 0

    def outcome(self, frame: Locals) -> Any:
        """Return what a function returns."""
        looping, self._looping = self._looping, 0
        try:
            found = self._block(frame.function.body, frame)
        finally:
            self._looping = looping
        if found is None or isinstance(found, Nothing):
            raise self.context.error("the function returns no value", frame.function.body[-1])
        return found

    def _block(self, body: Sequence[ast.stmt], frame: Locals) -> Any:
        """Return what a block returns, None where it goes on after its end."""
        for at, s in enumerate(body):
            with self.context.deeper(s):
                if isinstance(s, ast.Return):
                    return self._return(s, frame)
                if isinstance(s, ast.Raise):
                    if self._looping:
                        raise self.context.error("a raise inside of a loop is not read", s)
                    return Nothing()
                if isinstance(s, ast.Continue):
                    return SKIPPED
                if isinstance(s, ast.If):
                    if _leaves(s.body) or _leaves(s.orelse):
                        return self._fork(s, body[at + 1 :], frame)
                    self._if(s, frame)
                else:
                    self._statement(s, frame)
        return None

    def _return(self, s: ast.Return, frame: Locals) -> Any:
        if self._looping:
            raise self.context.error("a return inside of a loop is not read", s)
        if s.value is None:
            raise self.context.error("a return without a value is not read", s)
        return self.loops.keep(self.reader.value(s.value, frame), s)

    def _statement(self, s: ast.stmt, frame: Locals) -> None:
        if isinstance(s, ast.Assign):
            value = self._assigned(s.value, frame)
            for target in s.targets:
                self.loops.bind(target, value, frame)
        elif isinstance(s, ast.AnnAssign):
            if s.value is not None:
                self.loops.bind(s.target, self._assigned(s.value, frame), frame)
        elif isinstance(s, ast.AugAssign):
            if not isinstance(s.target, ast.Name):
                raise self.context.error("an assignment to an entry or an attribute is not read", s)
            before = self.reader.value(ast.copy_location(ast.Name(s.target.id, ast.Load()), s), frame)
            value = self.reader.value(s.value, frame)
            if before == (S.Zero if isinstance(s.op, ast.Add) else S.One) and isinstance(s.op, (ast.Add, ast.Mult)):
                frame.env[s.target.id] = self.reader.number(value, s)  # as a sum starts from 0 and a product from 1
            else:
                frame.env[s.target.id] = self.reader.combined(s.op, before, value, s)
        elif isinstance(s, ast.For):
            self._for(s, frame)
        elif isinstance(s, (ast.Import, ast.ImportFrom)):
            self._import(s, frame)
        elif isinstance(s, (ast.Pass, ast.Assert)):
            pass  # an assertion changes no value
        elif isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant):
            pass  # a docstring
        elif isinstance(s, ast.Expr):
            what = "a call" if isinstance(s.value, ast.Call) else described(s.value)
            raise self.context.error(f"{what} whose value is not used is not read", s)
        else:
            raise self.context.error(f"{described(s)} is not read", s)

    def _assigned(self, e: ast.expr, frame: Locals) -> Any:
        value = self.reader.value(e, frame)
        return self.context.weighed(value, e) if isinstance(value, Basic) else value

    def _import(self, s: ast.Import | ast.ImportFrom, frame: Locals) -> None:
        for alias in s.names:
            name = alias.name if isinstance(s, ast.Import) else s.module or ""
            module: ModuleType | None = sys.modules.get(name) if name in {*MEANING, *SPECIAL} else None
            if module is None or ("." in name and isinstance(s, ast.Import) and not alias.asname):
                raise self.context.error("this import inside of the function is not read", s)
            value: Any = module
            name = alias.asname or alias.name
            if isinstance(s, ast.ImportFrom):
                if alias.name not in vars(module):
                    raise self.context.error(f"{s.module} has no {alias.name}", s)
                value = vars(module)[alias.name]
            frame.env[name] = self.names.object(value, name, s)

    # --- choices ---------------------------------------------------------------------------------------------------

    def _fork(self, s: ast.If, rest: Sequence[ast.stmt], frame: Locals) -> Any:
        """Read each branch with what follows it, since one of them may leave."""
        condition = self.reader.truth(s.test, frame)
        if condition in (S.true, S.false):
            return self._block([*(s.body if condition == S.true else s.orelse), *rest], frame)
        first, second = frame.inner(), frame.inner()
        with self.context.under([condition]):
            a = self._numeric(self._block([*s.body, *rest], first), s)
        with self.context.under([contrary(condition)]):
            b = self._numeric(self._block([*s.orelse, *rest], second), s)
        if self._looping:
            self._merge(condition, first, second, frame, s)
            return None if a is None or b is None else SKIPPED
        if a is None or b is None:
            raise self.context.error("one branch returns a value and the other none", s)
        return truth.choice(self.context, condition, a, b, s)

    def _numeric(self, value: Any, node: ast.AST) -> Any:
        keep = value is None or value is SKIPPED or isinstance(value, (Nothing, Row))
        return value if keep or truth.is_statement(value) else self.reader.number(value, node)

    def _if(self, s: ast.If, frame: Locals) -> None:
        condition = self.reader.truth(s.test, frame)
        if condition in (S.true, S.false):
            self._block(s.body if condition == S.true else s.orelse, frame)
            return
        first, second = frame.inner(), frame.inner()
        with self.context.under([condition]):
            self._block(s.body, first)
        with self.context.under([contrary(condition)]):
            self._block(s.orelse, second)
        self._merge(condition, first, second, frame, s)

    def _merge(self, condition: Basic, first: Locals, second: Locals, frame: Locals, s: ast.If) -> None:
        for name in {**first.env, **second.env}:
            a, b = first.env.get(name), second.env.get(name)
            if a is b or a == b:
                frame.env[name] = a
            elif a is None or b is None:
                frame.env[name] = Absent(f"{name} gets a value on one branch only")
            elif isinstance(a, Running) and isinstance(b, Running) and a.name == b.name:
                frame.env[name] = self._merged(condition, a, b, s)
            elif isinstance(a, Basic) and isinstance(b, Basic):
                frame.env[name] = truth.choice(self.context, condition, a, b, s)
            else:
                frame.env[name] = Absent(f"{name} is one thing on one branch and another on the other")

    def _merged(self, condition: Basic, a: Running, b: Running, s: ast.If) -> Running | Absent:
        """Return a variable to which the branches of an `if` have added different things."""
        head = a.head or b.head
        if {a.head, b.head} - {"", head}:
            return Absent(f"{a.name} is added to on one branch and multiplied on the other")
        shared = 0
        while shared < min(len(a.parts), len(b.parts)) and a.parts[shared] == b.parts[shared]:
            shared += 1
        if head == "+" and not b.parts[shared:] and all(minus for _, minus in a.parts[shared:]):
            # what is subtracted on one branch only stays subtracted
            added = truth.choice(self.context, condition, _joined(head, _turned(a.parts[shared:])), S.Zero, s)
            return Running(a.name, head, (*a.parts[:shared], (added, True)))
        first, second = (_joined(head, x.parts[shared:]) for x in (a, b))
        added = truth.choice(self.context, condition, first, second, s)
        return Running(a.name, head, (*a.parts[:shared], (added, False)))

    # --- loops -----------------------------------------------------------------------------------------------------

    def _for(self, s: ast.For, frame: Locals) -> None:
        if s.orelse:
            raise self.context.error("the else of a loop is not read", s)
        turns = self.loops.any_order(self.reader.value(s.iter, frame), s.iter)
        self._looping += 1
        try:
            if isinstance(turns, Row):
                for x in turns.parts:
                    self.loops.bind(s.target, x, frame)
                    self._block(s.body, frame)
                return
            changed = assigned(s.body)
            symbol = self.context.name(turns.name or first_name(s.target))
            inside = frame.inner()
            for name in changed:
                if name in frame.env:
                    inside.env[name] = Running(name)
            with self.context.loop(symbol, turns.lo, turns.hi):
                self.loops.bind(s.target, turns.at(symbol), inside)
                self._block(s.body, inside)
        finally:
            self._looping -= 1
        limit = symbol, turns.lo, turns.hi
        for name in changed:
            frame.env[name] = self._after(name, frame.env.get(name), inside.env.get(name), limit, s)
        for name in names_of(s.target):
            frame.env[name] = Absent(f"{name} is used after the loop that it counts")

    def _after(self, name: str, before: Any, inside: Any, limit: tuple[Any, Basic, Basic], s: ast.For) -> Any:
        """Return what a variable is after a loop that changes it."""
        if before is None or not isinstance(inside, Running) or inside.name != name:
            return Absent(f"{name} is used after the loop in which it gets its value")
        if not inside.parts:
            return before
        turned = all(inverse for _, inverse in inside.parts)
        body = _joined(inside.head, _turned(inside.parts) if turned else inside.parts)
        whole = self.context.weighed((Sum if inside.head == "+" else Product)(body, limit), s)
        if isinstance(before, Running):
            operator: ast.operator = ast.Add() if inside.head == "+" else ast.Mult()
            if turned:
                operator = ast.Sub() if inside.head == "+" else ast.Div()
            return self.reader.combined(operator, before, whole, s)
        if isinstance(before, Absent):
            return before
        first = self.reader.number(before, s)
        if inside.head == "+":
            if turned:
                return Neg(whole) if first == 0 else minus(first, whole)
            return whole if first == 0 else plus(first, whole)
        if turned:
            return Div(first, whole)
        return whole if first == 1 else times(first, whole)


def _leaves(body: Sequence[ast.stmt]) -> bool:
    """Tell whether a block may return, raise or go on to the next turn."""
    return any(
        isinstance(s, LEAVING) or (isinstance(s, ast.If) and (_leaves(s.body) or _leaves(s.orelse))) for s in body
    )


def _joined(head: str, parts: Sequence[tuple[Basic, bool]]) -> Basic:
    """Return what was added, or multiplied, as one expression."""
    if not parts:
        return S.Zero if head == "+" else S.One
    whole, inverse = parts[0]
    if inverse:
        minus_whole = -whole if isinstance(whole, Number) else Neg(whole)
        whole = minus_whole if head == "+" else Div(1, whole)
    for e, inverse in parts[1:]:
        if head == "+":
            whole = minus(whole, e) if inverse else plus(whole, e)
        else:
            whole = Div(whole, e) if inverse else times(whole, e)
    return whole


def _turned(parts: Sequence[tuple[Basic, bool]]) -> list[tuple[Basic, bool]]:
    return [(e, not inverse) for e, inverse in parts]
