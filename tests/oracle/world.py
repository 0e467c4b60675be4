"""One concrete instance: values of the symbols, entries of the tables, values of the functions, all from a seed.

Tables and functions are random but reproducible: their values are hashes of the seed, the name and the arguments.
Beside an infinite range they vanish outside of a finite support, so that the range may be cut off.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from .cases import Declaration
from .values import ZERO, Number, Undefined, whole

Key = tuple[str, tuple[Number, ...]]


def number(*key: object) -> int:
    """Return a large integer that depends on nothing but the key."""
    return int.from_bytes(hashlib.blake2b(repr(key).encode(), digest_size=8).digest(), "big")


def arbitrary(positive: bool, *key: object) -> Fraction:
    """Return a fraction between -3 and 3 that is not 0, or between 0 and 3."""
    if positive:
        return Fraction(1 + number(*key) % 97, 40)
    return Fraction(number(*key) % 199 - 99, 37) or Fraction(1, 3)


@dataclass
class World:
    """The values of an instance."""

    declared: dict[str, Declaration]
    seed: int = 0
    symbols: dict[Any, Number] = field(default_factory=dict)
    namesakes: dict[str, set[Any]] = field(default_factory=dict)  # the symbols of one name
    bounds: dict[str, tuple[Callable[[], Number], Callable[[], Number]]] = field(default_factory=dict)
    support: int | None = None
    window: int = 24
    changed: dict[Key, Number] = field(default_factory=dict)
    karr: bool = False
    spent: int = 0

    def assign(self, assignment: dict[str, Number], seed: int) -> None:
        """Give the symbols of these names their values, and the tables and functions those of a seed."""
        self.seed, self.spent = seed, 0
        self.symbols.clear()
        for name, value in assignment.items():
            self.symbols.update(dict.fromkeys(self.namesakes.get(name, ()), value))

    def entry(self, name: str, indices: tuple[Number, ...]) -> Number:
        """Return the entry of a table."""
        if (name, indices) in self.changed:
            return self.changed[name, indices]
        declared = self.declared[name]
        if not self._supported(indices):
            return ZERO
        if "integer" not in declared.assumptions:
            return arbitrary("positive" in declared.assumptions, self.seed, name, indices)
        low, high = -1, 5
        if name in self.bounds:
            low, high = (whole(bound(), "the bound of a table") for bound in self.bounds[name])
        elif "positive" in declared.assumptions:
            low = 1
        elif "nonnegative" in declared.assumptions:
            low = 0
        if high < low:
            raise Undefined(f"{name} has no integer to be")
        return Fraction(low + number(self.seed, name, indices) % (high - low + 1))

    def function(self, name: str, args: tuple[Number, ...]) -> Number:
        """Return the value of an undefined function."""
        if not self._supported(args):
            return ZERO
        declared = self.declared.get(name)
        return arbitrary(declared is not None and "positive" in declared.assumptions, self.seed, name, args)

    def _supported(self, args: tuple[Number, ...]) -> bool:
        return self.support is None or all(abs(x) <= self.support for x in args)
