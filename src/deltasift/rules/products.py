"""Finite products.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1.
"""

from __future__ import annotations

from sympy import oo

from deltasift.inert import (
    And,
    Delta,
    Divides,
    Equality,
    Exp,
    Func,
    IsInteger,
    Iverson,
    Less,
    LessEqual,
    Or,
    Product,
    Relation,
    Sum,
    Unequal,
)
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
def prod_const_bracket(a: Real, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """A constant is multiplied as often as the range has values, and not at all where it has none."""
    return [
        Equality(Product(a, (i, 1, hi)), a ** Func("Max", hi, 0)),
        Equality(Product(a, (i, lo, hi)), a ** Func("Max", hi - lo + 1, 0)),
    ]


@rule(ref="graham1994, section 2.1")
def prod_without_one(f: Fn, i: Bound, m: Int, lo: Int, hi: Int) -> Relation:
    """The product without one factor is the whole product divided by it."""
    return Equality(
        Product(f(i), (i, lo, m - 1)) * Product(f(i), (i, m + 1, hi)),
        Product(f(i), (i, lo, hi)) / f(m),
        when={
            LessEqual(lo, m): {"f": lambda i: 2, "m": 0, "lo": 1, "hi": 3},
            LessEqual(m, hi): {"f": lambda i: 2, "m": 4, "lo": 1, "hi": 3},
            Unequal(f(m), 0): {"f": lambda i: i - 2, "m": 2, "lo": 1, "hi": 3},
        },
    )


@rule(ref="graham1994, section 2.1")
def prod_one(i: Bound, lo: End, hi: End) -> Relation:
    """A product of ones is 1."""
    return Equality(Product(1, (i, lo, hi)), 1)


@rule(ref="graham1994, section 2.1")
def prod_empty(f: Fn, i: Bound, lo: End, hi: End) -> list[Relation]:
    """A product over an empty range is 1."""
    return [
        Equality(Product(f(i), (i, lo, hi)), 1, when={hi < lo: {"f": lambda i: 2, "lo": 1, "hi": 3}}),
        Equality(Product(f(i), (i, oo, hi)), 1),
        Equality(Product(f(i), (i, lo, -oo)), 1),
    ]


@rule(ref="graham1994, section 2.1")
def prod_delta(f: Fn, i: Int, c: Int, j: Bound, lo: Int, hi: Int) -> list[Relation]:
    """A product of deltas of two or more indices is 0, of one is its delta, of none is 1."""
    none, one = Iverson(Less(hi, lo)), Delta(lo, hi) * Delta(i, lo)
    scaled = Delta(lo, hi) * Delta(c * lo, i)
    injective = {Unequal(c, 0): {"f": lambda j: 1, "c": 0, "i": 0, "lo": 0, "hi": 1}}
    return [
        Equality(Product(Delta(i, j), (j, lo, hi)), none + one),
        Equality(Product(Delta(i, j) * f(j), (j, lo, hi)), none + one * f(lo)),
        Equality(Product(Delta(c * j, i), (j, lo, hi)), none + scaled, when=injective),
        Equality(Product(Delta(c * j, i) * f(j), (j, lo, hi)), none + scaled * f(lo), when=injective),
    ]


@rule(ref="graham1994, section 2.1")
def prod_add_delta(f: Fn, g: Fn, c: Real, j: Bound, a: Int, b: Int, x: Real, lo: Int, hi: Int) -> list[Relation]:
    """One factor of the product has one more term, if its index is in the range."""
    inside = Iverson(And(LessEqual(lo, a), LessEqual(a, hi)))
    others = Product(f(j), (j, lo, a - 1)) * Product(f(j), (j, a + 1, hi))
    scaled = Iverson(And(Divides(b, a), LessEqual(b * lo, a), LessEqual(a, b * hi)))
    apart = Product(f(j), (j, lo, a / b - 1)) * Product(f(j), (j, a / b + 1, hi))
    whole = Iverson(And(IsInteger(x), LessEqual(lo, x), LessEqual(x, hi)))
    divided = Iverson(And(IsInteger(x / b), LessEqual(b * lo, x), LessEqual(x, b * hi)))
    count = Func("Max", hi - lo + 1, 0)
    is_range = {LessEqual(lo, hi + 1): {"g": lambda j: 1, "c": 2, "a": 1, "b": 1, "x": 1, "lo": 5, "hi": 2}}
    is_scale = {Less(0, b): {"f": lambda j: 2, "g": lambda j: 1, "c": 2, "b": 0, "a": 0, "x": 0, "lo": 1, "hi": 2}}
    within = {
        LessEqual(lo, a): {"f": lambda j: 1, "g": lambda j: 1, "c": 1, "a": 0, "lo": 1, "hi": 3},
        LessEqual(a, hi): {"f": lambda j: 1, "g": lambda j: 1, "c": 1, "a": 4, "lo": 1, "hi": 3},
    }
    return [
        Equality(
            Product(c + Delta(j, a) * g(j), (j, lo, hi)),
            c ** (hi - lo + 1) + g(a) * c ** (hi - lo),
            when=within,
        ),
        Equality(
            Product(c + Delta(j, a) * g(j), (j, lo, hi)),
            c ** (hi - lo + 1) + inside * g(a) * c ** (hi - lo),
            when=is_range,
        ),
        Equality(
            Product(c + Delta(j, a) * g(j), (j, lo, hi)),
            c**count + inside * g(a) * c ** (hi - lo),
        ),
        Equality(
            Product(f(j) + Delta(j, a) * g(j), (j, lo, hi)),
            Product(f(j), (j, lo, hi)) + g(a) * others,
            when=within,
        ),
        Equality(
            Product(f(j) + Delta(j, a) * g(j), (j, lo, hi)),
            Product(f(j), (j, lo, hi)) + inside * g(a) * others,
        ),
        Equality(
            Product(c + Delta(b * j, a) * g(j), (j, lo, hi)),
            c ** (hi - lo + 1) + scaled * g(a / b) * c ** (hi - lo),
            when=is_scale | is_range,
        ),
        Equality(
            Product(c + Delta(b * j, a) * g(j), (j, lo, hi)),
            c**count + scaled * g(a / b) * c ** (hi - lo),
            when=is_scale,
        ),
        Equality(
            Product(f(j) + Delta(b * j, a) * g(j), (j, lo, hi)),
            Product(f(j), (j, lo, hi)) + scaled * g(a / b) * apart,
            when=is_scale,
        ),
        Equality(
            Product(c + Delta(j, x) * g(j), (j, lo, hi)),
            c ** (hi - lo + 1) + whole * g(x) * c ** (hi - lo),
            when=is_range,
        ),
        Equality(
            Product(c + Delta(j, x) * g(j), (j, lo, hi)),
            c**count + whole * g(x) * c ** (hi - lo),
        ),
        Equality(
            Product(f(j) + Delta(j, x) * g(j), (j, lo, hi)),
            Product(f(j), (j, lo, hi)) + whole * g(x) * Product(f(j), (j, lo, x - 1)) * Product(f(j), (j, x + 1, hi)),
        ),
        Equality(
            Product(c + Delta(b * j, x) * g(j), (j, lo, hi)),
            c ** (hi - lo + 1) + divided * g(x / b) * c ** (hi - lo),
            when=is_scale | is_range,
        ),
        Equality(
            Product(c + Delta(b * j, x) * g(j), (j, lo, hi)),
            c**count + divided * g(x / b) * c ** (hi - lo),
            when=is_scale,
        ),
    ]


@rule(ref="graham1994, section 2.1")
def prod_one_add_delta(g: Fn, j: Bound, a: Int, x: Real, lo: End, hi: End) -> list[Relation]:
    """One factor of the product is not 1, if its index is in the range."""
    inside = Iverson(And(LessEqual(lo, a), LessEqual(a, hi)))
    whole = Iverson(And(IsInteger(x), LessEqual(lo, x), LessEqual(x, hi)))
    within = {
        LessEqual(lo, a): {"g": lambda j: 1, "a": 0, "lo": 1, "hi": 3},
        LessEqual(a, hi): {"g": lambda j: 1, "a": 4, "lo": 1, "hi": 3},
    }
    return [
        Equality(Product(1 + Delta(j, a) * g(j), (j, lo, hi)), 1 + g(a), when=within),
        Equality(Product(1 + Delta(j, a) * g(j), (j, lo, hi)), 1 + inside * g(a)),
        Equality(Product(1 + Delta(j, x) * g(j), (j, lo, hi)), 1 + whole * g(x)),
    ]


@rule(ref="graham1994, section 2.1")
def prod_exp(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """A product of exponentials is the exponential of the sum."""
    return Equality(Product(Exp(f(i)), (i, lo, hi)), Exp(Sum(f(i), (i, lo, hi))))


@rule(ref="graham1994, section 2.1")
def pow_sum(c: Real, f: Fn, g: Fn, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """A power with a sum in its exponent is the product of the powers, 0 to the power 0 being 1."""
    return [
        Equality(
            c ** Sum(f(i), (i, lo, hi)),
            Product(c ** f(i), (i, lo, hi)),
            when={Less(0, c): {"c": 0, "f": lambda i: i - 2, "lo": 1, "hi": 3}},
        ),
        Equality(c ** Sum(Delta(f(i), g(i)), (i, lo, hi)), Product(c ** Delta(f(i), g(i)), (i, lo, hi))),
    ]


@rule(ref="graham1994, section 2.1")
def prod_ne(f: Fn, i: Bound, a: Int, lo: Int, hi: Int) -> list[Relation]:
    """A product with a factor 0 is 0; it has none if its index is not in the range."""
    outside = Iverson(Or(Less(a, lo), Less(hi, a)))
    return [
        Equality(Product(Iverson(Unequal(i, a)), (i, lo, hi)), outside),
        Equality(Product(Iverson(Unequal(i, a)) * f(i), (i, lo, hi)), outside * Product(f(i), (i, lo, hi))),
    ]


@rule(ref="graham1994, section 2.4")
def prod_shift(f: Fn, i: Bound, lo: Int, hi: Int, c: Int) -> Relation:
    """The index may be shifted with its range."""
    return Equality(Product(f(i + c), (i, lo, hi)), Product(f(i), (i, lo + c, hi + c)))
