"""Steps that keep an order instead of a value: what may change without moving a minimiser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sympy import S
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Family, Index, Size
from deltasift.inert import Exp, Less, Log, Neg, Node
from deltasift.line.same import Canon
from deltasift.line.scope import Scope
from deltasift.line.views import Factor, Term, factors, product, signed, terms

Part = TypeVar("Part", Term, Factor)

DIRECTION = {
    "order_add_const": "same order",
    "order_mul_pos": "same order",
    "order_comp_strict_mono": "same order",
    "argmax_eq_argmin_neg": "opposite order",
}


@dataclass(frozen=True)
class OrderStep:
    """What an order rule found: the conditions, what it bound, or why it does not apply."""

    conditions: tuple[Node, ...] = ()
    binding: tuple[tuple[str, Basic], ...] = ()
    problem: str = ""


def _is_fixed(q: Basic, scope: Scope) -> str:
    """Return why a name cannot vary by itself; empty where it can."""
    domain = scope.domains.get(q)
    if domain is None:
        return f"{q} is not given, so that nothing varies with it"
    if isinstance(domain, (Family, DefinedFunction)):
        return f"{q} is defined by other names, so that it does not vary by itself"
    if isinstance(domain, (Size, Index)):
        return f"{q} counts, and what it counts would change with it"
    return ""


def varies(expr: Basic, q: Basic, scope: Scope) -> bool:
    """Tell whether an expression contains q, through definitions too."""
    return scope.depends(expr, q)


def order_step(rule: str, before: Basic, after: Basic, q: Basic, scope: Scope, canon: Canon) -> OrderStep:
    """Decide whether a rule of order leads from one line to the next."""
    fixed = _is_fixed(q, scope)
    if fixed:
        return OrderStep(problem=fixed)
    if rule == "order_add_const":
        return _add_const(before, after, q, scope, canon)
    if rule == "order_mul_pos":
        return _mul_pos(before, after, q, scope, canon)
    if rule == "order_comp_strict_mono":
        return _strict_mono(before, after, canon)
    if canon.same(Neg.make((before,)), after) or canon.same(before, Neg.make((after,))):
        return OrderStep()
    return OrderStep(problem="is not the negative of the line before")


def _add_const(before: Basic, after: Basic, q: Basic, scope: Scope, canon: Canon) -> OrderStep:
    mine, theirs = terms(before), terms(after)
    added, removed = _only_here(theirs, mine, canon), _only_here(mine, theirs, canon)
    if len(added) == len(theirs) and len(removed) == len(mine):
        return OrderStep(problem="is not the line before plus a constant")
    for t in (*added, *removed):
        if varies(t.expr, q, scope):
            return OrderStep(problem=f"{t.expr} is not a constant: it depends on {q}")
    return OrderStep(binding=tuple(("c", t.expr) for t in (*removed, *added)))


def _only_here(mine: Sequence[Part], theirs: Sequence[Part], canon: Canon) -> list[Part]:
    """Return the terms, with their signs, or the factors, with whether they divide, that the others do not have."""

    def identity(part: Part) -> tuple[int, int]:
        return part.sign if isinstance(part, Term) else part.inverse, canon.key(part.expr)

    left = Counter(map(identity, theirs))
    rest = []
    for part in mine:
        known = identity(part)
        if left[known]:
            left[known] -= 1
        else:
            rest.append(part)
    return rest


def _mul_pos(before: Basic, after: Basic, q: Basic, scope: Scope, canon: Canon) -> OrderStep:
    s, mine = factors(before)
    t, theirs = factors(after)
    dropped, new = _only_here(mine, theirs, canon), _only_here(theirs, mine, canon)
    for f in (*dropped, *new):
        if varies(f.expr, q, scope):
            return OrderStep(problem=f"{f.expr} is not a constant factor: it depends on {q}")
    parts = [(f.expr, f.inverse) for f in new] + [(f.expr, not f.inverse) for f in dropped]
    factor = product(s * t, parts)
    return OrderStep((Less.make((S.Zero, factor)),), (("c", factor),))


def _strict_mono(before: Basic, after: Basic, canon: Canon) -> OrderStep:
    s, t = signed(before), signed(after)
    if s.sign != t.sign:
        return OrderStep(problem="is not an increasing function of the line before")
    for outer, inner in ((s.expr, t.expr), (t.expr, s.expr)):
        if isinstance(outer, Log) and canon.same(outer.args[0], inner):
            return OrderStep((Less.make((S.Zero, inner)),), (("u", inner),))
        if isinstance(outer, Exp) and canon.same(outer.args[0], inner):
            return OrderStep((), (("u", inner),))
    return OrderStep(problem="is not an increasing function of the line before")
