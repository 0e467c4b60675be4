"""Python's expressions as inert ones, built as they are written."""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import FunctionType
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer, Number

from deltasift.errors import DeltasiftError, ReadError
from deltasift.inert import Div, Func, Neg, Pow
from deltasift.inert.algebra import minus, plus, times
from deltasift.line.statements import contrary
from deltasift.read import tables, truth
from deltasift.read.calls import meaning
from deltasift.read.context import Context
from deltasift.read.function import Function, plain_function
from deltasift.read.loops import Loops
from deltasift.read.names import Names
from deltasift.read.special import Special
from deltasift.read.statements import Statements
from deltasift.read.values import Absent, Held, Listing, Locals, Named, Row, Running, Span, Together
from deltasift.read.words import CONSTRUCTS, described

OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Basic]] = {
    ast.Add: plus,
    ast.Sub: minus,
    ast.Mult: times,
    ast.Div: Div,
    ast.Pow: Pow,
    ast.FloorDiv: lambda a, b: Func("floor", Div(a, b)),
    ast.Mod: lambda a, b: Func("Mod", a, b),
}
RUNNING: dict[type[ast.operator], tuple[str, bool]] = {
    ast.Add: ("+", False),
    ast.Sub: ("+", True),
    ast.Mult: ("*", False),
    ast.Div: ("*", True),
}


