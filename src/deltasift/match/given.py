"""Inequalities that are given, or follow from what is given: through which heads they are looked for in parts."""

from __future__ import annotations

from sympy.core.basic import Basic

from deltasift.inert import Add, Div, Exp, Integral, Log, Mul, Neg, Node, Product, Sum
from deltasift.line.same import Canon

OF_GIVEN = frozenset(("le_of_given", "lt_of_given"))


def lets_through(a: Basic, b: Basic, canon: Canon) -> bool:
    """Tell whether two expressions may be compared by their parts."""
    if isinstance(a, (Add, Mul, Div, Neg)) or isinstance(b, (Mul, Div, Neg)):
        return True
    if not isinstance(a, Node) or type(a) is not type(b):
        return False
    if isinstance(a, (Sum, Product, Integral)):
        return all(map(canon.same, a.args[2:], b.args[2:]))
    return isinstance(a, (Log, Exp))
