"""Entries put in: at positions, by labels and by masks."""

from __future__ import annotations

from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.errors import ReadError
from deltasift.read.arrays.array import (
    Array,
    Axis,
    Places,
    agree,
    broadcast_axes,
    placed,
    shown_shape,
)
from deltasift.read.arrays.entrywise import (
    array_of,
    balanced,
    choice,
    equal,
    every,
    indicator,
    joint_kind,
    number,
    times,
)
from deltasift.read.arrays.picks import picked_by, position, spelt_out
from deltasift.read.arrays.session import plus


def put(x: Array, key: Any, value: Any) -> Array:
    """Return an array with the entries at a key replaced."""
    items = spelt_out(x, key if isinstance(key, tuple) else (key,))
    if any(i is None for i in items):
        raise ReadError("None in an index that is written to is not read")
    value = array_of(value)
    masks = [i for i in items if isinstance(i, Array) and i.kind == "truth"]
    if masks:
        return _put_where(x, items, value)
    counted = [(d, i) for d, i in enumerate(items) if isinstance(i, Array) and i.ndim]
    if not counted:
        return _put_at(x, items, value)
    return _put_by_labels(x, items, value)


def _put_where(x: Array, items: tuple[Any, ...], value: Array) -> Array:
    [mask, *rest] = items
    if not (isinstance(mask, Array) and all(isinstance(i, slice) and i == slice(None) for i in rest)) or value.ndim:
        raise ReadError("only one value is written where a mask is true: write where(mask, values, x) instead")
    picked_by(x, 0, mask)  # does the mask fit?
    kind = joint_kind((x, value))
    new, old = number(value), number(x)
    return Array(x.axes, lambda at: choice(mask.at(at[: mask.ndim]), new.at(()), old.at(at)), kind)


def _put_at(x: Array, items: tuple[Any, ...], value: Array) -> Array:
    """Write where some axes are at a number and the others are whole."""
    whole = [d for d, i in enumerate(items) if isinstance(i, slice)]
    if any(items[d] != slice(None) for d in whole):
        raise ReadError("a write to a slice is not read: join the parts with concatenate, or write where")
    rest = tuple(x.axes[d] for d in whole)
    kind = joint_kind((x, value))
    new, old = number(value), number(x)
    _fits(new, rest)

    def at(places: Places) -> Basic:
        here = []
        for d, i in enumerate(items):
            if isinstance(i, Array):
                [p] = places[d] or (S.Zero,)
                [q] = position(x.axes[d], i.at(())) or (S.Zero,)
                here.append(equal(*balanced(p, q)))
        own = tuple(places[d] for d in whole)
        return choice(every(*here), placed(new, rest, own), old.at(places))

    return Array(x.axes, at, kind)


def _fits(value: Array, axes: tuple[Axis, ...]) -> None:
    probe = Array(axes, lambda at: S.Zero)
    if broadcast_axes((probe, value)) != axes and value.ndim > len(axes):
        raise ReadError(f"values of the shape {shown_shape(value)} are written to {shown_shape(probe)}")


def _put_by_labels(x: Array, items: tuple[Any, ...], value: Array) -> Array:
    """Write at `x[arange(n), y]`: one index counts its axis, so that each row is written to at most once."""
    if not all(isinstance(i, Array) and i.ndim <= 1 for i in items):
        raise ReadError("a write at labels is read as x[arange(len(y)), y] = v: one index for each axis")
    shared = broadcast_axes(tuple(items))
    if len(shared) != 1 or value.ndim > 1:
        raise ReadError("a write at labels is read as x[arange(len(y)), y] = v")
    probe = tuple((Symbol(f"probe_{j}", integer=True),) * len(a.parts) for j, a in enumerate(shared))
    counter = next(
        (d for d, i in enumerate(items) if agree(x.axes[d], shared[0]) and placed(i, shared, probe) == probe[0][0]),
        None,
    )
    if counter is None:
        raise ReadError("a write at labels that may name a place twice: no index is arange of its whole axis")
    kind = joint_kind((x, value))
    new, old = number(value), number(x)

    def at(places: Places) -> Basic:
        row = (places[counter],)
        here = [
            equal(*balanced(x.axes[d].flat(places[d]), placed(i, shared, row)))
            for d, i in enumerate(items)
            if d != counter
        ]
        return choice(every(*here), placed(new, shared, row), old.at(places))

    return Array(x.axes, at, kind)


def scattered(x: Any, dim: int, labels: Any, value: Any, *, add: bool = False) -> Array:
    """Return an array with a value written at a label of each row."""
    x, labels, value = number(x), array_of(labels), number(value)
    d = x.axis(dim)
    if labels.ndim != x.ndim or not labels.axes[d].is_one:
        raise ReadError("scatter is read for one label in each row: labels.unsqueeze(dim)")
    for e, (a, b) in enumerate(zip(x.axes, labels.axes, strict=True)):
        if e != d and (a.is_one != b.is_one or (not a.is_one and not agree(a, b))):
            raise ReadError(f"labels of the shape {shown_shape(labels)} scatter into {shown_shape(x)}")
    new = value if value.ndim else Array(labels.axes, lambda at: value.at(()), value.kind)

    def at(places: Places) -> Basic:
        row = tuple(() if e == d else place for e, place in enumerate(places))
        here = equal(*balanced(x.axes[d].flat(places[d]), labels.at(row)))
        written, before = new.at(row), x.at(places)
        if add:
            return plus(before, times(indicator(here), written))
        return choice(here, written, before)

    return Array(x.axes, at, joint_kind((x, value)))
