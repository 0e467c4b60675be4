"""Orders of numbers such as `pi`, `sqrt(2)` and `exp(1)`, told apart by rigorous enclosures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import E, Rational, S, pi
from sympy.core.basic import Basic
from sympy.core.symbol import Str

import deltasift.inert as ex
from deltasift.enclosing import precision
from deltasift.inert import free, postorder

LARGEST = 64  # nodes that are evaluated
CONSTANTS: dict[Basic, Callable[[Any], Any]] = {pi: lambda arb: arb.pi(), E: lambda arb: arb.const_e()}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "Abs": lambda x: abs(x),
    "cos": lambda x: x.cos(),
    "cosh": lambda x: x.cosh(),
    "sin": lambda x: x.sin(),
    "sinh": lambda x: x.sinh(),
    "tanh": lambda x: x.tanh(),
}


def holds_of_numbers(c: Basic) -> bool:
    """Tell whether a relation between two numbers is true; those that are not told apart are in no relation."""
    if not isinstance(c, (ex.Equality, ex.Less, ex.LessEqual, ex.Unequal)) or any(free(a) for a in c.args):
        return False
    lhs, rhs = (_enclosed(a) for a in c.args)
    if lhs is None or rhs is None or isinstance(c, ex.Equality):
        return False
    return bool(lhs != rhs if isinstance(c, ex.Unequal) else lhs < rhs)


def _enclosed(expr: Basic) -> Any | None:
    """Return a ball that contains the value of a number, None where it may have none."""
    nodes = list(postorder(expr))
    if len(nodes) > LARGEST:
        return None
    import flint  # here, since few conditions are about such numbers

    with precision():
        values: dict[int, Any] = {}
        for e in nodes:
            if isinstance(e, Str):
                continue  # the name of a function
            value = _value(e, [values[id(a)] for a in e.args if id(a) in values], flint.arb)
            if value is None or not value.is_finite():
                return None
            values[id(e)] = value
        return values[id(expr)]


def _value(e: Basic, args: list[Any], arb: Any) -> Any | None:
    if isinstance(e, Rational):
        return arb(int(e.p)) / int(e.q)
    if not isinstance(e, ex.Node):
        return CONSTANTS[e](arb) if e in CONSTANTS else None
    if len(args) != len(e.args) - isinstance(e, ex.Func):
        return None
    if isinstance(e, ex.Add):
        return sum(args[1:], args[0])
    if isinstance(e, ex.Mul):
        value = args[0]
        for a in args[1:]:
            value = value * a
        return value
    if isinstance(e, ex.Neg):
        return -args[0]
    if isinstance(e, ex.Div):
        return args[0] / args[1]
    if isinstance(e, ex.Exp):
        return args[0].exp()
    if isinstance(e, ex.Log):
        return args[0].log() if args[0] > 0 else None
    if isinstance(e, ex.Pow) and e.args[1].is_Integer:
        return args[0] ** int(e.args[1])
    if isinstance(e, ex.Pow):
        return args[0] ** args[1] if args[0] > 0 and e.args[1] is not S.Infinity else None
    if isinstance(e, ex.Func) and e.name in FUNCTIONS and len(args) == 1:
        return FUNCTIONS[e.name](args[0])
    return None
