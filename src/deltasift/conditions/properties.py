"""Continuity at a point, from the structure of an expression and from what densities declare."""

from __future__ import annotations

from collections.abc import Callable

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Density
from deltasift.inert import (
    Add,
    Apply,
    Derivative,
    Div,
    Exp,
    Func,
    Less,
    Log,
    Mul,
    Neg,
    Node,
    Pow,
    Property,
    Unequal,
    free,
)
from deltasift.match.scope import Scope

SMOOTH = frozenset(("cos", "sin", "sinh", "cosh", "tanh", "atan", "erf", "sigma", "Abs"))
Holds = Callable[[Basic, Scope], bool]


def continuous(c: Property, scope: Scope, holds: Holds) -> tuple[str, ...] | None:
    """Return why a function is continuous at a point, None where that is not known.

    The property is written `Property("continuous", f(a), a)`: the value of the function at the point a, in which a
    stands where the variable stood. What does not contain a is constant.
    """
    value, point = c.operands
    reasons: dict[str, None] = {}
    if _continuous(value, point, scope, holds, reasons):
        return tuple(reasons) or ("it is built of continuous functions",)
    return None


def _continuous(e: Basic, a: Basic, scope: Scope, holds: Holds, reasons: dict[str, None]) -> bool:
    if e == a or free(a).isdisjoint(free(e)) or not isinstance(e, Node):
        return True
    parts = e.args
    if isinstance(e, Apply):
        domain = scope.domain(e.function)
        if isinstance(domain, DefinedFunction):
            return _continuous(domain.unfold(e.arguments), a, scope, holds, reasons)
        parts = e.arguments
        if not isinstance(domain, Density) or not domain.continuous:
            return False
        reasons[f"{domain.name} is continuous"] = None
    elif isinstance(e, Log):
        if not holds(Less.make((S.Zero, e.args[0])), scope):
            return False
    elif isinstance(e, Div):
        if not holds(Unequal.make((e.args[1], S.Zero)), scope):
            return False
    elif isinstance(e, Pow):
        if not (e.args[1].is_Integer and e.args[1] >= 0) and not holds(Less.make((S.Zero, e.args[0])), scope):
            return False
    elif isinstance(e, Func):
        parts = e.arguments
        if e.name not in SMOOTH:
            return False
    elif not isinstance(e, (Add, Mul, Neg, Exp)) or isinstance(e, Derivative):
        return False
    return all(_continuous(p, a, scope, holds, reasons) for p in parts if not isinstance(p, Symbol) or p == a)
