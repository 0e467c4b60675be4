"""Entries picked by positions, by labels and by masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.read.arrays.array import (
    ONE,
    Array,
    Axis,
    Part,
    Place,
    Places,
    agree,
    axis_of,
    broadcast_axes,
    placed,
    shown_shape,
)
from deltasift.read.arrays.entrywise import (
    array_of,
    at_most,
    balanced,
    choice,
    compared,
    equal,
    every,
    indicator,
    number,
    truth,
    where,
)
from deltasift.read.arrays.folds import part_of
from deltasift.read.arrays.session import added, current
from deltasift.read.arrays.shapes import merged, with_axis


def gathered(x: Any, dim: int, labels: Any) -> Array:
    """Return the entries at labels along an axis; the other axes are taken together with those of the labels."""
    x, labels = array_of(x), array_of(labels)
    d = x.axis(dim)
    if labels.ndim != x.ndim:
        raise ReadError(f"{shown_shape(labels)} picks from {shown_shape(x)}: these need as many axes as each other")
    for e, (a, b) in enumerate(zip(x.axes, labels.axes, strict=True)):
        if e != d and a.is_one != b.is_one and not b.is_one:
            raise ReadError(f"{shown_shape(labels)} picks from {shown_shape(x)}")
        if e != d and not a.is_one and not b.is_one and not agree(a, b):
            raise ReadError(f"{shown_shape(labels)} picks from {shown_shape(x)}, which may be shorter")

    def at(places: Places) -> Basic:
        own = [_first(x.axes[e], place, labels.axes[e]) for e, place in enumerate(places)]
        own[d] = x.axes[d].place(labels.at(places))
        return x.at(tuple(own))

    return Array(labels.axes, at, x.kind)


def _first(axis: Axis, place: Place, other: Axis) -> Place:
    """Return a place, the first one of a long axis where labels have an axis of one."""
    return tuple(S.Zero for _ in axis.parts) if other.is_one else place


def one_hot(labels: Any, classes: Basic) -> Array:
    """Return rows that are 1 at a label and 0 elsewhere."""
    labels = array_of(labels)
    axis = axis_of(classes)
    columns = Array((axis,), lambda at: axis.flat(at[0]), "integer")
    return number(compared(equal)(columns, with_axis(labels, -1)))


def identity(rows: Basic, columns: Basic | None = None) -> Array:
    """Return the identity matrix."""
    down, across = axis_of(rows), axis_of(rows if columns is None else columns)
    return Array((down, across), lambda at: indicator(equal(*balanced(down.flat(at[0]), across.flat(at[1])))), "real")


def diagonal(x: Any) -> Array:
    """Return the diagonal of the last two axes of a square, or the first two of a matrix."""
    x = array_of(x)
    if x.ndim != 2 or x.axes[0].is_one != x.axes[1].is_one or not agree(x.axes[0], x.axes[1]):
        raise ReadError(f"the diagonal of what has the shape {shown_shape(x)} is not read: of squares it is")
    return Array((x.axes[0],), lambda at: x.at((at[0], at[0])), x.kind)


def on_diagonal(x: Any) -> Array:
    """Return a square with a vector on its diagonal and 0 elsewhere."""
    x = number(x)
    axis = x.axes[0]
    return Array(
        (axis, axis),
        lambda at: choice(equal(*balanced(axis.flat(at[0]), axis.flat(at[1]))), x.at((at[0],)), S.Zero),
        x.kind,
    )


# --- indexing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cut:
    """A slice: where it starts, what it is called, and its step of 1 or -1."""

    axis: Axis
    start: Basic
    step: int = 1

    def place(self, place: Place) -> Place:
        """Return the place before the cut."""
        if len(place) != 1:
            return place
        if self.step < 0:
            return (added((1, self.start), (-1, place[0])),)
        return (added((1, self.start), (1, place[0])),)


def indexed(x: Array, key: Any) -> Array:
    """Return `x[key]`; the items of a key are None, an ellipsis, slices, numbers, and arrays of labels or truths."""
    items = spelt_out(x, key if isinstance(key, tuple) else (key,))
    sources: list[Any] = []  # for each axis of x: a Cut, or an array of positions, or ("mask", number)
    pattern: list[Any] = []  # the axes of the result, in order, before arrays are put together
    d = 0
    for item in items:
        if item is None:
            pattern.append(None)
            continue
        if isinstance(item, Array) and item.kind == "truth":
            picked = picked_by(x, d, item)
            return indexed(picked, (*items[: items.index(item)], slice(None), *items[items.index(item) + 1 :]))
        axis = x.axes[d]
        sources.append(_cut(axis, item) if isinstance(item, slice) else array_of(item))
        pattern.append(d)
        d += 1
    return _combined(x, sources, pattern)


def spelt_out(x: Array, key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a key that says something about each axis."""
    key = tuple(
        tuple_part if tuple_part is None or tuple_part is ... or isinstance(tuple_part, slice) else _index(tuple_part)
        for tuple_part in key
    )
    used = sum(
        (k.ndim if isinstance(k, Array) and k.kind == "truth" else 1) for k in key if k is not None and k is not ...
    )
    if used > x.ndim:
        raise ReadError(f"the shape {shown_shape(x)} has fewer axes than the index")
    whole = [slice(None)] * (x.ndim - used)
    dots = [i for i, k in enumerate(key) if k is ...]
    if len(dots) > 1:
        raise ReadError("an index has two ellipses")
    if dots:
        return (*key[: dots[0]], *whole, *key[dots[0] + 1 :])
    return (*key, *whole)


def _index(item: Any) -> Array:
    if isinstance(item, (list, tuple)):
        raise ReadError("a list as an index is not read: write out the entries and stack them")
    found = array_of(item)
    if found.kind == "real":
        raise ReadError("an index is an integer, and this is a real number")
    return found


