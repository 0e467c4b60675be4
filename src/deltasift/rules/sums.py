"""Finite sums.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, sections 2.1 to 2.4.
"""

from __future__ import annotations

from typing import Any

from sympy import oo

from deltasift.inert import Divides, Equality, Func, Iverson, Less, LessEqual, Node, Relation, Sum, Unequal
from deltasift.rule import Bound, End, Fn, Int, Real, rule


@rule(ref="graham1994, section 2.4")
def sum_comm(f: Fn, i: Bound, j: Bound, lo: Int, hi: Int, a: Int, b: Int) -> list[Relation]:
    """Two finite sums may be exchanged."""
    return [
        Equality(Sum(Sum(f(i, j), (j, a, b)), (i, lo, hi)), Sum(Sum(f(i, j), (i, lo, hi)), (j, a, b))),
        Equality(Sum(Sum(f(i, j), (j, lo, i)), (i, lo, hi)), Sum(Sum(f(i, j), (i, j, hi)), (j, lo, hi))),
        Equality(Sum(Sum(f(i, j), (j, i, hi)), (i, lo, hi)), Sum(Sum(f(i, j), (i, lo, j)), (j, lo, hi))),
        Equality(Sum(Sum(f(i, j), (j, lo, i - 1)), (i, lo, hi)), Sum(Sum(f(i, j), (i, j + 1, hi)), (j, lo, hi))),
        Equality(Sum(Sum(f(i, j), (j, i + 1, hi)), (i, lo, hi)), Sum(Sum(f(i, j), (i, lo, j - 1)), (j, lo, hi))),
    ]


