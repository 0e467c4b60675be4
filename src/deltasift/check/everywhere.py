"""Tables and functions that nobody declared: nothing is said of where they have values, so they have one everywhere.

Entries are drawn between what is assumed of all of them; functions are smooth.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import product
from random import Random

from sympy.core.basic import Basic

from deltasift.check.world import Indices, Smooth
from deltasift.domain import Function, Table
from deltasift.inert import free

REALS = tuple(Fraction(n, d) for n, d in ((1, 1), (2, 1), (-1, 1), (3, 1), (1, 2), (0, 1), (-2, 1), (3, 2), (5, 1)))
WHOLE = tuple(map(Fraction, (1, 2, 3, 0, -1, 4)))
SIMPLEST = ZERO, ONE, COUNT = 0, 1, 2  # seeds of tables that are 0, 1, or the sum of the indices


@dataclass(frozen=True)
class Everywhere(Table):
    """Says of a table that its entries are integers, or else reals, and between which ends all of them lie.

    Attributes
    ----------
    whole : bool
    lo, hi : expression or None
    finite : bool
        Whether all but a few entries are 0 in some worlds, so that series have a sum there.
    """

    whole: bool
    lo: Basic | None = None
    hi: Basic | None = None
    finite: bool = False

    @property
    def integer(self) -> bool:
        return self.whole

    def depends(self) -> frozenset[Basic]:
        return frozenset().union(*(free(end) for end in (self.lo, self.hi) if end is not None))


@dataclass(frozen=True)
class Differentiable(Function):
    """Says of a function how many arguments it has, that it is smooth and, if it is damped, that it has integrals."""

    arity: int
    damped: bool = False


def exponents(arity: int) -> list[tuple[int, ...]]:
    """Return the exponents of the terms of a polynomial of so many variables."""
    degree = 3 if arity < 3 else 2
    found = [powers for powers in product(range(degree + 1), repeat=arity) if sum(powers) <= degree]
    return sorted(found, key=lambda powers: (sum(powers), powers))


def drawn(rng: Random, d: Differentiable) -> Smooth:
    """Return a function."""
    terms = ((rng.choice(REALS), powers) for powers in exponents(d.arity))
    found = tuple((c, powers) for c, powers in terms if c) or ((Fraction(1), (0,) * d.arity),)
    return Smooth(found, d.damped and rng.random() < 0.75)


def simplest(d: Differentiable) -> tuple[Smooth, ...]:
    """Return the simplest functions: 0, 1, and a name or a square of one."""
    few = exponents(d.arity)[: 1 + 2 * d.arity]
    constants = (Smooth(((Fraction(c), few[0]),)) for c in (0, 1))
    return (*constants, *(Smooth(((Fraction(1), powers),)) for powers in few[1:]))


class Entries(dict[Indices, Fraction]):
    """The entries of such a table in one world, each made when it is looked up; they follow from the seed alone."""

    def __init__(
        self,
        seed: int,
        whole: bool,
        lo: Fraction | None = None,
        hi: Fraction | None = None,
        reach: int | None = None,
    ) -> None:
        super().__init__()
        self.seed = seed
        self.whole = whole
        self.lo, self.hi = lo, hi
        self.reach = reach  # further out all entries are 0

    def __contains__(self, indices: object) -> bool:
        return True

    def __missing__(self, indices: Indices) -> Fraction:
        self[indices] = value = self._value(indices)
        return value

    def _value(self, indices: Indices) -> Fraction:
        if self.reach is not None and max(map(abs, indices), default=0) > self.reach:
            return Fraction(0)
        return self._inside(self._any(indices))

    def _inside(self, value: Fraction) -> Fraction:
        """Return a value between the ends."""
        lo, hi = self.lo, self.hi
        if lo is not None and hi is not None:
            width = hi - lo
            return lo + (value.numerator % (int(width) + 1) if self.whole else width * abs(value) / (1 + abs(value)))
        if lo is not None:
            return lo + abs(value)
        return value if hi is None else hi - abs(value)

    def _any(self, indices: Indices) -> Fraction:
        if self.seed in (ZERO, ONE):
            return Fraction(self.seed)
        if self.seed == COUNT:
            return Fraction(sum(indices))
        digest = sha256(f"{self.seed} {indices}".encode()).digest()
        values = WHOLE if self.whole else REALS
        return values[int.from_bytes(digest[:4], "big") % len(values)]
