"""Sizes, indices and what has entries: labels, reals, pmfs, and the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from random import Random
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.domain.base import Domain, Fact, Range, Show, Word
from deltasift.errors import DomainError
from deltasift.inert import And, Entry, Equality, Less, LessEqual, Node, RowName, Sum, inert, substitute
from deltasift.inert.node import Given
from deltasift.said import Said


@dataclass(frozen=True, repr=False)
class Size(Domain):
    """A number of things, at least 1."""

    @property
    def integer(self) -> bool:
        return True

    def facts(self) -> tuple[Fact, ...]:
        return (Fact(LessEqual(1, self), self.symbol, (), Said(self.symbol, " is a size")),)


@dataclass(frozen=True, repr=False)
class Index(Domain):
    """A bound index that knows its range `lo..hi`."""

    lo: Basic
    hi: Basic
    origin: Given = field(default=frozenset(), repr=False)

    @property
    def integer(self) -> bool:
        return True

    @property
    def limit(self) -> Range:
        return self.symbol, self.lo, self.hi

    def says(self, show: Show, word: Word) -> str:
        return show(self.symbol) + word(" is one of ") + said_range(self.lo, self.hi, show, word)

    def facts(self) -> tuple[Fact, ...]:
        source = Said(self.symbol, " runs from ", self.lo, " to ", self.hi)
        bounds = ((self.lo, S.NegativeInfinity), (self.hi, S.Infinity))
        statements = (LessEqual(self.lo, self), LessEqual(self, self.hi))
        return tuple(
            Fact(s, self.symbol, (), source) for s, (b, none) in zip(statements, bounds, strict=True) if b is not none
        )

    def mentions(self) -> Iterable[Domain]:
        return self.origin


@dataclass(frozen=True, repr=False)
class Table(Domain):
    """Base of what has entries: `q[k]`, one for each value of its indices."""

    over: tuple[Index, ...]

    def __getitem__(self, indices: Any) -> Any:
        written = indices if isinstance(indices, tuple) else (indices,)
        if not self.over:
            raise DomainError(f"{self.name} is one number and has no entries")
        if 0 < len(written) == len(self.over) - 1:
            return Row(self, tuple(inert(i) for i in written), origin_of(*written))
        if len(written) != len(self.over):
            raise DomainError(f"{self.name} has {len(self.over)} indices, not {len(written)}")
        return Entry(self, *written)

    def __iter__(self) -> Any:
        raise DomainError(f"{self.name} cannot be iterated over: its size is symbolic")

    @property
    def ranges(self) -> tuple[Range, ...]:
        return tuple(i.limit for i in self.over)

    @property
    def entry(self) -> Basic:
        """The typical entry `q[k]`, or the symbol where there are no indices."""
        return Entry(self.symbol, *(i.symbol for i in self.over)) if self.over else self.symbol

    def mentions(self) -> Iterable[Domain]:
        return self.over

    def _bounds(self, lo: Basic | None, hi: Basic | None, strict: bool, source: str) -> tuple[Fact, ...]:
        relation = Less if strict else LessEqual
        pairs = ((lo, self.entry), (self.entry, hi))
        return tuple(
            Fact(relation(a, b), self.entry, self.ranges, source) for a, b in pairs if a is not None and b is not None
        )


@dataclass(frozen=True, repr=False)
class Row:
    """What a table is where all of its indices but the last are fixed: `r[x]`, the distribution `r[x, z]` over z.

    It is what a quantity may be of, and no number, so that nothing can be computed with it.
    """

    table: Table
    at: tuple[Basic, ...]
    origin: Given = field(default=frozenset(), repr=False)

    @property
    def name(self) -> str:
        return str(RowName(self.table, *self.at))

    @property
    def over(self) -> tuple[Index]:
        """The index that is left, its range as it is there."""
        *rows, last = self.table.over
        here = {i.symbol: value for i, value in zip(rows, self.at, strict=True)}
        return (Index(last.name, put_values(last.lo, here), put_values(last.hi, here), last.origin),)

    @property
    def classes(self) -> Index:
        return self.over[0]

    @property
    def operand(self) -> Node:
        """What names it in an expression."""
        named = RowName(self.table, *self.at)
        return RowName.make(named.args, named.given | self.origin)

    def __getitem__(self, index: Any) -> Any:
        return self.table[(*self.at, *(index if isinstance(index, tuple) else (index,)))]

    def __iter__(self) -> Any:
        raise DomainError(f"{self.name} cannot be iterated over: its size is symbolic")

    def __repr__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class Labels(Table):
    """A table of integers in `lo..hi`: `y[n]`; those that count something are numbers, and no names of classes."""

    lo: Basic
    hi: Basic
    classes: Index | None = None
    origin: Given = field(default=frozenset(), repr=False)
    counted: bool = False

    @property
    def first(self) -> Basic | None:
        """The page's first label, which a program calls 0 or 1; None for counts, which are the same in both."""
        return None if self.counted else self.lo

    @property
    def integer(self) -> bool:
        return True

    def says(self, show: Show, word: Word) -> str:
        what = " is a count in " if self.counted else " is a label, one of "
        return show(self.entry) + word(what) + said_range(self.lo, self.hi, show, word)

    def facts(self) -> tuple[Fact, ...]:
        said = " lies in " if self.counted else " is one of "
        return self._bounds(self.lo, self.hi, False, Said(self.entry, said, self.lo, ", ..., ", self.hi))

    def drawn(self, rng: Random, count: int, lo: int, hi: int) -> Sequence[int] | None:
        """Return as many entries between two numbers as there are places, None where there are none."""
        return [rng.randint(lo, hi) for _ in range(count)] if lo <= hi else None

    def models(self, count: int, lo: int, hi: int) -> Iterator[Sequence[int]]:
        """Yield all ways to fill as many places."""
        return product(range(lo, hi + 1), repeat=count)

    def mentions(self) -> Iterable[Domain]:
        return (*self.over, *((self.classes,) if self.classes else ()), *self.origin)


