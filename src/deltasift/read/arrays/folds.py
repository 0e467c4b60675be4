"""What is computed over whole axes: sums, means, products, maxima, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from math import inf
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import ReadError
from deltasift.inert import ForAll, Maximum, Minimum, Product, Sum, free
from deltasift.line.statements import contrary
from deltasift.read.arrays.array import ONE, Array, Axis, Part, Place, Places, agree, counting
from deltasift.read.arrays.entrywise import (
    absolute,
    add,
    array_of,
    at_most,
    bracket,
    choice,
    compared,
    divide,
    each,
    every,
    exponential,
    greater,
    indicator,
    lesser,
    logarithm,
    multiply,
    number,
    numeric,
    over,
    power,
    root,
    some,
    subtract,
    times,
    truth,
    where,
)
from deltasift.read.arrays.session import added, current, plus

Dims = int | Sequence[int] | None
Join = Callable[[Basic, Basic], Basic]
Bind = Callable[[Basic, Basic, Basic, Basic], Basic]  # of a body, a name and the ends of its range


def dims_of(x: Array, dims: Dims) -> list[int]:
    """Return axes by their numbers from the front; None means all of them."""
    if dims is None or (isinstance(dims, Sequence) and not dims):
        return list(range(x.ndim))
    found = [x.axis(int(d)) for d in (dims if isinstance(dims, Sequence) else [dims])]
    if len(set(found)) != len(found):
        raise ReadError(f"an axis is meant twice in {dims}")
    return sorted(found)


def folded(
    x: Array, dims: Dims, keep: bool, bind: Bind, join: Join, pick: Callable[[Basic, Basic], Basic], empty: Basic
) -> Array:
    """Return an array folded over some axes.

    Parameters
    ----------
    bind : function
        Makes the binder.
    join : function
        Of two entries, for axes that are written out.
    pick : function
        Of what a mask says and an entry: the entry where it says so, else what changes nothing.
    empty : Basic
        The fold over nothing.
    """
    which = dims_of(x, dims)

    def at(places: Places) -> Basic:
        avoided = {s for place in places for p in place for s in free(p)}
        rest = iter(places)
        outer = [() if d in which and not keep else next(rest) for d in range(x.ndim)]
        parts = [(d, p) for d in which for p in x.axes[d].parts]

        def inside(number: int, chosen: list[Basic], used: frozenset[Basic]) -> Basic:
            if number == len(parts):
                return _at(x, which, outer, chosen, pick)
            part = parts[number][1]
            if part.listed:
                each_one = [inside(number + 1, [*chosen, Integer(i)], used) for i in range(int(part.length))]
                return reduce(join, each_one) if each_one else empty
            name = current().name(part.name, avoided | used)
            body = inside(number + 1, [*chosen, added((1, name), (-1, part.lo))], used | {name})
            return bind(body, name, part.lo, added((1, part.lo), (1, part.length), (-1, S.One)))

        return inside(0, [], frozenset())

    axes = [ONE if d in which else a for d, a in enumerate(x.axes) if keep or d not in which]
    return Array(tuple(axes), at, x.kind)


def _at(
    x: Array, which: Sequence[int], outer: Sequence[Place], chosen: Sequence[Basic], pick: Callable[..., Basic]
) -> Basic:
    """Return the entry at places of which those of the folded axes are chosen, if their masks keep it."""
    waiting = iter(chosen)
    places = tuple(tuple(next(waiting) for _ in a.parts) if d in which else outer[d] for d, a in enumerate(x.axes))
    kept = [(x.axes[d].keep, places[d]) for d in which]
    e = x.at(places)
    for says, place in kept:
        if says is not None:
            e = pick(says(place), e)
    return e


def total(x: Any, dims: Dims = None, keep: bool = False) -> Array:
    """Return the sum over axes."""
    return folded(
        number(x),
        dims,
        keep,
        lambda body, name, lo, hi: Sum(body, (name, lo, hi)),
        plus,
        lambda says, e: times(bracket(says, current().scope.is_integer), e),
        S.Zero,
    )


def product(x: Any, dims: Dims = None, keep: bool = False) -> Array:
    """Return the product over axes."""
    return folded(
        number(x),
        dims,
        keep,
        lambda body, name, lo, hi: Product(body, (name, lo, hi)),
        times,
        lambda says, e: choice(says, e, S.One),
        S.One,
    )


def holds_for_all(x: Any, dims: Dims = None, keep: bool = False) -> Array:
    """Return whether all are true."""
    return folded(
        truth(x),
        dims,
        keep,
        lambda body, name, lo, hi: body if body in (S.true, S.false) else ForAll(body, (name, lo, hi)),
        every,
        lambda says, e: some(contrary(says), e),
        S.true,
    )


def holds_for_some(x: Any, dims: Dims = None, keep: bool = False) -> Array:
    """Return whether any is true."""
    x = truth(x)
    none = holds_for_all(Array(x.axes, lambda at: contrary(x.at(at)), "truth"), dims, keep)
    return Array(none.axes, lambda at: contrary(none.at(at)), "truth")


def count(x: Array, dims: Dims = None) -> Array:
    """Return the number of entries along axes; of an axis that a mask has picked, how many it kept."""
    found = number(S.One)
    for d in dims_of(x, dims):
        axis = x.axes[d]
        if axis.keep is not None:
            found = multiply(found, total(_kept(axis)))
        else:
            found = multiply(found, Array((), lambda at, n=axis.length: n, "integer"))  # type: ignore[misc]
    return found


def _kept(axis: Axis) -> Array:
    """Return 1 for each position on an axis that a mask has picked from."""
    return Array((axis,), lambda at: S.One, "integer")


def mean(x: Any, dims: Dims = None, keep: bool = False) -> Array:
    """Return the mean over axes."""
    x = number(x)
    return divide(total(x, dims, keep), count(x, dims))


def extreme(x: Any, dims: Dims, keep: bool, largest: bool) -> Array:
    """Return the maximum or the minimum over axes."""
    x = number(x)
    for d in dims_of(x, dims):
        if x.axes[d].keep is not None:
            raise ReadError("the maximum of what a mask has picked is not read: write where(mask, x, bound) instead")
    head = Maximum if largest else Minimum

    def bind(body: Basic, name: Basic, lo: Basic, hi: Basic) -> Basic:
        return head(body, (name, lo, hi))

    return folded(x, dims, keep, bind, greater if largest else lesser, lambda says, e: e, S.Zero)


def variance(x: Any, dims: Dims = None, keep: bool = False, correction: Any = 0) -> Array:
    """Return the mean square distance from the mean, over the number of entries less a correction."""
    x = number(x)
    squares = multiply_by_itself(subtract(x, mean(x, dims, keep=True)))
    return divide(total(squares, dims, keep), subtract(count(x, dims), correction))


def deviation(x: Any, dims: Dims = None, keep: bool = False, correction: Any = 0) -> Array:
    """Return the standard deviation."""
    return numeric(root, "real")(variance(x, dims, keep, correction))


def multiply_by_itself(x: Any) -> Array:
    """Return the squares."""
    return numeric(lambda a: power(a, Integer(2)))(x)


def norm(x: Any, order: Any = 2, dims: Dims = None, keep: bool = False) -> Array:
    """Return the p-norm over axes: for p = 1 the sum, for an infinite p the maximum of the magnitudes."""
    if order in (2, None, "fro"):
        return numeric(root, "real")(total(multiply_by_itself(x), dims, keep))
    if order in (inf, -inf):
        return extreme(absolute(x), dims, keep, order == inf)
    p = None if isinstance(order, str) else array_of(order).entry
    if p is None or p == 0:
        raise ReadError(f"a norm of the order {order} is not read")
    if p == 1:
        return total(absolute(x), dims, keep)
    is_even = isinstance(p, Integer) and p % 2 == 0
    powers = numeric(lambda a: power(a, p))(x if is_even else absolute(x))
    return numeric(lambda a: power(a, over(S.One, p)), "real")(total(powers, dims, keep))


def log_sum_exp(x: Any, dims: Dims = None, keep: bool = False) -> Array:
    """Return the logarithm of the sum of exponentials."""
    return logarithm(total(exponential(x), dims, keep))


def log_softmax(x: Any, dim: int = -1) -> Array:
    """Return x less the logarithm of the sum of its exponentials."""
    return subtract(x, log_sum_exp(x, dim, keep=True))


def softmax(x: Any, dim: int = -1) -> Array:
    """Return exponentials over their sum."""
    powers = exponential(x)
    return divide(powers, total(powers, dim, keep=True))


def running_total(x: Any, dim: int) -> Array:
    """Return the sums of the entries up to each one."""
    x = number(x)
    d = x.axis(dim)
    axis = x.axes[d]
    if axis.is_one:
        return number(x)
    if len(axis.parts) > 1 or axis.keep is not None:
        raise ReadError("a running sum over a merged or picked axis is not read")
    part = axis.parts[0]

    def at(places: Places) -> Basic:
        [last] = places[d]
        if part.listed and isinstance(last, Integer):
            return reduce(plus, [x.at((*places[:d], (Integer(i),), *places[d + 1 :])) for i in range(int(last) + 1)])
        name = current().name(part.name, {s for place in places for p in place for s in free(p)})
        body = x.at((*places[:d], (added((1, name), (-1, part.lo)),), *places[d + 1 :]))
        return Sum(body, (name, part.lo, added((1, last), (1, part.lo))))

    return Array(x.axes, at, x.kind)


# --- products of arrays --------------------------------------------------------------------------------------------


def contracted(spec: str, *operands: Any) -> Array:
    """Return Einstein's sum of products: `contracted("nk,nk->n", a, b)`."""
    arrays = [number(x) for x in operands]
    inputs, arrow, output = spec.replace(" ", "").partition("->")
    letters = inputs.split(",")
    if len(letters) != len(arrays) or "." in spec:
        raise ReadError(f"the sum {spec!r} is not read: one word of letters for each array, without an ellipsis")
    if not arrow:
        joined = "".join(letters)
        output = "".join(sorted(c for c in set(joined) if joined.count(c) == 1))
    axes: dict[str, Axis] = {}
    for word, x in zip(letters, arrays, strict=True):
        if len(word) != x.ndim:
            raise ReadError(f"{word!r} of {spec!r} has not as many letters as its array has axes")
        for c, axis in zip(word, x.axes, strict=True):
            if c in axes and not axes[c].is_one and not axis.is_one and not agree(axes[c], axis):
                raise ReadError(f"the axes {c!r} of {spec!r} are not known to be equally long")
            if c not in axes or axes[c].is_one:
                axes[c] = axis
    summed = [c for c in axes if c not in output]
    order = [*output, *summed]

    def at(places: Places) -> Basic:
        by = dict(zip(order, places, strict=True))
        entries = [
            x.at(tuple(() if a.is_one else by[c] for c, a in zip(word, x.axes, strict=True)))
            for word, x in zip(letters, arrays, strict=True)
        ]
        return reduce(times, entries)

    whole = Array(tuple(axes[c] for c in order), at)
    return total(whole, list(range(len(output), len(order)))) if summed else whole


