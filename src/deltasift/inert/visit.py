"""Walks over a tree of any depth, without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter

from sympy.core.basic import Basic

SHALLOW = 50  # levels that are looked through one by one, which is quick for what is broad
_parts = attrgetter("_args")


def preorder(expr: Basic) -> Iterator[Basic]:
    """Visit every subexpression, parents first, left to right, at any depth."""
    stack = [expr]
    while stack:
        e = stack.pop()
        yield e
        stack += e._args[::-1]


def postorder(expr: Basic) -> Iterator[Basic]:
    """Visit every subexpression, children first; a subtree that is shared is visited once."""
    seen: set[int] = set()
    stack: list[Basic | None] = [expr]  # a None stands on what is visited when all below it has been
    while stack:
        e = stack.pop()
        if e is None:
            waited = stack.pop()
            assert waited is not None
            yield waited
        elif id(e) not in seen:
            seen.add(id(e))
            args = e._args
            if args:
                stack += (e, None)
                stack += args[::-1]
            else:
                yield e


def depth(expr: Basic) -> int:
    """Return how deeply an expression is nested; a leaf has depth 0."""
    level: Iterable[Basic] = (expr,)
    for deep in range(SHALLOW):
        level = {id(a): a for a in chain.from_iterable(map(_parts, level))}.values()
        if not level:
            return deep
    depths: dict[int, int] = {}
    for e in postorder(expr):
        depths[id(e)] = 1 + max(map(depths.__getitem__, map(id, e._args))) if e._args else 0
    return depths[id(expr)]


def branches(expr: Basic) -> Iterator[list[Basic]]:
    """Visit what is no leaf, level by level; what is shared is visited once."""
    level = [expr] if expr._args else []
    seen: set[int] = set()
    while level:
        yield level
        below = {id(a): a for a in chain.from_iterable(map(_parts, level)) if a._args}
        level = [a for key, a in below.items() if key not in seen]
        seen.update(below)


def kinds(expr: Basic) -> set[type[Basic]]:
    """Return the heads that occur in an expression."""
    found: set[type[Basic]] = {type(expr)}
    for level in branches(expr):
        found.update(map(type, chain.from_iterable(map(_parts, level))))
    return found
