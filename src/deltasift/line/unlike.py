"""The smallest parts in which two lines are not the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.inert import free, substitute
from deltasift.line.same import Canon
from deltasift.line.views import factors, product, terms, total

T = TypeVar("T")
PRODUCTS = (ex.Mul, ex.Div, ex.Neg)


def unlike(a: Basic, b: Basic) -> tuple[Basic, Basic]:
    """Return the parts outside of which two lines are the same, up to the order of terms and factors."""
    canon = Canon()
    while True:
        inner = _inside(a, b, canon)
        if inner is None:
            return a, b
        a, b = inner


def _inside(a: Basic, b: Basic, canon: Canon) -> tuple[Basic, Basic] | None:
    """Return smaller parts in which two expressions differ, None where they differ as a whole."""
    if isinstance(a, ex.Add) and isinstance(b, ex.Add):
        mine, theirs = _left(terms(a), terms(b), lambda t: (t.sign, canon.key(t.expr)))
        if not mine or not theirs or len(mine) == len(terms(a)):
            return None
        return total([(t.sign, t.expr) for t in mine]), total([(t.sign, t.expr) for t in theirs])
    if isinstance(a, PRODUCTS) and isinstance(b, PRODUCTS):
        (sign, above), (other, below) = factors(a), factors(b)
        mine_f, theirs_f = _left(above, below, lambda f: (f.inverse, canon.key(f.expr)))
        if sign != other or not mine_f or not theirs_f or len(mine_f) == len(above):
            return None
        return product(1, [(f.expr, f.inverse) for f in mine_f]), product(1, [(f.expr, f.inverse) for f in theirs_f])
    if not isinstance(a, ex.Node) or not isinstance(b, ex.Node) or type(a) is not type(b) or len(a.args) != len(b.args):
        return None
    pairs = list(zip(a.args, b.args, strict=True))
    if a.binds and a.args[1] != b.args[1]:
        if a.args[1] in free(b.args[0]):
            return None
        pairs[:2] = [(a.args[0], substitute(b.args[0], {b.args[1]: a.args[1]}))]
    apart = [p for p in pairs if not canon.same(*p)]
    return apart[0] if len(apart) == 1 else None


def _left(mine: Sequence[T], theirs: Sequence[T], key: Callable[[T], object]) -> tuple[list[T], list[T]]:
    """Return what each of two lists has that the other one has not, as often as it has it."""
    others, left = list(theirs), []
    for part in mine:
        found = next((n for n, other in enumerate(others) if key(other) == key(part)), None)
        if found is None:
            left.append(part)
        else:
            others.pop(found)
    return left, others
