"""The last line as ordinary SymPy: brackets become case distinctions, ranges that may be reversed are guarded."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import S
from sympy.core.basic import Basic

from deltasift.inert import And, Div, Iverson, Mul, Neg, Node, Piecewise
from deltasift.inert.bridge import to_sympy
from deltasift.inert.substitution import rewritten
from deltasift.match.views import factors, product


def ordinary(expr: Basic) -> Any:
    """Return an inert expression as ordinary SymPy, equal to it wherever it has a value."""
    last = rewritten(expr, lambda e: _cases(e) if isinstance(e, (Mul, Neg, Div)) else e)
    return to_sympy(last, guard=True) if isinstance(last, Node) else last


def has_no_value(result: Any) -> bool:
    """Tell whether ordinary SymPy met a division by 0 outside of every case distinction."""
    stack = [result]
    while stack:
        e = stack.pop()
        if e in (S.NaN, S.ComplexInfinity):
            return True
        if not isinstance(e, sympy.Piecewise):
            stack.extend(e.args)
    return False


def _cases(e: Node) -> Basic:
    """Return a product with brackets as a case distinction: what a bracket makes 0 need not have a value."""
    sign, parts = factors(e)
    brackets = [f.expr.args[0] for f in parts if isinstance(f.expr, Iverson) and not f.inverse]
    cased = [f for f in parts if _is_guarded(f.expr) and not f.inverse]
    if not brackets and not cased:
        return e
    conditions = list(brackets)
    rest = []
    for f in parts:
        if isinstance(f.expr, Iverson) and not f.inverse:
            continue
        if f in cased:
            assert isinstance(f.expr, Piecewise)
            value, condition = f.expr.cases[0]
            conditions.append(condition)
            rest.append((value, False))
        else:
            rest.append((f.expr, f.inverse))
    flat = [c for s in conditions for c in (s.args if isinstance(s, And) else (s,))]
    condition = flat[0] if len(flat) == 1 else And.make(tuple(flat))
    return Piecewise.make((product(sign, rest), condition, S.Zero, S.true))


def _is_guarded(e: Basic) -> bool:
    """Tell whether an expression is `value if condition else 0`."""
    return isinstance(e, Piecewise) and len(e.args) == 4 and e.args[2] == 0 and e.args[3] == S.true
