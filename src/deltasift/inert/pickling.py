"""Pickling of inert trees as a flat program, so that depth does not matter and sharing is kept."""

from __future__ import annotations

from typing import Any

from sympy.core.basic import Basic

from deltasift.inert.node import Given, Node
from deltasift.inert.visit import postorder

Program = list[tuple[Any, ...]]


def dump(expr: Node) -> Program:
    """Return the tree as a list of leaves and of (class, argument positions, given)."""
    position: dict[int, int] = {}
    program: Program = []
    for e in postorder(expr):
        position[id(e)] = len(program)
        if isinstance(e, Node):
            program.append((type(e), tuple(position[id(a)] for a in e.args), e.given))
        else:
            program.append((e,))
    return program


def load(program: Program) -> Node:
    """Rebuild the tree that `dump` wrote."""
    built: list[Basic] = []
    for entry in program:
        if len(entry) == 1:
            built.append(entry[0])
        else:
            head: type[Node] = entry[0]
            given: Given = entry[2]
            built.append(head.make(tuple(built[i] for i in entry[1]), given))
    root = built[-1]
    assert isinstance(root, Node)
    return root
