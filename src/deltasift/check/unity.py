"""Roots of unity: the only values that are not real. Exact in a finite model, else complex enclosures."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from deltasift.check.reasons import NotCovered, NoValue

HIGHEST = 360  # order up to which a root is written in powers of the first one


def order_and_power(args: list[Fraction | None]) -> tuple[int, int]:
    """Return the order of a root of unity, and which power of the first one it is, below that order.

    Raises
    ------
    NoValue, NotCovered
    """
    if len(args) != 2 or None in args:
        raise NotCovered("a root of unity whose order or power is not known exactly")
    n, m = (Fraction(a) for a in args if a is not None)
    if n.denominator != 1 or m.denominator != 1 or n < 1:
        raise NoValue(f"a root of unity of order {n} and power {m}")
    return int(n), int(m % n)


def enclosed(order: int, power: int) -> Any:
    """Return a root of unity as an exact number, or as a complex ball."""
    import flint

    if 2 * power % order == 0:
        return flint.fmpq(-1 if power else 1)
    return flint.acb(flint.arb(flint.fmpq(2 * power, order))).exp_pi_i()


@lru_cache(4096)
def in_basis(order: int, power: int) -> tuple[int, ...]:
    """Return the coefficients of a power of the first root of an order in its powers below the order's totient.

    These are linearly independent over the rationals, so that two sums of roots of one order are equal just where
    their coefficients are.

    Raises
    ------
    NotCovered
    """
    import flint

    if order > HIGHEST:
        raise NotCovered(f"roots of unity of an order above {HIGHEST}")
    x = flint.fmpz_poly([0, 1])
    return tuple(int(c) for c in (x ** (power % order) % flint.fmpz_poly.cyclotomic(order)).coeffs())
