"""The sorts of a line: the elements 1..N (or 0..N - 1) of each size, and which terms name an element of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import S
from sympy.core.basic import Basic

from deltasift.domain import Domain, Index, Labels, Size
from deltasift.errors import DeltasiftError
from deltasift.inert import Add, Entry, Node
from deltasift.line.linear import combination


class Outside(DeltasiftError):
    """Something is no sum of local terms; says what."""


@dataclass(frozen=True)
class Sort:
    """The elements `first`, ..., as many as a size says."""

    size: Basic
    first: int

    @property
    def ends(self) -> tuple[Basic, Basic]:
        return S(self.first), self.size if self.first == 1 else Add(self.size, -1)


@dataclass(frozen=True)
class Fixed:
    """A range with numbers for ends, which every model has whole."""

    lo: int
    hi: int

    @property
    def ends(self) -> tuple[Basic, Basic]:
        return S(self.lo), S(self.hi)


class RealName:
    """What the variable of an integral ranges over."""


REAL = RealName()
Range = Sort | Fixed
Names = Mapping[Basic, Range | RealName]  # the bound names


@dataclass
class Sorts:
    """Reads ranges and index terms, and remembers the constants and labels that occur.

    Attributes
    ----------
    constants : dict from a free index to its sort
    labels : dict from a table of labels to the ranges of its indices and the sort of its labels
    used : set of sizes
    """

    domains: Mapping[Basic, Domain]
    constants: dict[Basic, Sort] = field(default_factory=dict)
    labels: dict[Basic, tuple[tuple[Range, ...], Sort]] = field(default_factory=dict)
    used: set[Basic] = field(default_factory=set)
    _first: dict[Basic, int] = field(default_factory=dict)

    def range_of(self, lo: Basic, hi: Basic, names: Names) -> Range:
        """Return the sort that a range runs through, or a part of it in order: `1..i`, `i + 1..N`."""
        if lo.is_Integer and hi.is_Integer:
            return Fixed(int(lo), int(hi))
        below, above = self._end(lo, names), self._end(hi, names)
        if below is None or above is None:
            raise Outside(f"a range {lo}..{hi}")
        sorts = {s for s in (below[0], above[0]) if s is not None}
        if len(sorts) != 1:
            raise Outside(f"a range {lo}..{hi}")
        sort = sorts.pop()
        if below[0] is None and below[1] != sort.first:
            raise Outside(f"a range from {lo}")
        if (below[0] is not None and below[1] not in (0, 1)) or above[0] is None or above[1] not in (0, -1):
            raise Outside(f"a range {lo}..{hi}")
        return self._known(sort)

    def _end(self, e: Basic, names: Names) -> tuple[Sort | None, int] | None:
        """Return the sort of an end and its distance: of the index in it, or of the last element of the sort."""
        line = combination([(1, e)])
        if line.constant != int(line.constant):
            return None
        by = int(line.constant)
        if not line.coefficients:
            return None, by
        if len(line.coefficients) > 1:
            return None
        ((atom, times),) = line.coefficients.items()
        if times != 1:
            return None
        if isinstance(self.domains.get(atom), Size) and atom not in names:
            return (Sort(atom, 1), 0) if by == 0 else (Sort(atom, 0), 0) if by == -1 else None
        found = self.element(atom, names) if atom in names or isinstance(self.domains.get(atom), Index) else None
        return (found, by) if isinstance(found, Sort) else None

    def _known(self, sort: Sort) -> Sort:
        if self._first.setdefault(sort.size, sort.first) != sort.first:
            raise Outside(f"ranges of {sort.size} from 0 and from 1")
        self.used.add(sort.size)
        return sort

    def element(self, e: Basic, names: Names) -> Range:
        """Return the sort of which an index term names an element: a bound name, a free index, a label, a number."""
        if e in names:
            found = names[e]
            if isinstance(found, RealName):
                raise Outside(f"the real {e} as an index")
            return found
        if e.is_Integer:
            return Fixed(int(e), int(e))
        domain = self.domains.get(e.args[0] if isinstance(e, Entry) else e)
        if isinstance(domain, Index):
            own = self.range_of(domain.lo, domain.hi, {})
            if isinstance(own, Sort):
                self.constants[e] = own
            return own
        if isinstance(domain, Labels) and isinstance(e, Entry):
            return self._label(e, domain, names)
        raise Outside(f"an index {e}")

    def _label(self, e: Node, domain: Labels, names: Names) -> Range:
        over = self.indices(e, domain.ranges, names)
        own = self.range_of(domain.lo, domain.hi, {})
        if isinstance(own, Sort):
            if own in over:
                raise Outside(f"labels {domain.name} from a sort to itself")
            self.labels[domain.symbol] = (over, own)
        return own

    def indices(self, e: Node, ranges: tuple[tuple[Basic, Basic, Basic], ...], names: Names) -> tuple[Range, ...]:
        """Return the ranges of a table's indices, if the entry is at elements of just these."""
        found = []
        for i, (_, lo, hi) in zip(e.args[1:], ranges, strict=True):
            own, here = self.range_of(lo, hi, {}), self.element(i, names)
            inside = isinstance(own, Fixed) and isinstance(here, Fixed) and own.lo <= here.lo and here.hi <= own.hi
            if own != here and not inside:
                raise Outside(f"an entry {e} at an index of another range")
            found.append(own)
        return tuple(found)

    def compare(self, a: Basic, b: Basic, names: Names) -> None:
        """See to it that two index terms name elements of one sort, whose order any part of it keeps."""
        one, other = self.element(a, names), self.element(b, names)
        if one != other and not (isinstance(one, Fixed) and isinstance(other, Fixed)):
            raise Outside(f"{a} compared with {b}")
