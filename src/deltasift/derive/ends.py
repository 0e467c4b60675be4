"""The ends of the range of a sum, and what their form alone tells of it."""

from __future__ import annotations

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.inert import LessEqual, Mul, Node, free
from deltasift.inert.algebra import INFINITE
from deltasift.line.linear import combination


class Ends:
    """Two ends of a range, looked at once for all the sums that have them.

    Attributes
    ----------
    is_finite : bool
        Whether neither end is infinite.
    is_single : bool
        Whether the two ends are the same.
    is_empty : bool
        Whether they are, as they stand, in the wrong order.
    """

    __slots__ = ("_is_simple", "_names", "hi", "is_empty", "is_finite", "is_single", "lo")

    def __init__(self, lo: Basic, hi: Basic) -> None:
        self.lo = lo
        self.hi = hi
        self.is_finite = INFINITE.isdisjoint((lo, hi))
        self.is_single = self.is_finite and lo == hi
        self.is_empty = _is_empty(lo, hi)
        self._names = free(lo) | free(hi)
        self._is_simple = not isinstance(lo, Mul) and not isinstance(hi, Mul)

    def around(self, a: Basic) -> list[Basic]:
        """Return the conditions under which a value lies in the range."""
        if self.is_finite and a not in INFINITE:
            return [LessEqual.make((self.lo, a)), LessEqual.make((a, self.hi))]
        return [LessEqual.make(order) for order in ((self.lo, a), (a, self.hi)) if INFINITE.isdisjoint(order)]

    def are_apart_from(self, name: Basic) -> bool:
        """Tell whether nothing that the ends say by their form bears on a name."""
        return self._is_simple and name not in self._names


class KnownEnds:
    """The ends that were looked at, by the objects themselves, which are kept so that an id stays what it was."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Ends] = {}

    def __call__(self, lo: Basic, hi: Basic) -> Ends:
        key = (id(lo), id(hi))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = Ends(lo, hi)
        return found


def _is_empty(lo: Basic, hi: Basic) -> bool:
    if lo.is_Integer and hi.is_Integer:
        return bool(hi < lo)
    if lo is S.Infinity or hi is S.NegativeInfinity:
        return True
    if isinstance(hi, Symbol) and not isinstance(lo, Node):
        return False
    length = combination([(1, hi), (-1, lo)])
    return not length.coefficients and length.constant < 0
