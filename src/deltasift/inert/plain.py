"""Bound names say nothing of themselves.

What is known of a bound name is its range. What a SymPy symbol claims beside that, `Symbol("k", positive=True)` for an
index that runs from -3, is said by nothing on the page, and whoever asked the symbol would be misled, SymPy above all.
So such a symbol gives way to one of the same name where a line is taken in.
"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert.binders import Fold
from deltasift.inert.node import Node, free
from deltasift.inert.relations import ForAll
from deltasift.inert.substitution import fresh, rewritten, substitute
from deltasift.inert.visit import branches

REAL = frozenset((said, True) for said in ("commutative", "complex", "extended_real", "finite", "hermitian", "real"))
INTEGER = REAL | {("integer", True), ("rational", True), ("irrational", False)}


def plain_names(expr: Basic) -> Basic:
    """Return an expression whose bound names are known by their ranges alone."""
    if all(e.args[1]._assumptions_orig.items() <= _implied(e) for e in _binders(expr)):
        return expr
    return rewritten(expr, _renamed)


def _binders(expr: Basic) -> list[Node]:
    return [e for level in branches(expr) for e in level if isinstance(e, Node) and e.binds]


def _implied(binder: Node) -> frozenset[tuple[str, bool]]:
    """Return what a name may claim because the binder says so: an index is an integer, a variable real."""
    return INTEGER if isinstance(binder, (Fold, ForAll)) else REAL


def _renamed(e: Node) -> Node:
    if not e.binds or e.args[1]._assumptions_orig.items() <= _implied(e):
        return e
    body, old, *others = e.args
    kept = {said: value for said, value in old._assumptions_orig.items() if (said, value) in _implied(e)}
    new = Symbol(old.name, **kept)
    if new in free(body):
        new = fresh(new, free(body))
    return e.rebuild((substitute(body, {old: new}), new, *others))
