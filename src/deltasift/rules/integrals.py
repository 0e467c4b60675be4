"""Integrals, and the Dirac delta under them.

References
----------
Rudin (1987), Real and Complex Analysis, chapter 1. Strichartz (2003), A Guide to Distribution Theory, chapter 1.
"""

from __future__ import annotations

from deltasift.inert import Dirac, Equality, Integral, Less, Property, Relation, Sum
from deltasift.rule import Bound, End, Fn, Int, Real, rule


@rule(ref="strichartz2003, section 1.2")
def integral_dirac(f: Fn, x: Bound, a: Real, lo: End, hi: End) -> Relation:
    """The delta sifts out the value at its point, where the function is continuous."""
    return Equality(
        Integral(Dirac(x - a) * f(x), (x, lo, hi)),
        f(a),
        when={
            Less(lo, a): {"f": lambda x: 1, "a": 0, "lo": 1, "hi": 3},
            Less(a, hi): {"f": lambda x: 1, "a": 4, "lo": 1, "hi": 3},
            Property("continuous", f(a), a): {
                "f": lambda x: None if x == 0 else 1,
                "a": 0,
                "lo": -1,
                "hi": 1,
            },
        },
    )


@rule(ref="rudin1987, theorem 1.27")
def integral_sum(f: Fn, x: Bound, i: Bound, lo: End, hi: End, a: Int, b: Int) -> Relation:
    """A finite sum and an integral may be exchanged."""
    return Equality(Integral(Sum(f(x, i), (i, a, b)), (x, lo, hi)), Sum(Integral(f(x, i), (x, lo, hi)), (i, a, b)))


@rule(ref="rudin1987, theorem 1.32")
def integral_add(f: Fn, g: Fn, x: Bound, lo: End, hi: End) -> Relation:
    """The integral of a sum is the sum of the integrals."""
    return Equality(Integral(f(x) + g(x), (x, lo, hi)), Integral(f(x), (x, lo, hi)) + Integral(g(x), (x, lo, hi)))


@rule(ref="rudin1987, theorem 1.32")
def integral_mul(a: Real, f: Fn, x: Bound, lo: End, hi: End) -> Relation:
    """A factor free of the variable moves out of the integral."""
    return Equality(Integral(a * f(x), (x, lo, hi)), a * Integral(f(x), (x, lo, hi)))
