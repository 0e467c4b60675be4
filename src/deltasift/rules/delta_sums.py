"""The Kronecker delta under sums and products: it sifts one term out.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1: the bracket of Iverson and its strong zero.
"""

from __future__ import annotations

from typing import Any

from sympy import S

from deltasift.inert import (
    And,
    Divides,
    Equality,
    Func,
    IsInteger,
    Iverson,
    Less,
    LessEqual,
    Node,
    Piecewise,
    Product,
    Relation,
    Sum,
    Unequal,
    delta,
)
from deltasift.rule import Bound, End, Fn, Int, Real, rule


@rule(ref="graham1994, section 2.1")
def sum_delta(f: Fn, i: Bound, a: Int, b: Int, c: Int, x: Real, lo: End, hi: End) -> list[Relation]:
    """Only one term of the sum survives."""
    inside = {
        LessEqual(lo, a): {"f": lambda i: 1, "a": 0, "lo": 1, "hi": 3},
        LessEqual(a, hi): {"f": lambda i: 1, "a": 4, "lo": 1, "hi": 3},
    }
    return [
        Equality(Sum(delta(i, a) * f(i), (i, lo, hi)), f(a), when=inside),
        Equality(
            Sum(delta(i + b, a) * f(i), (i, lo, hi)),
            f(a - b),
            when={
                LessEqual(lo, a - b): {"f": lambda i: 1, "a": 1, "b": 1, "lo": 1, "hi": 3},
                LessEqual(a - b, hi): {"f": lambda i: 1, "a": 5, "b": 1, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Sum(delta(b - i, a) * f(i), (i, lo, hi)),
            f(b - a),
            when={
                LessEqual(lo, b - a): {"f": lambda i: 1, "a": 1, "b": 1, "lo": 1, "hi": 3},
                LessEqual(b - a, hi): {"f": lambda i: 1, "a": 1, "b": 5, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Sum(delta(c * i, a) * f(i), (i, lo, hi)),
            f(a / c),
            when={
                Less(0, c): {"f": lambda i: 1, "a": 0, "c": 0, "lo": 0, "hi": 3},
                Divides(c, a): {"f": lambda i: 1, "a": 3, "c": 2, "lo": 1, "hi": 3},
                LessEqual(c * lo, a): {"f": lambda i: 1, "a": 0, "c": 2, "lo": 1, "hi": 3},
                LessEqual(a, c * hi): {"f": lambda i: 1, "a": 8, "c": 2, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Sum(delta(c * i + b, a) * f(i), (i, lo, hi)),
            f((a - b) / c),
            when={
                Less(0, c): {"f": lambda i: 1, "a": 2, "b": 2, "c": 0, "lo": 0, "hi": 3},
                Divides(c, a - b): {"f": lambda i: 1, "a": 3, "b": 0, "c": 2, "lo": 1, "hi": 3},
                LessEqual(c * lo, a - b): {"f": lambda i: 1, "a": 0, "b": 0, "c": 2, "lo": 1, "hi": 3},
                LessEqual(a - b, c * hi): {"f": lambda i: 1, "a": 8, "b": 0, "c": 2, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Sum(delta(b - c * i, a) * f(i), (i, lo, hi)),
            f((b - a) / c),
            when={
                Less(0, c): {"f": lambda i: 1, "a": 2, "b": 2, "c": 0, "lo": 0, "hi": 3},
                Divides(c, b - a): {"f": lambda i: 1, "a": 0, "b": 3, "c": 2, "lo": 1, "hi": 3},
                LessEqual(c * lo, b - a): {"f": lambda i: 1, "a": 0, "b": 0, "c": 2, "lo": 1, "hi": 3},
                LessEqual(b - a, c * hi): {"f": lambda i: 1, "a": 0, "b": 8, "c": 2, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Sum(delta(c * i, x) * f(i), (i, lo, hi)),
            f(x / c),
            when={
                Less(0, c): {"f": lambda i: 1, "x": -2, "c": -1, "lo": 3, "hi": 1},
                IsInteger(x / c): {"f": lambda i: 1, "x": 3, "c": 2, "lo": 1, "hi": 3},
                LessEqual(c * lo, x): {"f": lambda i: 1, "x": 0, "c": 2, "lo": 1, "hi": 3},
                LessEqual(x, c * hi): {"f": lambda i: 1, "x": 8, "c": 2, "lo": 1, "hi": 3},
            },
        ),
    ]


@rule(ref="graham1994, section 2.1")
def sum_delta_outside(f: Fn, i: Bound, a: Real, lo: End, hi: End) -> list[Relation]:
    """No term of the sum survives."""
    return [
        Equality(
            Sum(delta(i, a) * f(i), (i, lo, hi)),
            0,
            when={a < lo: {"f": lambda i: 1, "a": 2, "lo": 1, "hi": 3}},
        ),
        Equality(
            Sum(delta(i, a) * f(i), (i, lo, hi)),
            0,
            when={hi < a: {"f": lambda i: 1, "a": 2, "lo": 1, "hi": 3}},
        ),
    ]


@rule(ref="graham1994, section 2.1")
def sum_delta_bracket(f: Fn, i: Bound, a: Int, b: Int, c: Int, x: Real, lo: End, hi: End) -> list[Relation]:
    """One term of the sum survives if its index is in the range, and none if not."""

    def at(point: Any, *needs: Node) -> Node:
        inside = And(*needs, LessEqual(lo, point), LessEqual(point, hi))
        return Iverson(inside) * f(point)

    def scaled(shift: Any) -> Node:
        inside = And(Divides(c, shift), LessEqual(c * lo, shift), LessEqual(shift, c * hi))
        return Iverson(inside) * f(shift / c)

    def divided(shift: Any) -> Node:
        inside = And(IsInteger(shift / c), LessEqual(c * lo, shift), LessEqual(shift, c * hi))
        return Iverson(inside) * f(shift / c)

    low = {LessEqual(lo, a): {"f": lambda i: 1, "a": 0, "lo": 1, "hi": 3}}
    high = {LessEqual(a, hi): {"f": lambda i: 1, "a": 4, "lo": 1, "hi": 3}}
    integral = And(IsInteger(x), LessEqual(lo, x), LessEqual(x, hi))
    above = {LessEqual(lo, x): {"f": lambda i: 1, "x": 0, "lo": 1, "hi": 3}}
    below = {LessEqual(x, hi): {"f": lambda i: 1, "x": 4, "lo": 1, "hi": 3}}
    positive = {Less(0, c): {"f": lambda i: 1, "a": 0, "b": 0, "c": 0, "lo": 1, "hi": 3}}
    scale = {Less(0, c): {"f": lambda i: 1, "x": 0, "b": 0, "c": -1, "lo": -1, "hi": 3}}
    return [
        Equality(Sum(delta(i, a) * f(i), (i, lo, hi)), at(a)),
        Equality(Sum(delta(i, a) * f(i), (i, lo, hi)), Iverson(LessEqual(a, hi)) * f(a), when=low),
        Equality(Sum(delta(i, a) * f(i), (i, lo, hi)), Iverson(LessEqual(lo, a)) * f(a), when=high),
        Equality(Sum(delta(i, x) * f(i), (i, lo, hi)), Iverson(IsInteger(x)) * f(x), when=above | below),
        Equality(Sum(delta(i, x) * f(i), (i, lo, hi)), Iverson(And(IsInteger(x), LessEqual(x, hi))) * f(x), when=above),
        Equality(Sum(delta(i, x) * f(i), (i, lo, hi)), Iverson(And(IsInteger(x), LessEqual(lo, x))) * f(x), when=below),
        Equality(Sum(delta(i, x) * f(i), (i, lo, hi)), Iverson(integral) * f(x)),
        Equality(Sum(delta(i + b, a) * f(i), (i, lo, hi)), at(a - b)),
        Equality(Sum(delta(b - i, a) * f(i), (i, lo, hi)), at(b - a)),
        Equality(Sum(delta(c * i, a) * f(i), (i, lo, hi)), scaled(a), when=positive),
        Equality(Sum(delta(c * i + b, a) * f(i), (i, lo, hi)), scaled(a - b), when=positive),
        Equality(Sum(delta(b - c * i, a) * f(i), (i, lo, hi)), scaled(b - a), when=positive),
        Equality(Sum(delta(c * i, x) * f(i), (i, lo, hi)), divided(x), when=scale),
    ]


@rule(ref="graham1994, section 2.1")
def sum_ne(f: Fn, i: Bound, a: Int, lo: Int, hi: Int) -> list[Relation]:
    """One term is left out of the sum."""
    outside = Iverson(Unequal(i, a)) * f(i)
    below, above = Sum(f(i), (i, lo, a - 1)), Sum(f(i), (i, a + 1, hi))
    return [
        Equality(
            Sum(outside, (i, lo, hi)),
            below + above,
            when={
                LessEqual(lo, a + 1): {"f": lambda i: 1, "a": -1, "lo": 1, "hi": 3},
                LessEqual(a, hi + 1): {"f": lambda i: 1, "a": 5, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Sum(outside, (i, lo, hi)),
            Sum(f(i), (i, lo, Func("Min", a - 1, hi))) + Sum(f(i), (i, Func("Max", a + 1, lo), hi)),
        ),
    ]


@rule(ref="graham1994, section 2.1")
def sum_one_sub_delta(f: Fn, i: Bound, a: Int, lo: Int, hi: Int) -> list[Relation]:
    """One term is left out of the sum."""
    outside = (1 - delta(i, a)) * f(i)
    below, above = Sum(f(i), (i, lo, a - 1)), Sum(f(i), (i, a + 1, hi))
    return [
        Equality(
            Sum(outside, (i, lo, hi)),
            below + above,
            when={
                LessEqual(lo, a + 1): {"f": lambda i: 1, "a": -1, "lo": 1, "hi": 3},
                LessEqual(a, hi + 1): {"f": lambda i: 1, "a": 5, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Sum(outside, (i, lo, hi)),
            Sum(f(i), (i, lo, Func("Min", a - 1, hi))) + Sum(f(i), (i, Func("Max", a + 1, lo), hi)),
        ),
    ]


@rule(ref="graham1994, section 2.1")
def prod_delta_pow_bracket(f: Fn, i: Bound, a: Int, c: Int, x: Real, lo: End, hi: End) -> list[Relation]:
    """One factor is raised to 1 if its index is in the range, all others to 0, 0 to the power 0 being 1."""
    inside = And(LessEqual(lo, a), LessEqual(a, hi))
    integral = And(IsInteger(x), LessEqual(lo, x), LessEqual(x, hi))
    scaled = And(Divides(c, a), LessEqual(c * lo, a), LessEqual(a, c * hi))
    divided = And(IsInteger(x / c), LessEqual(c * lo, x), LessEqual(x, c * hi))
    positive = {Less(0, c): {"f": lambda i: 2, "a": 0, "x": 0, "c": 0, "lo": 1, "hi": 3}}
    return [
        Equality(Product(f(i) ** delta(i, a), (i, lo, hi)), Piecewise((f(a), inside), (S.One, S.true))),
        Equality(Product(f(i) ** delta(i, x), (i, lo, hi)), Piecewise((f(x), integral), (S.One, S.true))),
        Equality(
            Product(f(i) ** delta(c * i, a), (i, lo, hi)),
            Piecewise((f(a / c), scaled), (S.One, S.true)),
            when=positive,
        ),
        Equality(
            Product(f(i) ** delta(c * i, x), (i, lo, hi)),
            Piecewise((f(x / c), divided), (S.One, S.true)),
            when=positive,
        ),
    ]


@rule(ref="graham1994, section 2.1")
def prod_delta_pow(f: Fn, i: Bound, a: Int, c: Int, x: Real, lo: End, hi: End) -> list[Relation]:
    """Only one factor is raised to 1, the others to 0, 0 to the power 0 being 1."""
    return [
        Equality(
            Product(f(i) ** delta(i, a), (i, lo, hi)),
            f(a),
            when={
                LessEqual(lo, a): {"f": lambda i: 2, "a": 0, "lo": 1, "hi": 3},
                LessEqual(a, hi): {"f": lambda i: 2, "a": 4, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Product(f(i) ** delta(c * i, a), (i, lo, hi)),
            f(a / c),
            when={
                Less(0, c): {"f": lambda i: 2, "a": 0, "c": 0, "lo": 0, "hi": 3},
                Divides(c, a): {"f": lambda i: 2, "a": 3, "c": 2, "lo": 1, "hi": 3},
                LessEqual(c * lo, a): {"f": lambda i: 2, "a": 0, "c": 2, "lo": 1, "hi": 3},
                LessEqual(a, c * hi): {"f": lambda i: 2, "a": 8, "c": 2, "lo": 1, "hi": 3},
            },
        ),
        Equality(
            Product(f(i) ** delta(c * i, x), (i, lo, hi)),
            f(x / c),
            when={
                Less(0, c): {"f": lambda i: 2, "x": -2, "c": -1, "lo": 3, "hi": 1},
                IsInteger(x / c): {"f": lambda i: 2, "x": 3, "c": 2, "lo": 1, "hi": 3},
                LessEqual(c * lo, x): {"f": lambda i: 2, "x": 0, "c": 2, "lo": 1, "hi": 3},
                LessEqual(x, c * hi): {"f": lambda i: 2, "x": 8, "c": 2, "lo": 1, "hi": 3},
            },
        ),
    ]


@rule(ref="graham1994, section 2.1")
def delta_sift(f: Fn, i: Bound, a: Int, lo: Int, hi: Int) -> Relation:
    """Under a delta one argument may be put for the other."""
    return Equality(Sum(delta(i, a) * f(i), (i, lo, hi)), Sum(delta(i, a) * f(a), (i, lo, hi)))
