"""Inequalities that are given, or follow from what is given: through which heads they are looked for in parts."""

from __future__ import annotations

from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.line.same import Canon

OF_GIVEN = frozenset(("le_of_given", "lt_of_given"))


def lets_through(a: Basic, b: Basic, canon: Canon) -> bool:
    """Tell whether two expressions may be compared by their parts."""
    if isinstance(a, (ex.Add, ex.Mul, ex.Div, ex.Neg)) or isinstance(b, (ex.Mul, ex.Div, ex.Neg)):
        return True
    if not isinstance(a, ex.Node) or type(a) is not type(b):
        return False
    if isinstance(a, (ex.Sum, ex.Product, ex.Integral)):
        return all(map(canon.same, a.args[2:], b.args[2:]))
    return isinstance(a, (ex.Log, ex.Exp))
