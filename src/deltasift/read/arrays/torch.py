"""PyTorch's functions and methods on stand-ins, by `__torch_function__`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import S

from deltasift.errors import ReadError
from deltasift.inert import Exp, Log, sigma
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds, picks, puts, shapes
from deltasift.read.arrays.array import Array
from deltasift.read.arrays.common import COMMON, RANDOM, real, refused
from deltasift.read.arrays.options import dims, filled, fold, length, lengths, numbers_of, spread
from deltasift.read.arrays.torch_losses import LOSSES, linear
from deltasift.read.arrays.unread import Unread

Method = Callable[..., Any]


def _variance(x: Any, dim: Any = None, unbiased: Any = None, keepdim: bool = False, **options: Any) -> Array:
    return folds.variance(x, *_spread_options(dim, unbiased, keepdim, **options))


def _deviation(x: Any, dim: Any = None, unbiased: Any = None, keepdim: bool = False, **options: Any) -> Array:
    return folds.deviation(x, *_spread_options(dim, unbiased, keepdim, **options))


def _spread_options(
    dim: Any, unbiased: Any, keepdim: bool, correction: Any = None, axis: Any = None, keepdims: bool = False
) -> tuple[Any, bool, Any]:
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if correction is None:
        correction = 1 if unbiased is None or unbiased else 0
    return dims(dim if axis is None else axis), keepdim or keepdims, correction


def _extreme(largest: bool) -> Method:
    """Return torch.max or torch.min: of two arrays, of all entries, or along an axis, with the places of the values."""

    def extreme(x: Any, other: Any = None, keepdim: bool = False, *, dim: Any = None, axis: Any = None) -> Any:
        if isinstance(other, Array):
            return (e.maximum if largest else e.minimum)(x, other)
        which = next((d for d in (other, dim, axis) if d is not None), None)
        if which is None:
            return folds.extreme(x, None, False, largest)
        return WithPlaces(folds.extreme(x, which, keepdim, largest))

    return extreme


class WithPlaces:
    """What `max` along an axis returns: the values, and places that are not read."""

    def __init__(self, values: Any) -> None:
        self.values = values

    @property
    def indices(self) -> Any:
        """Refuse the places."""
        raise ReadError("the places of maxima are not read: they depend on the data")

    def __getitem__(self, i: int) -> Any:
        return self.values if i == 0 else self.indices

    def __iter__(self) -> Any:
        yield self.values
        yield Unread("the places of maxima are not read: they depend on the data")


def _norm(
    x: Any, p: Any = 2, dim: Any = None, keepdim: bool = False, dtype: Any = None, ord: Any = None, **o: Any
) -> Array:
    order = p if ord is None else ord
    return folds.norm(x, order, dims(o.pop("axis", dim)), bool(o.pop("keepdims", keepdim)))


def _reshape(x: Any, *sizes: Any) -> Any:
    if len(sizes) == 1 and not isinstance(sizes[0], (int, list, tuple, Array)):
        return x  # .view(dtype)
    return shapes.reshaped(x, lengths(*sizes))


def _flatten(x: Any, start_dim: int = 0, end_dim: int = -1) -> Array:
    return shapes.merged(x, start_dim, end_dim)


def _cast(x: Any, *targets: Any, **options: Any) -> Any:
    """Return numbers as another type: of truths 1 and 0, else as they are."""
    named = [options[k] for k in ("dtype", "other") if k in options]
    for t in (*targets, *named):
        name = str(getattr(t, "__name__", t)).rpartition(".")[2]
        if name in ("int8", "int16", "int32", "int64", "uint8", "long", "int", "short", "LongTensor"):
            return _integers(x)
        if name in ("bool", "bool_"):
            return e.truth(x)
        if isinstance(t, Array):
            return x if t.kind == "truth" else _integers(x) if t.kind == "integer" else _reals(x)
        if "float" in name or name in ("double", "half", "FloatTensor", "DoubleTensor"):
            return _reals(x)
    return x


def _reals(x: Any) -> Array:
    x = e.number(x)
    return Array(x.axes, x.at, "real")


def _integers(x: Any) -> Array:
    x = e.array_of(x)
    if x.kind == "real":
        raise ReadError("a cast of reals to integers rounds, and is not read")
    return e.number(x)


def _expand(x: Any, *sizes: Any) -> Array:
    return shapes.expanded(x, lengths(*sizes))


def _repeat(x: Any, *sizes: Any) -> Array:
    x = e.array_of(x)
    by = lengths(*sizes)
    if any(n != 1 and d >= len(by) - x.ndim and not x.axes[d - len(by) + x.ndim].is_one for d, n in enumerate(by)):
        raise ReadError("repeat is read of axes of one: write expand, or index by arange(...)")
    return shapes.expanded(x, [S.NegativeOne if n == 1 and d >= len(by) - x.ndim else n for d, n in enumerate(by)])


def _one_hot(labels: Any, num_classes: Any = -1) -> Array:
    if num_classes == -1:
        raise ReadError("one_hot without num_classes has a shape that depends on the data: say how many classes")
    return picks.one_hot(labels, length(num_classes))


def _scatter(x: Any, dim: int, index: Any, src: Any = None, *, value: Any = None, reduce: Any = None) -> Array:
    if reduce is not None:
        raise ReadError("scatter with reduce is not read")
    return puts.scattered(x, dim, index, value if src is None else src)


def _like(value: Any, kind: Any = None) -> Method:
    def filled_like(x: Any, fill: Any = value, dtype: Any = None, **_: Any) -> Array:
        x = e.array_of(x)
        one = e.array_of(fill)
        return Array(
            x.axes, lambda at: one.at(()), "truth" if _is_bool(dtype) else kind or x.kind if fill is value else one.kind
        )

    return filled_like


def _is_bool(dtype: Any) -> bool:
    return str(dtype).rpartition(".")[2] in ("bool", "bool_") or dtype is bool


def _made(value: Any) -> Method:
    def made(*sizes: Any, dtype: Any = None, **options: Any) -> Array:
        if "size" in options:
            sizes = (options["size"],)
        return filled(
            bool(value) if _is_bool(dtype) else S(value), lengths(*sizes), "truth" if _is_bool(dtype) else "real"
        )

    return made


def _tensor(value: Any, *_: Any, **__: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return shapes.stacked([_tensor(v) for v in value])
    return value if isinstance(value, Array) else e.array_of(value)


def _softplus(x: Any, beta: Any = 1, threshold: Any = 20) -> Array:
    b = e.array_of(beta).entry
    return e.numeric(lambda a: e.over(e.softplus(e.times(b, a)), b), "real")(x)


def _leaky(x: Any, negative_slope: Any = 0.01, inplace: bool = False) -> Array:
    slope = e.array_of(negative_slope).entry
    return e.numeric(lambda a: e.choice(e.at_most(S.Zero, a), a, e.times(slope, a)))(x)


def _elu(x: Any, alpha: Any = 1.0, inplace: bool = False) -> Array:
    by = e.array_of(alpha).entry
    return e.numeric(lambda a: e.choice(e.less(S.Zero, a), a, e.times(by, e.minus(Exp(a), S.One))))(x)


def _add(a: Any, b: Any, *, alpha: Any = 1, out: Any = None) -> Array:
    return e.add(a, b if alpha == 1 else e.multiply(alpha, b))


def _sub(a: Any, b: Any, *, alpha: Any = 1, out: Any = None) -> Array:
    return e.subtract(a, b if alpha == 1 else e.multiply(alpha, b))


def _div(a: Any, b: Any, *, rounding_mode: Any = None) -> Array:
    if rounding_mode is not None:
        raise ReadError("a division that rounds is not read")
    return e.divide(a, b)


def _same(x: Any, *_: Any, **__: Any) -> Any:
    return x


def _cdist(a: Any, b: Any, p: Any = 2.0, **_: Any) -> Array:
    return folds.norm(e.subtract(shapes.with_axis(a, -2), shapes.with_axis(b, -3)), p, -1)


TABLE: dict[str, Method] = {
    **COMMON,
    **LOSSES,
    "add": _add,
    "sub": _sub,
    "subtract": _sub,
    "rsub": lambda a, b, **_: e.subtract(b, a),
    "mul": e.multiply,
    "div": _div,
    "divide": _div,
    "true_divide": _div,
    "neg": e.negate,
    "eq": e.compared(e.equal),
    "ne": e.compared(e.unequal),
    "lt": e.compared(e.less),
    "le": e.compared(e.at_most),
    "gt": e.compared(lambda a, b: e.less(b, a)),
    "ge": e.compared(lambda a, b: e.at_most(b, a)),
    **{f"__{k}__": f for k, f in (("add", e.add), ("radd", e.add), ("mul", e.multiply), ("rmul", e.multiply))},
    **{f"__{k}__": f for k, f in (("and", e.both), ("or", e.either), ("xor", e.differs), ("invert", e.inverted))},
    "__rsub__": lambda a, b: e.subtract(b, a),
    "__rdiv__": lambda a, b: e.divide(b, a),
    "__rtruediv__": lambda a, b: e.divide(b, a),
    "__pow__": e.numeric(e.power),
    "__rpow__": lambda a, b: e.numeric(e.power)(b, a),
    "var": _variance,
    "std": _deviation,
    "var_mean": lambda x, dim=None, **o: (_variance(x, dim, **o), folds.mean(x, dim, bool(o.get("keepdim")))),
    "max": _extreme(True),
    "min": _extreme(False),
    "norm": _norm,
    "vector_norm": lambda x, ord=2, dim=None, keepdim=False, **_: folds.norm(x, ord, dims(dim), keepdim),
    "clamp": lambda x, min=None, max=None, **_: e.clamp(x, min, max),
    "clip": lambda x, min=None, max=None, **_: e.clamp(x, min, max),
    "clamp_min": lambda x, min: e.clamp(x, min),
    "clamp_max": lambda x, max: e.clamp(x, None, max),
    "hardtanh": lambda x, min_val=-1.0, max_val=1.0, **_: e.clamp(x, min_val, max_val),
    "relu": lambda x, **_: e.maximum(x, 0),
    "relu6": lambda x, **_: e.clamp(x, 0, 6),
    "leaky_relu": _leaky,
    "elu": _elu,
    "silu": lambda x, **_: e.multiply(x, e.logistic(x)),
    "logsigmoid": real(lambda a: Log(sigma(a))),
    "log_sigmoid": real(lambda a: Log(sigma(a))),
    "softplus": _softplus,
    "logit": real(lambda a: Log(e.over(a, e.minus(S.One, a)))),
    "softmax": lambda x, dim=None, *_, axis=None, **__: folds.softmax(x, _class_axis(x, dim, axis)),
    "log_softmax": lambda x, dim=None, *_, axis=None, **__: folds.log_softmax(x, _class_axis(x, dim, axis)),
    "softmin": lambda x, dim=None, **_: folds.softmax(e.negate(x), _class_axis(x, dim, None)),
    "mm": folds.matrix_product,
    "bmm": folds.matrix_product,
    "mv": folds.matrix_product,
    "linear": linear,
    "cdist": _cdist,
    "gather": lambda x, dim, index, **_: picks.gathered(x, numbers_of(dim, 0), index),
    "take_along_dim": lambda x, indices, dim=None, **_: picks.gathered(x, numbers_of(dim, 0), indices),
    "index_select": lambda x, dim, index, **_: picks.taken(x, index, dims(dim)),
    "scatter": _scatter,
    "scatter_add": lambda x, dim, index, src: puts.scattered(x, dim, index, src, add=True),
    "one_hot": _one_hot,
    "masked_fill": picks.masked,
    "masked_select": lambda x, mask, **_: picks.indexed(e.array_of(x), mask),
    "fill": lambda x, value: filled(value, [a.length for a in x.axes]),
    "zero": lambda x: filled(S.Zero, [a.length for a in x.axes]),
    "embedding": lambda x, weight, *_, **__: picks.taken(weight, x, 0),
    "diag_embed": picks.on_diagonal,
    "unsqueeze": lambda x, dim: shapes.with_axis(x, numbers_of(dim, 0)),
    "squeeze": lambda x, dim=None: shapes.squeezed(x, dims(dim)),
    "transpose": lambda x, dim0, dim1: shapes.exchanged(x, dim0, dim1),
    "swapaxes": lambda x, dim0, dim1: shapes.exchanged(x, dim0, dim1),
    "permute": lambda x, *order: shapes.permuted(
        x, order[0] if len(order) == 1 and not isinstance(order[0], int) else order
    ),
    "movedim": lambda x, source, destination: shapes.moved_axis(x, source, destination),
    "t": shapes.turned,
    "view": _reshape,
    "reshape": _reshape,
    "view_as": lambda x, other: shapes.reshaped(x, [a.length for a in other.axes]),
    "reshape_as": lambda x, other: shapes.reshaped(x, [a.length for a in other.axes]),
    "flatten": _flatten,
    "ravel": _flatten,
    "expand": _expand,
    "expand_as": lambda x, other: shapes.expanded(x, [a.length for a in other.axes]),
    "broadcast_to": lambda x, size: shapes.expanded(x, lengths(size)),
    "broadcast_tensors": lambda *xs: tuple(shapes.like(*xs)),
    "repeat": _repeat,
    "tile": _repeat,
    "chunk": refused("chunk is not read: write slices with constant ends"),
    "split": refused("split is not read: write slices with constant ends"),
    "unbind": lambda x, dim=0: _unbound(x, dim),
    "select": lambda x, dim, index: picks.indexed(x, (*([slice(None)] * x.axis(dim)), index)),
    "narrow": lambda x, dim, start, length: picks.indexed(
        x, (*([slice(None)] * x.axis(dim)), slice(start, e.add(start, length)))
    ),
    **dict.fromkeys(("float", "double", "half", "bfloat16"), _reals),
    **dict.fromkeys(("long", "int", "short"), _integers),
    "bool": e.truth,
    **dict.fromkeys(("to", "type", "type_as", "astype"), _cast),
    **dict.fromkeys(("detach", "contiguous", "clone", "cpu", "cuda", "requires_grad_", "alias", "view_as_real"), _same),
    "numel": lambda x: folds.count(x),
    "zeros_like": _like(S.Zero),
    "ones_like": _like(S.One),
    "full_like": _like(S.Zero),
    "new_zeros": lambda x, *sizes, **o: _made(0)(*sizes, **o),
    "new_ones": lambda x, *sizes, **o: _made(1)(*sizes, **o),
    "new_full": lambda x, size, fill_value, **_: filled(fill_value, lengths(size)),
    "new_tensor": lambda x, value, **_: _tensor(value),
    "zeros": _made(0),
    "ones": _made(1),
    "empty": refused("empty has entries that nobody wrote: write zeros"),
    "empty_like": refused("empty_like has entries that nobody wrote: write zeros_like"),
    "full": lambda size, fill_value, **_: filled(fill_value, lengths(size)),
    "arange": lambda *ends, **_: spread(*ends),
    "eye": lambda n, m=None, dtype=None, **_: _eye(n, m, dtype),
    "tensor": _tensor,
    "as_tensor": _tensor,
    "scalar_tensor": _tensor,
    # what `torch.distributions` asks of its arguments: where they are not valid the function has no value
    "_is_all_true": lambda x: True,
    "is_floating_point": lambda x: x.kind == "real",
    "logsumexp": fold(folds.log_sum_exp),
    **{name: refused(f"{name} is random, and what it gives is no formula") for name in RANDOM},
}


def _eye(n: Any, m: Any, dtype: Any) -> Array:
    found = picks.identity(length(n), None if m is None else length(m))
    return e.truth(found) if _is_bool(dtype) else found


def _unbound(x: Array, dim: int) -> tuple[Array, ...]:
    n = x.axes[x.axis(dim)].length
    if not n.is_Integer:
        raise ReadError(f"an axis of the length {n} is not taken apart: its length is no number")
    return tuple(picks.indexed(x, (*([slice(None)] * x.axis(dim)), i)) for i in range(int(n)))


def _class_axis(x: Any, dim: Any, axis: Any) -> int:
    found = axis if dim is None else dim
    if found is None:
        raise ReadError("a softmax without dim takes its axis from the number of axes: say dim")
    return int(dims(found))
