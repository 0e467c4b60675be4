"""The integers that stand in lines: what depends on a size is most likely wrong beside them."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Integer
from sympy.core.basic import Basic

from deltasift.inert import Node, postorder

LARGEST = 64  # size


def beside_constants(expressions: Iterable[Basic]) -> tuple[int, ...]:
    """Return c - 1, c and c + 1 for the integers of some expressions, up to the largest size."""
    found = {int(a) for e in expressions if isinstance(e, Node) for a in postorder(e) if isinstance(a, Integer)}
    near = {c + step for n in found for c in (n, -n) for step in (-1, 0, 1)}
    return tuple(sorted(c for c in near if 1 <= c <= LARGEST))