@rule(ref="graham1994, section 2.3")
def sum_add(f: Fn, g: Fn, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """The sum of a sum is the sum of the sums."""
    first, second = Sum(f(i), (i, lo, hi)), Sum(g(i), (i, lo, hi))
    return [
        Equality(Sum(f(i) + g(i), (i, lo, hi)), first + second),
        Equality(Sum(f(i) - g(i), (i, lo, hi)), first - second),
        Equality(-Sum(f(i) + g(i), (i, lo, hi)), -first - second),
        Equality(-Sum(f(i) - g(i), (i, lo, hi)), second - first),
    ]


@rule(ref="graham1994, section 2.3", backwards="A factor free of the index moves into the sum.")
def sum_mul_left(a: Real, f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """A factor free of the index moves out of the sum."""
    return Equality(Sum(a * f(i), (i, lo, hi)), a * Sum(f(i), (i, lo, hi)))


@rule(ref="graham1994, section 2.3", backwards="A factor free of the index moves out of the sum.")
def sum_mul_right(a: Real, f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """A factor free of the index moves into the sum."""
    return Equality(Sum(f(i), (i, lo, hi)) * a, Sum(f(i) * a, (i, lo, hi)))


@rule(ref="graham1994, section 2.3", backwards="A sign moves into the sum.")
def sum_neg(f: Fn, i: Bound, lo: Int, hi: Int) -> Relation:
    """A sign moves out of the sum."""
    return Equality(Sum(-f(i), (i, lo, hi)), -Sum(f(i), (i, lo, hi)))


@rule(ref="graham1994, section 2.3")
def sum_const(a: Real, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """A constant is added as often as the range has values."""
    return [
        Equality(Sum(a, (i, 1, hi)), hi * a, when={LessEqual(0, hi): {"a": 1, "hi": -3}}),
        Equality(
            Sum(a, (i, lo, hi)),
            (hi - lo + 1) * a,
            when={LessEqual(lo, hi + 1): {"a": 1, "lo": 5, "hi": 2}},
        ),
        Equality(Sum(1, (i, 1, hi)), hi, when={LessEqual(0, hi): {"hi": -3}}),
        Equality(Sum(1, (i, lo, hi)), hi - lo + 1, when={LessEqual(lo, hi + 1): {"lo": 5, "hi": 2}}),
    ]


@rule(ref="graham1994, section 2.3")
def sum_const_bracket(a: Real, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """A constant is added as often as the range has values, and not at all where it has none."""
    return [
        Equality(Sum(1, (i, 1, hi)), Func("Max", hi, 0)),
        Equality(Sum(1, (i, lo, hi)), Func("Max", hi - lo + 1, 0)),
        Equality(Sum(a, (i, 1, hi)), Iverson(LessEqual(1, hi)) * hi * a),
        Equality(Sum(a, (i, lo, hi)), Iverson(LessEqual(lo, hi)) * (hi - lo + 1) * a),
    ]


@rule(ref="graham1994, section 2.1")
def sum_id(a: Real, b: Real, i: Bound, lo: Int, hi: Int) -> list[Relation]:
    """The sum of an arithmetic progression is the number of its terms times the mean of the first and the last."""
    from_one = {LessEqual(0, hi): {"a": 1, "b": 1, "hi": -3}}
    some = {LessEqual(lo, hi + 1): {"a": 1, "b": 1, "lo": 5, "hi": 2}}
    twice, count = (hi - lo + 1) * (lo + hi), hi - lo + 1
    return [
        Equality(Sum(i, (i, 1, hi)), hi * (hi + 1) / 2, when=from_one),
        Equality(Sum(i, (i, lo, hi)), twice / 2, when=some),
        Equality(Sum(a * i, (i, lo, hi)), a * twice / 2, when=some),
        Equality(Sum(i + b, (i, lo, hi)), twice / 2 + b * count, when=some),
        Equality(Sum(b - i, (i, lo, hi)), b * count - twice / 2, when=some),
        Equality(Sum(a * i + b, (i, lo, hi)), a * twice / 2 + b * count, when=some),
    ]


@rule(ref="graham1994, section 2.5")
def sum_sq(i: Bound, hi: Int) -> Relation:
    """The sum of the first squares."""
    return Equality(Sum(i**2, (i, 1, hi)), hi * (hi + 1) * (2 * hi + 1) / 6, when={LessEqual(0, hi): {"hi": -3}})


@rule(ref="graham1994, section 2.3")
def sum_geom(c: Real, i: Bound, hi: Int) -> Relation:
    """The sum of a geometric progression."""
    return Equality(
        Sum(c**i, (i, 0, hi)),
        (c ** (hi + 1) - 1) / (c - 1),
        when={Unequal(c, 1): {"c": 1, "hi": 2}, LessEqual(0, hi + 1): {"c": 2, "hi": -3}},
    )


@rule(ref="graham1994, section 3.4")
def sum_divides(f: Fn, i: Bound, c: Int, r: Int, lo: Int, hi: Int) -> list[Relation]:
    """A sum over the multiples of a number, counted one by one."""
    some = {"f": lambda i: 1, "c": 0, "lo": 0, "hi": 3}
    positive = {Less(0, c): {**some, "r": 1}}

    def multiples(shift: Any) -> Node:
        first, last = Func("ceiling", (lo - shift) / c), Func("floor", (hi - shift) / c)
        return Sum(f(c * i + shift), (i, first, last))

    return [
        Equality(
            Sum(Iverson(Divides(c, i)) * f(i), (i, lo, hi)),
            Sum(f(c * i), (i, Func("ceiling", lo / c), Func("floor", hi / c))),
            when={Less(0, c): some},
        ),
        Equality(Sum(Iverson(Divides(c, i - r)) * f(i), (i, lo, hi)), multiples(r), when=positive),
        Equality(Sum(Iverson(Divides(c, i + r)) * f(i), (i, lo, hi)), multiples(-r), when=positive),
    ]


@rule(ref="graham1994, section 3.4")
def sum_period(f: Fn, i: Bound, c: Int, r: Int, lo: Int) -> list[Relation]:
    """Among as many successive numbers as the divisor says, one leaves the remainder."""
    positive = {Less(0, c): {"f": lambda i: 1, "c": -1, "r": 0, "lo": 0}}
    return [
        Equality(Sum(Iverson(Divides(c, i - r)) * f(i), (i, 0, c - 1)), f(Func("Mod", r, c)), when=positive),
        Equality(Sum(Iverson(Divides(c, i + r)) * f(i), (i, 0, c - 1)), f(Func("Mod", -r, c)), when=positive),
        Equality(Sum(Iverson(Divides(c, i - r)) * f(i), (i, 1, c)), f(1 + Func("Mod", r - 1, c)), when=positive),
        Equality(Sum(Iverson(Divides(c, i + r)) * f(i), (i, 1, c)), f(1 + Func("Mod", -r - 1, c)), when=positive),
        Equality(
            Sum(Iverson(Divides(c, i - r)) * f(i), (i, lo, lo + c - 1)),
            f(lo + Func("Mod", r - lo, c)),
            when=positive,
        ),
    ]


@rule(ref="graham1994, section 2.3")
def sum_split(f: Fn, i: Bound, lo: Int, hi: Int, m: Int, j: Bound) -> Relation:
    """Two adjacent ranges make one."""
    return Equality(
        Sum(f(i), (i, lo, m)) + Sum(f(j), (j, m + 1, hi)),
        Sum(f(i), (i, lo, hi)),
        when={
            LessEqual(lo, m + 1): {"f": lambda i: 1, "lo": 4, "m": 1, "hi": 5},
            LessEqual(m, hi): {"f": lambda i: 1, "lo": 1, "m": 5, "hi": 2},
        },
    )


@rule(ref="graham1994, section 2.4")
def sum_shift(f: Fn, i: Bound, lo: Int, hi: Int, c: Int) -> Relation:
    """The index may be shifted with its range."""
    return Equality(Sum(f(i + c), (i, lo, hi)), Sum(f(i), (i, lo + c, hi + c)))


@rule(ref="graham1994, section 2.3")
def sum_empty(f: Fn, i: Bound, lo: End, hi: End) -> list[Relation]:
    """A sum over an empty range is 0."""
    return [
        Equality(Sum(f(i), (i, lo, hi)), 0, when={hi < lo: {"f": lambda i: 1, "lo": 1, "hi": 3}}),
        Equality(Sum(f(i), (i, oo, hi)), 0),
        Equality(Sum(f(i), (i, lo, -oo)), 0),
    ]


@rule(ref="graham1994, section 2.1")
def sum_pair(f: Fn, i: Bound) -> list[Relation]:
    """A sum of two terms, written out."""
    return [
        Equality(Sum(f(i), (i, 0, 1)), f(0) + f(1)),
        Equality(Sum(f(i), (i, 1, 2)), f(1) + f(2)),
    ]


@rule(ref="graham1994, section 2.3")
def sum_zero(i: Bound, lo: End, hi: End) -> Relation:
    """A sum of zeros is 0."""
    return Equality(Sum(0, (i, lo, hi)), 0)


@rule(ref="graham1994, section 2.1")
def sum_bracket_le(f: Fn, i: Bound, a: Int, lo: Int, hi: Int) -> list[Relation]:
    """A bracket that bounds the index cuts the range."""
    return [
        Equality(Sum(Iverson(LessEqual(i, a)) * f(i), (i, lo, hi)), Sum(f(i), (i, lo, Func("Min", a, hi)))),
        Equality(Sum(Iverson(LessEqual(a, i)) * f(i), (i, lo, hi)), Sum(f(i), (i, Func("Max", a, lo), hi))),
        Equality(Sum(Iverson(LessEqual(i, a)) * f(i), (i, lo, hi)), Sum(f(i), (i, lo, Func("Min", hi, a)))),
        Equality(Sum(Iverson(LessEqual(a, i)) * f(i), (i, lo, hi)), Sum(f(i), (i, Func("Max", lo, a), hi))),
    ]
