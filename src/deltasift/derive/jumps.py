"""A Dirac delta beside what jumps, or has no value, where its mass lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Dummy, Integer, Rational, S
from sympy.core.basic import Basic

from deltasift.derive.forms import is_without_value
from deltasift.errors import BridgeError, DepthError, SizeError
from deltasift.inert import (
    Dirac,
    Equality,
    Func,
    Integral,
    Iverson,
    Less,
    LessEqual,
    Node,
    Piecewise,
    Relation,
    Unequal,
    mentions,
    postorder,
    substitute,
)
from deltasift.inert.bridge import to_sympy
from deltasift.match.linear import difference, linear, root
from deltasift.match.numbers import worked_out
from deltasift.match.views import factors, product

JUMP = "a Dirac delta where its factor jumps has no value that all agree on"
STEPS: dict[str, Callable[[int], Basic]] = {
    "Heaviside": lambda side: S.One if side > 0 else S.Zero,
    "sign": lambda side: Integer(side),
}
ROUNDED = {"floor": -1, "ceiling": 1}  # the side on which the value differs from the one at the point


def at_a_jump(expr: Basic, holds: Callable[[Basic], bool]) -> str | None:
    """Return why an expression has no value: what stands beside a Dirac delta jumps, or has no value, at its point.

    Only what is seen as it stands is found: a delta with a linear argument, and steps at that very point.
    """
    for e in postorder(expr):
        if isinstance(e, Integral):
            for d in dict.fromkeys(_deltas(e.body)):
                line = linear(d.args[0], e.var)
                if line is not None and line[0] != 0 and not _is_outside(e, root(*line), holds):
                    why = _is_singular(e, d, root(*line)) or _jumps(e, d, root(*line))
                    if why is not None:
                        return why
    return None


def _is_outside(e: Integral, point: Basic, holds: Callable[[Basic], bool]) -> bool:
    return any(
        all(holds(Less.make((point, end) if is_below else (end, point))) for end in e.args[2:])
        for is_below in (True, False)
    )


def _deltas(body: Basic) -> Iterator[Dirac]:
    """Yield the plain Dirac deltas in an integrand, those in sums and integrals within it left out."""
    stack = [body]
    while stack:
        e = stack.pop()
        if isinstance(e, Dirac) and e.args[1] == 0:
            yield e
        elif isinstance(e, Node) and not e.binds:
            stack.extend(e.args)


def _is_singular(e: Integral, d: Dirac, point: Basic) -> str | None:
    """Return the factor of a delta that has no value at its point, where no other factor is 0 there."""
    parts = [f for f in factors(e.body)[1] if f.expr is not d]
    if len(parts) == len(factors(e.body)[1]):
        return None
    for f in parts:
        value = worked_out(substitute(f.expr, {e.var: point}) if isinstance(f.expr, Node) else point)
        if not mentions(f.expr, e.var) or not (is_without_value(value) or (f.inverse and value == 0)):
            continue
        if all(g is f or g.inverse or _is_nonzero(g.expr, e.var, point) for g in parts):
            shown = product(1, [(S.One, False), (f.expr, True)]) if f.inverse else f.expr
            return f"{shown} has no value at {e.var} = {point}, where a Dirac delta has its mass"
    return None


def _jumps(e: Integral, d: Dirac, point: Basic) -> str | None:
    weight = Dummy()  # stands for the delta
    rest = substitute(e.body, {d: weight}) if isinstance(e.body, Node) and e.body is not d else weight
    below, above = (_beside(rest, e.var, point, side) for side in (-1, 1))
    if below is rest and above is rest:
        return None
    try:
        first, last = (to_sympy(substitute(s, {e.var: point}) if isinstance(s, Node) else s) for s in (below, above))
    except (BridgeError, DepthError, SizeError):
        return None
    jump = (last - first).expand().coeff(weight)
    return None if jump.is_zero or jump.equals(0) else JUMP


def _is_nonzero(e: Basic, x: Basic, point: Basic) -> bool:
    if not mentions(e, x):
        return True  # what is 0 for all x takes the integral with it
    value = worked_out(substitute(e, {x: point}) if isinstance(e, Node) else point)
    return is_without_value(value) or bool(value.is_nonzero)


def _beside(e: Basic, x: Basic, point: Basic, side: int) -> Basic:
    """Return an expression as it is a little below a point, or a little above it: its steps there decided."""
    if not isinstance(e, Node) or not mentions(e, x) or e.binds:
        return e
    if isinstance(e, Iverson):
        condition = _truth(e.args[0], x, point, side)
        return S.One if condition == S.true else S.Zero if condition == S.false else e.rebuild((condition,))
    if isinstance(e, Piecewise):
        parts = [(_beside(value, x, point, side), _truth(condition, x, point, side)) for value, condition in e.cases]
        if parts[0][1] == S.true:
            return parts[0][0]
        kept = [(value, condition) for value, condition in parts if condition != S.false]
        first = next((i for i, (_, condition) in enumerate(kept) if condition == S.true), len(kept) - 1)
        kept = kept[: first + 1]
        if len(kept) == 1 and kept[0][1] == S.true:
            return kept[0][0]
        args = tuple(a for case in kept for a in case)
        return e if args == e.args else e.rebuild(args)
    if isinstance(e, Func) and e.name in (*STEPS, *ROUNDED):
        slope = _slope_at(e.arguments[0], x, point, whole=e.name in ROUNDED)
        if slope is not None:
            if e.name in STEPS:
                return STEPS[e.name](side * slope)
            at = worked_out(substitute(e.arguments[0], {x: point}) if isinstance(e.arguments[0], Node) else point)
            return at + ROUNDED[e.name] if side * slope == ROUNDED[e.name] else at
    args = tuple(_beside(a, x, point, side) for a in e.args)
    return e if all(a is b for a, b in zip(args, e.args, strict=True)) else e.rebuild(args)


def _truth(s: Basic, x: Basic, point: Basic, side: int) -> Basic:
    """Return a statement, decided where it is about the side of the point."""
    if not mentions(s, x):
        return s
    if isinstance(s, Relation) and isinstance(s, (Equality, Less, LessEqual, Unequal)):
        slope = _slope_at(difference(s.args[1], s.args[0]), x, point, whole=False)
        if slope is None:
            return s
        if isinstance(s, (Equality, Unequal)):
            return S.true if isinstance(s, Unequal) else S.false
        return S.true if side * slope > 0 else S.false
    if isinstance(s, Node):
        args = tuple(_truth(a, x, point, side) for a in s.args)
        return s if all(a is b for a, b in zip(args, s.args, strict=True)) else s.rebuild(args)
    return s


def _slope_at(e: Basic, x: Basic, point: Basic, *, whole: bool) -> int | None:
    """Return the sign of the slope of what is linear and 0, or with `whole` a whole number, at the point; else None."""
    line = linear(e, x)
    if line is None or not isinstance(line[0], Rational) or line[0] == 0:
        return None
    value = worked_out(substitute(e, {x: point}) if isinstance(e, Node) else point)
    at = difference(value, S.Zero)
    if not (at.is_Integer if whole else at == 0):
        return None
    return 1 if line[0] > 0 else -1
