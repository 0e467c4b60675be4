"""Ones, zeros and products of sums: what is true wherever one of the two sides has a value.

References
----------
Lang (2002), Algebra, chapter II.
"""

from __future__ import annotations

from deltasift.inert import Equality, Relation
from deltasift.rule import Real, rule


@rule(ref="lang2002, chapter II")
def one_mul(a: Real) -> Relation:
    """A factor 1 changes nothing."""
    return Equality(1 * a, a)


@rule(ref="lang2002, chapter II")
def zero_add(a: Real) -> Relation:
    """A term 0 changes nothing."""
    return Equality(0 + a, a)


@rule(ref="lang2002, chapter II")
def mul_add(a: Real, b: Real, c: Real) -> list[Relation]:
    """A product with a sum is the sum of the products."""
    return [Equality(a * (b + c), a * b + a * c), Equality(a * (b - c), a * b - a * c)]
