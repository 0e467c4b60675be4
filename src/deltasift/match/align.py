"""The parts of one node beside those of another."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.inert import Node, free, substitute
from deltasift.inert.substitution import fresh
from deltasift.line.same import Canon
from deltasift.line.views import Path

Part = tuple[Basic, Path | None, bool]  # where it stands, None where it is not by itself; whether it is divided by
Changed = tuple[Basic, Path, bool]


def unmatched(
    mine: Sequence[Part], theirs: Sequence[tuple[Basic, bool]], canon: Canon
) -> tuple[list[Changed], list[int]] | None:
    """Return the parts that are not among the others, and the places of the others that are not among them.

    None is returned where these cannot be what has become of those.
    """
    if len(mine) != len(theirs):
        return None
    keys = [(canon.key(e), mark) for e, mark in theirs]
    left: list[Changed] = []
    right = list(range(len(theirs)))
    for e, path, mark in mine:
        key = (canon.key(e), mark)
        match = next((i for i in right if keys[i] == key), None)
        if match is not None:
            right.remove(match)
        elif path is None:
            return None
        else:
            left.append((e, path, mark))
    return left, right


def one_name(a: Node, b: Basic) -> tuple[Basic, Basic, Basic]:
    """Return the bodies of two binders with one bound name, and that name."""
    x, y, name = a.args[0], b.args[0], a.args[1]
    if b.args[1] == name:
        return x, y, name
    if name in free(y):
        new = fresh(name, free(x) | free(y))
        return substitute(x, {name: new}), substitute(y, {b.args[1]: new}), new
    return x, substitute(y, {b.args[1]: name}), name
