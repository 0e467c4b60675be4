"""Every line as a JavaScript function, from the syntax tree that `Writer` makes for Python.

What Python refuses is refused here as well: the logarithm of 0, a division by 0, an entry that a table has not.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Callable, Sequence

from sympy import Symbol

from deltasift.emit.javascript_functions import CALLED_BY, FUNCTIONS, RESERVED
from deltasift.emit.python import Program
from deltasift.emit.writer import Writer
from deltasift.errors import EmitError

DEEPEST = 200  # levels of an expression that browsers surely read
OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
CALLED: dict[type[ast.operator], str] = {ast.Div: "div", ast.Mod: "mod", ast.Pow: "pow"}
COMPARISONS: dict[type[ast.cmpop], str] = {ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<="}
ENCLOSED = (ast.UnaryOp, ast.BinOp, ast.Compare, ast.BoolOp, ast.IfExp)  # what `of` may put into parentheses
FOLDS = {"sum": "sum", "prod": "prod", "max": "largest", "min": "smallest", "all": "all"}
SAID = {
    "diff": "a derivative",
    "quad": "an integral",
    "nsum": "an infinite sum",
}  # what a name that is called stands for
BUILT_IN = {"max": "Math.max", "min": "Math.min", "abs": "Math.abs", "float": ""}


class JavaScriptProgram(Program):
    """Functions in JavaScript that share their names and what they call."""

    what = "form in JavaScript"
    conventions = FUNCTIONS
    called_by = CALLED_BY
    reserved = RESERVED

    def need(self, name: str) -> str:
        if name not in FUNCTIONS:
            raise EmitError(f"{SAID.get(name, name)} has no form in JavaScript")
        return super().need(name)

    def compiled(self, source: str, name: str) -> None:
        """Nothing is compiled: `Text` has refused what is nested too deeply."""

    def _definition(self, name: str, parameters: Sequence[Symbol], writer: Writer, value: ast.expr, doc: str) -> str:
        text = Text(self.need)
        rows = [f"const {local} = {text.argument(e)};" for local, e in writer.tables.values()]
        body = textwrap.indent("\n".join([*rows, f"return {text.argument(value)};"]), "  ")
        return f"function {name}({', '.join(self.signature(parameters))}) {{\n{body}\n}}\n"

    def prelude(self) -> str:
        """Return the functions that the functions written so far call."""
        written = [FUNCTIONS[n] for n in self._needed]
        return "\n".join([*written, *(f.source for f in self._defined.values())])


class Text:
    """Writes a syntax tree of Python as JavaScript; `need` is told of each function that is called."""

    def __init__(self, need: Callable[[str], str]) -> None:
        self.need = need
        self.depth = 0

    def of(self, e: ast.expr) -> str:
        """Return an expression, in parentheses where it is no atom."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise EmitError("the line is nested too deeply for JavaScript")
        try:
            return self._written(e)
        finally:
            self.depth -= 1

    def argument(self, e: ast.expr) -> str:
        """Return an expression where nothing beside it could take a part of it away, so without parentheses."""
        text = self.of(e)
        return text[1:-1] if isinstance(e, ENCLOSED) and text.startswith("(") else text

    def _written(self, e: ast.expr) -> str:
        match e:
            case ast.Constant(value=bool() as value):
                return "true" if value else "false"
            case ast.Constant(value=value):
                return str(value)
            case ast.Name(id=name):
                return name
            case ast.UnaryOp(op=ast.Not(), operand=a):
                return f"(!{self.of(a)})"
            case ast.UnaryOp(operand=a):
                return f"(-{self.of(a)})"
            case ast.BinOp(left=a, op=op, right=b) if type(op) in OPERATORS:
                return f"({self.of(a)} {OPERATORS[type(op)]} {self.of(b)})"
            case ast.BinOp(left=a, op=op, right=b) if type(op) in CALLED:
                return f"{self.need(CALLED[type(op)])}({self.argument(a)}, {self.argument(b)})"
            case ast.Compare(left=a, ops=[op], comparators=[b]):
                return f"({self.of(a)} {COMPARISONS[type(op)]} {self.of(b)})"
            case ast.BoolOp(op=op, values=values):
                return f"({(' && ' if isinstance(op, ast.And) else ' || ').join(map(self.of, values))})"
            case ast.IfExp(test=test, body=a, orelse=b):
                return f"({self.of(test)} ? {self.of(a)} : {self.of(b)})"
            case ast.Subscript():
                places: list[str] = []
                table: ast.expr = e
                while isinstance(table, ast.Subscript):
                    places.insert(0, self.argument(table.slice))
                    table = table.value
                return f"{self.need('entry')}({', '.join([self.of(table), *places])})"
            case ast.Call(func=ast.Name(id=name), args=[ast.GeneratorExp(elt=body, generators=[loop])]):
                return f"{self.need(FOLDS[name])}({self._loop(loop, body)})"
            case ast.ListComp(elt=body, generators=[loop]):
                return f"{self.need('table')}({self._loop(loop, body)})"
            case ast.Call(func=ast.Name(id=name), args=args) if name in BUILT_IN:
                return f"{BUILT_IN[name]}({', '.join(map(self.argument, args))})"
            case ast.Call(func=function, args=args):
                return f"{self.of(function)}({', '.join(map(self.argument, args))})"
        raise EmitError(f"{type(e).__name__} has no form in JavaScript")

    def _loop(self, loop: ast.comprehension, body: ast.expr) -> str:
        """Return the ends of a loop, the second of which it does not reach, and what it makes of each value."""
        assert isinstance(loop.iter, ast.Call)
        assert isinstance(loop.target, ast.Name)
        lo, hi = map(self.argument, loop.iter.args)
        return f"{lo}, {hi}, ({loop.target.id}) => {self.argument(body)}"
