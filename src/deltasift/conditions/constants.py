"""Orders of numbers such as `pi`, `sqrt(2)` and `exp(1)`, told apart by rigorous enclosures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import E, Rational, S, pi
from sympy.core.basic import Basic
from sympy.core.symbol import Str

from deltasift.enclosing import precision
from deltasift.inert import (
    Add,
    Div,
    Equality,
    Exp,
    Func,
    Less,
    LessEqual,
    Log,
    Mul,
    Neg,
    Node,
    Pow,
    Unequal,
    free,
    postorder,
)

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
    if not isinstance(c, (Equality, Less, LessEqual, Unequal)) or any(free(a) for a in c.args):
        return False
    lhs, rhs = (_enclosed(a) for a in c.args)
    if lhs is None or rhs is None or isinstance(c, Equality):
        return False
    return bool(lhs != rhs if isinstance(c, Unequal) else lhs < rhs)


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
    if not isinstance(e, Node):
        return CONSTANTS[e](arb) if e in CONSTANTS else None
    if len(args) != len(e.args) - isinstance(e, Func):
        return None
    if isinstance(e, Add):
        return sum(args[1:], args[0])
    if isinstance(e, Mul):
        value = args[0]
        for a in args[1:]:
            value = value * a
        return value
    if isinstance(e, Neg):
        return -args[0]
    if isinstance(e, Div):
        return args[0] / args[1]
    if isinstance(e, Exp):
        return args[0].exp()
    if isinstance(e, Log):
        return args[0].log() if args[0] > 0 else None
    if isinstance(e, Pow) and e.args[1].is_Integer:
        return args[0] ** int(e.args[1])
    if isinstance(e, Pow):
        return args[0] ** args[1] if args[0] > 0 and e.args[1] is not S.Infinity else None
    if isinstance(e, Func) and e.name in FUNCTIONS and len(args) == 1:
        return FUNCTIONS[e.name](args[0])
    return None
