"""What a collapse has left although it could be sifted: a delta, or a bracket with =, under a sum of its own index."""

from __future__ import annotations

from typing import Any

import sympy


def affine(expr: Any, name: Any) -> bool:
    """Whether an expression is a + c*name with an integer c that is not 0 and an a without the name."""
    slope = sympy.diff(expr, name) if not expr.has(sympy.Indexed, sympy.Piecewise) else None
    if slope is None:
        rest = expr.subs(name, 0)
        slope = sympy.expand(expr - rest).coeff(name)
        if sympy.expand(expr - rest - slope * name) != 0:
            return False
    return bool(slope.is_Integer and slope != 0)


def equations(body: Any) -> list[Any]:
    """Return the differences that a body sets to 0: those of its deltas and of its equalities in brackets."""
    found = [d.args[0] - d.args[1] for d in body.atoms(sympy.KroneckerDelta)]
    for piecewise in body.atoms(sympy.Piecewise):
        for _, condition in piecewise.args:
            parts = condition.args if isinstance(condition, sympy.And) else (condition,)
            found += [p.lhs - p.rhs for p in parts if isinstance(p, sympy.Eq)]
    return found


def uncollapsed(expr: Any) -> list[str]:
    """Return the equations that are still under a loop of an index that they could be solved for."""
    found = []
    for loop in expr.atoms(sympy.Sum, sympy.Product):
        names = [limit[0] for limit in loop.limits]
        found += [
            f"{e} = 0 under {type(loop).__name__} over {s}"
            for e in equations(loop.function)
            for s in names
            if affine(e, s)
        ]
    return found
