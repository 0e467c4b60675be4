"""The last line as ordinary SymPy: brackets become case distinctions, ranges that may be reversed are guarded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import S
from sympy.core.basic import Basic

from deltasift.conditions.prove import Prover
from deltasift.derive.enclosed import kept_inside
from deltasift.errors import Undefined
from deltasift.inert import (
    Add,
    And,
    Div,
    Func,
    Iverson,
    Less,
    LessEqual,
    Log,
    Mul,
    Neg,
    Node,
    Piecewise,
    Product,
    Sum,
)
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
    last = rewritten(expr, lambda e: _distinguished(e, scope) if isinstance(e, Add) else e)
    last = rewritten(last, lambda e: _cases(e) if isinstance(e, (Mul, Neg, Div)) else _of_log(e))
    last = kept_inside(last, scope)
    if not isinstance(last, Node):
        return last
    made = to_sympy(last, guard=True, forward=_forward(last, scope))
    if made.has(S.ComplexInfinity, S.NaN):
        raise Undefined(f"a part of {last} has no value: it divides by 0, or is the logarithm of 0")
    return made


def _forward(expr: Node, scope: Scope) -> set[int]:
    """Return the sums and products whose range is known not to be reversed, wherever in the expression they stand."""
    prover = Prover()
    known: dict[int, bool] = {}
    stack: list[tuple[Basic, Scope]] = [(expr, scope)]
    while stack:
        e, here = stack.pop()
        if not isinstance(e, Node):
            continue
        if isinstance(e, (Sum, Product)):
            after = e.hi if e.hi.is_infinite else Add.make((e.hi, S.One))
            known[id(e)] = known.get(id(e), True) and prover.holds(LessEqual.make((e.lo, after)), here)
        inside = here.enter(e)
        stack.extend((a, inside if e.binds and i == 0 else here) for i, a in enumerate(e.args))
    return {number for number, holds in known.items() if holds}


def _distinguished(e: Node, scope: Scope) -> Basic:
    """Return a sum with the terms whose brackets exclude each other as one case distinction."""
    if len(e.args) > MOST or sum(isinstance(x, Iverson) for a in e.args for x in (a, *a.args)) == 0:
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
    return Add.make(tuple(terms)) if len(terms) > 1 else terms[0]


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
    return Piecewise.make(tuple(cases) if cases[-1] is S.true else (*cases, S.Zero, S.true))


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
    flat = [c for s in conditions for p in (s.args if isinstance(s, And) else (s,)) for c in _apart(p)]
    condition = flat[0] if len(flat) == 1 else And.make(tuple(flat))
    return Piecewise.make((product(sign, rest), condition, S.Zero, S.true))


def _of_log(e: Node) -> Basic:
    """Return the logarithm of what a bracket makes 0 as the one case in which it has a value."""
    inside = e.args[0] if isinstance(e, Log) else e
    if inside is e or not _is_guarded(inside):
        return e
    assert isinstance(inside, Piecewise)
    value, condition = inside.cases[0]
    return Piecewise.make((Log.make((value,)), condition))


def _apart(order: Basic) -> tuple[Basic, ...]:
    """Return an order of a maximum or a minimum as the orders of its arguments, with which SymPy gets along better."""
    if isinstance(order, (Less, LessEqual)):
        lhs, rhs = order.args
        if isinstance(lhs, Func) and lhs.name == "Max":
            return tuple(c for a in lhs.arguments for c in _apart(type(order).make((a, rhs))))
        if isinstance(rhs, Func) and rhs.name == "Min":
            return tuple(c for a in rhs.arguments for c in _apart(type(order).make((lhs, a))))
    return (order,)


def _is_guarded(e: Basic) -> bool:
    """Tell whether an expression is `value if condition else 0`."""
    return isinstance(e, Piecewise) and len(e.args) == 4 and e.args[2] == 0 and e.args[3] == S.true
