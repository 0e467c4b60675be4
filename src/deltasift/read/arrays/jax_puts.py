"""The primitives of JAX that put entries in: `x.at[...].set(...)`, `add`, `multiply`, sums by segments, padding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds
from deltasift.read.arrays.array import Array, Axis, Place, Places, agree, probe_of
from deltasift.read.arrays.session import added, is_same

TWICE = "entries are written at labels that may name a place twice: no index is arange of its whole axis"


@dataclass(frozen=True)
class _Scatter:
    """Where the updates go: for each position, which row of the indices writes there, and what of it."""

    x: Array
    indices: Array
    updates: Array
    numbers: Any

    @property
    def rows(self) -> tuple[Axis, ...]:
        """The axes along which there are different indices."""
        return self.indices.axes[:-1]

    def index(self, row: Places, number: int) -> Basic:
        """Return a component of the index vector of a row."""
        last: Place = () if self.indices.axes[-1].is_one else (Integer(number),)
        return self.indices.at((*row, last))

    def hits(self, at: Places, row: Places) -> Basic:
        """Return the statement that a row writes to a position."""
        found = []
        for number, d in enumerate(self.numbers.scatter_dims_to_operand_dims):
            start, here = self.index(row, number), self.x.axes[d].flat(at[d])
            window = self.window(d)
            if window is None:
                found.append(e.equal(*e.balanced(here, start)))
            elif not is_same(window.length, self.x.axes[d].length):
                found += [e.at_most(start, here), e.less(here, added((1, start), (1, window.length)))]
        return e.every(*found)

    def window(self, d: int) -> Axis | None:
        """Return the axis of the updates that goes along one of the operand, None where one entry is written."""
        inserted = self.numbers.inserted_window_dims
        if d in inserted:
            return None
        kept = [i for i in range(self.x.ndim) if i not in inserted]
        found: Axis = self.updates.axes[self.numbers.update_window_dims[kept.index(d)]]
        return found

    def written(self, at: Places, row: Places) -> Basic:
        """Return what a row writes to a position."""
        windows = self.numbers.update_window_dims
        kept = [d for d in range(self.x.ndim) if d not in self.numbers.inserted_window_dims]
        starts = {d: self.index(row, i) for i, d in enumerate(self.numbers.scatter_dims_to_operand_dims)}
        own = dict(zip(windows, kept, strict=True))
        rows = iter(row)
        places: list[Place] = []
        for i, axis in enumerate(self.updates.axes):
            if i not in own:
                places.append(next(rows))
                continue
            d = own[i]
            whole = is_same(axis.length, self.x.axes[d].length)
            here = self.x.axes[d].flat(at[d])
            moved = at[d] if whole else axis.place(added((1, here), (-1, starts.get(d, S.Zero))))
            places.append(() if axis.is_one else moved)
        return self.updates.at(tuple(places))

    def counter(self) -> tuple[int, ...] | None:
        """Return for each axis of rows the axis of the operand whose positions count it, None where one has none."""
        probe = probe_of(Array(self.rows, lambda at: S.Zero))
        found = []
        for r, axis in enumerate(self.rows):
            if axis.is_one:
                found.append(-1)
                continue
            for number, d in enumerate(self.numbers.scatter_dims_to_operand_dims):
                same = self.window(d) is None and agree(axis, self.x.axes[d])
                if same and self.index(probe, number) == axis.flat(probe[r]):
                    found.append(d)
                    break
            else:
                return None
        return tuple(found)


def scatter(join: Callable[[Basic, Basic], Basic] | None, neutral: Basic) -> Callable[..., Array]:
    """Return a write to entries: of what is there and what is new, or of what is new alone."""

    def put(lengths: Any, eqn: Any, x: Any, indices: Any, updates: Any) -> Array:
        numbers = eqn.params["dimension_numbers"]
        if getattr(numbers, "operand_batching_dims", ()):
            raise ReadError("a write in each of a batch of arrays is not read: write where(one_hot, new, old)")
        one = _Scatter(e.number(x), e.array_of(indices), e.number(updates), numbers)
        counted = one.counter()
        kind = e.joint_kind((one.x, one.updates))
        if counted is not None:
            return Array(one.x.axes, _of_one_row(one, counted, join), kind)
        if join is None or neutral != 0:
            raise ReadError(TWICE)
        return e.add(one.x, _of_all_rows(one))

    return put


def _of_one_row(one: _Scatter, counted: tuple[int, ...], join: Any) -> Callable[[Places], Basic]:
    def at(places: Places) -> Basic:
        row = tuple(() if d < 0 else places[d] for d in counted)
        old, new = one.x.at(places), one.written(places, row)
        return e.choice(one.hits(places, row), new if join is None else join(old, new), old)

    return at


def _of_all_rows(one: _Scatter) -> Array:
    """Return the sum of what all rows write to each position."""
    count = len(one.rows)

    def each(places: Places) -> Basic:
        row, at = places[:count], places[count:]
        return e.choice(one.hits(at, row), one.written(at, row), S.Zero)

    return folds.total(Array((*one.rows, *one.x.axes), each, one.updates.kind), list(range(count)))


def padded(lengths: Any, eqn: Any, x: Any, value: Any) -> Array:
    """Return an array with entries of one value before and after it."""
    from deltasift.read.arrays import shapes
    from deltasift.read.arrays.options import filled

    found = e.number(x)
    for d, (before, after, inside) in enumerate(eqn.params["padding_config"]):
        sizes = [lengths.length(n) for n in (before, after)]
        if inside or any(n.is_Integer and n < 0 for n in sizes):
            raise ReadError("an array that is padded between its entries, or cut, is not read")
        ends = [_beside(found, d, n, e.array_of(value), filled) for n in sizes]
        parts = [p for p in (ends[0], found, ends[1]) if p is not None]
        found = shapes.concatenated(parts, d)
    return found


def _beside(x: Array, d: int, count: Basic, value: Array, filled: Any) -> Array | None:
    if count == 0:
        return None
    one = filled(value, [count])
    axes = (*x.axes[:d], one.axes[0], *x.axes[d + 1 :])
    return Array(axes, lambda at: value.at(()), one.kind)
