"""What is known of the values in code for arrays: which are numbers of Python, and which may be no number at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from deltasift.domain import Density, Index, Size
from deltasift.emit import functions
from deltasift.emit.array_syntax import names_in, xp
from deltasift.emit.syntax import attribute, call, variable
from deltasift.emit.writer import Writer
from deltasift.errors import EmitError

if TYPE_CHECKING:
    from deltasift.emit.python import Program


class ArrayValues(Writer):
    """A writer that keeps an infinity or a nan from becoming a number again."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.counting = False  # whether integers are written, of an index or a comparison
        # what may have an infinity or a nan in it: a user's functions, and tables that are found to
        self._partial = {program.names[s] for s, d in self.scope.domains.items() if isinstance(d, Density)}
        self._numbers = {program.names[s] for s, d in self.scope.domains.items() if isinstance(d, (Size, Index))}

    def function(self, name: str, *args: ast.expr) -> ast.expr:
        if name in functions.CONVENTIONS:
            self.program.need(name)
            return call(name, *(self.finite(self.array(a)) for a in args), variable("xp"))
        if all(map(self.is_plain, args)):
            return super().function(name, *args)
        return self._xp(name, *(map(self.finite, args) if name in functions.FINITE_AT_INFINITY else args))

    def divisor(self, e: ast.expr) -> ast.expr:
        return self.finite(e)

    def _xp(self, name: str, *args: ast.expr) -> ast.expr:
        if name not in functions.IN_ARRAY_API:
            raise EmitError(f"{name} is no function of the array API")
        return xp(functions.IN_ARRAY_API[name], *args)

    def is_plain(self, e: ast.AST) -> bool:
        """Tell whether what is written is a number of Python, made of sizes and constants, and no array."""
        taken = {name for name, _ in self.tables.values()}
        return all(
            n not in taken and n != "xp" and (n in self._numbers or n in functions.RESERVED) for n in names_in(e)
        )

    def array(self, e: ast.expr) -> ast.expr:
        """Return a number as an array without axes."""
        return xp("asarray", e, dtype=attribute("xp", "float64")) if self.is_plain(e) else e

    def is_partial(self, e: ast.AST) -> bool:
        """Tell whether a value may be an infinity or a nan."""
        return any(self._has_gap(x) for x in ast.walk(e))

    def _has_gap(self, x: ast.AST) -> bool:
        """Tell whether an operation has no value, or an infinity, at some numbers."""
        if isinstance(x, ast.BinOp) and isinstance(x.op, (ast.Div, ast.Pow)):
            below = x.right
            constant = isinstance(below, ast.Constant) and isinstance(below.value, int) and below.value > 0
            size = isinstance(x.op, ast.Div) and isinstance(below, ast.Name) and below.id in self._numbers
            return not (constant or size or self.is_plain(x))
        if isinstance(x, ast.Attribute):
            return x.attr in functions.PARTIAL
        return isinstance(x, ast.Name) and (x.id in self._partial or x.id in functions.PARTIAL)

    def finite(self, e: ast.expr) -> ast.expr:
        """Return a value with nan for its infinities, where there may be any."""
        if not self.is_partial(e):
            return e
        self.program.need("finite")
        return call("finite", e, variable("xp"))

    @contextmanager
    def writing(self, counting: bool) -> Iterator[None]:
        before, self.counting = self.counting, counting
        try:
            yield
        finally:
            self.counting = before

    def keep(self, key: Basic, name: str, value: ast.expr) -> None:
        """Give a value a name of its own."""
        self.tables[key] = name, value
        if self.is_partial(value):
            self._partial.add(name)
