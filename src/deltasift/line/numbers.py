"""What an expression of numbers is worth, and what follows from a 0 or a 1 in it."""

from __future__ import annotations

from sympy import Rational, S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import postorder


def worked_out(expr: Basic) -> Basic:
    """Return an expression with its parts made of rational numbers worked out, where they have a rational value.

    A factor 0 beside what may have no value stays.
    """
    values: dict[int, Basic] = {}
    shown: dict[int, Basic] = {}  # the same, but that `-1` after a term stays a sign and a number
    for e in postorder(expr):
        if not isinstance(e, ex.Node) or e.binds:
            values[id(e)] = shown[id(e)] = e
            continue
        value = _value(e, tuple(values[id(a)] for a in e.args))
        if value is not None:
            values[id(e)] = value
            shown[id(e)] = e if isinstance(e, ex.Neg) and e.args[0] == -value else value
            continue
        args = tuple(shown[id(a)] for a in e.args)
        values[id(e)] = shown[id(e)] = e if all(x is y for x, y in zip(args, e.args, strict=True)) else e.rebuild(args)
    return shown[id(expr)] if isinstance(expr, ex.Neg) and shown[id(expr)] is not expr else values[id(expr)]


def _value(e: ex.Node, args: tuple[Basic, ...]) -> Basic | None:
    """Return the value of a head over values, None where it is not a number or a simpler expression."""
    if isinstance(e, ex.Add):
        return _added(args)
    if isinstance(e, ex.Mul):
        return _multiplied(args)
    if isinstance(e, ex.Neg):
        return -args[0] if isinstance(args[0], Rational) else None
    if isinstance(e, ex.Div):
        return _divided(*args)
    if isinstance(e, ex.Pow):
        return _power(*args)
    if isinstance(e, ex.Log):
        return S.Zero if args[0] == 1 else None
    if isinstance(e, ex.Exp):
        return S.One if args[0] == 0 else None
    if isinstance(e, ex.Delta) and all(isinstance(a, Rational) for a in args):
        return S.One if args[0] == args[1] else S.Zero
    if isinstance(e, ex.Func):
        return _function(e.name, args[1:])
    return None


def _added(args: tuple[Basic, ...]) -> Basic | None:
    numbers = [a for a in args if isinstance(a, Rational)]
    others = [a for a in args if not isinstance(a, Rational)]
    if len(numbers) < 2 and S.Zero not in numbers:
        return None
    constant: Basic = sum(numbers, S.Zero)
    kept = (*others, constant) if constant != 0 or not others else tuple(others)
    return ex.Add.make(kept) if len(kept) > 1 else kept[0]


def _multiplied(args: tuple[Basic, ...]) -> Basic | None:
    if all(isinstance(a, Rational) for a in args):
        result: Basic = S.One
        for a in args:
            result = result * a
        return result
    if S.One in args:
        kept = tuple(a for a in args if a != 1)
        return ex.Mul.make(kept) if len(kept) > 1 else kept[0] if kept else S.One
    return S.Zero if S.Zero in args and all(not isinstance(a, ex.Node) for a in args) else None


def _divided(above: Basic, below: Basic) -> Basic | None:
    if below == 1:
        return above
    if isinstance(above, Rational) and isinstance(below, Rational) and below != 0:
        return above / below
    return None


def _power(base: Basic, exponent: Basic) -> Basic | None:
    if exponent == 1:
        return base
    if exponent == 0:
        return S.One
    if base == 1:
        return S.One
    if isinstance(base, Rational) and exponent.is_Integer and (base != 0 or exponent > 0) and abs(exponent) < 64:
        return base**exponent
    if isinstance(base, Rational) and base > 0 and isinstance(exponent, Rational) and exponent.q == 2:
        root = base**exponent if abs(exponent) < 64 else None
        return root if isinstance(root, Rational) else None
    if base == 0 and exponent.is_positive:
        return S.Zero
    return None


def _function(name: str, args: tuple[Basic, ...]) -> Basic | None:
    if name in ("Max", "Min"):
        if not all(isinstance(a, Rational) for a in args):
            return None
        return max(args) if name == "Max" else min(args)
    if len(args) == 1 and isinstance(args[0], Rational):
        if name == "Abs":
            return abs(args[0])
        if name in ("floor", "ceiling"):
            return args[0].floor() if name == "floor" else args[0].ceiling()
        if args[0] == 0:
            return {"cos": S.One, "sin": S.Zero, "tanh": S.Zero, "cosh": S.One, "sinh": S.Zero}.get(name)
    return None
