"""Finite products.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1.
"""

from __future__ import annotations

from deltasift.inert import And, Delta, Equality, Iverson, Less, LessEqual, Product, Relation
from deltasift.rule import Bound, End, Fn, Int, Real, rule


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
def prod_const(a: Real, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """A constant is multiplied as often as the range has values."""
    return [
        Equality(Product(a, (i, 1, hi)), a**hi, when={LessEqual(0, hi): {"a": 2, "hi": -3}}),
        Equality(
            Product(a, (i, lo, hi)),
            a ** (hi - lo + 1),
            when={LessEqual(lo, hi + 1): {"a": 2, "lo": 5, "hi": 2}},
        ),
    ]


@rule(ref="graham1994, section 2.1")
def prod_one(i: Bound, lo: End, hi: End) -> Relation:
    """A product of ones is 1."""
    return Equality(Product(1, (i, lo, hi)), 1)


@rule(ref="graham1994, section 2.1")
def prod_empty(f: Fn, i: Bound, lo: End, hi: End) -> Relation:
    """A product over an empty range is 1."""
    return Equality(Product(f(i), (i, lo, hi)), 1, when={hi < lo: {"f": lambda i: 2, "lo": 1, "hi": 3}})


@rule(ref="graham1994, section 2.1")
def prod_delta(f: Fn, i: Int, j: Bound, lo: Int, hi: Int) -> list[Relation]:
    """A product of deltas of two or more indices is 0, of one is its delta, of none is 1."""
    none, one = Iverson(Less(hi, lo)), Delta(lo, hi) * Delta(i, lo)
    return [
        Equality(Product(Delta(i, j), (j, lo, hi)), none + one),
        Equality(Product(Delta(i, j) * f(j), (j, lo, hi)), none + one * f(lo)),
    ]


@rule(ref="graham1994, section 2.1")
def prod_add_delta(f: Fn, g: Fn, c: Real, j: Bound, a: Int, lo: Int, hi: Int) -> list[Relation]:
    """One factor of the product has one more term, if its index is in the range."""
    inside = Iverson(And(LessEqual(lo, a), LessEqual(a, hi)))
    others = Product(f(j), (j, lo, a - 1)) * Product(f(j), (j, a + 1, hi))
    return [
        Equality(
            Product(c + Delta(j, a) * g(j), (j, lo, hi)),
            c ** (hi - lo + 1) + inside * g(a) * c ** (hi - lo),
            when={LessEqual(lo, hi + 1): {"g": lambda j: 1, "c": 2, "a": 1, "lo": 5, "hi": 2}},
        ),
        Equality(
            Product(f(j) + Delta(j, a) * g(j), (j, lo, hi)),
            Product(f(j), (j, lo, hi)) + inside * g(a) * others,
        ),
    ]


@rule(ref="graham1994, section 2.4")
def prod_shift(f: Fn, i: Bound, lo: Int, hi: Int, c: Int) -> Relation:
    """The index may be shifted with its range."""
    return Equality(Product(f(i + c), (i, lo, hi)), Product(f(i), (i, lo + c, hi + c)))
