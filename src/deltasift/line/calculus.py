"""Derivatives of elementary functions and the zeros of functions of one real, which point masses ask for.

Both are found by SymPy on expressions without sums, integrals and deltas. A symbol stands for a real.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Dummy, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.errors import DeltasiftError
from deltasift.inert import free, postorder, substitute
from deltasift.inert.bridge import to_sympy
from deltasift.inert.magnitude import DEGREE, degree
from deltasift.inert.reading import from_sympy
from deltasift.inert.substitution import rewritten

HIGHEST = 12  # order of a derivative
HIGHEST_BY_FUNCTION = 4  # of one by a function of the variable


# --- derivatives --------------------------------------------------------------------------------------------------


def derivatives(expr: Basic, x: Symbol, order: int) -> list[Basic] | None:
    """Return an expression with its derivatives by x up to an order, None where they are not worked out."""
    if order > HIGHEST:
        return None
    if x not in free(expr):
        return [expr, *[S.Zero] * order]
    unknown = [e for e in postorder(expr) if isinstance(e, (ex.Binder, ex.Delta, ex.Dirac, ex.Iverson, ex.Piecewise))]
    if any(x in free(e) or (e.binds and e.args[1] == x) for e in unknown):
        return None
    names: dict[Basic, Basic] = {e: Dummy("c", real=True) for e in unknown}  # what is free of x is a constant
    t = Dummy("t", real=True)
    at_t = ordinary(substitute(substitute(expr, names) if names else expr, {x: t}))
    if at_t is None:
        return None
    back = {new: old for old, new in names.items()}
    found = [expr]
    for _ in range(order):
        at_t = at_t.diff(t)
        inert = as_inert(at_t)
        if inert is None:
            return None
        new = _with_values(inert, t, x)
        found.append(substitute(new, back) if back and isinstance(new, ex.Node) else back.get(new, new))
    known = (ex.At, ex.Derivative)
    return found if all(_is_of_function(e) for d in found for e in postorder(d) if isinstance(e, known)) else None


def by_function(expr: Basic, x: Symbol, order: int) -> list[tuple[int, Basic]] | None:
    """Return the nth derivative by a function of x as a sum of derivatives by x: each order with its weight.

    By the chain rule `d/dg = 1/g'(x) d/dx`. None where the weights are not worked out.
    """
    t = Dummy("t", real=True)
    g = ordinary(substitute(expr, {x: t})) if order <= HIGHEST_BY_FUNCTION else None
    if g is None:
        return None
    slope, weights = g.diff(t), {0: S.One}
    for _ in range(order):
        every = range(len(weights) + 1)
        weights = {j: (weights.get(j, S.Zero).diff(t) + weights.get(j - 1, S.Zero)) / slope for j in every}
    result = []
    for j, weight in weights.items():
        w = as_inert(sympy.together(weight))
        if w is None:
            return None
        if w != 0:
            result.append((j, substitute(w, {t: x}) if isinstance(w, ex.Node) else w))
    return result


def _with_values(expr: Basic, t: Symbol, x: Symbol) -> Basic:
    """Return a derivative by t with x for t, taken at a point: so that the point may be put for the name."""

    def bound(e: ex.Node) -> Basic:
        if isinstance(e, ex.Derivative):
            body, name, count = e.args
            if (
                isinstance(body, ex.At)
                and body.args[1] == body.args[2] == x
                and isinstance(body.args[0], ex.Derivative)
            ):
                inner = body.args[0]
                return ex.At.make((ex.Derivative.make((inner.args[0], x, inner.args[2] + count)), x, x))
            return ex.At.make((ex.Derivative.make((substitute(body, {name: x}), x, count)), x, name))
        if isinstance(e, ex.At) and isinstance(e.args[0], ex.At) and e.args[0].args[2] == e.args[1]:
            return ex.At.make((*e.args[0].args[:2], e.args[2]))  # the value of a value
        return e

    return substitute(rewritten(expr, bound), {t: x})


def _is_of_function(e: Basic) -> bool:
    """Tell whether what is differentiated is an undefined function, of which no more can be said."""
    body = e.args[0]
    return isinstance(body, ex.Derivative if isinstance(e, ex.At) else ex.Apply)


def settled(expr: Basic) -> Basic:
    """Return an expression with the numbers and the inverse functions in it worked out, as `exp(log(a)) = a`."""
    value = ordinary(expr)
    found = None if value is None else as_inert(value)
    return expr if found is None else found


def ordinary(expr: Basic) -> Any:
    """Return an expression as ordinary SymPy, None where that is not possible."""
    if degree(expr) > DEGREE:
        return None
    try:
        return to_sympy(expr)
    except DeltasiftError:
        return None


def as_inert(expr: Any) -> Basic | None:
    try:
        return from_sympy(expr)
    except DeltasiftError:
        return None


__all__ = ["as_inert", "by_function", "derivatives", "ordinary", "settled"]
