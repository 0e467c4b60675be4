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
from deltasift.read.arrays import cases, folds, jax_picks, jax_puts, picks, shapes
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays.array import ONE, Array, Axis, Places, axis_of, counting, probe_of
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
from deltasift.read.arrays.session import added, current, plus

Primitive = Callable[..., Any]


def refused_by_name(name: str) -> str:
    """Return why a primitive is not read."""
    if "random" in name or "threefry" in name:
        return "random numbers of JAX are no formula"
    reasons = {
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
                if isinstance(y, LeftOut) or x.known is not None or (x.infinity < 0) is not largest:
                    raise ReadError("a maximum of two arrays of which one may be infinite is not read")
                return e.where(x.kept, (e.maximum if largest else e.minimum)(x.inside, y), y)
        return (e.maximum if largest else e.minimum)(a, b)

    return extreme


def _comparison(f: Callable[[Basic, Basic], Basic], turned: bool = False) -> Primitive:
    """Return a comparison; that of labels with a number is decided by where the labels lie."""
    relation = e.compared(lambda a, b: f(b, a) if turned else f(a, b))

    def comparison(lengths: Any, eqn: Any, a: Any, b: Any) -> Any:
        if _is_infinite(a) or _is_infinite(b):
            return _beside_infinity(f, *((b, a) if turned else (a, b)))
        a, b = e.array_of(a), e.array_of(b)
        if not turned and f is e.less and b.ndim == 0 and b.at(()) == 0 and a.ends is not None:
            lowest = a.ends[0]
            if isinstance(lowest, Integer) and lowest >= 0:
                return Array(a.axes, lambda at: S.false, "truth")
        return relation(a, b)

    return comparison


def _beside_infinity(f: Callable[[Basic, Basic], Basic], a: Any, b: Any) -> Array:
    """Return what a comparison with an infinity or nan says of numbers."""
    if (_is_infinite(a) and _is_infinite(b)) or isinstance(a, LeftOut) or isinstance(b, LeftOut):
        raise ReadError("an infinity is compared with another, which is not read")
    value = a.value if _is_infinite(a) else b.value
    below = bool(value < 0 if _is_infinite(a) else value > 0)  # nothing is less than nan
    says = f is e.unequal if f in (e.equal, e.unequal) else below
    other = e.array_of(b if _is_infinite(a) else a)
    return Array(other.axes, lambda at: S.true if says else S.false, "truth")


def select(lengths: Any, eqn: Any, which: Any, *values: Any) -> Any:
    """Return the value whose number an index is; of two, a truth says which."""
    which = e.array_of(which)
    if len(values) > 2 or (isinstance(which, cases.FirstTrue) and len(values) == 2):
        return cases.by_number(which, values, _select)
    no, yes = values
    return _select(e.truth(which), yes, no)


def _select(condition: Array, yes: Any, no: Any) -> Any:
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


def _tile(lengths: Any, eqn: Any, x: Any, *dynamic: Any) -> Array:
    x = e.array_of(x)
    reps = [lengths.length(n) for n in eqn.params["reps"]]
    if any(n != 1 and not a.is_one for n, a in zip(reps, x.axes, strict=True)):
        raise ReadError("an axis that is repeated as a whole is not read: repeat along an axis of one")
    return shapes.expanded(x, [n if n != 1 else a.length for n, a in zip(reps, x.axes, strict=True)])


def _split(lengths: Any, eqn: Any, x: Any) -> list[Array]:
    x, d = e.array_of(x), eqn.params["axis"]
    found, start = [], S.Zero
    for size in eqn.params["sizes"]:
        end = added((1, start), (1, lengths.length(size)))
        found.append(picks.indexed(x, (*(slice(None),) * d, slice(start, end))))
        start = end
    return found


def _argmax(lengths: Any, eqn: Any, x: Any) -> Any:
    x, [axis] = e.array_of(x), eqn.params["axes"]
    return cases.first_true(x, axis)


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
    "select_n": select,
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
    "slice": moved(jax_picks.slice_of),
    "iota": _iota,
    "argmax": _argmax,
    "concatenate": moved(_concatenate),
    "stack": lambda lengths, eqn, *xs: shapes.stacked([e.array_of(x) for x in xs], eqn.params["axis"]),
    "gather": moved(jax_picks.gather),
    "dynamic_slice": jax_picks.slice_from,
    "dot_general": _dot_general,
    "cumsum": _cumsum,
    "scatter": jax_puts.scatter(None, S.Zero),
    "scatter-add": jax_puts.scatter(plus, S.Zero),
    "scatter-mul": jax_puts.scatter(e.times, S.One),
    "scatter-max": jax_puts.scatter(e.greater, S.NegativeInfinity),
    "scatter-min": jax_puts.scatter(e.lesser, S.Infinity),
    "pad": jax_puts.padded,
    "tile": _tile,
    "split": _split,
    "reduce_sum": _fold(folds.total),
    "reduce_prod": _fold(folds.product),
    "reduce_max": _fold(lambda x, dims, keep: extreme(x, dims, True)),
    "reduce_min": _fold(lambda x, dims, keep: extreme(x, dims, False)),
    "reduce_and": _fold(folds.holds_for_all),
    "reduce_or": _fold(folds.holds_for_some),
}
