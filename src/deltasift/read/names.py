"""Constants and names: what the objects behind them stand for."""

from __future__ import annotations

import ast
import math
import numbers
from fractions import Fraction
from types import ModuleType
from typing import Any

from sympy import Rational, S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.domain import Domain
from deltasift.inert import free, inert
from deltasift.read import tables
from deltasift.read.calls import library_constant
from deltasift.read.context import Context
from deltasift.read.values import Absent, Held, Locals, Named, Row


class Names:
    """Reads the leaves of expressions."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def literal(self, value: Any, node: ast.AST) -> Any:
        """Return a constant of the source; a decimal is the fraction that it was written as."""
        if isinstance(value, bool):
            return S.true if value else S.false
        if isinstance(value, int):
            return Integer(value)
        if isinstance(value, float) and math.isfinite(value):
            exact = Fraction(repr(value))
            return Rational(exact.numerator, exact.denominator)
        if isinstance(value, (float, complex)):
            raise self.context.error(f"{value} is no real number", node)
        return Held(value)

    def object(self, value: Any, name: str, node: ast.AST) -> Any:
        """Return what an object that the function finds outside of itself stands for."""
        if isinstance(value, Domain):
            raise self.context.error(f"{name} is a declared name: make it a parameter", node)
        if isinstance(value, bool) or value is None:
            return self.literal(value, node)
        if isinstance(value, (numbers.Integral, Fraction)) or (isinstance(value, Basic) and not free(value)):
            return inert(value)
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return Row(tuple(self.object(v, name, node) for v in value))
        known = library_constant(value)
        if known is not None:
            return known
        if isinstance(value, float) and not math.isfinite(value):
            raise self.context.error(f"{value} is no real number", node)
        if isinstance(value, numbers.Number):
            raise self.context.error(
                f"{name} is {value!r}, which is not exact: write it in the function, or make {name} a fraction", node
            )
        return Held(value)

    def declared(self, name: str, domain: Domain) -> Any:
        """Return what a declared name stands for: a number, or a table or function."""
        return domain.symbol if tables.is_number(domain) else Named(name, domain.symbol, domain)

    def value(self, e: ast.Name, frame: Locals) -> Any:
        """Return what a name stands for: in the function, in its closure, in its module, in Python."""
        if e.id in frame.env:
            found = frame.env[e.id]
            if isinstance(found, Absent):
                raise self.context.error(found.why, e)
            return found
        if e.id in frame.function.local:
            raise self.context.error(f"{e.id} has no value here", e)
        if e.id not in frame.function.names:
            raise self.context.error(f"there is no {e.id}", e)
        return self.object(frame.function.names[e.id], e.id, e)

    def attribute(self, value: Any, e: ast.Attribute) -> Any:
        """Return an attribute of a value: what a module binds, or the shape of a table."""
        if e.attr == "shape" and isinstance(value, Named):
            return Row(tables.shape(self.context, value, e))
        if not isinstance(value, Held) or type(value.value) is not ModuleType:
            raise self.context.error(f"the attribute .{e.attr} is not read", e)
        module = value.value
        if e.attr not in vars(module):
            raise self.context.error(f"{module.__name__} has no {e.attr}", e)
        return self.object(vars(module)[e.attr], e.attr, e)
