"""The sizes that suffice: if two lines are equal in every model of these, they are at every size.

References
----------
The theorem and its proof are in `docs/explanation/small-models.md`; the underlying fact about set functions is that of
k-additivity: Grabisch (1997), k-order additive discrete fuzzy measures and their representation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check.small.counts import Counts, Divisors, Factor, Touched, both, largest
from deltasift.check.small.fragment import Fragment
from deltasift.check.small.sorts import Fixed, Outside, Range, Sort, Sorts
from deltasift.domain import Pmf, Reals, Size
from deltasift.inert import free
from deltasift.line.scope import Scope

__all__ = ["Outside", "SizeBound", "sizes_that_suffice"]


@dataclass(frozen=True)
class SizeBound:
    """Two lines as sums of local terms, and the sizes at which they decide all sizes.

    Attributes
    ----------
    sizes : mapping from a size to how large it must become
    before, after : Basic
        The lines with tables for what is no local term: these are to be compared.
    tables : mapping from the name of such a table to its domain
    totals : bool
        Whether the totals of pmfs may be used in the comparison.
    valued : bool
        Whether what is divided by, and what stands in logarithms, of whole sums has a value at every size by its form;
        if not, the lines are equal where both have a value.
    """

    sizes: Mapping[Basic, int]
    before: Basic
    after: Basic
    tables: Mapping[Symbol, Reals]
    totals: bool
    valued: bool


def sizes_that_suffice(before: Basic, after: Basic, scope: Scope, *, totals: bool = False) -> SizeBound:
    """Return the sizes that suffice to compare two lines.

    Parameters
    ----------
    before, after : Basic
    scope : Scope
        The domains; its assumptions are not used.
    totals : bool
        Whether it is used that pmfs sum to one. Without, their entries are any numbers that are not negative.

    Raises
    ------
    Outside
        If a line is outside of the fragment, with what it is.
    """
    reader = Fragment(scope, totals=totals)
    (first, one), (second, other) = reader.line(before), reader.line(after)
    nothing = Counts({})  # a line that is 0 has no terms
    counted = (nothing if first == 0 else one) + (nothing if second == 0 else other)
    terms = _undivided(counted, reader.divisors)
    named = {s for e in (before, after) for s in free(scope.unfold_all(e)) if isinstance(scope.domains.get(s), Size)}
    ends = {s: _ends(reader.sorts, s) for s in _sizes(reader.sorts, terms) | named}
    starred = _with_totals(scope, reader, (first, second)) if totals else frozenset()
    order = _in_order(ends)
    anchored = _anchored(order, ends, [t for t, _ in terms.values()], starred)
    need = dict.fromkeys(order, 1)
    for most in (m for _, every in terms.values() for m in every):
        touched = _without_factors(most)
        counts: dict[Basic, int] = {}
        for s in order:
            counts[s] = touched.get(s, 0) + (s in anchored) + _given(ends[s], counts)
            need[s] = max(need[s], counts[s])
    return SizeBound(need, first, second, reader.tables, totals, reader.valued)


@dataclass(frozen=True)
class _Ends:
    """What every model has of a sort whatever the term: the free indices, and the labels that lead into it."""

    constants: int
    labels: tuple[tuple[Range, ...], ...]


Undivided = dict[Divisors, tuple[Touched, frozenset[Touched]]]


def _undivided(counts: Counts, divisors: Mapping[Basic, Counts]) -> Undivided:
    """Multiply by every divisor to its highest power: what each term then touches at least, and at most."""
    highest: dict[Basic, int] = {}
    for d in counts.terms:
        for q, power in d:
            highest[q] = max(highest.get(q, 0), power)
    found: Undivided = {}
    for d, terms in counts.terms.items():
        have = dict(d)
        low, high = terms.least, terms.most
        for q, power in highest.items():
            ((_, own),) = divisors[q].terms.items()
            for _ in range(_missing(power, have.get(q, 0))):
                high = largest(both(v, w) for v in high for w in own.most)
                low = both(low, own.least)
        found[d] = low, high
    return found


def _missing(power: int, have: int) -> int:
    return power - have


def _sizes(sorts: Sorts, terms: Undivided) -> set[Basic]:
    touched = {key for low, every in terms.values() for v in (low, *every) for key, _ in v}
    return {key.size if isinstance(key, Factor) else key for key in touched} | sorts.used


def _ends(sorts: Sorts, size: Basic) -> _Ends:
    constants = sum(s.size == size for s in sorts.constants.values())
    return _Ends(constants, tuple(over for over, s in sorts.labels.values() if s.size == size))


def _with_totals(scope: Scope, reader: Fragment, lines: Iterable[Basic]) -> frozenset[Basic]:
    """Return the sizes of the pmfs of whose entries one is put in as what is left."""
    names = frozenset().union(*map(free, lines))
    found = set()
    for d in scope.domains.values():
        if isinstance(d, Pmf) and d.symbol in names:
            own = reader.sorts.range_of(d.classes.lo, d.classes.hi, {})
            if isinstance(own, Sort):
                found.add(own.size)
    return frozenset(found)


def _in_order(ends: Mapping[Basic, _Ends]) -> list[Basic]:
    """Return the sizes such that labels lead from earlier ones into later ones."""
    order: list[Basic] = []
    left = sorted(ends, key=str)
    while left:
        ready = [s for s in left if _sources(ends[s]).isdisjoint(left)]
        if not ready:
            raise Outside("labels that lead around in a circle")
        order += ready
        left = [s for s in left if s not in ready]
    return order


def _sources(ends: _Ends) -> set[Basic]:
    """Return the sizes from which labels lead into a sort."""
    return {r.size for over in ends.labels for r in over if isinstance(r, Sort)}


def _given(ends: _Ends, counts: Mapping[Basic, int]) -> int:
    """Return how many elements there are by the free indices, and by the labels of the elements of other sorts."""
    return ends.constants + sum(
        prod(r.hi - r.lo + 1 if isinstance(r, Fixed) else counts[r.size] for r in over) for over in ends.labels
    )


def _anchored(
    order: Iterable[Basic], ends: Mapping[Basic, _Ends], least: Iterable[Touched], starred: frozenset[Basic]
) -> frozenset[Basic]:
    """Return the sizes of which one fixed element is in every model: those that some term does not touch."""
    lowest = [dict(v) for v in least]
    found = set()
    counts: dict[Basic, int] = {}
    for s in order:
        by_terms = min((v.get(s, 0) for v in lowest), default=0)
        counts[s] = by_terms + _given(ends[s], counts)
        if counts[s] == 0 or s in starred:
            counts[s] += 1
            found.add(s)
    return frozenset(found)


def _without_factors(touched: Touched) -> dict[Basic, int]:
    """Return the counts with each factor at a label or a constant as one more element of its sort."""
    found: dict[Basic, int] = {}
    for key, count in touched:
        size = key.size if isinstance(key, Factor) else key
        found[size] = found.get(size, 0) + count
    return found