@dataclass(frozen=True, repr=False)
class Reals(Table):
    """A real number, or a table of them, strictly between `above` and `below` where these are given."""

    above: Basic | None = None
    below: Basic | None = None
    origin: Given = field(default=frozenset(), repr=False)

    def mentions(self) -> Iterable[Domain]:
        return (*self.over, *self.origin)

    def says(self, show: Show, word: Word) -> str:
        bounds = [show(Less(self.above, self.entry))] if self.above is not None else []
        bounds += [show(Less(self.entry, self.below))] if self.below is not None else []
        return show(self.entry) + word(" is real") + (word(", ") + word(" and ").join(bounds) if bounds else "")

    def facts(self) -> tuple[Fact, ...]:
        if self.above is None and self.below is None:
            return ()
        low = [Less(self.above, self.entry)] if self.above is not None else []
        high = [Less(self.entry, self.below)] if self.below is not None else []
        whole = And(*low, *high) if low and high else (low or high)[0]
        return self._bounds(self.above, self.below, True, Said("given ", whole))

    @property
    def limit(self) -> Range:
        """The real line, for an integral over this name."""
        if self.over:
            raise DomainError(f"{self.name} is a table: an integral is over a single real")
        return (
            self.symbol,
            S.NegativeInfinity if self.above is None else self.above,
            S.Infinity if self.below is None else self.below,
        )


@dataclass(frozen=True, repr=False)
class Pmf(Table):
    """Probabilities over the classes of the last index; with `given`, one distribution for each of its values."""

    positive: bool = False

    @property
    def classes(self) -> Index:
        """The index that is summed to one."""
        return self.over[-1]

    def says(self, show: Show, word: Word) -> str:
        low = Less(0, self.entry) if self.positive else LessEqual(0, self.entry)
        total = Equality(Sum(self.entry, self.classes), 1)
        return show(self.symbol) + word(" is a pmf: ") + show(low) + word(" and ") + show(total)

    def facts(self) -> tuple[Fact, ...]:
        source = Said(self.symbol, " is a pmf" + " with positive entries" * self.positive)
        low = self._bounds(S.Zero, None, self.positive, source)
        return (*low, *self._bounds(None, S.One, False, source))


def put_values(body: Basic, values: Mapping[Symbol, Basic]) -> Basic:
    return substitute(body, {n: v for n, v in values.items() if n != v})


def said_range(lo: Basic, hi: Basic, show: Show, word: Word) -> str:
    """Return the integers of a range as a sentence lists them."""
    if lo.is_Integer and hi.is_Integer and hi - lo == 1:
        return show(lo) + word(" or ") + show(hi)
    if lo.is_Integer and hi.is_Integer and hi - lo == 2:
        return show(lo) + word(", ") + show(lo + 1) + word(" or ") + show(hi)
    return show(lo) + word(", ..., ") + show(hi)


def origin_of(*ends: Any) -> Given:
    """Return the domains that the ends of a range were written with."""
    return frozenset().union(*(getattr(end, "_given", frozenset()) for end in ends))
