"""The last line as ordinary SymPy: brackets become case distinctions, ranges that may be reversed are guarded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import S
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.conditions.prove import Prover
from deltasift.derive.enclosed import kept_inside
from deltasift.errors import Undefined
from deltasift.inert.bridge import to_sympy
from deltasift.inert.substitution import rewritten
from deltasift.line.scope import Scope
from deltasift.line.views import factors, product
from deltasift.rules.coded.joins import MOST, Guarded, cover, exclude, guarded, statement_of


def ordinary(expr: Basic, scope: Scope) -> Any:
    """Return an inert expression as ordinary SymPy, equal to it wherever it has a value.

    Raises
    ------
    Undefined
        If a part of it that no case leaves out has no value.
    """
    last = rewritten(expr, lambda e: _distinguished(e, scope) if isinstance(e, ex.Add) else e)
    last = rewritten(last, lambda e: _cases(e) if isinstance(e, (ex.Mul, ex.Neg, ex.Div)) else _of_log(e))
    last = kept_inside(last, scope)
    if not isinstance(last, ex.Node):
        return last
    made = to_sympy(last, guard=True, forward=_forward(last, scope))
    if made.has(S.ComplexInfinity, S.NaN):
        raise Undefined(f"a part of {last} has no value: it divides by 0, or is the logarithm of 0")
    return made


def _forward(expr: ex.Node, scope: Scope) -> set[int]:
    """Return the sums and products whose range is known not to be reversed, wherever in the expression they stand."""
    prover = Prover()
    known: dict[int, bool] = {}
    stack: list[tuple[Basic, Scope]] = [(expr, scope)]
    while stack:
        e, here = stack.pop()
        if not isinstance(e, ex.Node):
            continue
        if isinstance(e, (ex.Sum, ex.Product)):
            after = e.hi if e.hi.is_infinite else ex.Add.make((e.hi, S.One))
            known[id(e)] = known.get(id(e), True) and prover.holds(ex.LessEqual.make((e.lo, after)), here)
        inside = here.enter(e)
        stack.extend((a, inside if e.binds and i == 0 else here) for i, a in enumerate(e.args))
    return {number for number, holds in known.items() if holds}


def _distinguished(e: ex.Node, scope: Scope) -> Basic:
    """Return a sum with the terms whose brackets exclude each other as one case distinction."""
    if len(e.args) > MOST or sum(isinstance(x, ex.Iverson) for a in e.args for x in (a, *a.args)) == 0:
        return e
    left: list[Guarded | None] = [guarded(a, scope) for a in e.args]
    terms: list[Basic] = []
    for n, t in enumerate(left):
        if t is None:
            continue
        together = [t]
        for m in range(n + 1, len(left)):
            u = left[m]
            if u is not None and all(_are_cases(v, u, scope) for v in together):
                together.append(u)
                left[m] = None
        terms.append(e.args[n] if len(together) == 1 else _one_of(together, scope))
    return ex.Add.make(tuple(terms)) if len(terms) > 1 else terms[0]


def _are_cases(t: Guarded, u: Guarded, scope: Scope) -> bool:
    """Tell whether two terms are two cases: of one value SymPy would make one case with a long condition."""
    return exclude(t.guards, u.guards, scope) and (t.sign, t.rest) != (u.sign, u.rest)


def _one_of(terms: Sequence[Guarded], scope: Scope) -> Basic:
    both = [g for g in terms[0].guards if all(g in t.guards for t in terms)]
    own = [[g for g in t.guards if g not in both] for t in terms]
    cases: list[Basic] = []
    for n, t in enumerate(terms):
        is_last = n == len(terms) - 1 == 1 and cover(own[0], own[1], scope)
        needs = both if is_last else [*own[n], *both]
        sign, parts = factors(t.rest)
        value = product(t.sign * sign, [(f.expr, f.inverse) for f in parts])
        cases += [value, statement_of(needs) if needs else S.true]
    return ex.Piecewise.make(tuple(cases) if cases[-1] is S.true else (*cases, S.Zero, S.true))


def _cases(e: ex.Node) -> Basic:
    """Return a product with brackets as a case distinction: what a bracket makes 0 need not have a value."""
    sign, parts = factors(e)
    brackets = [f.expr.args[0] for f in parts if isinstance(f.expr, ex.Iverson) and not f.inverse]
    cased = [f for f in parts if _is_guarded(f.expr) and not f.inverse]
    if not brackets and not cased:
        return e
    conditions = list(brackets)
    rest = []
    for f in parts:
        if isinstance(f.expr, ex.Iverson) and not f.inverse:
            continue
        if f in cased:
            assert isinstance(f.expr, ex.Piecewise)
            value, condition = f.expr.cases[0]
            conditions.append(condition)
            rest.append((value, False))
        else:
            rest.append((f.expr, f.inverse))
    flat = [c for s in conditions for p in (s.args if isinstance(s, ex.And) else (s,)) for c in _apart(p)]
    condition = flat[0] if len(flat) == 1 else ex.And.make(tuple(flat))
    return ex.Piecewise.make((product(sign, rest), condition, S.Zero, S.true))


def _of_log(e: ex.Node) -> Basic:
    """Return the logarithm of what a bracket makes 0 as the one case in which it has a value."""
    inside = e.args[0] if isinstance(e, ex.Log) else e
    if inside is e or not _is_guarded(inside):
        return e
    assert isinstance(inside, ex.Piecewise)
    value, condition = inside.cases[0]
    return ex.Piecewise.make((ex.Log.make((value,)), condition))


def _apart(order: Basic) -> tuple[Basic, ...]:
    """Return an order of a maximum or a minimum as the orders of its arguments, with which SymPy gets along better."""
    if isinstance(order, (ex.Less, ex.LessEqual)):
        lhs, rhs = order.args
        if isinstance(lhs, ex.Func) and lhs.name == "Max":
            return tuple(c for a in lhs.arguments for c in _apart(type(order).make((a, rhs))))
        if isinstance(rhs, ex.Func) and rhs.name == "Min":
            return tuple(c for a in rhs.arguments for c in _apart(type(order).make((lhs, a))))
    return (order,)


def _is_guarded(e: Basic) -> bool:
    """Tell whether an expression is `value if condition else 0`."""
    return isinstance(e, ex.Piecewise) and len(e.args) == 4 and e.args[2] == 0 and e.args[3] == S.true
