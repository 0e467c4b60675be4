"""A sum of signed terms of generated code, in which opposite terms cancel."""

from __future__ import annotations

import ast

from deltasift.emit.syntax import binary, negative, number


class SignedSum:
    """Terms with signs; one that meets its opposite takes it away."""

    def __init__(self) -> None:
        self._kept: list[tuple[int, ast.expr]] = []

    def add(self, sign: int, e: ast.expr) -> None:
        """Add a signed term, or let it cancel its opposite."""
        text = ast.dump(e)
        for other in self._kept:
            if other[0] == -sign and ast.dump(other[1]) == text:
                self._kept.remove(other)
                return
        self._kept.append((sign, e))

    def plus(self, constant: int) -> ast.expr:
        """Return the sum, what is added before what is subtracted, and a number at the end."""
        total: ast.expr | None = None
        for sign, e in sorted(self._kept, key=lambda signed: signed[0] < 0):
            if total is None:
                total = e if sign > 0 else negative(e)
            else:
                total = binary(total, ast.Add() if sign > 0 else ast.Sub(), e)
        if total is None:
            return number(constant)
        if constant == 0:
            return total
        return binary(total, ast.Add() if constant > 0 else ast.Sub(), number(abs(constant)))
