"""A table that nobody declared: what its entries are is not said, so that there is one for all indices."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from deltasift.check.world import Indices
from deltasift.domain import Table

REALS = tuple(Fraction(n, d) for n, d in ((1, 1), (2, 1), (-1, 1), (3, 1), (1, 2), (0, 1), (-2, 1), (3, 2), (5, 1)))
WHOLE = tuple(map(Fraction, (1, 2, 3, 0, -1, 4)))
SIMPLEST = ZERO, ONE, COUNT = 0, 1, 2  # seeds of tables that are 0, 1, or the sum of the indices


@dataclass(frozen=True)
class Everywhere(Table):
    """Says of a table that its entries are integers, or else reals, and no more."""

    whole: bool

    @property
    def integer(self) -> bool:
        return self.whole


class Entries(dict[Indices, Fraction]):
    """The entries of such a table in one world, each made when it is looked up; they follow from the seed alone."""

    def __init__(self, seed: int, whole: bool) -> None:
        super().__init__()
        self.seed = seed
        self.whole = whole

    def __contains__(self, indices: object) -> bool:
        return True

    def __missing__(self, indices: Indices) -> Fraction:
        self[indices] = value = self._value(indices)
        return value

    def _value(self, indices: Indices) -> Fraction:
        if self.seed in (ZERO, ONE):
            return Fraction(self.seed)
        if self.seed == COUNT:
            return Fraction(sum(indices))
        digest = sha256(f"{self.seed} {indices}".encode()).digest()
        values = WHOLE if self.whole else REALS
        return values[int.from_bytes(digest[:4], "big") % len(values)]
