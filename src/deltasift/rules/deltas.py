"""The Kronecker delta under sums and products, and on two labels.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1: the bracket of Iverson and its strong zero.
"""

from __future__ import annotations

from typing import Any

from sympy import S

from deltasift.inert import (
    And,
    Delta,
    Divides,
    Equality,
    Func,
    IsInteger,
    Iverson,
    Less,
    LessEqual,
    Log,
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
def delta_comm(i: Int, j: Int) -> Relation:
    """The delta is symmetric."""
    return Equality(Delta(i, j), Delta(j, i))


@rule(ref="graham1994, section 2.1")
def delta_self(i: Int) -> Relation:
    """Equal arguments make the delta 1."""
    return Equality(Delta(i, i), 1)


@rule(ref="graham1994, section 2.1")
def delta_eq(i: Real, j: Real) -> Relation:
    """The delta of equal numbers is 1."""
    return Equality(Delta(i, j), 1, when={Equality(i, j): {"i": 1, "j": 2}})


@rule(ref="graham1994, section 2.1")
def delta_ne(i: Real, j: Real) -> Relation:
    """The delta of different numbers is 0."""
    return Equality(Delta(i, j), 0, when={Unequal(i, j): {"i": 1, "j": 1}})


@rule(ref="graham1994, section 2.1")
def delta_mul_ne(i: Real, j: Real, a: Real) -> Relation:
    """The delta of different numbers makes its term 0."""
    return Equality(Delta(i, j) * a, 0, when={Unequal(i, j): {"i": 1, "j": 1, "a": 1}})


@rule(ref="graham1994, section 2.1")
def delta_mul_delta_ne(i: Real, j: Real, k: Real, a: Real) -> list[Relation]:
    """One index is not equal to two different ones."""
    return [
        Equality(Delta(i, j) * Delta(i, k) * a, 0, when={Unequal(j, k): {"i": 1, "j": 1, "k": 1, "a": 1}}),
        Equality(Delta(i, j) * Delta(i, k), 0, when={Unequal(j, k): {"i": 1, "j": 1, "k": 1}}),
    ]


@rule(ref="graham1994, section 2.1")
def delta_pow(i: Real, j: Real, c: Real) -> Relation:
    """A delta is its own power."""
    return Equality(Delta(i, j) ** c, Delta(i, j), when={Less(0, c): {"i": 1, "j": 2, "c": 0}})


@rule(ref="graham1994, section 2.1")
def delta_abs(i: Int, c: Int) -> Relation:
    """Two numbers have a magnitude that is not 0."""
    return Equality(Delta(Func("Abs", i), c), Delta(i, c) + Delta(i, -c), when={Less(0, c): {"i": 0, "c": 0}})


@rule(ref="graham1994, section 2.1")
def delta_sq(i: Int, j: Int) -> list[Relation]:
    """Equal squares belong to equal or opposite numbers."""
    return [
        Equality(
            Delta(i**2, j**2),
            Delta(i, j),
            when={LessEqual(0, i): {"i": -1, "j": 1}, LessEqual(0, j): {"i": 1, "j": -1}},
        ),
        Equality(Delta(i**2, j**2), Delta(i, j) + Delta(i, -j) - Delta(i, j) * Delta(i, -j)),
    ]


@rule(ref="graham1994, section 2.1")
def delta_mul_left(c: Int, i: Int, j: Int) -> list[Relation]:
    """A factor that is not 0 may be cancelled."""
    return [
        Equality(Delta(c * i, c * j), Delta(i, j), when={Unequal(c, 0): {"c": 0, "i": 1, "j": 2}}),
        Equality(Delta(c * i, c), Delta(i, 1), when={Unequal(c, 0): {"c": 0, "i": 2}}),
    ]


@rule(ref="graham1994, section 3.4")
def delta_mod(i: Int, c: Int, r: Int) -> Relation:
    """A number leaves the remainder r if its difference to r is a multiple."""
    return Equality(
        Delta(Func("Mod", i, c), r),
        Iverson(Divides(c, i - r)),
        when={
            LessEqual(0, r): {"i": 1, "c": 2, "r": -1},
            Less(r, c): {"i": 0, "c": 2, "r": 2},
        },
    )


@rule(ref="graham1994, section 3.1")
def delta_floor(i: Int, c: Int, m: Int) -> Relation:
    """A number is rounded down to m if it is at least m and less than m + 1."""
    return Equality(
        Delta(Func("floor", i / c), m),
        Iverson(And(LessEqual(c * m, i), Less(i, c * m + c))),
        when={Less(0, c): {"i": -1, "c": -1, "m": 1}},
    )


@rule(ref="graham1994, section 3.1")
def delta_ceiling(i: Int, c: Int, m: Int) -> Relation:
    """A number is rounded up to m if it is at most m and more than m - 1."""
    return Equality(
        Delta(Func("ceiling", i / c), m),
        Iverson(And(Less(c * m - c, i), LessEqual(i, c * m))),
        when={Less(0, c): {"i": -1, "c": -1, "m": 1}},
    )


@rule(ref="graham1994, section 2.1")
def delta_max(i: Int, j: Int, m: Int) -> Relation:
    """The larger one is m if the first is and the second is not above it, or the second alone is."""
    first = Delta(i, m) * Iverson(LessEqual(j, m))
    return Equality(Delta(Func("Max", i, j), m), first + Delta(j, m) * Iverson(Less(i, m)))


@rule(ref="graham1994, section 2.1")
def delta_min(i: Int, j: Int, m: Int) -> Relation:
    """The smaller one is m if the first is and the second is not below it, or the second alone is."""
    first = Delta(i, m) * Iverson(LessEqual(m, j))
    return Equality(Delta(Func("Min", i, j), m), first + Delta(j, m) * Iverson(Less(m, i)))


@rule(ref="graham1994, section 2.1")
def pow_mul_delta(x: Real, c: Real, i: Int, j: Int, k: Int, m: Int) -> list[Relation]:
    """A delta in the exponent is taken last."""
    return [
        Equality(x ** (Delta(k, m) * Delta(i, j)), (x ** Delta(k, m)) ** Delta(i, j)),
        Equality(x ** (c * Delta(i, j)), (x**c) ** Delta(i, j), when={Less(0, x): {"x": 0, "c": -1, "i": 1, "j": 2}}),
    ]


@rule(ref="graham1994, section 2.1")
def delta_pow_zero(i: Int, c: Int) -> Relation:
    """A power is 0 only where its base is."""
    return Equality(Delta(i**c, 0), Delta(i, 0), when={Less(0, c): {"i": 0, "c": 0}})


@rule(ref="graham1994, section 2.1")
def delta_abs_zero(i: Int) -> Relation:
    """A magnitude is 0 only where its number is."""
    return Equality(Delta(Func("Abs", i), 0), Delta(i, 0))


@rule(ref="graham1994, section 2.1")
def delta_mul_zero(i: Int, j: Int) -> Relation:
    """A product is 0 where one of its factors is, or else the other."""
    return Equality(Delta(i * j, 0), Delta(i, 0) + Iverson(Unequal(i, 0)) * Delta(j, 0))


@rule(ref="graham1994, section 2.1")
def delta_mul_self(i: Real, j: Real) -> Relation:
    """A delta is its own square."""
    return Equality(Delta(i, j) * Delta(i, j), Delta(i, j))


@rule(ref="graham1994, section 2.1")
def delta_mul_log_delta(i: Real, j: Real) -> Relation:
    """A delta is 0 or 1, and 0 log 0 = 0 = 1 log 1."""
    return Equality(Delta(i, j) * Log(Delta(i, j)), 0)


@rule(ref="murphy2022, section 2.4")
def delta_one(y: Int) -> Relation:
    """A label in {0, 1} is the indicator of 1."""
    return Equality(Delta(y, 1), y, when={LessEqual(0, y): {"y": -1}, LessEqual(y, 1): {"y": 2}})


@rule(ref="murphy2022, section 2.4")
def delta_zero(y: Int) -> Relation:
    """One minus a label in {0, 1} is the indicator of 0."""
    return Equality(Delta(y, 0), 1 - y, when={LessEqual(0, y): {"y": -1}, LessEqual(y, 1): {"y": 2}})


@rule(ref="graham1994, section 2.1")
def delta_sift(f: Fn, i: Bound, a: Int, lo: Int, hi: Int) -> Relation:
    """Under a delta one argument may be put for the other."""
    return Equality(Sum(delta(i, a) * f(i), (i, lo, hi)), Sum(delta(i, a) * f(a), (i, lo, hi)))
