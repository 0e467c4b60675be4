"""The larger and the smaller of two numbers, magnitudes and square roots, and the cases in which they are written.

References
----------
Lang (2002), Algebra, chapter XI. Hardy, Littlewood and Polya (1952), Inequalities, section 1.1. Graham, Knuth and
Patashnik (1994), Concrete Mathematics, section 2.1.
"""

from __future__ import annotations

from sympy import S

from deltasift.inert import Abs, Equality, Iverson, Less, LessEqual, Max, Min, Piecewise, Pow, Relation, sqrt
from deltasift.rule import Real, rule


@rule(ref="hardy1952, section 1.1")
def max_comm(a: Real, b: Real) -> Relation:
    """The larger of two does not depend on their order."""
    return Equality(Max(a, b), Max(b, a))


@rule(ref="hardy1952, section 1.1")
def min_comm(a: Real, b: Real) -> Relation:
    """The smaller of two does not depend on their order."""
    return Equality(Min(a, b), Min(b, a))


@rule(ref="hardy1952, section 1.1")
def max_neg_zero(x: Real) -> Relation:
    """The negative part of a number is its positive part less the number."""
    return Equality(Max(-x, 0), Max(x, 0) - x)


@rule(ref="hardy1952, section 1.1")
def min_as_max(a: Real, b: Real) -> Relation:
    """The smaller and the larger of two add up to both of them."""
    return Equality(Min(a, b), a + b - Max(a, b))


@rule(ref="hardy1952, section 1.1")
def max_sub_zero(a: Real, b: Real) -> Relation:
    """What one number exceeds another by is the larger of them less the other."""
    return Equality(Max(a - b, 0), Max(a, b) - b)


@rule(ref="hardy1952, section 1.1")
def max_mul_of_pos(a: Real, x: Real) -> Relation:
    """A positive factor stands outside of the positive part."""
    return Equality(Max(a * x, 0), a * Max(x, 0), when={Less(0, a): {"a": -1, "x": 1}})


@rule(ref="hardy1952, section 1.1")
def max_as_positive_part(a: Real, b: Real) -> Relation:
    """The larger of two is the second and what the first exceeds it by."""
    return Equality(Max(a, b), b + Max(a - b, 0))


@rule(ref="hardy1952, section 1.1")
def max_of_min(x: Real, a: Real, b: Real) -> Relation:
    """A number is kept between two bounds in either order."""
    return Equality(Max(Min(x, b), a), Min(Max(x, a), b), when={LessEqual(a, b): {"x": 0, "a": 2, "b": 1}})


@rule(ref="lang2002, chapter XI")
def max_self_neg(x: Real) -> Relation:
    """The larger of a number and its negative is its magnitude."""
    return Equality(Max(x, -x), Abs(x))


@rule(ref="lang2002, chapter XI")
def abs_as_max(x: Real) -> Relation:
    """The magnitude is the positive part and the negative part together."""
    return Equality(Abs(x), 2 * Max(x, 0) - x)


@rule(ref="lang2002, chapter XI")
def abs_neg(x: Real) -> Relation:
    """A number and its negative have the same magnitude."""
    return Equality(Abs(-x), Abs(x))


@rule(ref="lang2002, chapter XI")
def abs_of_nonneg(x: Real) -> Relation:
    """A number that is not negative is its own magnitude."""
    return Equality(Abs(x), x, when={LessEqual(0, x): {"x": -1}})


@rule(ref="lang2002, chapter XI")
def abs_of_nonpos(x: Real) -> Relation:
    """The magnitude of a number that is not positive is its negative."""
    return Equality(Abs(x), -x, when={LessEqual(x, 0): {"x": 1}})


@rule(ref="lang2002, chapter XI")
def abs_div_of_pos(x: Real, y: Real) -> Relation:
    """A positive divisor stands outside of a magnitude."""
    return Equality(Abs(x / y), Abs(x) / y, when={Less(0, y): {"x": 1, "y": -1}})


@rule(ref="hardy1952, section 1.1")
def ramp_of_cases(a: Real, b: Real, x: Real) -> list[Relation]:
    """Two slopes that meet at 0 are one of them and the difference on one side."""
    return [
        Equality(Piecewise((a * x, LessEqual(0, x)), (b * x, S.true)), b * x + (a - b) * Max(x, 0)),
        Equality(Piecewise((a * x, Less(0, x)), (b * x, S.true)), b * x + (a - b) * Max(x, 0)),
    ]


