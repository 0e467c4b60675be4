"""The primitives of JAX that pick entries: slices, slices from a place that is data, gathers."""

from __future__ import annotations

from typing import Any

from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds, picks
from deltasift.read.arrays.array import ONE, Array, Axis, Part, Place, Places
from deltasift.read.arrays.session import added, is_same


def slice_of(lengths: Any, eqn: Any, x: Any) -> Array:
    """Return a slice between ends that are numbers or sizes."""
    x = e.array_of(x)
    strides = eqn.params["strides"] or (1,) * x.ndim
    if any(s != 1 for s in strides):
        raise ReadError("a slice with a step is not read")
    ends = zip(eqn.params["start_indices"], eqn.params["limit_indices"], x.axes, strict=True)
    key = [slice(None) if a.is_one else slice(lengths.length(lo), lengths.length(hi)) for lo, hi, a in ends]
    return picks.indexed(x, tuple(key))


def gather(lengths: Any, eqn: Any, x: Any, indices: Any) -> Array:
    """Return entries at index vectors: the last axis of the indices has one for each axis that is picked from."""
    x, indices = e.array_of(x), e.array_of(indices)
    numbers = eqn.params["dimension_numbers"]
    sizes = eqn.params["slice_sizes"]
    picked, collapsed = numbers.start_index_map, numbers.collapsed_slice_dims
    batched = dict(zip(numbers.operand_batching_dims, numbers.start_indices_batching_dims, strict=True))
    kept = [d for d in range(x.ndim) if d not in collapsed and d not in batched]
    for d in (*collapsed, *batched):
        if sizes[d] != 1:
            raise ReadError("a gather of slices is not read")
    whole = {d: is_same(lengths.length(sizes[d]), x.axes[d].length) for d in kept}
    cut = {d: x.axes[d] if whole[d] else _shorter(x.axes[d], lengths.length(sizes[d])) for d in kept}
    rows = indices.ndim - 1
    count = rows + len(kept)
    own = [i for i in range(count) if i not in numbers.offset_dims]
    axes = [ONE] * count
    for i, d in zip(numbers.offset_dims, kept, strict=True):
        axes[i] = cut[d]
    for i, r in zip(own, range(rows), strict=True):
        axes[i] = indices.axes[r]
    last = indices.axes[-1]

    def at(places: Places) -> Basic:
        row = tuple(places[i] for i in own)
        here: dict[int, Place] = {d: places[i] for i, d in zip(numbers.offset_dims, kept, strict=True)}
        for d, r in batched.items():
            here[d] = () if x.axes[d].is_one else row[r]
        for number, d in enumerate(picked):
            value = indices.at((*row, () if last.is_one else (Integer(number),)))
            if d not in kept:
                here[d] = x.axes[d].place(value)
            elif not whole[d]:  # a slice that starts at the index
                here[d] = x.axes[d].place(added((1, value), (1, cut[d].flat(here[d]))))
        return x.at(tuple(here[d] for d in range(x.ndim)))

    return Array(tuple(axes), at, x.kind)


def slice_from(lengths: Any, eqn: Any, x: Any, *starts: Any) -> Array:
    """Return a slice that starts at numbers which may be labels; JAX moves one that is too far back inside."""
    x = e.array_of(x)
    sizes = [lengths.length(n) for n in eqn.params["slice_sizes"]]
    first = [e.array_of(s).at(()) for s in starts[: x.ndim]]
    axes = [a if is_same(n, a.length) else _shorter(a, n) for a, n in zip(x.axes, sizes, strict=True)]

    def at(places: Places) -> Basic:
        moved = [
            place if own is axis else axis.place(added((1, lo), (1, own.flat(place))))
            for axis, own, place, lo in zip(x.axes, axes, places, first, strict=True)
        ]
        return x.at(tuple(moved))

    return Array(tuple(axes), at, x.kind)


def _shorter(axis: Axis, length: Basic) -> Axis:
    part = folds.part_of(axis)
    return ONE if length == 1 else Axis((Part(length, part.name, part.lo),))
