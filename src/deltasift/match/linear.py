"""Expressions that are linear in a name: `a*x + b` with a and b free of x."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Number

from deltasift.inert import Add, Div, Mul, Neg, free
from deltasift.match.views import product, terms, total

Signed = tuple[int, Basic]


def linear(expr: Basic, x: Basic) -> tuple[Basic, Basic] | None:
    """Return the slope and the constant of an expression that is visibly linear in x, None where it is not.

    The slope of an expression without x is 0; like terms are not gathered, except numbers.
    """
    slopes: list[Signed] = []
    rest: list[Signed] = []
    for t in terms(expr):
        if x not in free(t.expr):
            rest.append((t.sign, t.expr))
            continue
        slope = _slope(t.expr, x)
        if slope is None:
            return None
        inner, constant = slope
        slopes.append((t.sign, inner))
        if constant != 0:
            rest.append((t.sign, constant))
    return collect(slopes), collect(rest)


def difference(a: Basic, b: Basic) -> Basic:
    """Return `a - b`, numbers added up and opposite terms gone."""
    return collect([(1, a), (-1, b)])


def root(slope: Basic, constant: Basic) -> Basic:
    """Return where `slope*x + constant` is 0."""
    if slope == -1:
        return constant
    opposite = collect([(-1, constant)])
    return opposite if slope == 1 else _over(opposite, slope)


def _slope(term: Basic, x: Basic) -> tuple[Basic, Basic] | None:
    if term == x:
        return S.One, S.Zero
    if isinstance(term, (Add, Neg)):
        return linear(term, x)
    if isinstance(term, Div) and x not in free(term.args[1]):
        above = linear(term.args[0], x)
        return None if above is None else (_over(above[0], term.args[1]), _over(above[1], term.args[1]))
    if isinstance(term, Mul):
        carriers = [a for a in term.args if x in free(a)]
        others = [(a, False) for a in term.args if x not in free(a)]
        inner = linear(carriers[0], x) if len(carriers) == 1 else None
        return None if inner is None else (_times(inner[0], others), _times(inner[1], others))
    return None


def _over(above: Basic, below: Basic) -> Basic:
    if isinstance(below, Number) and below < 0:
        return _over(collect([(-1, above)]), -below)
    if isinstance(above, Number) and isinstance(below, Number) and below != 0:
        return above / below
    if isinstance(below, Number) and below != 0:
        parts = [(t.sign, _divided(t.expr, below)) for t in terms(above)]
        if all(p is not None for _, p in parts):
            return total([(sign, p) for sign, p in parts if p is not None])
    return S.Zero if above == 0 else Div.make((above, below))


def _divided(term: Basic, by: Number) -> Basic | None:
    """Return a term over a number where the number in front of it is a multiple of that, else None."""
    if isinstance(term, Number):
        return term / by if (term / by).is_Integer else None
    coefficient = term.args[0] if isinstance(term, Mul) else None
    if not isinstance(coefficient, Number) or not (coefficient / by).is_Integer:
        return None
    rest = [(a, False) for a in term.args[1:]]
    return product(1, rest if coefficient == by else [(coefficient / by, False), *rest])


def _times(e: Basic, others: list[tuple[Basic, bool]]) -> Basic:
    if e == 0:
        return S.Zero
    if e == 1:
        return product(1, others)
    if isinstance(e, Number) and len(others) == 1 and isinstance(others[0][0], Number):
        return e * others[0][0]
    return product(1, [*others, (e, False)])


def collect(parts: Sequence[Signed]) -> Basic:
    """Return a sum in which numbers are added up and put last, and terms of opposite sign are gone."""
    constant = S.Zero
    kept: list[Signed] = []
    for sign, part in parts:
        for t in terms(part):
            s = sign * t.sign
            if isinstance(t.expr, Number):
                constant += s * t.expr
            elif (-s, t.expr) in kept:
                kept.remove((-s, t.expr))
            else:
                kept.append((s, t.expr))
    if not kept:
        return constant
    if constant != 0:
        kept.append((1, constant) if constant > 0 else (-1, -constant))
    positive = next((t for t in kept if t[0] > 0), kept[0])
    kept.remove(positive)
    return total([positive, *kept])
