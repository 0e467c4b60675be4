"""Choices between more than two: `select` and `piecewise`, the first truth of several, branches by number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sympy import S
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays.array import Array, Places

Choose = Callable[[Array, Any, Any], Any]


def first_of(conditions: Sequence[Any], values: Sequence[Any], otherwise: Any, choose: Choose = e.where) -> Any:
    """Return the value that belongs to the first condition that is true."""
    found = otherwise
    for says, value in reversed(list(zip(conditions, values, strict=True))):
        found = choose(e.truth(says), value, found)
    return found


def select(condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0) -> Any:
    """Return what `numpy.select` does."""
    if len(condlist) != len(choicelist):
        raise ReadError("select has as many conditions as choices")
    return first_of(condlist, choicelist, default)


def piecewise(x: Any, condlist: Any, funclist: Sequence[Any], *args: Any, front: Any, **options: Any) -> Any:
    """Return what `numpy.piecewise` does, in which the last condition that is true wins."""
    conditions = [condlist] if isinstance(condlist, Array) and condlist.ndim == e.array_of(x).ndim else list(condlist)
    given = [f(front(x), *args, **options) if callable(f) else f for f in funclist]
    values = [e.array_of(v.array if isinstance(v, front) else v) for v in given]
    if len(values) not in (len(conditions), len(conditions) + 1):
        raise ReadError("piecewise has as many functions as conditions, or one more")
    otherwise = values[len(conditions)] if len(values) > len(conditions) else 0
    return first_of(conditions[::-1], values[: len(conditions)][::-1], otherwise)


@dataclass(frozen=True)
class FirstTrue(Array):
    """The place of the first of several conditions that is true, 0 where none is.

    Attributes
    ----------
    conditions : tuple of Array
    """

    conditions: tuple[Array, ...] = field(kw_only=True)


def first_true(x: Array, dim: int) -> FirstTrue:
    """Return the place of the first truth along an axis whose length is a number."""
    axis = x.axes[dim]
    if x.kind != "truth" or not axis.length.is_Integer or axis.keep is not None or len(axis.parts) > 1:
        raise ReadError("argmax is not read: its value is a place, which depends on the data")
    rest = (*x.axes[:dim], *x.axes[dim + 1 :])

    def condition(number: int) -> Array:
        place = () if axis.is_one else (Integer(number),)
        return Array(rest, lambda at: x.at((*at[:dim], place, *at[dim:])), "truth")

    conditions = tuple(condition(i) for i in range(int(axis.length)))
    whole = first_of(conditions, [*map(e.array_of, range(len(conditions)))], 0)

    def at(places: Places) -> Any:
        return e.number(whole).at(places)

    return FirstTrue(rest, at, "integer", (S.Zero, Integer(len(conditions) - 1)), conditions=conditions)


def by_number(which: Array, values: Sequence[Any], choose: Choose) -> Any:
    """Return the value whose number an integer is; one beyond the last is the last."""
    if isinstance(which, FirstTrue) and len(which.conditions) == len(values):
        return first_of(which.conditions, values, values[0], choose)
    numbers = [e.compared(e.at_most)(which, i) for i in range(len(values) - 1)]
    return first_of(numbers, values[:-1], values[-1], choose)
