"""What the parts of the reader ask the whole for: the value of an expression, and of a value the number or truth."""

from __future__ import annotations

import ast
from typing import Any, Protocol

from sympy.core.basic import Basic

from deltasift.read.context import Context
from deltasift.read.values import Locals


class Reader(Protocol):
    """Reads expressions: `Expressions` says how."""

    context: Context

    def value(self, e: ast.expr, frame: Locals) -> Any:
        """Return what an expression stands for."""

    def number(self, value: Any, node: ast.AST) -> Basic:
        """Return a value as a number."""

    def numeric(self, e: ast.expr, frame: Locals) -> Basic:
        """Return an expression as a number."""

    def truth(self, e: ast.expr, frame: Locals) -> Basic:
        """Return an expression as a statement."""

    def integer(self, e: ast.expr, frame: Locals, what: str) -> Basic:
        """Return an expression that Python takes for an integer."""

    def combined(self, operator: ast.operator, a: Any, b: Any, node: ast.AST) -> Any:
        """Return `a operator b`."""
