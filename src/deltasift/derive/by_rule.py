"""The first use of a rule at a node whose conditions are proved: what almost every move is made by."""

from __future__ import annotations

from sympy.core.basic import Basic

from deltasift.derive.trace import Move
from deltasift.derive.walk import Here
from deltasift.match.search import Search
from deltasift.rule import Method, Rule


def by_rule(rule: Rule | Method, e: Basic, here: Here) -> Move | None:
    """Return the first use of a rule at a node whose conditions are proved, None where there is none."""
    for found in Search().local(rule, e, here.scope):
        if found.after != e and all(here.holds(c) for c in found.conditions):
            return Move(rule, e, found.after)
    return None