class Expressions:
    """Reads expressions; what is special about loops, calls and statements is read by its parts."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.names = Names(context)
        self.loops = Loops(self)
        self.special = Special(self, self.loops)
        self.statements = Statements(self, self.loops, self.names)
        self._readers: dict[type[ast.expr], Callable[[Any, Locals], Any]] = {
            ast.Constant: lambda e, frame: self.names.literal(e.value, e),
            ast.Name: self.names.value,
            ast.BinOp: self._binary,
            ast.UnaryOp: self._unary,
            ast.BoolOp: self._one_of,
            ast.Compare: self._compare,
            ast.IfExp: self._if,
            ast.Call: self._call,
            ast.Attribute: lambda e, frame: self.names.attribute(self.value(e.value, frame), e),
            ast.Subscript: self._subscript,
            ast.Tuple: self._row,
            ast.List: self._row,
            ast.ListComp: lambda e, frame: Listing(e, frame.inner()),
        }

    # --- values ----------------------------------------------------------------------------------------------------

    def value(self, e: ast.expr, frame: Locals) -> Any:
        """Return what an expression stands for."""
        with self.context.deeper(e):
            reader = self._readers.get(type(e))
            if reader is None:
                raise self.context.error(f"{described(e)} is not read", e)
            try:
                return self.context.from_line(reader(e, frame), e)
            except ReadError:
                raise
            except DeltasiftError as why:
                raise self.context.error(str(why), e) from None

    def number(self, value: Any, node: ast.AST) -> Basic:
        """Return a value as a number."""
        if truth.is_statement(value):
            return truth.bracket(self.context, value)
        if isinstance(value, Basic):
            return self.context.weighed(value, node)
        if isinstance(value, Named):
            return tables.number(self.context, value, node)
        raise self.context.error(self._no_number(value), node)

    def numeric(self, e: ast.expr, frame: Locals) -> Basic:
        """Return an expression as a number."""
        return self.number(self.value(e, frame), e)

    def truth(self, e: ast.expr, frame: Locals) -> Basic:
        """Return an expression as a statement; a number is true where it is not 0."""
        if isinstance(e, ast.BoolOp):
            return self._logical(e, frame)
        value = self.value(e, frame)
        return value if truth.is_statement(value) else truth.stated(self.number(value, e))

    def integer(self, e: ast.expr, frame: Locals, what: str) -> Basic:
        """Return an expression that Python takes for an integer, and note the names that have to be integers for it."""
        found = self.numeric(e, frame)
        if not self.context.is_integer(found):
            if not self.context.may_be_integer(found):
                raise self.context.error(f"{what} is {found}, which is not known to be an integer", e)
            self.context.count(found)
        return found

    @staticmethod
    def _no_number(value: Any) -> str:
        if isinstance(value, Absent):
            return value.why
        if isinstance(value, Running):
            return f"{value.name} changes from one turn of the loop to the next, and is read within it"
        if isinstance(value, Held):
            return f"{value} is no number"
        words = {Row: "a tuple or list", Span: "a range", Listing: "a list", Together: "an iterable of tuples"}
        return f"{words.get(type(value), 'this')} is no number"

    def _row(self, e: ast.Tuple | ast.List, frame: Locals) -> Row:
        return Row(tuple(self.loops.keep(self.value(x, frame), x) for x in e.elts))

    # --- arithmetic ------------------------------------------------------------------------------------------------

    def _binary(self, e: ast.BinOp, frame: Locals) -> Any:
        spine: list[ast.BinOp] = []
        left: ast.expr = e
        while isinstance(left, ast.BinOp):  # a long sum leans to the left
            spine.append(left)
            left = left.left
        value = self.value(left, frame)
        for b in reversed(spine):
            value = self.combined(b.op, value, self.value(b.right, frame), b)
        return value

    def combined(self, operator: ast.operator, a: Any, b: Any, node: ast.AST) -> Any:
        """Return `a operator b`; a variable that a loop changes takes in what is added to it."""
        if isinstance(a, Running) or isinstance(b, Running):
            return self._into_running(operator, a, b, node)
        build = OPERATORS.get(type(operator))
        if build is None:
            raise self.context.error(f"the operator {CONSTRUCTS[type(operator)]!r} is not read", node)
        return self.context.from_line(build(self.number(a, node), self.number(b, node)), node)

    def _into_running(self, operator: ast.operator, a: Any, b: Any, node: ast.AST) -> Running:
        head, inverse = RUNNING.get(type(operator), ("", False))
        if isinstance(b, Running) and not isinstance(a, Running) and not inverse:
            a, b = b, a
        if not isinstance(a, Running) or not head or a.head not in ("", head):
            raise self.context.error(self._no_number(a if isinstance(a, Running) else b), node)
        return Running(a.name, head, (*a.parts, (self.number(b, node), inverse)))

    def _unary(self, e: ast.UnaryOp, frame: Locals) -> Any:
        if isinstance(e.op, ast.Not):
            return contrary(self.truth(e.operand, frame))
        if isinstance(e.op, ast.Invert):
            raise self.context.error("the operator '~' is not read", e)
        value = self.numeric(e.operand, frame)
        if isinstance(e.op, ast.UAdd):
            return value
        return -value if isinstance(value, Number) and isinstance(e.operand, ast.Constant) else Neg(value)

    # --- truth -----------------------------------------------------------------------------------------------------

    def _logical(self, e: ast.BoolOp, frame: Locals) -> Basic:
        parts: list[Basic] = []
        conjunction = isinstance(e.op, ast.And)
        for x in e.values:
            with self.context.under(parts if conjunction else [contrary(p) for p in parts]):
                parts.append(self.truth(x, frame))
        return truth.every(parts) if conjunction else truth.some(parts)

    def _one_of(self, e: ast.BoolOp, frame: Locals) -> Any:
        """Return the value of `a and b` or `a or b`, in Python the operand that decides, and no truth value of it."""
        conjunction = isinstance(e.op, ast.And)
        operands: list[Basic] = []
        said: list[Basic] = []
        for x in e.values:
            with self.context.under(said if conjunction else [contrary(s) for s in said]):
                value = self.value(x, frame)
                operands.append(value if truth.is_statement(value) else self.number(value, x))
            said.append(operands[-1] if truth.is_statement(operands[-1]) else truth.stated(operands[-1]))
        if all(map(truth.is_statement, operands)):
            return truth.every(operands) if conjunction else truth.some(operands)
        found: Any = operands.pop()
        for a, s in zip(reversed(operands), reversed(said[:-1]), strict=True):
            known = truth.is_statement(a)
            if conjunction:
                found = truth.choice(self.context, s, found, S.false if known else S.Zero, e)
            else:
                found = truth.choice(self.context, s, S.true if known else a, found, e)
        return found

    def _compare(self, e: ast.Compare, frame: Locals) -> Basic:
        parts: list[Basic] = []
        left = self.numeric(e.left, frame)
        for operator, right in zip(e.ops, e.comparators, strict=True):
            if type(operator) not in truth.OPERATORS:
                raise self.context.error(f"the comparison {CONSTRUCTS[type(operator)]!r} is not read", e)
            b = self.numeric(right, frame)
            parts.append(truth.compared(self.context, left, type(operator), b))
            left = b
        return truth.every(parts)

    def _if(self, e: ast.IfExp, frame: Locals) -> Any:
        condition = self.truth(e.test, frame)
        if condition in (S.true, S.false):
            return self.value(e.body if condition == S.true else e.orelse, frame)
        with self.context.under([condition]):
            a = self._chosen(e.body, frame)
        with self.context.under([contrary(condition)]):
            b = self._chosen(e.orelse, frame)
        return truth.choice(self.context, condition, a, b, e)

    def _chosen(self, e: ast.expr, frame: Locals) -> Any:
        value = self.value(e, frame)
        return self.number(value, e) if isinstance(value, Named) else value

    # --- tables and calls ------------------------------------------------------------------------------------------

    def _subscript(self, e: ast.Subscript, frame: Locals) -> Any:
        value = self.value(e.value, frame)
        parts = e.slice.elts if isinstance(e.slice, ast.Tuple) else [e.slice]
        for part in parts:
            if isinstance(part, (ast.Slice, ast.Starred)):
                raise self.context.error(f"{described(part)} is not read", e)
            value = self._at(value, part, frame, e)
        return value

    def _at(self, value: Any, part: ast.expr, frame: Locals, node: ast.AST) -> Any:
        if not isinstance(value, (Named, Row, Span, Listing)):
            what = str(value) if isinstance(value, Basic) else self._no_number(value).removesuffix(" is no number")
            raise self.context.error(f"{what} has no entries", node)
        index = self.integer(part, frame, "an index")
        if isinstance(value, Named):
            return tables.entry(self.context, value, index, node)
        if isinstance(value, Row):
            if not isinstance(index, Integer) or not -len(value.parts) <= index < len(value.parts):
                raise self.context.error(f"the entry {index} of {len(value.parts)} that are written out", node)
            return value.parts[int(index)]
        return self.loops.entry(value, index, node)

    def _call(self, e: ast.Call, frame: Locals) -> Any:
        if isinstance(e.func, ast.Attribute):
            receiver = self.value(e.func.value, frame)
            if not isinstance(receiver, Held):
                raise self.context.error(f"a call of the method .{e.func.attr} is not read", e)
        function = self.value(e.func, frame)
        if any(isinstance(a, ast.Starred) for a in e.args) or any(k.arg is None for k in e.keywords):
            raise self.context.error("an argument with a star is not read", e)
        if isinstance(function, Named):
            if e.keywords:
                raise self.context.error(f"{function.name} is called with a keyword", e)
            return tables.applied(self.context, function, [self.numeric(a, frame) for a in e.args], e)
        if not isinstance(function, Held):
            raise self.context.error("what is called here is no function", e)
        known = meaning(function.value)
        if isinstance(known, str):
            return self.special.call(known, e, frame)
        name = ast.unparse(e.func)
        if known is not None:
            if e.keywords:
                raise self.context.error(f"{name} with the keyword {e.keywords[0].arg} is not read", e)
            if not known.least <= len(e.args) <= known.most:
                raise self.context.error(f"{name} with {len(e.args)} arguments is not read", e)
            return known.build(*(self.numeric(a, frame) for a in e.args))
        if isinstance(function.value, FunctionType):
            try:
                callee = plain_function(function.value)
            except ReadError as why:
                raise why if why.line is not None else self.context.error(str(why), e) from None
            return self._inlined(callee, e, frame)
        raise self.context.error(f"a call of {name} is not read", e)

    def _inlined(self, callee: Function, e: ast.Call, frame: Locals) -> Any:
        if any(f.code is callee.code for f in self.context.trail):
            raise self.context.error(f"{callee.name} calls itself, which is not read", e)
        given = {str(k.arg): self.loops.keep(self.value(k.value, frame), e) for k in e.keywords}
        positional = [p.arg for p in (*callee.arguments.posonlyargs, *callee.arguments.args)]
        if len(e.args) > len(positional) or not given.keys() <= set(callee.parameters):
            raise self.context.error(f"{callee.name} does not take these arguments", e)
        for name, a in zip(positional, e.args, strict=False):
            if name in given:
                raise self.context.error(f"{callee.name} is given {name} twice", e)
            given[name] = self.loops.keep(self.value(a, frame), a)
        for name in callee.parameters:
            if name not in given:
                if name not in callee.defaults:
                    raise self.context.error(f"{callee.name} needs {name}", e)
                default = callee.defaults[name]
                constant = isinstance(default, ast.Constant)
                given[name] = self.names.literal(default.value, e) if constant else self.names.object(default, name, e)
        with self.context.entered(callee):
            return self.statements.outcome(Locals(callee, given))
