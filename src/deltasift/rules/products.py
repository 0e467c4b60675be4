"""Finite products.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1.
"""

from __future__ import annotations

from deltasift.inert import Delta, Equality, Iverson, Less, LessEqual, Product, Relation
from deltasift.rule import Bound, Fn, Int, Real, rule


@rule(ref="graham1994, section 2.1")
def prod_mul(f: Fn, g: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """The product of products is the product of the factors."""
    return Equality(Product(f(i) * g(i), (i, lo, hi)), Product(f(i), (i, lo, hi)) * Product(g(i), (i, lo, hi)))


@rule(ref="graham1994, section 2.1")
def prod_comm(f: Fn, i: Bound, j: Bound, lo: Int, hi: Int, a: Int, b: Int) -> Relation:
    """Two finite products may be exchanged."""
    return Equality(
        Product(Product(f(i, j), (j, a, b)), (i, lo, hi)), Product(Product(f(i, j), (i, lo, hi)), (j, a, b))
    )


@rule(ref="graham1994, section 2.1")
def prod_const(a: Real, i: Bound, hi: Int) -> Relation:
    """A constant is multiplied as often as the range has values."""
    return Equality(Product(a, (i, 1, hi)), a**hi, when={LessEqual(0, hi): {"a": 2, "hi": -3}})


@rule(ref="graham1994, section 2.1")
def prod_delta(i: Int, j: Bound, lo: Int, hi: Int) -> Relation:
    """A product of deltas of two or more indices is 0, of one is its delta, of none is 1."""
    return Equality(Product(Delta(i, j), (j, lo, hi)), Iverson(Less(hi, lo)) + Delta(lo, hi) * Delta(i, lo))


@rule(ref="graham1994, section 2.4")
def prod_shift(f: Fn, i: Bound, lo: Int, hi: Int, c: Int) -> Relation:
    """The index may be shifted with its range."""
    return Equality(Product(f(i + c), (i, lo, hi)), Product(f(i), (i, lo + c, hi + c)))
