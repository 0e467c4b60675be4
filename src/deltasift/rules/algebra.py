"""Ones, zeros and products of sums: what is true wherever one of the two sides has a value.

References
----------
Lang (2002), Algebra, chapter II.
"""

from __future__ import annotations

from deltasift.inert import Equality, Func, LessEqual, Relation
from deltasift.rule import Real, rule


@rule(ref="lang2002, chapter II")
def one_mul(a: Real) -> Relation:
    """A factor 1 changes nothing."""
    return Equality(1 * a, a)


@rule(ref="lang2002, chapter II")
def zero_mul(a: Real) -> Relation:
    """A factor 0 makes the product 0."""
    return Equality(0 * a, 0)


@rule(ref="lang2002, chapter II")
def zero_add(a: Real) -> Relation:
    """A term 0 changes nothing."""
    return Equality(0 + a, a)


@rule(ref="lang2002, chapter II")
def mul_add(a: Real, b: Real, c: Real) -> list[Relation]:
    """A product with a sum is the sum of the products."""
    return [Equality(a * (b + c), a * b + a * c), Equality(a * (b - c), a * b - a * c)]


@rule(ref="lang2002, chapter II")
def min_of_le(a: Real, b: Real) -> list[Relation]:
    """The minimum of two is the smaller one."""
    return [
        Equality(Func("Min", a, b), a, when={LessEqual(a, b): {"a": 2, "b": 1}}),
        Equality(Func("Min", a, b), b, when={LessEqual(b, a): {"a": 1, "b": 2}}),
    ]


@rule(ref="lang2002, chapter II")
def max_of_le(a: Real, b: Real) -> list[Relation]:
    """The maximum of two is the larger one."""
    return [
        Equality(Func("Max", a, b), b, when={LessEqual(a, b): {"a": 2, "b": 1}}),
        Equality(Func("Max", a, b), a, when={LessEqual(b, a): {"a": 1, "b": 2}}),
    ]
