"""What a value may be in a counterexample, the simplest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import gcd

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered
from deltasift.check.everywhere import SIMPLEST, Entries, Everywhere
from deltasift.check.world import RationalDensity, Tent

CANDIDATES = 12  # for one value
NEARLY = (10, 100, 1_000, 1_000_000)  # how often a probability that is nearly 1 is as large as another


def bound(balls: Balls, end: Basic | None) -> Fraction | None:
    """Return the bound of a real, None where there is none."""
    if end is None:
        return None
    value = balls.as_fraction(balls.value(end, {}))
    if value is None:
        raise NotCovered("a bound that is not rational")
    return value


def integers(lo: int, hi: int) -> tuple[Fraction, ...]:
    """Return integers from the least on."""
    return tuple(map(Fraction, range(lo, min(hi, lo + CANDIDATES - 1) + 1)))


def nearest(values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Return integers, those nearest to 0 first where some are negative."""
    if not values or values[0] >= 0:
        return tuple(values)
    return tuple(sorted(values, key=lambda v: (abs(v), v < 0)))


def reals(above: Fraction | None, below: Fraction | None) -> tuple[Fraction, ...]:
    """Return the simplest rationals strictly between two bounds."""
    inside = [x for x in _simple() if (above is None or above < x) and (below is None or x < below)]
    if not inside and above is not None and below is not None and above < below:
        inside = [above + (below - above) * t for t in (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3))]
    elif not inside and above is not None and below is None:
        inside = [above + t for t in (1, 2, Fraction(1, 2))]
    elif not inside and below is not None and above is None:
        inside = [below - t for t in (1, 2, Fraction(1, 2))]
    return tuple(inside[:CANDIDATES])


def tables(d: Everywhere, met: Iterable[object]) -> tuple[Entries, ...]:
    """Return the simplest tables without ranges, and after them those that were met."""
    known = [t for t in met if isinstance(t, Entries)]
    lo, hi = (known[0].lo, known[0].hi) if known else (None, None)
    return (*(Entries(seed, d.whole, lo, hi) for seed in SIMPLEST), *known)


@cache
def _simple() -> tuple[Fraction, ...]:
    """Return rationals by the size of numerator and denominator: 0, 1, -1, 2, 1/2, -2, -1/2, 3, ..."""
    found = [Fraction(0)]
    for height in range(1, 13):
        for p, q in sorted((p, q) for p in range(1, height + 1) for q in range(1, height + 1) if max(p, q) == height):
            if gcd(p, q) == 1:
                found += [Fraction(p, q), Fraction(-p, q)]
    return tuple(found)


@cache
def simplex(size: int, positive: bool) -> tuple[tuple[Fraction, ...], ...]:
    """Return probabilities by their common denominator, (1, 0), (0, 1), (1/2, 1/2), ...; then nearly 1."""
    found: list[tuple[Fraction, ...]] = []
    total = size if positive else 1
    while len(found) < CANDIDATES and total < size + CANDIDATES:
        for weights in compositions(total, size, 1 if positive else 0):
            if gcd(*weights, total) == 1:
                found.append(tuple(Fraction(w, total) for w in weights))
                if len(found) == CANDIDATES:
                    break
        total += 1
    for small in (Fraction(1, scale) for scale in NEARLY if size > 1 and scale >= 2 * size):
        found += [tuple(1 - (size - 1) * small if i == place else small for i in range(size)) for place in range(size)]
    return tuple(found)


def compositions(total: int, parts: int, least: int) -> Iterator[tuple[int, ...]]:
    """Yield so many integers of a given sum, none of them less than `least`."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(total - least * (parts - 1), (least if parts > 1 else total) - 1, -1):
        for rest in compositions(total - first, parts - 1, least):
            yield (first, *rest)


_SHAPES = tuple(
    (Fraction(centre), Fraction(scale))
    for centre, scale in ((0, 1), (1, 1), (0, 2), (-1, 1), (2, 1), (1, 2), (0, 3), (3, 1))
)
DENSITIES = tuple(RationalDensity(*shape) for shape in _SHAPES)
TENTS = tuple(Tent(*shape) for shape in _SHAPES)
