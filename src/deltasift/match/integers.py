"""The integer arithmetic that a rule brings along: `m + 1` is 4 where m is 3, and m is 3 where `m + 1` is 4."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.inert import Add
from deltasift.line.linear import Signed, collect, difference
from deltasift.line.views import terms


def added_up(e: Basic) -> Basic:
    """Return a sum of integers with its numbers added up and opposite terms gone."""
    return collect([(t.sign, t.expr) for t in terms(e)]) if isinstance(e, Add) else e


def solved(pattern: Add, expr: Basic, known: Mapping[Basic, object]) -> tuple[Basic, Basic] | None:
    """Return the only unknown name of a sum of names and numbers, and what makes the sum an expression.

    Where all are known and the sum is the expression, the last of them; None where there is no such name.
    """
    rest: list[Signed] = []
    unknown: list[Signed] = []
    for t in terms(pattern):
        value = known.get(t.expr, None if isinstance(t.expr, Symbol) else t.expr)
        if isinstance(value, Basic):
            rest.append((t.sign, value))
        else:
            unknown.append((t.sign, t.expr))
    if len(unknown) > 1:
        return None
    left = difference(expr, collect(rest))
    if unknown:
        sign, name = unknown[0]
        return name, left if sign == 1 else collect([(-1, left)])
    name = next(t.expr for t in terms(pattern) if isinstance(t.expr, Symbol))
    value = known[name]
    return (name, value) if left == S.Zero and isinstance(value, Basic) else None