def matrix_product(a: Any, b: Any) -> Array:
    """Return `a @ b`; the axes before the last two are broadcast."""
    a, b = number(a), number(b)
    if a.ndim == 0 or b.ndim == 0:
        raise ReadError("@ of a number is no product of matrices")
    left = a if a.ndim > 1 else Array((ONE, *a.axes), lambda at: a.at(at[1:]), a.kind)
    right = b if b.ndim > 1 else Array((*b.axes, ONE), lambda at: b.at(at[:-1]), b.kind)
    if not left.axes[-1].is_one and not right.axes[-2].is_one and not agree(left.axes[-1], right.axes[-2]):
        raise ReadError(f"@ over axes of the lengths {left.axes[-1].length} and {right.axes[-2].length}")
    rows = Array((*left.axes[:-1], ONE, left.axes[-1]), lambda at: left.at((*at[:-2], at[-1])), left.kind)
    columns = Array(
        (*right.axes[:-2], ONE, right.axes[-1], right.axes[-2]),
        lambda at: right.at((*at[:-3], at[-1], at[-2])),
        right.kind,
    )
    found = total(each(times, rows, columns), -1)
    dropped = [d for d, gone in ((-2, a.ndim == 1), (-1, b.ndim == 1)) if gone]
    return without_axes(found, [found.axis(d) for d in dropped])


