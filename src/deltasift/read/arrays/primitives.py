"""The primitives of JAX as functions of arrays: each takes the symbolic lengths, the equation, and its inputs."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any

from sympy import S
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.conditions.prove import Prover
from deltasift.conditions.signs import POSITIVE, SignReader
from deltasift.errors import ReadError
from deltasift.inert import Exp, Func, Log, Piecewise, sigma
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds, picks, shapes
from deltasift.read.arrays.array import ONE, Array, Axis, Part, Place, Places, axis_of, counting, probe_of
from deltasift.read.arrays.infinities import (
    Infinite,
    LeftOut,
    carried,
    chosen,
    exponential,
    extreme,
    is_finite,
    left_out,
    less_the_maximum,
    moved,
    multiplied,
    same_everywhere,
)
from deltasift.read.arrays.session import added, current, is_same

Primitive = Callable[..., Any]


def refused_by_name(name: str) -> str:
    """Return why a primitive is not read."""
    if "random" in name or "threefry" in name:
        return "random numbers of JAX are no formula"
    reasons = {
        "argmax": "argmax is not read: its value is a place, which depends on the data",
        "argmin": "argmin is not read: its value is a place, which depends on the data",
        "sort": "sort is not read: which entry comes where depends on the data",
        "top_k": "top_k is not read: which entry comes where depends on the data",
    }
    return reasons.get(name, f"the primitive {name} of JAX is not read")


def _entrywise(f: Callable[..., Any]) -> Primitive:
    found: Primitive = carried(_plain(f))
    return found


def _plain(f: Callable[..., Any]) -> Primitive:
    return lambda lengths, eqn, *xs: f(*xs)


def _real(f: Callable[..., Basic]) -> Primitive:
    return _entrywise(e.numeric(f, "real"))


def _neutral(f: Callable[[Any, Any], Array], neutral: int) -> Primitive:
    """Return an operation in which an array that meets the neutral number stays itself, with what is known of it."""

    def operation(lengths: Any, eqn: Any, a: Any, b: Any) -> Any:
        for x, y in ((a, b), (b, a)):
            if _is_number(x, neutral) and e.array_of(y).ndim >= e.array_of(x).ndim:
                return y
        return f(a, b)

    return carried(operation)  # type: ignore[no-any-return]


def _product(lengths: Any, eqn: Any, a: Any, b: Any) -> Any:
    infinite = multiplied(a, b)
    return PRODUCT(lengths, eqn, a, b) if infinite is None else infinite


def _difference(lengths: Any, eqn: Any, a: Any, b: Any) -> Any:
    found = less_the_maximum(a, b)
    return DIFFERENCE(lengths, eqn, a, b) if found is None else found


def _is_number(x: Any, value: int) -> bool:
    x = e.array_of(x)
    return x.ndim == 0 and bool(x.at(()) == value)


def _is_infinite(x: Any) -> bool:
    return isinstance(x, Infinite)


def _extreme_of(largest: bool) -> Primitive:
    def extreme(lengths: Any, eqn: Any, a: Any, b: Any) -> Any:
        for x, y in ((a, b), (b, a)):
            if _is_infinite(x):
                if (x.value < 0) is largest:
                    return y
                raise ReadError("a maximum with an infinity has no value")
            if isinstance(x, LeftOut):
                raise ReadError("a maximum of two arrays of which one may be infinite is not read")
        return (e.maximum if largest else e.minimum)(a, b)

    return extreme


def _comparison(f: Callable[[Basic, Basic], Basic], turned: bool = False) -> Primitive:
    """Return a comparison; that of labels with a number is decided by where the labels lie."""
    relation = e.compared(lambda a, b: f(b, a) if turned else f(a, b))

    def comparison(lengths: Any, eqn: Any, a: Any, b: Any) -> Any:
        a, b = e.array_of(a), e.array_of(b)
        if not turned and f is e.less and b.ndim == 0 and b.at(()) == 0 and a.ends is not None:
            lowest = a.ends[0]
            if isinstance(lowest, Integer) and lowest >= 0:
                return Array(a.axes, lambda at: S.false, "truth")
        return relation(a, b)

    return comparison


def _select(lengths: Any, eqn: Any, condition: Any, no: Any, yes: Any) -> Any:
    condition = e.truth(condition)
    known = _always(condition)
    if known is not None and not isinstance(yes if known else no, LeftOut):
        return yes if known else no
    for x, y, c in ((no, yes, condition), (yes, no, e.inverted(condition))):
        if _is_infinite(x) and isnan(x.value):  # no value where the condition fails
            return e.each(lambda says, a: Piecewise((a, says)), e.truth(c), e.number(y), kind="real")
        if _is_infinite(x):
            return left_out(e.array_of(y), c, x.value)
    partly = chosen(condition, yes, no)
    return e.where(condition, yes, no) if partly is None else partly


def _always(condition: Array) -> bool | None:
    """Tell whether a condition is the same at all places, as far as its form says."""
    return current().decided(condition.at(probe_of(condition)))


def _absolute(lengths: Any, eqn: Any, x: Any) -> Array:
    """Return the magnitude, which is the number itself where that is positive by its form."""
    prover = Prover()

    def magnitude(a: Basic) -> Basic:
        if a.is_Rational:
            return abs(a)
        signs = SignReader(current().scope, prover.holds).signs(a)
        return a if signs <= POSITIVE else Func("Abs", a)

    return e.numeric(magnitude)(x)


def _clamp(lengths: Any, eqn: Any, least: Any, x: Any, most: Any) -> Any:
    return e.clamp(x, None if _is_infinite(least) else least, None if _is_infinite(most) else most)


def _integer_pow(lengths: Any, eqn: Any, x: Any) -> Array:
    return e.numeric(e.power)(x, int(eqn.params["y"]))


def _xor(lengths: Any, eqn: Any, a: Any, b: Any) -> Array:
    """Return `a ^ b`, of truths; of a comparison as a number and 1 the contrary as a number."""
    a, b = e.array_of(a), e.array_of(b)
    if a.kind == "integer" and same_everywhere(b) == 1:
        return e.number(e.inverted(e.each(_comparison_of, a, kind="truth")))
    return e.differs(a, b)


def _comparison_of(x: Basic) -> Basic:
    if not e.is_indicator(x):
        raise ReadError("the bits of an integer are not read: compare first")
    return x.args[1]


def _cast(lengths: Any, eqn: Any, x: Any) -> Any:
    kind = eqn.params["new_dtype"].kind
    if _is_infinite(x):
        return x
    x = e.array_of(x)
    if kind == "b":
        return e.truth(x)
    if kind in "iu":
        if x.kind == "real":
            raise ReadError("a cast of reals to integers rounds, and is not read")
        return e.number(x)
    x = e.number(x)
    return Array(x.axes, x.at, "real", x.ends)


# --- shapes --------------------------------------------------------------------------------------------------------


def _broadcast(lengths: Any, eqn: Any, x: Any, *dynamic: Any) -> Any:
    if _is_infinite(x):
        return x
    x = e.array_of(x)
    shape = [lengths.length(n) for n in eqn.params["shape"]]
    into = eqn.params["broadcast_dimensions"]
    axes: list[Axis] = []
    for d, n in enumerate(shape):
        own = x.axes[into.index(d)] if d in into else ONE
        axes.append(own if not own.is_one else axis_of(n))

    def at(places: Places) -> Basic:
        return x.at(tuple(() if x.axes[i].is_one else places[d] for i, d in enumerate(into)))

    return Array(tuple(axes), at, x.kind, x.ends)


def _reshape(lengths: Any, eqn: Any, x: Any, *dynamic: Any) -> Array:
    return shapes.reshaped(x, [lengths.length(n) for n in eqn.params["new_sizes"]])


def _iota(lengths: Any, eqn: Any, *dynamic: Any) -> Array:
    shape = [axis_of(lengths.length(n)) for n in eqn.params["shape"]]
    d = eqn.params["dimension"]
    row = counting(shape[d])
    return Array(tuple(shape), lambda at: row.at((at[d],)), "integer", row.ends)


def _slice(lengths: Any, eqn: Any, x: Any) -> Array:
    x = e.array_of(x)
    strides = eqn.params["strides"] or (1,) * x.ndim
    if any(s != 1 for s in strides):
        raise ReadError("a slice with a step is not read")
    ends = zip(eqn.params["start_indices"], eqn.params["limit_indices"], x.axes, strict=True)
    key = [slice(None) if a.is_one else slice(lengths.length(lo), lengths.length(hi)) for lo, hi, a in ends]
    return picks.indexed(x, tuple(key))


def _squeeze(lengths: Any, eqn: Any, x: Any) -> Array:
    return shapes.squeezed(x, eqn.params["dimensions"])


def _rev(lengths: Any, eqn: Any, x: Any) -> Array:
    x = e.array_of(x)
    for d in eqn.params["dimensions"]:
        x = shapes.flipped(x, d)
    return x  # type: ignore[no-any-return]


# --- folds ---------------------------------------------------------------------------------------------------------


def _fold(f: Callable[[Any, Any, bool], Array]) -> Primitive:
    def folded(lengths: Any, eqn: Any, x: Any) -> Array:
        axes = list(eqn.params["axes"])
        return f(x, axes, False) if axes else e.array_of(x)

    return folded


def _dot_general(lengths: Any, eqn: Any, a: Any, b: Any) -> Array:
    (left, right), (batch_left, batch_right) = eqn.params["dimension_numbers"]
    a, b = e.array_of(a), e.array_of(b)
    letters = iter("abcdefghijklmnopqrstuvwxyz")
    first = [next(letters) for _ in a.axes]
    second = [next(letters) for _ in b.axes]
    for i, j in (*zip(left, right, strict=True), *zip(batch_left, batch_right, strict=True)):
        second[j] = first[i]
    out = [first[i] for i in batch_left]
    out += [c for i, c in enumerate(first) if i not in (*left, *batch_left)]
    out += [c for j, c in enumerate(second) if j not in (*right, *batch_right)]
    return folds.contracted(f"{''.join(first)},{''.join(second)}->{''.join(out)}", a, b)


def _gather(lengths: Any, eqn: Any, x: Any, indices: Any) -> Array:
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


def _shorter(axis: Axis, length: Basic) -> Axis:
    part = folds.part_of(axis)
    return ONE if length == 1 else Axis((Part(length, part.name, part.lo),))


def _concatenate(lengths: Any, eqn: Any, *xs: Any) -> Array:
    return shapes.concatenated([e.array_of(x) for x in xs], eqn.params["dimension"])


def _cumsum(lengths: Any, eqn: Any, x: Any) -> Array:
    if eqn.params.get("reverse"):
        raise ReadError("a running sum from the end is not read")
    return folds.running_total(x, eqn.params["axis"])


def _same(lengths: Any, eqn: Any, x: Any) -> Any:
    return x


PRODUCT = _neutral(e.multiply, 1)
DIFFERENCE = _entrywise(e.subtract)

PRIMITIVES: dict[str, Primitive] = {
    "add": _neutral(e.add, 0),
    "add_any": _neutral(e.add, 0),
    "sub": _difference,
    "mul": _product,
    "div": _entrywise(e.divide),
    "neg": _entrywise(e.negate),
    "pow": _entrywise(e.numeric(e.power)),
    "integer_pow": carried(_integer_pow),
    "square": _entrywise(e.numeric(lambda a: e.power(a, S(2)))),
    "exp": _plain(exponential),
    "exp2": _real(lambda a: 2**a),
    "log": _real(Log),
    "log1p": _real(lambda a: Log(e.one_plus(a))),
    "expm1": _real(lambda a: e.minus(Exp(a), S.One)),
    "sqrt": _real(e.root),
    "rsqrt": _real(lambda a: e.over(S.One, e.root(a))),
    "logistic": _real(sigma),
    "lgamma": _real(e.lgamma),
    "abs": _absolute,
    "sign": _entrywise(e.numeric(lambda a: Func("sign", a))),
    **{name: _entrywise(e.of_function(name)) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "erf", "erfc")},
    "atan": _entrywise(e.of_function("atan")),
    "floor": _entrywise(e.of_function("floor")),
    "max": _extreme_of(True),
    "min": _extreme_of(False),
    "clamp": _clamp,
    "eq": _comparison(e.equal),
    "ne": _comparison(e.unequal),
    "lt": _comparison(e.less),
    "le": _comparison(e.at_most),
    "gt": _comparison(e.less, turned=True),
    "ge": _comparison(e.at_most, turned=True),
    "and": _entrywise(e.both),
    "or": _entrywise(e.either),
    "xor": _xor,
    "not": _entrywise(e.inverted),
    "is_finite": _plain(is_finite),
    "select_n": _select,
    "convert_element_type": carried(_cast),
    "stop_gradient": _same,
    "copy": _same,
    "copy_p": _same,
    "optimization_barrier": _same,
    "broadcast_in_dim": moved(_broadcast),
    "reshape": moved(_reshape),
    "squeeze": moved(_squeeze),
    "expand_dims": moved(lambda lengths, eqn, x: shapes.with_axis(x, eqn.params["dimensions"][0])),
    "transpose": moved(lambda lengths, eqn, x: shapes.permuted(x, eqn.params["permutation"])),
    "rev": moved(_rev),
    "slice": moved(_slice),
    "iota": _iota,
    "concatenate": moved(_concatenate),
    "stack": lambda lengths, eqn, *xs: shapes.stacked([e.array_of(x) for x in xs], eqn.params["axis"]),
    "gather": moved(_gather),
    "dot_general": _dot_general,
    "cumsum": _cumsum,
    "reduce_sum": _fold(folds.total),
    "reduce_prod": _fold(folds.product),
    "reduce_max": _fold(lambda x, dims, keep: extreme(x, dims, True)),
    "reduce_min": _fold(lambda x, dims, keep: extreme(x, dims, False)),
    "reduce_and": _fold(folds.holds_for_all),
    "reduce_or": _fold(folds.holds_for_some),
}
