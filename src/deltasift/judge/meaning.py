"""What stands behind a name or a named quantity, and on which names an expression depends."""

from __future__ import annotations

from sympy import Symbol

from deltasift.judge.context import World
from deltasift.judge.term import ONE, Term, instantiate, leaves, make


def unfolded(t: Term, world: World) -> Term | None:
    """Return what a term is by definition, None where it has none."""
    if t.head == "Named":
        return t.args[1]
    if t.head == "Expectation":
        return t.args[2]
    if t.head == "Func" and t.args[0].value == "sigma" and len(t.args) == 2:
        return make("Div", (ONE, make("Add", (ONE, make("Exp", (make("Neg", (t.args[1],)),))))))
    name = t.args[0] if t.head in ("Entry", "Apply") else t
    defined = world.definition(name.value) if name.head == "free" else None
    if defined is None:
        return None
    count, body = defined
    return instantiate(body, t.args[1:]) if count == len(t.args[1:]) else None


def names_in(t: Term, world: World) -> frozenset[Symbol]:
    """Return the names on which a term depends, those behind definitions included."""
    found: set[Symbol] = set()
    todo = [t]
    while todo:
        for leaf, _ in leaves(todo.pop()):
            if leaf.head == "free" and leaf.value not in found:
                found.add(leaf.value)
                defined = world.definition(leaf.value)
                if defined is not None:
                    todo.append(defined[1])
    return frozenset(found)
