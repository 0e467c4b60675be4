"""Axes added, taken away, exchanged, merged, split and joined: other positions of the same entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.inert import Mul, Piecewise
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
from deltasift.read.arrays.entrywise import array_of, balanced, choice, equal, joint_kind, less, number
from deltasift.read.arrays.folds import part_of, without_axes
from deltasift.read.arrays.session import added, is_same


def with_axis(x: Any, dim: int) -> Array:
    """Return an array with an axis of one put in."""
    x = array_of(x)
    if not -x.ndim - 1 <= dim <= x.ndim:
        raise ReadError(f"there is no place {dim} for an axis in the shape {shown_shape(x)}")
    d = dim % (x.ndim + 1)
    return Array((*x.axes[:d], ONE, *x.axes[d:]), lambda at: x.at((*at[:d], *at[d + 1 :])), x.kind, x.ends)


def squeezed(x: Any, dims: int | Sequence[int] | None = None) -> Array:
    """Return an array without its axes of one; an axis of symbolic length is longer, as a rule."""
    x = array_of(x)
    if dims is None:
        which = [d for d, a in enumerate(x.axes) if a.is_one]
    else:
        wanted = [x.axis(d) for d in ([dims] if isinstance(dims, int) else dims)]
        which = [d for d in wanted if x.axes[d].is_one]
    return without_axes(x, which)


def permuted(x: Any, order: Sequence[int]) -> Array:
    """Return an array with its axes in another order."""
    x = array_of(x)
    old = [x.axis(d) for d in order]
    if sorted(old) != list(range(x.ndim)):
        raise ReadError(f"{tuple(order)} is no order of the axes of the shape {shown_shape(x)}")
    place_of = [old.index(d) for d in range(x.ndim)]
    return Array(tuple(x.axes[d] for d in old), lambda at: x.at(tuple(at[p] for p in place_of)), x.kind, x.ends)


def exchanged(x: Any, a: int, b: int) -> Array:
    """Return an array with two axes exchanged."""
    x = array_of(x)
    order = list(range(x.ndim))
    a, b = x.axis(a), x.axis(b)
    order[a], order[b] = b, a
    return permuted(x, order)


def turned(x: Any) -> Array:
    """Return an array with its axes in the reversed order."""
    x = array_of(x)
    return permuted(x, range(x.ndim)[::-1])


def moved_axis(x: Any, source: int, target: int) -> Array:
    """Return an array with one axis put elsewhere."""
    x = array_of(x)
    order = list(range(x.ndim))
    axis = order.pop(x.axis(source))
    order.insert(x.axis(target), axis)
    return permuted(x, order)


def flipped(x: Any, dim: int) -> Array:
    """Return an array with one axis read backwards."""
    x = array_of(x)
    d = x.axis(dim)
    if x.axes[d].is_one:
        return array_of(x)
    part = part_of(x.axes[d])

    def at(places: Places) -> Basic:
        back = added((1, part.length), (-1, S.One), (-1, places[d][0]))
        return x.at((*places[:d], (back,), *places[d + 1 :]))

    return Array(x.axes, at, x.kind, x.ends)


# --- whole axes merged and split -----------------------------------------------------------------------------------


def reshaped(x: Any, lengths: Sequence[Basic]) -> Array:
    """Return an array with whole axes merged or split; one length may be -1."""
    x = array_of(x)
    if any(a.keep is not None for a in x.axes) and [n for n in lengths if n != 1] != [-1]:
        raise ReadError("what a mask has picked has a length that depends on the data: it is only made flat")
    parts = [p for a in x.axes for p in a.parts]
    if any(a.keep is not None for a in x.axes):
        return _flat_pick(x, lengths)
    groups, split = _grouped(parts, list(lengths))

    def at(places: Places) -> Basic:
        flat = [p for place in places for p in place]
        old = _old_positions(parts, flat, split)
        taken = iter(old)
        return x.at(tuple(tuple(next(taken) for _ in a.parts) for a in x.axes))

    return Array(tuple(Axis(tuple(g)) for g in groups), at, x.kind, x.ends)


def _flat_pick(x: Array, lengths: Sequence[Basic]) -> Array:
    long = [d for d, a in enumerate(x.axes) if not a.is_one]
    if len(long) != 1:
        raise ReadError("what a mask has picked is made flat only where it has no other axes")
    place = next(i for i, n in enumerate(lengths) if n == -1)
    axes = tuple(x.axes[long[0]] if i == place else ONE for i in range(len(lengths)))
    return Array(axes, lambda at: x.at(tuple(at[place] if d == long[0] else () for d in range(x.ndim))), x.kind, x.ends)


Split = dict[int, tuple[Basic, ...]]  # of an old part, by its number: the lengths of the parts that it is split into


def _grouped(parts: list[Part], lengths: list[Basic]) -> tuple[list[list[Part]], Split]:
    """Return the parts of each new axis, and which old parts are split."""
    if lengths.count(Integer(-1)) > 1:
        raise ReadError("only one length may be -1")
    split: Split = {}
    if Integer(-1) not in lengths:
        groups, rest = _from_the_front(parts, 0, lengths, split)
        if rest < len(parts):
            raise ReadError(_cannot(parts, lengths))
        return groups, split
    hole = lengths.index(Integer(-1))
    before, start = _from_the_front(parts, 0, lengths[:hole], split)
    # the axes after the hole, matched from the back
    end = len(parts)
    after: list[list[Part]] = []
    for n in reversed(lengths[hole + 1 :]):
        group: list[Part] = []
        while not is_same(_length(group), n):
            if end <= start:
                return _divided(parts, lengths, before, start, after, hole, split)
            end -= 1
            group.insert(0, parts[end])
        after.insert(0, group)
    return [*before, parts[start:end], *after], split


def _divided(
    parts: list[Part],
    lengths: list[Basic],
    before: list[list[Part]],
    start: int,
    after: list[list[Part]],
    hole: int,
    split: Split,
) -> tuple[list[list[Part]], Split]:
    """Split one part of a number as its length where the missing length follows from the others."""
    rest = parts[start:]
    numbers = [p.length for p in rest]
    known = [n for n in lengths[hole + 1 :] if n != 1]
    if all(isinstance(n, Integer) for n in (*numbers, *known)):
        whole, by = int(_length(rest)), int(_product(known))
        if by and whole % by == 0:
            filled = [*lengths[:hole], Integer(whole // by), *lengths[hole + 1 :]]
            return _grouped(parts, filled)
    raise ReadError(_cannot(parts, lengths))


def _from_the_front(
    parts: list[Part], start: int, lengths: Sequence[Basic], split: Split
) -> tuple[list[list[Part]], int]:
    groups: list[list[Part]] = []
    waiting = list(lengths)
    while waiting:
        n = waiting.pop(0)
        group: list[Part] = []
        while not is_same(_length(group), n):
            if start >= len(parts):
                raise ReadError(_cannot(parts, lengths))
            larger = [*group, parts[start]]
            more = _split(parts[start].length, [n, *waiting]) if not group else None
            if more and not is_same(parts[start].length, n):
                split[start] = more
                groups.extend([[Part(m)] if m != 1 else [] for m in more])
                del waiting[: len(more) - 1]
                group = []
                start += 1
                break
            group = larger
            start += 1
        else:
            groups.append(group)
    return groups, start


def _split(length: Basic, lengths: Sequence[Basic]) -> tuple[Basic, ...]:
    """Return the fewest lengths from the front, two or more, whose product is a length; empty where there are none."""
    for count in range(2, len(lengths) + 1):
        if is_same(_product(lengths[:count]), length):
            return tuple(lengths[:count])
    return ()


def _old_positions(parts: Sequence[Part], flat: list[Basic], split: Split) -> list[Basic]:
    old: list[Basic] = []
    waiting = iter(flat)
    for number_of, _ in enumerate(parts):
        if number_of not in split:
            old.append(next(waiting))
            continue
        axis = Axis(tuple(Part(n) for n in split[number_of] if n != 1))
        old.append(axis.flat(tuple(next(waiting) for _ in axis.parts)))
    return old


def _length(parts: Sequence[Part]) -> Basic:
    return _product([p.length for p in parts])


def _product(lengths: Sequence[Basic]) -> Basic:
    whole = S.One
    for n in lengths:
        whole = whole * n if isinstance(n, Integer) and isinstance(whole, Integer) else _times(whole, n)
    return whole


def _times(a: Basic, b: Basic) -> Basic:
    return b if a == 1 else a if b == 1 else Mul.make((a, b))


def _cannot(parts: Sequence[Part], lengths: Sequence[Basic]) -> str:
    old = " x ".join(str(p.length) for p in parts) or "1"
    return f"{old} entries are not known to be {' x '.join(map(str, lengths))}: whole axes are merged or split"


def merged(x: Any, first: int = 0, last: int = -1) -> Array:
    """Return an array with neighbouring axes merged into one."""
    x = array_of(x)
    if x.ndim == 0:
        return with_axis(x, 0)
    a, b = x.axis(first), x.axis(last)
    middle = [p for axis in x.axes[a : b + 1] for p in axis.parts]
    axes = (*x.axes[:a], Axis(tuple(middle)), *x.axes[b + 1 :])
    if any(axis.keep is not None for axis in x.axes[a : b + 1]):
        return reshaped(x, [Integer(-1)])

    def at(places: Places) -> Basic:
        taken = iter(places[a])
        inner = [tuple(next(taken) for _ in axis.parts) for axis in x.axes[a : b + 1]]
        return x.at((*places[:a], *inner, *places[a + 1 :]))

    return Array(axes, at, x.kind, x.ends)


# --- axes of one made long, arrays joined --------------------------------------------------------------------------


def expanded(x: Any, lengths: Sequence[Basic]) -> Array:
    """Return an array with its axes of one made as long as is said; -1 leaves an axis as it is."""
    x = array_of(x)
    if len(lengths) < x.ndim:
        raise ReadError(f"the shape {shown_shape(x)} has more axes than {len(lengths)}")
    axes = []
    for i, n in enumerate(lengths):
        d = i - len(lengths) + x.ndim
        own = x.axes[d] if d >= 0 else ONE
        if n == -1 or (not own.is_one and is_same(own.length, n)):
            axes.append(own)
        elif own.is_one:
            axes.append(axis_of(n))
        else:
            raise ReadError(f"an axis of the length {own.length} is not made {n} long")
    return Array(tuple(axes), lambda at: placed(x, tuple(axes), at), x.kind, x.ends)


def like(*arrays: Any) -> list[Array]:
    """Return arrays broadcast against each other."""
    given = tuple(map(array_of, arrays))
    axes = broadcast_axes(given)
    return [Array(axes, lambda at, x=x: placed(x, axes, at), x.kind, x.ends) for x in given]  # type: ignore[misc]


def stacked(arrays: Sequence[Any] | Array, dim: int = 0) -> Array:
    """Return arrays put side by side along a new axis."""
    if isinstance(arrays, Array):  # a list that a loop over rows has made
        return moved_axis(arrays, 0, dim)
    given = [array_of(x) for x in arrays]
    if not given:
        raise ReadError("a stack of nothing")
    if any(x.ndim != given[0].ndim for x in given):
        raise ReadError("arrays of different shapes are stacked")
    for x in given[1:]:
        if not all(a.is_one == b.is_one and agree(a, b) for a, b in zip(given[0].axes, x.axes, strict=True)):
            raise ReadError(f"arrays of the shapes {shown_shape(given[0])} and {shown_shape(x)} are stacked")
    d = dim % (given[0].ndim + 1)
    kind = joint_kind(tuple(given)) if any(x.kind != "truth" for x in given) else "truth"
    parts = [number(x) if kind != "truth" else x for x in given]
    if len(parts) == 1:
        return with_axis(parts[0], d)
    axis = Axis((Part(Integer(len(parts)), listed=True),))

    def at(places: Places) -> Basic:
        [which] = places[d]
        rest = (*places[:d], *places[d + 1 :])
        if isinstance(which, Integer):
            return parts[int(which)].at(rest)
        cases = [(x.at(rest), _is(which, i)) for i, x in enumerate(parts)]
        return Piecewise(*cases[:-1], (cases[-1][0], S.true))

    return Array((*given[0].axes[:d], axis, *given[0].axes[d:]), at, kind)


def _is(position: Basic, number_of: int) -> Basic:
    return equal(*balanced(position, Integer(number_of)))


def concatenated(arrays: Sequence[Any] | Array, dim: int = 0) -> Array:
    """Return arrays put one after the other along an axis."""
    if isinstance(arrays, Array):  # a list that a loop over rows has made
        if arrays.ndim < 2:
            raise ReadError("numbers are joined: write stack")
        d = dim % (arrays.ndim - 1)
        return merged(moved_axis(arrays, 0, d), d, d + 1)
    given = [array_of(x) for x in arrays]
    if len(given) == 1:
        return given[0]
    first, *others = given
    d = first.axis(dim)
    second = others[0] if len(others) == 1 else concatenated(others, dim)
    for e, (a, b) in enumerate(zip(first.axes, second.axes, strict=True)):
        if e != d and not (a.is_one and b.is_one) and not (not a.is_one and not b.is_one and agree(a, b)):
            raise ReadError(f"arrays of the shapes {shown_shape(first)} and {shown_shape(second)} are joined")
    lengths = [x.axes[d].length for x in (first, second)]
    if any(x.axes[d].keep is not None or len(x.axes[d].parts) > 1 for x in (first, second)):
        raise ReadError("axes that were merged or picked are joined: do so before you merge")
    whole = added((1, lengths[0]), (1, lengths[1]))
    listed = all(a.is_one or a.parts[0].listed for a in (first.axes[d], second.axes[d]))
    axis = Axis((Part(whole, listed=True),)) if listed else axis_of(whole)
    kind = joint_kind((first, second))
    left, right = number(first), number(second)

    def at(places: Places) -> Basic:
        [p] = places[d]
        inside = less(p, lengths[0])
        own: Place = (p,) if left.axes[d].parts else ()
        shifted: Place = (added((1, p), (-1, lengths[0])),) if right.axes[d].parts else ()
        if inside == S.true:
            return left.at((*places[:d], own, *places[d + 1 :]))
        if inside == S.false:
            return right.at((*places[:d], shifted, *places[d + 1 :]))
        a = left.at((*places[:d], own, *places[d + 1 :]))
        b = right.at((*places[:d], shifted, *places[d + 1 :]))
        return choice(inside, a, b)

    ends = None
    if first.ends is not None and second.ends is not None and first.ends[0].is_Integer and second.ends[0].is_Integer:
        ends = min(first.ends[0], second.ends[0]), S.Infinity
    return Array((*first.axes[:d], axis, *first.axes[d + 1 :]), at, kind, ends)
