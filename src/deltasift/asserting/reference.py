"""The value of an expression as the nearest double, found by enclosures that are made narrow enough."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isinf
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered
from deltasift.check.world import Indices, World
from deltasift.enclosing import BITS
from deltasift.line.scope import Scope

TRIED = (BITS, 1024, 8192)  # bits of the enclosures, until one is narrow
NARROW = 60  # bits of a value that have to be right
LEAST = 5e-324  # what is less is 0 as a double


def double(e: Basic, world: World, scope: Scope, at: Mapping[Basic, Fraction] | None = None) -> float:
    """Return the value of an expression; `at` has the values of indices.

    Raises
    ------
    NoValue
        If it has none.
    NotCovered
        If it cannot be found, or is larger than a double.
    """
    try:
        for bits in TRIED:
            found = _enclosed(Balls(world, scope), e, at or {}, bits)
            if found is not None:
                return found
    except OverflowError:
        raise NotCovered("a number that is too large for a double") from None
    raise NotCovered("a value that no enclosure shows")


def _enclosed(balls: Balls, e: Basic, at: Mapping[Basic, Fraction], bits: int) -> float | None:
    """Return the value if enclosures of so many bits show it."""
    balls.bits = bits
    try:
        value = balls.value(e, at)
    except NotCovered:
        if bits == TRIED[-1]:
            raise
        return None
    known = balls.as_fraction(value)
    if known is not None:
        return float(known)
    if value.rel_accuracy_bits() < NARROW and not abs(value) < LEAST:
        return None
    middle = float(value.mid())
    if isinf(middle):
        raise OverflowError
    return middle


def nested(entries: Mapping[Indices, Any]) -> Any:
    """Return the entries of a table as nested lists in the order of their indices."""
    rows: dict[Any, Any] = {}
    for where, value in entries.items():
        if not where:
            return value
        row = rows
        for i in where[:-1]:
            row = row.setdefault(i, {})
        row[where[-1]] = value
    return _lists(rows)


def _lists(rows: Any) -> Any:
    return [_lists(rows[i]) for i in sorted(rows)] if isinstance(rows, dict) else rows
