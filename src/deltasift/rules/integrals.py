"""Integrals, and the Dirac delta under them.

References
----------
Rudin (1987), Real and Complex Analysis, chapter 1. Strichartz (2003), A Guide to Distribution Theory, chapter 1.
"""

from __future__ import annotations

from typing import Any

from sympy import S

from deltasift.inert import Continuous, Dirac, Equality, ForAll, Integrable, Integral, Less, LessEqual, Relation, Sum
from deltasift.rule import Bound, Fn, Int, Real, rule


@rule(ref="strichartz2003, section 1.2")
def integral_dirac(f: Fn, x: Bound, a: Real, c: Real, lo: Real, hi: Real) -> list[Relation]:
    """The delta sifts out the value at its point, where the function is continuous."""

    def within(point: Any, **others: int) -> dict[Any, dict[str, Any]]:
        """The point lies inside of the interval, and f is continuous there; breaking points have it at a."""
        one: dict[str, Any] = {"f": lambda x: 1} | others
        jump = {"f": lambda x: None if x == 0 else 1, "a": 0, "lo": -1, "hi": 1} | others
        return {
            Less(lo, point): one | {"a": 0, "lo": 1, "hi": 3},
            Less(point, hi): one | {"a": 4, "lo": -1, "hi": 3},
            Continuous(f(x), x, point): jump,
        }

    mirrored = within(-a)
    mirrored[Less(lo, -a)] = {"f": lambda x: 1, "a": 0, "lo": 1, "hi": 3}
    mirrored[Less(-a, hi)] = {"f": lambda x: 1, "a": -4, "lo": -1, "hi": 3}
    here: dict[Any, dict[str, Any]] = {
        Less(lo, S.Zero): {"f": lambda x: 1, "lo": 1, "hi": 3},
        Less(S.Zero, hi): {"f": lambda x: 1, "lo": -3, "hi": -1},
        Continuous(f(x), x, S.Zero): {"f": lambda x: None if x == 0 else 1, "lo": -1, "hi": 1},
    }
    scaled = within(a / c, c=1)
    return [
        Equality(Integral(Dirac(x - a) * f(x), (x, lo, hi)), f(a), when=within(a)),
        Equality(Integral(Dirac(a - x) * f(x), (x, lo, hi)), f(a), when=within(a)),
        Equality(Integral(Dirac(x + a) * f(x), (x, lo, hi)), f(-a), when=mirrored),
        Equality(Integral(Dirac(x) * f(x), (x, lo, hi)), f(S.Zero), when=here),
        Equality(
            Integral(Dirac(c * x - a) * f(x), (x, lo, hi)),
            f(a / c) / c,
            when={Less(0, c): {"f": lambda x: 1, "a": -1, "c": -1, "lo": 0, "hi": 3}} | scaled,
        ),
    ]


@rule(ref="strichartz2003, section 1.2")
def integral_dirac_outside(f: Fn, x: Bound, a: Real, lo: Real, hi: Real) -> list[Relation]:
    """A point mass outside of the interval adds nothing."""
    inside = {"f": lambda x: 1, "a": 2, "lo": 1, "hi": 3}
    at_zero = {"f": lambda x: 1, "lo": -1, "hi": 1}
    reversed_below = {LessEqual(lo, hi): {"f": lambda x: 1, "a": 2, "lo": 3, "hi": 1}}
    reversed_at_zero = {LessEqual(lo, hi): {"f": lambda x: 1, "lo": 1, "hi": -1}}
    return [
        Equality(Integral(Dirac(x - a) * f(x), (x, lo, hi)), 0, when={Less(a, lo): inside} | reversed_below),
        Equality(Integral(Dirac(x - a) * f(x), (x, lo, hi)), 0, when={Less(hi, a): inside} | reversed_below),
        Equality(Integral(Dirac(x) * f(x), (x, lo, hi)), 0, when={Less(0, lo): at_zero} | reversed_at_zero),
        Equality(Integral(Dirac(x) * f(x), (x, lo, hi)), 0, when={Less(hi, 0): at_zero} | reversed_at_zero),
    ]


@rule(ref="rudin1987, theorem 1.27")
def integral_sum(f: Fn, x: Bound, i: Bound, lo: Real, hi: Real, a: Int, b: Int) -> Relation:
    """A finite sum and an integral may be exchanged."""
    term = Integral(f(x, i), (x, lo, hi))
    return Equality(
        Integral(Sum(f(x, i), (i, a, b)), (x, lo, hi)),
        Sum(term, (i, a, b)),
        when={ForAll(Integrable(term), (i, a, b)): {"f": Dirac(x), "lo": 0, "hi": 1, "a": 1, "b": 2}},
    )


@rule(ref="rudin1987, theorem 1.32")
def integral_add(f: Fn, g: Fn, x: Bound, lo: Real, hi: Real) -> list[Relation]:
    """The integral of a sum is the sum of the integrals."""
    first, second = Integral(f(x), (x, lo, hi)), Integral(g(x), (x, lo, hi))
    when = {
        Integrable(first): {"f": Dirac(x), "g": Dirac(x - 1), "lo": 0, "hi": 2},
        Integrable(second): {"f": Dirac(x - 1), "g": Dirac(x), "lo": 0, "hi": 2},
    }
    return [
        Equality(Integral(f(x) + g(x), (x, lo, hi)), first + second, when=when),
        Equality(Integral(f(x) - g(x), (x, lo, hi)), first - second, when=when),
        Equality(-Integral(f(x) + g(x), (x, lo, hi)), -first - second, when=when),
        Equality(-Integral(f(x) - g(x), (x, lo, hi)), second - first, when=when),
    ]


@rule(ref="rudin1987, theorem 1.32", backwards="A factor free of the variable moves into the integral.")
def integral_mul(a: Real, f: Fn, x: Bound, lo: Real, hi: Real) -> Relation:
    """A factor free of the variable moves out of the integral."""
    inner = Integral(f(x), (x, lo, hi))
    return Equality(
        Integral(a * f(x), (x, lo, hi)),
        a * inner,
        when={Integrable(inner): {"a": 0, "f": Dirac(x), "lo": 0, "hi": 1}},
    )


@rule(ref="rudin1987, theorem 1.32")
def integral_zero(x: Bound, lo: Real, hi: Real) -> Relation:
    """The integral of zero is 0."""
    return Equality(Integral(0, (x, lo, hi)), 0)
