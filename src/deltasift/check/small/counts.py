"""How many elements of each sort a term touches: what `sizes_that_suffice` counts with.

An expression is a sum of terms, each over tuples of elements. A `Touched` says how many elements of each sort a tuple
has; a `Counts` keeps the largest such tuples of the terms, which the bound needs, and the least, for the anchors, apart
for each product of divisors that the terms have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sympy.core.basic import Basic


class Factor(NamedTuple):
    """A factor that is an entry of a pmf at a class of this sort, the total of the pmf being put in for one entry."""

    size: Basic
    index: Basic


Touched = frozenset[tuple[Basic | Factor, int]]  # sorts, by their sizes, and factors, each with how often
Divisors = frozenset[tuple[Basic, int]]
NONE: Touched = frozenset()
UNDIVIDED: Divisors = frozenset()


def both(a: Touched | Divisors, b: Touched | Divisors) -> frozenset[tuple[Basic, int]]:
    """Return what a product touches, or is divided by."""
    found = dict(a)
    for key, count in b:
        found[key] = found.get(key, 0) + count
    return frozenset(found.items())


def least(a: Touched, b: Touched) -> Touched:
    """Return what each of two terms touches at least."""
    other = dict(b)
    return frozenset((key, min(count, other[key])) for key, count in a if key in other)


def largest(every: Iterable[Touched]) -> frozenset[Touched]:
    """Return those that are not below another."""
    found = set(every)
    return frozenset(v for v in found if not any(v != w and _is_below(v, w) for w in found))


def _is_below(a: Touched, b: Touched) -> bool:
    other = dict(b)
    return all(other.get(key, 0) >= count for key, count in a)


class Terms(NamedTuple):
    """The terms over one product of divisors: the largest tuples, and what each touches at least."""

    most: frozenset[Touched]
    least: Touched


@dataclass(frozen=True)
class Counts:
    """What the terms of an expression touch."""

    terms: Mapping[Divisors, Terms]

    @property
    def is_local(self) -> bool:
        """Whether it is one term without a bound element."""
        return self == LOCAL

    def __add__(self, other: Counts) -> Counts:
        found = dict(self.terms)
        for divisors, new in other.terms.items():
            old = found.get(divisors)
            found[divisors] = new if old is None else Terms(largest(old.most | new.most), least(old.least, new.least))
        return Counts(found)

    def __mul__(self, other: Counts) -> Counts:
        if self.is_local:
            return other
        if other.is_local:
            return self
        found = Counts({})
        for d, a in self.terms.items():
            for e, b in other.terms.items():
                most = largest(both(v, w) for v in a.most for w in b.most)
                found = found + Counts({both(d, e): Terms(most, both(a.least, b.least))})
        return found

    def over(self, divisor: Basic) -> Counts:
        """Return the counts of a quotient by what is free of bound names."""
        return Counts({both(d, frozenset([(divisor, 1)])): terms for d, terms in self.terms.items()})

    def summed(self, size: Basic, index: Basic) -> Counts:
        """Return the counts of a sum over a sort."""
        return Counts(
            {
                d: Terms(largest(_closed(v, size, index) for v in t.most), _closed(t.least, size, None))
                for d, t in self.terms.items()
            }
        )


LOCAL = Counts({UNDIVIDED: Terms(frozenset([NONE]), NONE)})


def touching(key: Basic | Factor) -> Counts:
    """Return the counts of what touches one element, or has one factor."""
    one: Touched = frozenset([(key, 1)])
    return Counts({UNDIVIDED: Terms(frozenset([one]), NONE if isinstance(key, Factor) else one)})


def _closed(touched: Touched, size: Basic, index: Basic | None) -> Touched:
    """Return what is touched where an index is bound: one element, or as many as it has factors with a total put in."""
    own = Factor(size, index) if index is not None else None
    factors = dict(touched).get(own, 0) if own is not None else 0
    rest = frozenset((key, count) for key, count in touched if key != own)
    return both(rest, frozenset([(size, max(1, factors))]))
