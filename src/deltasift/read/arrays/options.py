"""What the libraries call the same option: `dim` and `axis`, `keepdim` and `keepdims`, shapes as one or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.read.arrays import entrywise
from deltasift.read.arrays.array import Array
from deltasift.read.arrays.session import exact

Fold = Callable[..., Array]


def dims(value: Any) -> Any:
    """Return axes as Python's numbers."""
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return [dims(v) for v in value]
    if isinstance(value, Array):
        e = value.entry
        if not isinstance(e, Integer):
            raise ReadError("the number of an axis depends on a size")
        return int(e)
    return int(value)


def fold(f: Fold) -> Callable[..., Any]:
    """Return a fold with the options of both libraries."""

    def wrapped(
        x: Any,
        dim: Any = None,
        keepdim: Any = False,
        *,
        axis: Any = None,
        keepdims: Any = False,
        dtype: Any = None,
        out: Any = None,
        where: Any = None,
    ) -> Any:
        if out is not None:
            raise ReadError("the option out is not read")
        if where is not None:
            raise ReadError("the option where is not read: multiply, or write where(mask, x, 0)")
        if not isinstance(keepdim, bool):  # NumPy's third place is the dtype
            keepdim = False
        x = entrywise.array_of(x) if not isinstance(x, (list, tuple)) else x
        return f(x, dims(axis if dim is None else dim), bool(keepdim or keepdims))

    return wrapped


def lengths(*sizes: Any) -> list[Basic]:
    """Return a shape that was written as one tuple or as several lengths."""
    if len(sizes) == 1 and isinstance(sizes[0], (list, tuple)):
        sizes = tuple(sizes[0])
    return [length(n) for n in sizes]


def length(n: Any) -> Basic:
    """Return one length."""
    e = n.entry if isinstance(n, Array) else exact(n)
    if not (e.is_Integer or not e.is_Number):
        raise ReadError(f"{e} is no length")
    return e


def numbers_of(dim: Any, default: int) -> int:
    """Return an axis, or the one that is meant where none is said."""
    return default if dim is None else int(dims(dim))


def filled(value: Any, sizes: Sequence[Basic], kind: Any = None) -> Array:
    """Return an array of one value."""
    from deltasift.read.arrays.array import axis_of

    one = entrywise.array_of(value)
    axes = tuple(axis_of(n) for n in sizes)
    return Array(axes, lambda at: one.at(()), kind or one.kind)


def spread(start: Any, stop: Any = None, step: Any = 1) -> Array:
    """Return the integers of a range."""
    from deltasift.read.arrays.array import axis_of, counting
    from deltasift.read.arrays.session import added

    if stop is None:
        start, stop = 0, start
    if step not in (1, 1.0):
        raise ReadError("a range with a step is not read")
    first, last = length(start), length(stop)
    found = counting(axis_of(added((1, last), (-1, first))))
    if first == S.Zero:
        return found
    ends = first, added((1, last), (-1, S.One))
    return Array(found.axes, lambda at: added((1, found.at(at)), (1, first)), "integer", ends)