@rule(ref="hardy1952, section 1.1")
def max_of_cases(a: Real, b: Real) -> list[Relation]:
    """The larger of two, written by cases."""
    return [
        Equality(Piecewise((a, LessEqual(b, a)), (b, S.true)), Max(a, b)),
        Equality(Piecewise((a, Less(b, a)), (b, S.true)), Max(a, b)),
    ]


@rule(ref="hardy1952, section 1.1")
def min_of_cases(a: Real, b: Real) -> list[Relation]:
    """The smaller of two, written by cases."""
    return [
        Equality(Piecewise((a, LessEqual(a, b)), (b, S.true)), Min(a, b)),
        Equality(Piecewise((a, Less(a, b)), (b, S.true)), Min(a, b)),
    ]


@rule(ref="lang2002, chapter XI")
def abs_of_cases(a: Real, b: Real) -> list[Relation]:
    """A distance, written by cases."""
    return [
        Equality(Piecewise((a - b, LessEqual(b, a)), (b - a, S.true)), Abs(a - b)),
        Equality(Piecewise((a - b, Less(b, a)), (b - a, S.true)), Abs(a - b)),
        Equality(Piecewise((a, LessEqual(0, a)), (-a, S.true)), Abs(a)),
        Equality(Piecewise((a, Less(0, a)), (-a, S.true)), Abs(a)),
        Equality(Piecewise((-a, LessEqual(a, 0)), (a, S.true)), Abs(a)),
        Equality(Piecewise((-a, Less(a, 0)), (a, S.true)), Abs(a)),
    ]


@rule(ref="graham1994, section 2.1")
def max_as_bracket(a: Real, b: Real) -> Relation:
    """The larger of two is the second, and what the first exceeds it by where it does."""
    return Equality(Max(a, b), b + Iverson(LessEqual(0, a - b)) * (a - b))


@rule(ref="graham1994, section 2.1")
def min_as_bracket(a: Real, b: Real) -> Relation:
    """The smaller of two is the second, less what it exceeds the first by where it does."""
    return Equality(Min(a, b), b + Iverson(LessEqual(0, b - a)) * (a - b))


@rule(ref="graham1994, section 2.1")
def cases_as_bracket(a: Real, b: Real, x: Real, y: Real) -> list[Relation]:
    """Cases of an order are the second of them, and the difference where the first is chosen."""
    return [
        Equality(Piecewise((a, LessEqual(x, y)), (b, S.true)), b + Iverson(LessEqual(0, y - x)) * (a - b)),
        Equality(Piecewise((a, Less(x, y)), (b, S.true)), a + Iverson(LessEqual(0, x - y)) * (b - a)),
    ]


@rule(ref="graham1994, section 2.1")
def bracket_of_order(x: Real, y: Real) -> list[Relation]:
    """The bracket of an order is that of a difference which is not negative, or what that leaves of 1."""
    return [
        Equality(Iverson(LessEqual(x, y)), Iverson(LessEqual(0, y - x))),
        Equality(Iverson(Less(x, y)), 1 - Iverson(LessEqual(0, x - y))),
    ]


@rule(ref="graham1994, section 2.1")
def bracket_sq(x: Real) -> Relation:
    """A bracket is its own square."""
    return Equality(Pow(Iverson(LessEqual(0, x)), 2), Iverson(LessEqual(0, x)))


@rule(ref="lang2002, chapter XI")
def abs_sq(x: Real) -> Relation:
    """The square of a magnitude is that of the number."""
    return Equality(Pow(Abs(x), 2), x**2)


@rule(ref="lang2002, chapter XI")
def sq_sqrt(x: Real) -> list[Relation]:
    """The square undoes the square root of a number that is not negative."""
    return [Equality(Pow(root, 2), x, when={LessEqual(0, x): {"x": -1}}) for root in (Pow(x, S.Half), sqrt(x))]


@rule(ref="lang2002, chapter XI")
def sqrt_sq(x: Real) -> list[Relation]:
    """The square root of a square is the magnitude."""
    return [Equality(root, Abs(x)) for root in (Pow(x**2, S.Half), sqrt(x**2))]