def without_axes(x: Array, dims: Sequence[int]) -> Array:
    """Return an array without some of its axes of one."""
    kept = [a for d, a in enumerate(x.axes) if d not in dims]

    def at(places: Places) -> Basic:
        rest = iter(places)
        return x.at(tuple(() if d in dims else next(rest) for d in range(x.ndim)))

    return Array(tuple(kept), at, x.kind, x.ends)


def triangle(x: Any, offset: int, lower: bool) -> Array:
    """Return a matrix with what lies above, or below, a diagonal cut away."""
    x = number(x)
    rows, columns = counting(x.axes[-2]), counting(x.axes[-1])
    row = Array((rows.axes[0], ONE), lambda at: rows.at((at[0],)), "integer")
    shifted = add(row, offset)
    order = compared(lambda a, b: at_most(b, a) if lower else at_most(a, b))
    kept = order(shifted, columns)
    return where(kept, x, 0)


def part_of(axis: Axis) -> Part:
    """Return the one part of an axis."""
    if len(axis.parts) != 1:
        raise ReadError("an axis that was merged from several is not taken apart here: do so before you merge")
    return axis.parts[0]


def nonzero_count(x: Any, dims: Dims = None) -> Array:
    """Return how many entries are not 0."""
    x = truth(x)
    return total(Array(x.axes, lambda at: indicator(x.at(at)), "integer"), dims)
