"""Wrong answers: a right one with one thing changed. A brute force that is of use rejects them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy

LOOPS = (sympy.Sum, sympy.Product)


def _later(condition: Any) -> Any:
    """Return a condition whose first inequality holds one step longer."""
    if isinstance(condition, sympy.And):
        for part in sorted(condition.args, key=str):
            moved = _later(part)
            if moved != part:
                return sympy.And(moved, *(p for p in condition.args if p != part))
    if isinstance(condition, sympy.core.relational.Relational) and condition.rel_op not in ("==", "!="):
        return type(condition)(condition.lhs, condition.rhs + 1)
    return condition


def _without_conditions(expr: Any) -> Any:
    return expr.replace(lambda e: isinstance(e, sympy.Piecewise), lambda e: e.args[0][0])


def _conditions_moved(expr: Any) -> Any:
    return expr.replace(
        lambda e: isinstance(e, sympy.Piecewise),
        lambda e: sympy.Piecewise(*((branch, _later(condition)) for branch, condition in e.args)),
    )


def _range_cut(expr: Any) -> Any:
    return expr.replace(
        lambda e: isinstance(e, LOOPS) and e.limits[0][2] is not sympy.oo,
        lambda e: type(e)(e.function, (*e.limits[0][:2], e.limits[0][2] - 1), *e.limits[1:]),
    )


def _entry_moved(expr: Any) -> Any:
    entries = sorted(expr.atoms(sympy.Indexed), key=str)
    if not entries:
        return expr
    first, *others = entries[0].indices
    return expr.xreplace({entries[0]: entries[0].base[(first + 1, *others)]})


def _delta_moved(expr: Any) -> Any:
    deltas = sorted(expr.atoms(sympy.KroneckerDelta), key=str)
    if not deltas:
        return expr
    return expr.xreplace({deltas[0]: sympy.KroneckerDelta(deltas[0].args[0] + 1, deltas[0].args[1])})


MUTATIONS: dict[str, Callable[[Any], Any]] = {
    "one added": lambda e: e + 1,
    "a little more": lambda e: e * sympy.Rational(1001, 1000),
    "the sign": lambda e: -e,
    "no conditions": _without_conditions,
    "a condition moved": _conditions_moved,
    "a range cut": _range_cut,
    "an entry moved": _entry_moved,
    "a delta moved": _delta_moved,
}


def mutants(expr: Any) -> Iterator[tuple[str, Any]]:
    """Yield the changed answers by the name of the change."""
    for name, change in MUTATIONS.items():
        changed = change(expr)
        if changed != expr:
            yield name, changed