def _cut(axis: Axis, s: slice) -> Cut:
    step = 1 if s.step is None else s.step
    if s.start is None and s.stop is None and step == 1:
        return Cut(axis, S.Zero)
    if step not in (1, -1) or (step == -1 and (s.start, s.stop) != (None, None)):
        raise ReadError(f"a slice with the step {s.step} is not read")
    if axis.is_one:
        if (s.start, s.stop) in ((None, None), (0, None), (None, 1), (0, 1)):
            return Cut(axis, S.Zero)
        raise ReadError("a slice of an axis of one that may leave nothing is not read")
    if axis.keep is not None:
        raise ReadError("a slice of what a mask has picked depends on the data")
    part = part_of(axis)
    if step == -1:
        return Cut(axis, added((1, part.length), (-1, S.One)), -1)
    start, stop = _end(part.length, s.start, S.Zero), _end(part.length, s.stop, part.length)
    length = added((1, stop), (-1, start))
    if length == 1:
        return Cut(Axis((Part(S.One, part.name, part.lo),)), start)  # one part, of which the position is 0
    return Cut(Axis((Part(length, part.name, part.lo, part.listed),)), start)


def _end(length: Basic, end: Any, missing: Basic) -> Basic:
    """Return an end of a slice as a position; one that may lie outside of the axis is refused."""
    if end is None:
        return missing
    e = array_of(end).entry
    if isinstance(e, Integer) and e < 0:
        e = added((1, length), (1, e))
    inside = every(at_most(S.Zero, e), at_most(e, length))
    if current().decided(inside) is not True:
        raise ReadError(f"a slice up to {e} of {length} entries may have fewer: this depends on the size")
    return e


def _combined(x: Array, sources: Sequence[Any], pattern: Sequence[Any]) -> Array:
    arrays = [s for s in sources if isinstance(s, Array)]
    shared = broadcast_axes(tuple(arrays))
    where_arrays = [i for i, p in enumerate(pattern) if p is not None and isinstance(sources[p], Array)]
    together = where_arrays == list(range(where_arrays[0], where_arrays[-1] + 1)) if where_arrays else False
    axes: list[Axis] = []
    roles: list[tuple[str, int]] = []

    def put_shared() -> None:
        for j, a in enumerate(shared):
            axes.append(a)
            roles.append(("shared", j))

    if where_arrays and not together:
        put_shared()
    for i, p in enumerate(pattern):
        if p is None:
            axes.append(ONE)
            roles.append(("new", 0))
        elif isinstance(sources[p], Cut):
            cut = sources[p].axis
            axes.append(ONE if cut.parts and len(cut.parts) == 1 and cut.parts[0].length == 1 else cut)
            roles.append(("cut", p))
        elif together and i == where_arrays[0]:
            put_shared()

    def at(places: Places) -> Basic:
        common = [()] * len(shared)
        own: dict[int, Place] = {}
        for place, (role, which) in zip(places, roles, strict=True):
            if role == "shared":
                common[which] = place
            elif role == "cut":
                cut = sources[which]
                own[which] = cut.place(place if place or not cut.axis.parts else (S.Zero,))
        for d, s in enumerate(sources):
            if isinstance(s, Array):
                own[d] = position(x.axes[d], placed(s, shared, tuple(common)))
        return x.at(tuple(own[d] for d in range(x.ndim)))

    return Array(tuple(axes), at, x.kind, x.ends)


def position(axis: Axis, e: Basic) -> Place:
    """Return the place of a position, which counts from the end where it is a negative number."""
    if axis.keep is not None:
        raise ReadError("one entry of what a mask has picked depends on the data")
    if isinstance(e, Integer) and e < 0:
        e = added((1, axis.length), (1, e))
    if axis.is_one and e not in (0, S.Zero):
        raise ReadError(f"the position {e} of an axis of one")
    if isinstance(e, Integer) and isinstance(axis.length, Integer) and not 0 <= e < axis.length:
        raise ReadError(f"there is no position {e} on an axis of the length {axis.length}")
    return axis.place(e)


def picked_by(x: Array, first: int, mask: Array) -> Array:
    """Return what a mask picks: its axes become one, of which the mask says what is kept."""
    axes = x.axes[first : first + mask.ndim]
    for a, b in zip(axes, mask.axes, strict=True):
        if a.keep is not None or b.keep is not None:
            raise ReadError("a mask picks from what a mask has picked: join the masks with &")
        if a.is_one != b.is_one or (not a.is_one and not agree(a, b)):
            raise ReadError(f"a mask of the shape {shown_shape(mask)} picks from {shown_shape(x)}")
    parts = tuple(p for a in axes for p in a.parts)

    def apart(place: Place) -> Places:
        taken = iter(place)
        return tuple(tuple(next(taken) for _ in a.parts) for a in axes)

    if not parts:
        raise ReadError("a mask of one entry picks one or none: write where")
    axis = Axis(parts, lambda place: mask.at(apart(place)))
    return Array(
        (*x.axes[:first], axis, *x.axes[first + mask.ndim :]),
        lambda at: x.at((*at[:first], *apart(at[first]), *at[first + 1 :])),
        x.kind,
        x.ends,
    )


# --- entries put in ------------------------------------------------------------------------------------------------


def taken(x: Any, labels: Any, dim: int | None) -> Array:
    """Return the rows at labels along an axis."""
    x = array_of(x)
    if dim is None:
        return taken(merged(x), labels, 0)
    d = x.axis(dim)
    return indexed(x, (*(slice(None) for _ in range(d)), array_of(labels)))


def masked(x: Any, mask: Any, value: Any) -> Array:
    """Return an array with one value where a mask is true."""
    return where(truth(mask), value, x)
