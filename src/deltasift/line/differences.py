"""Functions of an index whose differences are given: what a sum telescopes to."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Dummy, Expr, Poly, S, Symbol
from sympy.concrete.gosper import gosper_term
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.errors import DeltasiftError
from deltasift.inert import free, postorder, substitute
from deltasift.inert.reading import from_sympy
from deltasift.inert.substitution import rewritten
from deltasift.line.calculus import ordinary
from deltasift.line.linear import collect
from deltasift.line.same import same
from deltasift.line.views import terms, total

UNKNOWN = (ex.Apply, ex.Binder, ex.Delta, ex.Dirac, ex.Entry, ex.Iverson, ex.Piecewise, ex.Derivative)
MOST_DEGREES = 8  # of a fraction in the index, times how many other names there are, for Gosper's algorithm


def at_index(body: Basic, i: Symbol, value: Basic) -> Basic:
    """Return the body at another index, names and integers in the indices of entries added up."""

    def collected(e: ex.Node) -> Basic:
        return collect([(1, e)]) if isinstance(e, ex.Add) and _is_linear(e) else e

    there = substitute(body, {i: value})
    return rewritten(there, collected) if isinstance(there, ex.Node) else there


def _is_linear(e: Basic) -> bool:
    """Tell whether an expression is made of names and integers, so that it has a value whatever they are."""
    if isinstance(e, (ex.Add, ex.Mul, ex.Neg)):
        return all(map(_is_linear, e.args))
    return isinstance(e, Symbol) or e.is_Integer


def antidifferences(body: Basic, i: Symbol) -> Iterator[Basic]:
    """Yield functions of an index whose difference from an index to the next is an expression.

    Either its terms are those of such a difference, or they are hypergeometric (Gosper's algorithm).
    """
    found = _by_terms(body, i)
    if found is not None:
        yield found
        return
    if i not in free(body) or any(isinstance(e, UNKNOWN) and i in free(e) for e in postorder(body)):
        return
    names = {e: Dummy("c", real=True) for e in postorder(body) if isinstance(e, UNKNOWN)}
    t = Dummy("t", integer=True)
    there = ordinary(substitute(substitute(body, names) if names else body, {i: t}))
    if there is None or not there.is_rational_function(t) or _is_large(there, t):
        return
    ratio = gosper_term(there, t)
    if ratio is None:
        return
    try:
        whole = from_sympy((ratio * there).factor())
    except DeltasiftError:
        return
    yield substitute(substitute(whole, {t: i}), {name: e for e, name in names.items()})


def _is_large(there: Expr, t: Symbol) -> bool:
    """Tell whether Gosper's algorithm takes long: its resultants grow with degrees and with other names."""
    degrees = sum(Poly(part, t).degree() for part in there.as_numer_denom())
    return bool(degrees * (len(there.free_symbols) - 1) > MOST_DEGREES)


def _by_terms(body: Basic, i: Symbol) -> Basic | None:
    """Return F where the terms of a body are those of F at the next index, less those of F, or of that backwards."""
    every = terms(body)
    plus = [t.expr for t in every if t.sign == 1]
    less = [t.expr for t in every if t.sign == -1]
    if len(every) < 2 or len(plus) != len(less):
        return None
    after = collect([(1, i), (1, S.One)])
    if _match([at_index(e, i, after) for e in less], plus):
        return total([(1, e) for e in less])
    if _match([at_index(e, i, after) for e in plus], less):
        return total([(-1, e) for e in plus])
    return None


def _match(mine: list[Basic], theirs: list[Basic]) -> bool:
    """Tell whether two lists have the same expressions, in any order."""
    left = list(theirs)
    for e in mine:
        found = next((n for n, other in enumerate(left) if same(e, other)), None)
        if found is None:
            return False
        left.pop(found)
    return True
