"""NumPy's functions and methods on stand-ins, by `__array_ufunc__` and `__array_function__`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sympy import S

from deltasift.errors import ReadError
from deltasift.inert import Log
from deltasift.read.arrays import cases, folds, picks, shapes
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays.array import Array, constant
from deltasift.read.arrays.common import COMMON, RANDOM, refused
from deltasift.read.arrays.options import dims, filled, fold, length, lengths, spread
from deltasift.read.arrays.session import negative
from deltasift.read.arrays.standin import StandIn
from deltasift.read.arrays.torch import _cast, _eye, _is_bool, _like, _tensor

Method = Callable[..., Any]


def _spread_of(f: Method) -> Method:
    def wrapped(
        x: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: bool = False, **o: Any
    ) -> Array:
        found: Array = f(x, dims(axis), keepdims, o.get("correction", ddof))
        return found

    return wrapped


def _made(value: int) -> Method:
    def made(shape: Any, dtype: Any = None, **_: Any) -> Array:
        truth = _is_bool(dtype)
        return filled(bool(value) if truth else S(value), lengths(shape), "truth" if truth else "real")

    return made


def _transposed(x: Any, *axes: Any) -> Array:
    order = axes[0] if len(axes) == 1 else axes
    if order is None or order == ():
        return shapes.turned(x)
    return shapes.permuted(x, [int(d) for d in order])


def _reshape(x: Any, *sizes: Any, order: str = "C", **_: Any) -> Array:
    if order != "C":
        raise ReadError("only the order C is read")
    return shapes.reshaped(x, lengths(*sizes))


def _with_axes(x: Any, axis: Any) -> Array:
    found = e.array_of(x)
    for d in sorted([axis] if isinstance(axis, int) else axis):
        found = shapes.with_axis(found, d)
    return found


def _average(x: Any, axis: Any = None, weights: Any = None, keepdims: bool = False, **_: Any) -> Array:
    if weights is None:
        return folds.mean(x, axis, keepdims)
    x, w = e.number(x), e.number(weights)
    if axis is not None and w.ndim == 1 and x.ndim > 1:
        for _i in range(x.ndim - 1 - x.axis(axis)):
            w = shapes.with_axis(w, -1)
    share = shapes.like(w, x)[0]
    return e.divide(folds.total(e.multiply(x, w), axis, keepdims), folds.total(share, axis, keepdims))


def _clip(x: Any, a_min: Any = None, a_max: Any = None, out: Any = None, **o: Any) -> Array:
    return e.clamp(x, o.get("min", a_min), o.get("max", a_max))


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Array:
    over = dims(axis)
    count = e.array_of(x).ndim if over is None else len(over) if isinstance(over, list) else 1
    if ord is not None and count > 1:
        raise ReadError(f"a norm of matrices of the order {ord} is not read: write axis=... for a norm of vectors")
    return folds.norm(x, 2 if ord is None else ord, over, keepdims)


def _shape_of(value: Any) -> Any:
    return tuple(a.length for a in e.array_of(value).axes)


def _repeat(x: Any, repeats: Any, axis: Any = None) -> Array:
    x = e.array_of(x)
    if axis is None or not x.axes[x.axis(axis)].is_one:
        raise ReadError("repeat is read along an axis of one")
    sizes = [S.NegativeOne] * x.ndim
    sizes[x.axis(axis)] = length(repeats)
    return shapes.expanded(x, sizes)


TABLE: dict[str, Method] = {
    **COMMON,
    "conjugate": lambda x, **_: x,
    "max": fold(lambda x, dim, keep: folds.extreme(x, dim, keep, True)),
    "min": fold(lambda x, dim, keep: folds.extreme(x, dim, keep, False)),
    "var": _spread_of(folds.variance),
    "std": _spread_of(folds.deviation),
    "average": _average,
    "select": cases.select,
    "piecewise": lambda *args, **options: cases.piecewise(*args, front=NumpyStandIn, **options),
    "clip": _clip,
    "norm": _norm,
    "take_along_axis": lambda x, indices, axis=-1: picks.gathered(x, axis, indices),
    "take": lambda x, indices, axis=None, **_: picks.taken(x, indices, axis),
    "transpose": _transposed,
    "permute_dims": _transposed,
    "swapaxes": lambda x, a, b: shapes.exchanged(x, a, b),
    "moveaxis": lambda x, a, b: shapes.moved_axis(x, a, b),
    "reshape": _reshape,
    "ravel": lambda x, **_: shapes.merged(x),
    "flatten": lambda x, **_: shapes.merged(x),
    "squeeze": lambda x, axis=None: shapes.squeezed(x, dims(axis)),
    "expand_dims": _with_axes,
    "broadcast_to": lambda x, shape, **_: shapes.expanded(x, lengths(shape)),
    "repeat": _repeat,
    "astype": _cast,
    "copy": lambda x, **_: x,
    "asarray": _tensor,
    "array": _tensor,
    "asanyarray": _tensor,
    "ascontiguousarray": _tensor,
    "zeros_like": _like(S.Zero),
    "ones_like": _like(S.One),
    "full_like": _like(S.Zero),
    "zeros": _made(0),
    "ones": _made(1),
    "full": lambda shape, fill_value, **_: filled(fill_value, lengths(shape)),
    "empty": refused("empty has entries that nobody wrote: write zeros"),
    "empty_like": refused("empty_like has entries that nobody wrote: write zeros_like"),
    "arange": lambda *ends, **_: spread(*ends),
    "eye": lambda n, m=None, k=0, dtype=None, **_: _eye(n, m, dtype),
    "identity": lambda n, **_: picks.identity(length(n)),
    "size": lambda x, axis=None: folds.count(e.array_of(x), axis),
    "shape": lambda x: tuple(constant(n, "integer") for n in _shape_of(x)),
    "ndim": lambda x: e.array_of(x).ndim,
    "vstack": lambda xs, **_: shapes.concatenated([_two(x) for x in xs], 0),
    "softmax": lambda x, axis=None, **_: _over_all(folds.softmax, x, axis),
    "log_softmax": lambda x, axis=None, **_: _over_all(folds.log_softmax, x, axis),
    "rel_entr": e.numeric(lambda x, y: e.choice(e.unequal(x, S.Zero), e.times(x, Log(e.over(x, y))), S.Zero), "real"),
    "entr": e.numeric(lambda x: e.choice(e.unequal(x, S.Zero), negative(e.times(x, Log(x))), S.Zero), "real"),
    **{name: refused(f"{name} is random, and what it gives is no formula") for name in RANDOM},
}


def _two(x: Any) -> Array:
    x = e.array_of(x)
    return x if x.ndim > 1 else shapes.with_axis(x, 0)


def _over_all(f: Method, x: Any, axis: Any) -> Array:
    x = e.array_of(x)
    if axis is not None:
        found: Array = f(x, axis)
    elif x.ndim == 1:
        found = f(x, 0)
    else:
        raise ReadError("a softmax over all axes is not read: say axis")
    return found


class NumpyStandIn(StandIn):
    """A stand-in for an array of NumPy's."""

    METHODS: Mapping[str, Method] = TABLE  # type: ignore[misc]
    VIEWS = frozenset(["reshape", "transpose", "swapaxes", "squeeze", "ravel", "diagonal"])

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Answer a universal function."""
        name = ufunc.__name__
        options.pop("casting", None)
        if method == "reduce" and name in ("add", "multiply", "maximum", "minimum", "logical_and", "logical_or"):
            name = {"add": "sum", "multiply": "prod", "maximum": "max", "minimum": "min"}.get(name, name)
            name = {"logical_and": "all", "logical_or": "any"}.get(name, name)
            options.setdefault("axis", 0)
        elif method != "__call__":
            raise ReadError(f"np.{name}.{method} is not read")
        if name not in TABLE:
            raise ReadError(f"np.{name} is not read")
        out = options.pop("out", None)
        result = type(self).call(TABLE[name], inputs, options)
        if out is None:
            return result
        [target] = out
        if not isinstance(target, StandIn):
            raise ReadError("the result is written to an array that is no stand-in")
        target._unshared("the option out")
        target.array = result.array
        return target

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        """Answer another function of NumPy's."""
        if func.__name__ not in TABLE:
            raise ReadError(f"np.{func.__name__} is not read")
        return type(self).call(TABLE[func.__name__], args, kwargs)

    def __array_namespace__(self, api_version: Any = None) -> Any:
        """Return the namespace of the array API."""
        from deltasift.read.arrays.globals import namespace

        return namespace()

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        import numpy as np

        return np.ndarray

    @property
    def dtype(self) -> Any:
        """The type of the entries."""
        import numpy as np

        return np.dtype({"truth": "bool", "integer": "int64", "real": "float64"}[self.array.kind])

    @property
    def size(self) -> Any:
        """The number of entries."""
        found = folds.count(self.array)
        return int(found.entry) if found.entry.is_Integer else type(self)(found)

    @property
    def mT(self) -> Any:
        """The array with its last two axes exchanged."""
        return type(self)(shapes.exchanged(self.array, -1, -2), True)
