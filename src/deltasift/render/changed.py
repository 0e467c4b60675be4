"""The smallest part of a line in which it differs from the line before."""

from __future__ import annotations

from sympy.core.basic import Basic

from deltasift.inert import Node


def changed(before: Basic, after: Basic) -> tuple[int, ...]:
    """Return the path to the smallest part of a line outside of which nothing has changed, empty for the whole."""
    path: list[int] = []
    while isinstance(before, Node) and type(before) is type(after) and len(before.args) == len(after.args):
        apart = [i for i, (a, b) in enumerate(zip(before.args, after.args, strict=True)) if a != b]
        if len(apart) != 1:
            break
        path.append(apart[0])
        before, after = before.args[apart[0]], after.args[apart[0]]
    return tuple(path)
