"""Expressions that are linear in a name: `a*x + b` with a and b free of x."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from sympy import Integer, S
from sympy.core.basic import Basic
from sympy.core.numbers import Number, Rational

from deltasift.inert import Add, Div, Mul, Neg, free
from deltasift.line.views import product, terms, total

Signed = tuple[int, Basic]


class Combination(NamedTuple):
    """A sum of rational multiples of atoms, and a constant; an atom is what arithmetic does not take apart."""

    coefficients: dict[Basic, Fraction | int]
    constant: Fraction | int


def combination(parts: Iterable[tuple[Fraction | int, Basic]]) -> Combination:
    """Return a weighted sum as a combination of atoms, those that cancel left out."""
    coefficients: dict[Basic, Fraction | int] = {}
    constant: Fraction | int = 0
    stack = list(parts)
    while stack:
        by, e = stack.pop()
        if isinstance(e, Rational):
            constant += by * _number(e)
            continue
        if isinstance(e, Add):
            stack.extend((by, a) for a in e.args)
            continue
        if isinstance(e, Neg):
            stack.append((-by, e.args[0]))
            continue
        if isinstance(e, Mul):
            others = [a for a in e.args if not isinstance(a, Rational)]
            if len(others) < 2 and len(e.args) > len(others):
                for a in e.args:
                    if isinstance(a, Rational):
                        by *= _number(a)
                stack.append((by, others[0] if others else S.One))
                continue
        elif isinstance(e, Div) and isinstance(e.args[1], Rational) and e.args[1] != 0:
            stack.append((Fraction(by) / _number(e.args[1]), e.args[0]))
            continue
        new = coefficients.get(e, 0) + by
        if new == 0:
            coefficients.pop(e, None)
        else:
            coefficients[e] = new
    return Combination(coefficients, constant)


def _number(e: Rational) -> Fraction | int:
    return int(e.p) if e.q == 1 else Fraction(int(e.p), int(e.q))


def written(line: Combination) -> Basic:
    """Return a combination of atoms as an expression: a positive term first, the number last."""
    kept = sorted(line.coefficients.items(), key=lambda item: item[1] < 0)
    signed = [(1 if c > 0 else -1, _scaled(c if c > 0 else -c, a)) for a, c in kept]
    if line.constant or not signed:
        value = _rational(line.constant)
        if not signed:
            return value
        signed.append((1, value) if line.constant > 0 else (-1, -value))
    return total(signed)


def _scaled(c: Fraction | int, a: Basic) -> Basic:
    return a if c == 1 else Mul.make((_rational(c), a))


def _rational(c: Fraction | int) -> Rational:
    return Integer(int(c)) if Fraction(c).denominator == 1 else Rational(c.numerator, c.denominator)


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
