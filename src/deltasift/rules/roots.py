"""Roots of unity: `root_of_unity(n, m)` is exp(2 pi i m / n) for integers n and m; nothing else here is not real.

References
----------
Oppenheim and Schafer (2010), Discrete-Time Signal Processing, section 8.1. Cormen, Leiserson, Rivest and Stein (2009),
Introduction to Algorithms, section 30.2.
"""

from __future__ import annotations

from deltasift.inert import Delta, Divides, Equality, Iverson, Less, LessEqual, Relation, Sum, root_of_unity
from deltasift.rule import Bound, Int, rule

NO_ORDER = {"n": 0, "a": 1, "b": 1}


@rule(ref="oppenheim2010, section 8.1")
def root_add(n: Int, a: Int, b: Int) -> Relation:
    """Powers of a root of unity are multiplied by adding their exponents."""
    whole = root_of_unity(n, a + b)
    return Equality(whole, root_of_unity(n, a) * root_of_unity(n, b), when={LessEqual(1, n): NO_ORDER})


@rule(ref="oppenheim2010, section 8.1")
def root_pow(n: Int, a: Int, b: Int) -> Relation:
    """A power of a power of a root of unity has the product of the exponents."""
    return Equality(root_of_unity(n, a) ** b, root_of_unity(n, a * b), when={LessEqual(1, n): NO_ORDER})


@rule(ref="oppenheim2010, section 8.1")
def root_zero(n: Int) -> Relation:
    """The power 0 of a root of unity is 1."""
    return Equality(root_of_unity(n, 0), 1, when={LessEqual(1, n): {"n": 0}})


@rule(ref="oppenheim2010, section 8.1")
def root_period(n: Int, a: Int, b: Int) -> list[Relation]:
    """The power n of a root of unity of order n is 1."""
    return [
        Equality(root_of_unity(n, n), 1, when={LessEqual(1, n): NO_ORDER}),
        Equality(root_of_unity(n, n * b), 1, when={LessEqual(1, n): NO_ORDER}),
        Equality(root_of_unity(n, a + n * b), root_of_unity(n, a), when={LessEqual(1, n): NO_ORDER}),
        Equality(root_of_unity(n, a + n), root_of_unity(n, a), when={LessEqual(1, n): NO_ORDER}),
    ]


@rule(ref="cormen2009, section 30.2")
def root_cancel(n: Int, a: Int, b: Int) -> list[Relation]:
    """A factor that the order and the exponent of a root of unity share is left out; half of the order gives -1."""
    conditions = {LessEqual(1, n): NO_ORDER, LessEqual(1, b): {"n": 2, "a": 1, "b": 0}}
    return [
        Equality(root_of_unity(n * b, a * b), root_of_unity(n, a), when=conditions),
        Equality(root_of_unity(2 * n, n), -1, when={LessEqual(1, n): NO_ORDER}),
    ]


@rule(ref="cormen2009, section 30.2")
def root_half(n: Int, a: Int) -> Relation:
    """Half of the order of a root of unity, added to its exponent, turns the sign."""
    whole = root_of_unity(2 * n, a + n)
    return Equality(whole, -root_of_unity(2 * n, a), when={LessEqual(1, n): {"n": 0, "a": 1}})


@rule(ref="oppenheim2010, section 8.1")
def sum_root(n: Int, a: Int, b: Int, k: Bound) -> list[Relation]:
    """The powers of a root of unity add up to 0, unless all of them are 1."""
    apart = {Less(a - b, n): {"n": 2, "a": 2, "b": 0}, Less(b - a, n): {"n": 2, "a": 0, "b": 2}}
    ranges = [(k, 1, n), (k, 0, n - 1)]
    return [
        *(Equality(Sum(root_of_unity(n, k * (a - b)), r), n * Delta(a, b), when=apart) for r in ranges),
        *(
            Equality(
                Sum(root_of_unity(n, k * a), r), n * Iverson(Divides(n, a)), when={LessEqual(1, n): {"n": -1, "a": 1}}
            )
            for r in ranges
        ),
        *(Equality(Sum(root_of_unity(n, power), r), Delta(n, 1)) for power in (k, -k) for r in ranges),
    ]
