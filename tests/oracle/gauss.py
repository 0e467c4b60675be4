"""Integrals with Dirac deltas: each delta a narrow Gaussian, at three widths, extrapolated to none.

The panels of the quadrature are laid around the points where the argument of a delta is 0 and end where the integrand
has a kink. An infinite range has its roots looked for in a window; beyond it, panels of doubling length.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import sympy

from .arrays import Array, Arrays, Values
from .cases import Declaration
from .quadrature import integral, roots
from .smooth import concrete
from .values import NotCovered, Undefined
from .world import World

WIDTHS = (0.02, 0.01, 0.005)
AROUND = (-12.0, -6.0, -3.0, -1.0, 0.0, 1.0, 3.0, 6.0, 12.0)  # panels around a delta, in widths
SMALLEST_SLOPE = 1e-3
WINDOW, FAR = 14.0, 2.0**13
KINKS = (sympy.Heaviside, sympy.Abs, sympy.sign, sympy.Min, sympy.Max, sympy.core.relational.Relational)
STEPS = (sympy.floor, sympy.ceiling)


def _inside(a: Arrays, expr: Any, x: Any, values: Values, what: Any) -> Iterator[tuple[Any, Values]]:
    """Yield the nodes of some kinds that contain x, with the values of the indices of the finite sums around."""
    if not expr.has(x):
        return
    if isinstance(expr, what):
        yield expr, values
    if isinstance(expr, sympy.Sum | sympy.Product) and expr.has(*what):
        name, low, high = expr.limits[-1]
        inner = type(expr)(expr.function, *expr.limits[:-1]) if len(expr.limits) > 1 else expr.function
        window = a.world.window
        first, last = max(float(a(low, values)), -window), min(float(a(high, values)), window)
        for i in range(round(first), round(last) + 1):
            yield from _inside(a, inner, x, values | {name: float(i)}, what)
        return
    if isinstance(expr, sympy.Integral):  # its variables have no value here
        values = {s: v for s, v in values.items() if s not in {limit[0] for limit in expr.limits}}
    for part in expr.args:
        if isinstance(part, sympy.Basic):
            yield from _inside(a, part, x, values, what)


def _zeros(a: Arrays, g: Any, x: Any, values: Values, low: float, high: float) -> list[tuple[float, float]] | None:
    """Return the roots in x of an argument, or None where it contains an inner variable of integration."""

    def values_on(points: Array) -> Array:
        return a(g, values | {x: points})

    try:
        return roots(values_on, low, high, near=15 * a.width)
    except NotCovered:
        return None


def _margin(node: Any) -> Any:
    if isinstance(node, STEPS):
        return sympy.sin(sympy.pi * node.args[0])
    if isinstance(node, sympy.core.relational.Relational):
        return node.lhs - node.rhs
    if isinstance(node, sympy.Min | sympy.Max):
        return node.args[0] - node.args[1]
    return node.args[0]


def _edges(a: Arrays, body: Any, x: Any, values: Values, low: float, high: float, window: float) -> list[float]:
    """Return where the panels end."""
    start, end = max(low, -window), min(high, window)
    points = {start, end}
    hidden = False
    margin = 30 * a.width
    for delta, at in _inside(a, body, x, values, (sympy.DiracDelta,)):
        zeros = _zeros(a, delta.args[0], x, at, start - margin, end + margin)
        hidden |= zeros is None
        for zero, slope in zeros or ():
            width = a.width / slope if slope > SMALLEST_SLOPE else math.sqrt(a.width)
            points |= {zero + k * width for k in AROUND}
    for node, at in _inside(
        a, body, x, values, (*KINKS, *STEPS, sympy.core.relational.Relational, sympy.Min, sympy.Max)
    ):
        points |= {zero for zero, _ in _zeros(a, _margin(node), x, at, start, end) or ()}
    if hidden:  # the support shows only after the inner integrals
        points |= set(np.arange(start, end, 2.5 * a.width))
    points = {p for p in points if start <= p <= end}
    reach = window
    while reach < FAR:
        points |= {p for p in (-2 * reach, 2 * reach) if low <= p <= high}
        reach *= 2
    if math.isfinite(low):
        points.add(low)
    if math.isfinite(high):
        points.add(high)
    return sorted(points)


def integrate(a: Arrays, expr: Any, values: Values, window: float = WINDOW) -> complex:
    """Return an integral; its last limit is the outermost."""
    if any(len(limit) != 3 for limit in expr.limits):
        raise NotCovered("an integral without both limits")
    x, low, high = expr.limits[-1]
    body = type(expr)(expr.function, *expr.limits[:-1]) if len(expr.limits) > 1 else expr.function
    ends = [complex(np.asarray(a(bound, values)).item()) for bound in (low, high)]
    if any(e.imag for e in ends):
        raise Undefined("a limit is not real")
    first, last = ends[0].real, ends[1].real
    if first == last:
        return 0.0
    sign = 1.0 if first < last else -1.0
    first, last = min(first, last), max(first, last)
    values = {s: v for s, v in values.items() if s != x}
    edges = _edges(a, body, x, values, first, last, window)

    def f(points: Array) -> Array:
        return np.nan_to_num(a(body, values | {x: points}), nan=np.nan, posinf=np.nan, neginf=np.nan)

    return sign * integral(f, edges, a.tolerance)


def valued(
    expr: Any, world: World, declared: dict[str, Declaration], options: dict[str, Any], shift: float = 0.0
) -> list[complex]:
    """Return the value of an expression at each width; one alone where no delta is in it."""
    expr = concrete(expr, declared, world.seed)
    values = {s: complex(v) if getattr(v, "imag", 0) else float(v) for s, v in world.symbols.items()}
    scale = options.get("width", WIDTHS[0]) / WIDTHS[0]
    window = options.get("reach", WINDOW)

    def within(a: Arrays, e: Any, at: Values) -> complex:
        return integrate(a, e, at, window)

    found = []
    for width in WIDTHS if expr.has(sympy.DiracDelta) else WIDTHS[:1]:
        arrays = Arrays(world, width * scale, shift, within, options.get("tolerance", 1e-10))
        with np.errstate(all="ignore"):
            value = complex(np.asarray(arrays(expr, values)).item())
        if not np.isfinite(value):
            raise Undefined("not a number")
        found.append(value)
    return found


def extrapolated(at_widths: list[complex], even: bool = False) -> complex:
    """Return the limit for width 0; the error is of the order of width**3, or width**6 if it has no odd powers."""
    if len(at_widths) == 1:
        return at_widths[0]
    one, two, three = at_widths
    return (one - 20 * two + 64 * three) / 45 if even else (one - 6 * two + 8 * three) / 3
