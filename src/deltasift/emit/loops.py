"""The loops around a place in generated code, from the outermost in, with their ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Number

from deltasift.domain import Family, Index, Labels, Size, Table
from deltasift.errors import EmitError
from deltasift.inert import Entry, free, postorder
from deltasift.line.linear import Combination, collect, combination, written
from deltasift.line.scope import Scope
from deltasift.line.views import terms


@dataclass(frozen=True)
class Loop:
    """A bound name and its range; None for a name that is not counted, such as the variable of an integral."""

    name: Basic
    lo: Basic | None = None
    hi: Basic | None = None


class Loops(Set[Basic]):
    """The bound names at a place, in their order; one that an inner loop hides keeps its place and loses its name."""

    def __init__(self, loops: Iterable[Loop | None] = ()) -> None:
        self.loops = tuple(loops)

    @classmethod
    def over(cls, indices: Iterable[Index]) -> Loops:
        """Return the loops over the indices of a table."""
        return cls(Loop(*i.limit) for i in indices)

    def inside(self, name: Basic, lo: Basic | None = None, hi: Basic | None = None) -> Loops:
        """Return the loops inside of one more."""
        outer = (None if known is not None and known.name == name else known for known in self.loops)
        return Loops((*outer, Loop(name, lo, hi)))

    def loop(self, name: Basic) -> Loop | None:
        """Return the loop of a bound name."""
        return next((x for x in self.loops if x is not None and x.name == name), None)

    def depth(self, name: Basic) -> int:
        """Return how many loops are around that of a bound name."""
        return next(i for i, x in enumerate(self.loops) if x is not None and x.name == name)

    def __contains__(self, name: object) -> bool:
        return any(x is not None and x.name == name for x in self.loops)

    def __iter__(self) -> Iterator[Basic]:
        return (x.name for x in self.loops if x is not None)

    def __len__(self) -> int:
        return sum(x is not None for x in self.loops)


NOTHING = Loops()


def is_inside(e: Basic, lo: Basic, hi: Basic, bound: Loops, scope: Scope) -> bool:
    """Tell whether the loops and the labels' ranges show at sight that an index is in `lo..hi`."""
    ends = _ends(e, bound, scope)
    return ends is not None and _is_natural(ends[0], lo, scope) and _is_natural(hi, ends[1], scope)


def least(e: Basic, bound: Loops, scope: Scope) -> Basic | None:
    """Return the least value of an index, as far as loops and ranges say; `-oo` where there is none."""
    found = combination([(1, e)])
    for atom in [a for a in found.coefficients if isinstance(a, Entry)]:
        found = _at_its_end(found, atom, _range(atom, bound, scope))
    for loop in reversed([x for x in bound.loops if x is not None]):
        found = _at_its_end(found, loop.name, (loop.lo, loop.hi))
    for atom in [a for a in found.coefficients if isinstance(scope.domains.get(a), Index)]:
        found = _at_its_end(found, atom, _range(atom, NOTHING, scope))
    if S.NegativeInfinity in found.coefficients or S.Infinity in found.coefficients:
        return S.NegativeInfinity
    known = written(found)
    varies = not free(known).isdisjoint(bound) or any(isinstance(x, Entry) for x in postorder(known))
    return None if varies else known


def is_from(e: Basic, first: Basic, bound: Loops, scope: Scope) -> bool:
    """Tell whether an index is at least `first` at sight."""
    lowest = least(e, bound, scope)
    return lowest is not None and lowest != S.NegativeInfinity and _is_natural(lowest, first, scope)


def _at_its_end(e: Combination, atom: Basic, ends: tuple[Basic | None, Basic | None] | None) -> Combination:
    """Return an index where a part of it takes the value that makes the index least."""
    by = e.coefficients.get(atom)
    end = None if by is None or ends is None else ends[0] if by > 0 else ends[1]
    if by is None or end is None:
        return e
    return combination([*((c, a) for a, c in e.coefficients.items() if a != atom), (by, end), (e.constant, S.One)])


def is_whole(e: Basic, lo: Basic, hi: Basic, bound: Loops) -> Basic | None:
    """Return the bound name that takes an index through all of `lo..hi` in its order, None where none does."""
    name, shift = _shifted(e)
    loop = bound.loop(name) if name is not None else None
    if loop is None or loop.lo is None or loop.hi is None:
        return None
    same = all(collect([(1, end), (1, shift), (-1, own)]) == 0 for end, own in ((loop.lo, lo), (loop.hi, hi)))
    return name if same else None


def is_never_empty(lo: Basic, hi: Basic, scope: Scope) -> bool:
    """Tell whether a range has at least one element at sight: sizes are at least 1."""
    return _is_natural(hi, lo, scope)


def _shifted(e: Basic) -> tuple[Basic | None, Basic]:
    """Return an index as a name or an entry plus an integer."""
    parts = terms(e)
    names = [t.expr for t in parts if t.sign == 1 and not isinstance(t.expr, Number)]
    rest = collect([(t.sign, t.expr) for t in parts if isinstance(t.expr, Number)])
    if len(parts) - sum(isinstance(t.expr, Number) for t in parts) != len(names) or len(names) > 1:
        return None, S.Zero
    return (names[0] if names else None), rest


def _ends(e: Basic, bound: Loops, scope: Scope) -> tuple[Basic, Basic] | None:
    """Return the least and the greatest value of an index, as far as its own range says."""
    name, shift = _shifted(e)
    if name is None:
        return (e, e) if isinstance(e, Number) else None
    known = _range(name, bound, scope)
    if known is None:
        return None
    lo, hi = known
    return collect([(1, lo), (1, shift)]), collect([(1, hi), (1, shift)])


def _range(name: Basic, bound: Loops, scope: Scope) -> tuple[Basic, Basic] | None:
    if isinstance(name, Entry):
        labels = scope.domains.get(name.table)
        if not isinstance(labels, Labels) or not are_inside(name.indices, labels, bound, scope):
            return None
        return labels.lo, labels.hi
    if name in bound:
        loop = bound.loop(name)
        return (loop.lo, loop.hi) if loop is not None and loop.lo is not None and loop.hi is not None else None
    domain = scope.domains.get(name)
    if isinstance(domain, Index):
        return domain.lo, domain.hi
    return (name, name) if isinstance(domain, Size) else None


def are_inside(indices: Sequence[Basic], table: Table, bound: Loops, scope: Scope) -> bool:
    """Tell whether every index of an entry is in the range of its table at sight."""
    pairs = zip(indices, table.ranges, strict=True)
    return all(is_inside(i, lo, hi, bound, scope) for i, (_, lo, hi) in pairs)


def _is_natural(a: Basic, b: Basic, scope: Scope) -> bool:
    """Tell whether `a - b >= 0` for all sizes, each of which is at least 1."""
    least = 0
    for t in terms(collect([(1, a), (-1, b)])):
        if isinstance(t.expr, Number) and t.expr.is_Integer:
            least += t.sign * int(t.expr)
        elif t.sign == 1 and isinstance(scope.domains.get(t.expr), Size):
            least += 1
        else:
            return False
    return least >= 0


def beyond(domain: Family, e: Entry, bound: Loops) -> Basic:
    """Return the definition of an entry that may lie outside of its table: a list would count from the end."""
    own = {i.symbol for i in domain.over}
    if not (free(domain.body) - own).isdisjoint(bound):
        raise EmitError(f"{e} may be outside of the range of {domain.name}")
    return domain.unfold(e.indices)
