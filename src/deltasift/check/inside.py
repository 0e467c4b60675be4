"""Where the zeros of an argument are looked for: its degree, and whether a point lies between two ends."""

from __future__ import annotations

from typing import Any

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from deltasift.check.machine import Machine
from deltasift.check.reasons import NoValue
from deltasift.inert import Add, Div, Mul, Neg, Pow, free


def is_inside(ev: Machine, point: Any, lo: Any, hi: Any) -> bool:
    """Tell whether a point lies between two ends; one on an end is refused."""
    for end, inside in ((lo, 1), (hi, -1)):
        if end is None:
            continue
        sign = ev.compare(point, end)
        if sign == 0:
            raise NoValue("a Dirac delta on an end point of the integral")
        if sign != inside:
            return False
    return True


def degree(e: Basic, x: Symbol) -> int | None:
    """Return the degree of a polynomial in x, at least; None where it is none."""
    if e == x:
        return 1
    if x not in free(e):
        return 0
    if isinstance(e, (Add, Mul, Neg)):
        parts = [degree(a, x) for a in e.args]
        known = [d for d in parts if d is not None]
        if len(known) < len(parts):
            return None
        return sum(known) if isinstance(e, Mul) else max(known)
    if isinstance(e, Div):
        return degree(e.args[0], x) if x not in free(e.args[1]) else None
    if isinstance(e, Pow) and isinstance(e.args[1], Integer) and e.args[1] >= 0:
        inner = degree(e.args[0], x)
        return None if inner is None else inner * int(e.args[1])
    return None
