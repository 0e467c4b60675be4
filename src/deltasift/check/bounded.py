"""Polynomials in reals that lie between bounds, written in numbers that may be any positive ones.

What lies above `a` is `a + u`, what lies below `b` is `b - u`, and what lies between them is `(a + b*u)/(1 + u)`, where
u goes through all positive numbers. A polynomial whose coefficients are then positive is so between the bounds.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq
from sympy.core.basic import Basic

from deltasift.check.fractions import Poly, add_to, poly_multiply
from deltasift.domain import Reals

Bounds = tuple[Poly | None, Poly | None]  # numbers, as polynomials
MOST_TERMS = 60  # of a polynomial that is written otherwise
HIGHEST = 8  # exponent of one real
UNIT: Poly = {(): fmpq(1)}


def bounds_of(domain: Reals) -> Bounds | None:
    """Return the bounds of a real that are rational numbers, None where that says nothing that is not seen anyway."""
    low, high = _number(domain.above), _number(domain.below)
    return (low, high) if high is not None or low else None


def _number(bound: Basic | None) -> Poly | None:
    if bound is None or not bound.is_Rational:
        return None
    return {(): fmpq(int(bound.p), int(bound.q))} if bound else {}


def in_positives(p: Poly, bounds: Mapping[int, Bounds]) -> Poly | None:
    """Return a polynomial times what is positive, its bounded atoms replaced by any positive numbers.

    None where it has no such atoms, or is too long.
    """
    inside = sorted({atom for m in p for atom, _ in m} & bounds.keys())
    if not inside or len(p) > MOST_TERMS:
        return None
    for atom in inside:
        degree = max(dict(m).get(atom, 0) for m in p)
        if degree > HIGHEST:
            return None
        p = _replaced(p, atom, degree, *bounds[atom])
    return p


def _replaced(p: Poly, atom: int, degree: int, low: Poly | None, high: Poly | None) -> Poly:
    u: Poly = {((atom, 1),): fmpq(1)}
    image, below = dict(low or {}), UNIT
    if low is not None and high is not None:
        add_to(image, poly_multiply(high, u))
        below = {**UNIT, **u}
    elif high is not None:
        image = dict(high)
        add_to(image, {((atom, 1),): fmpq(-1)})
    else:
        add_to(image, u)
    result: Poly = {}
    for m, c in p.items():
        power = dict(m).get(atom, 0)
        term: Poly = {tuple(pair for pair in m if pair[0] != atom): c}
        for by in (*(image,) * power, *(below,) * (degree - power)):
            term = poly_multiply(term, by)
        add_to(result, term)
    return result
