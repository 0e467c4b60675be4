"""An array: its axes, and a function from positions to the entry.

A position counts from 0, as in Python. An axis is made of parts, each with a length of its own: an axis of one has
none, and one that was made by merging others, as by `x.view(-1)`, has those. So no position of a merged axis is ever
divided, and what was merged is summed by nested sums. An axis that a mask has picked keeps the statement by which
it did so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from sympy import S, Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.inert import Mul
from deltasift.inert.code_line import CodeLine, remember
from deltasift.read.arrays.session import added, current, is_same

Place = tuple[Basic, ...]  # a position on an axis: one for each of its parts
Places = tuple[Place, ...]
Kind = Literal["truth", "integer", "real"]
RANK: dict[Kind, int] = {"truth": 0, "integer": 1, "real": 2}


@dataclass(frozen=True)
class Part:
    """A part of an axis.

    Attributes
    ----------
    length : Basic
    name : str
        What an index of it is called.
    lo : Basic
        From where such an index counts.
    listed : bool
        Whether its entries were written out, as by `stack`: sums of them are written out too.
    """

    length: Basic
    name: str = ""
    lo: Basic = S.Zero
    listed: bool = False


@dataclass(frozen=True)
class Axis:
    """An axis: its parts, and, where a mask has picked from it, what says which positions are kept."""

    parts: tuple[Part, ...] = ()
    keep: Callable[[Place], Basic] | None = field(default=None, compare=False)

    @property
    def length(self) -> Basic:
        """The number of positions, those that a mask passes over included."""
        lengths = [p.length for p in self.parts]
        if all(isinstance(n, Integer) for n in lengths):
            total = S.One
            for n in lengths:
                total *= n
            return total
        return lengths[0] if len(lengths) == 1 else Mul.make(tuple(lengths))

    @property
    def is_one(self) -> bool:
        """Whether it is an axis of one."""
        return not self.parts

    def flat(self, place: Place) -> Basic:
        """Return a position as one number."""
        found: Basic = S.Zero
        for p, at in zip(self.parts, place, strict=True):
            if p is self.parts[0]:
                found = at
            elif isinstance(p.length, Integer) or isinstance(found, Integer):
                found = added((1, scaled(found, p.length)), (1, at))
            else:
                found = added((1, Mul.make((found, p.length))), (1, at))
        return found

    def place(self, position: Basic) -> Place:
        """Return the place of a position that is one number."""
        if self.is_one:
            return ()
        if len(self.parts) > 1:
            raise ReadError("an axis that was merged from several is picked from by a position: pick before you merge")
        return (position,)


ONE = Axis()


@dataclass(frozen=True)
class Array:
    """An array.

    Attributes
    ----------
    axes : tuple of Axis
    at : function
        From positions, one place for each axis, to the entry: an expression, or a statement of an array of truths.
    kind : {"truth", "integer", "real"}
    ends : tuple of Basic or None
        The least and the greatest value, of labels.
    """

    axes: tuple[Axis, ...]
    at: Callable[[Places], Basic]
    kind: Kind = "real"
    ends: tuple[Basic, Basic] | None = None

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return len(self.axes)

    @property
    def entry(self) -> Basic:
        """The one entry of an array of one."""
        if any(not a.is_one for a in self.axes):
            raise ReadError(f"one number is needed, and this has the shape {shown_shape(self)}")
        return self.at(((),) * self.ndim)

    def axis(self, number: int) -> int:
        """Return which axis a number means that may count from the end."""
        if not -self.ndim <= number < self.ndim:
            raise ReadError(f"there is no axis {number} in the shape {shown_shape(self)}")
        return number % self.ndim


def from_line(x: Array, line: CodeLine | None) -> Array:
    """Return an array whose entries remember the line of the function that made it."""
    return x if line is None else replace(x, at=lambda at: remember(x.at(at), line))


def scaled(a: Basic, b: Basic) -> Basic:
    """Return a product of which one factor is a number."""
    if isinstance(a, Integer) and isinstance(b, Integer):
        return a * b
    if 0 in (a, b):
        return S.Zero
    return b if a == 1 else a if b == 1 else Mul.make((a, b) if isinstance(a, Integer) else (b, a))


def shown_shape(x: Array) -> str:
    """Return a shape as Python writes it."""
    lengths = [str(a.length) for a in x.axes]
    return f"({', '.join(lengths)}{',' * (len(lengths) == 1)})"


def axis_of(length: Basic, name: str = "", lo: Basic | None = None) -> Axis:
    """Return an axis of some length; without a name it has that of a declared index that is as long."""
    if length == 1:
        return ONE
    if lo is None:
        name, lo = current().index_of(length)
    return Axis((Part(length, name, lo),))


def constant(value: Basic, kind: Kind | None = None) -> Array:
    """Return an array of no axes."""
    return Array((), lambda at: value, kind or ("integer" if value.is_Integer else "real"))


def counting(axis: Axis) -> Array:
    """Return the positions on an axis: 0, 1, 2, ..."""
    ends = (S.Zero, added((1, axis.length), (-1, S.One)))
    return Array((axis,), lambda at: axis.flat(at[0]), "integer", ends)


def agree(a: Axis, b: Axis) -> bool:
    """Tell whether two axes are equally long and pick the same."""
    if not is_same(a.length, b.length):
        return False
    if (a.keep is None) != (b.keep is None):
        return False
    if a.keep is None or b.keep is None:
        return True
    if len(a.parts) != len(b.parts):
        return False
    probe = tuple(Symbol(f"probe_{i}", integer=True) for i in range(len(a.parts)))
    return bool(a.keep(probe) == b.keep(probe))


def broadcast_axes(arrays: tuple[Array, ...]) -> tuple[Axis, ...]:
    """Return the axes of what is computed entry by entry."""
    count = max((x.ndim for x in arrays), default=0)
    found = []
    for d in range(count):
        axes = [x.axes[d - count + x.ndim] for x in arrays if d - count + x.ndim >= 0]
        long = [a for a in axes if not a.is_one]
        chosen = next((a for a in long if any(p.name for p in a.parts)), long[0] if long else ONE)
        for a in long:
            if not agree(a, chosen):
                raise ReadError(_mismatch(a, chosen))
        found.append(chosen)
    return tuple(found)


def _mismatch(a: Axis, b: Axis) -> str:
    if a.keep is not None or b.keep is not None:
        return "what one mask has picked meets what another, or none, has picked: their lengths depend on the data"
    return f"axes of the lengths {b.length} and {a.length} meet, and these are not known to be the same"


def probe_of(x: Array) -> Places:
    """Return positions that are names, each unlike the others, at which the form of an entry shows."""
    taken: set[Basic] = set()
    places = []
    for axis in x.axes:
        place = []
        for _ in axis.parts:
            place.append(current().name("i", taken))
            taken.add(place[-1])
        places.append(tuple(place))
    return tuple(places)


def placed(x: Array, axes: tuple[Axis, ...], at: Places) -> Basic:
    """Return the entry of an array at positions of axes to which it is broadcast."""
    own = at[len(axes) - x.ndim :]
    given = axes[len(axes) - x.ndim :]
    return x.at(tuple(moved(mine, axis, place) for mine, axis, place in zip(x.axes, given, own, strict=True)))


def moved(mine: Axis, axis: Axis, place: Place) -> Place:
    """Return a place on an axis as one on another that is as long, or that is one."""
    if mine.is_one:
        return ()
    if len(mine.parts) == len(axis.parts):
        return place
    return mine.place(axis.flat(place))
