"""The Kronecker delta of two labels: its values, powers and products.

References
----------
Graham, Knuth and Patashnik (1994), Concrete Mathematics, section 2.1: the bracket of Iverson and its strong zero.
"""

from __future__ import annotations

from deltasift.inert import (
    And,
    Delta,
    Divides,
    Equality,
    Func,
    Iverson,
    Less,
    LessEqual,
    Log,
    Relation,
    Unequal,
    sqrt,
)
from deltasift.rule import Int, Real, rule


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
def delta_abs_cases(i: Int, c: Int) -> Relation:
    """A magnitude is that of two numbers, of one where it is 0, and of none where it would be negative."""
    two = Iverson(Less(0, c)) * Delta(i, c) + Iverson(Less(0, c)) * Delta(i, -c)
    return Equality(Delta(Func("Abs", i), c), two + Delta(c, 0) * Delta(i, 0))


@rule(ref="graham1994, section 2.1")
def delta_mul_right(a: Int, b: Int, c: Int, i: Int) -> list[Relation]:
    """Two multiples of a number are equal where it is 0, or else where it is multiplied by one number."""
    cases = Delta(a, b) + Iverson(Unequal(a, b)) * Delta(i, 0)
    return [Equality(Delta(a * i, b * i), cases), Equality(Delta(a * i + c, b * i + c), cases)]


@rule(ref="graham1994, section 3.2")
def delta_sq_root(i: Int, c: Int) -> Relation:
    """A square is that of a root and of its negative, if there is an integer root."""
    r = Func("floor", sqrt(Func("Max", c, 0)))
    is_square = Iverson(Equality(r**2, c))
    return Equality(Delta(i**2, c), is_square * Delta(i, r) + is_square * Iverson(Less(0, c)) * Delta(i, -r))


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
