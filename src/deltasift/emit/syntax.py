"""Short words for the pieces of Python's syntax tree that generated code is made of."""

from __future__ import annotations

import ast
from collections.abc import Sequence


def variable(name: str) -> ast.expr:
    """Return a name that is read."""
    return ast.Name(name, ast.Load())


def number(value: int) -> ast.expr:
    """Return an integer; a negative one as minus a positive one, so that powers keep their parentheses."""
    constant = ast.Constant(abs(int(value)))
    return negative(constant) if value < 0 else constant


def negative(e: ast.expr) -> ast.expr:
    """Return `-e`."""
    return ast.UnaryOp(ast.USub(), e)


def binary(a: ast.expr, operator: ast.operator, b: ast.expr) -> ast.expr:
    """Return `a operator b`."""
    return ast.BinOp(a, operator, b)


def compare(a: ast.expr, operator: ast.cmpop, b: ast.expr) -> ast.expr:
    """Return `a operator b`, a truth value."""
    return ast.Compare(a, [operator], [b])


def call(function: str, *args: ast.expr) -> ast.expr:
    """Return `function(*args)`."""
    return ast.Call(variable(function), list(args), [])


def subscript(table: ast.expr, index: ast.expr) -> ast.expr:
    """Return `table[index]`."""
    return ast.Subscript(table, index, ast.Load())


def either(condition: ast.expr, value: ast.expr, otherwise: ast.expr) -> ast.expr:
    """Return `value if condition else otherwise`."""
    return ast.IfExp(condition, value, otherwise)


def every(conditions: Sequence[ast.expr]) -> ast.expr:
    """Return the conjunction of conditions."""
    return conditions[0] if len(conditions) == 1 else ast.BoolOp(ast.And(), list(conditions))


def attribute(module: str, name: str) -> ast.expr:
    """Return `module.name`."""
    return ast.Attribute(variable(module), name, ast.Load())
