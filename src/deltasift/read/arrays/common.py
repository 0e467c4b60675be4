"""The operators that PyTorch and NumPy call by the same name, as functions of arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import S
from sympy.core.basic import Basic

from deltasift.errors import ReadError
from deltasift.inert import Exp, Func, Log, sigma
from deltasift.line.statements import contrary
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds, picks, shapes
from deltasift.read.arrays.array import Array
from deltasift.read.arrays.entrywise import numeric
from deltasift.read.arrays.options import filled, fold

Method = Callable[..., Any]


def refused(what: str) -> Method:
    """Return a function that refuses to be read."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise ReadError(what)

    return refuse


def _with_options(f: Method) -> Method:
    """Return an entrywise function that takes no notice of where and as what its result is kept."""

    def wrapped(*args: Any, out: Any = None, dtype: Any = None, **options: Any) -> Any:
        if out is not None or options:
            raise ReadError(f"the option {next(iter(options), 'out')} is not read here")
        return f(*args)

    return wrapped


def real(f: Callable[..., Basic]) -> Method:
    return _with_options(numeric(f, "real"))


ENTRYWISE: dict[str, Method] = {
    "add": _with_options(e.add),
    "subtract": _with_options(e.subtract),
    "multiply": _with_options(e.multiply),
    "divide": _with_options(e.divide),
    "true_divide": _with_options(e.divide),
    "negative": _with_options(e.negate),
    "positive": _with_options(e.number),
    "exp": real(e.exp_of),
    "exp2": real(lambda a: 2**a),
    "log": real(Log),
    "log2": real(lambda a: e.over(Log(a), Log(S(2)))),
    "log10": real(lambda a: e.over(Log(a), Log(S(10)))),
    "log1p": real(lambda a: Log(e.one_plus(a))),
    "expm1": real(lambda a: e.minus(Exp(a), S.One)),
    "sqrt": real(e.root),
    "rsqrt": real(lambda a: e.over(S.One, e.root(a))),
    "square": _with_options(numeric(lambda a: e.power(a, S(2)))),
    "reciprocal": real(lambda a: e.over(S.One, a)),
    "absolute": _with_options(e.absolute),
    "abs": _with_options(e.absolute),
    "fabs": _with_options(e.absolute),
    "sign": _with_options(numeric(lambda a: Func("sign", a))),
    "power": _with_options(numeric(e.power)),
    "pow": _with_options(numeric(e.power)),
    "float_power": _with_options(numeric(e.power, "real")),
    "maximum": _with_options(e.maximum),
    "minimum": _with_options(e.minimum),
    "fmax": _with_options(e.maximum),
    "fmin": _with_options(e.minimum),
    "logaddexp": real(e.log_add_exp),
    "xlogy": real(e.x_log_y),
    "expit": real(sigma),
    "sigmoid": real(sigma),
    "lgamma": real(e.lgamma),
    "gammaln": real(e.lgamma),
    **{name: _with_options(e.of_function(name)) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "erf")},
    **{
        name: _with_options(e.of_function(ours))
        for name, ours in (("arctan", "atan"), ("atan", "atan"), ("floor", "floor"), ("ceil", "ceiling"))
    },
    "equal": _with_options(e.compared(e.equal)),
    "not_equal": _with_options(e.compared(e.unequal)),
    "less": _with_options(e.compared(e.less)),
    "less_equal": _with_options(e.compared(e.at_most)),
    "greater": _with_options(e.compared(lambda a, b: e.less(b, a))),
    "greater_equal": _with_options(e.compared(lambda a, b: e.at_most(b, a))),
    "logical_and": _with_options(e.of_truths(e.every)),
    "logical_or": _with_options(e.of_truths(e.some)),
    "logical_xor": _with_options(e.of_truths(e.not_same)),
    "logical_not": _with_options(e.of_truths(contrary)),
    "bitwise_and": _with_options(e.both),
    "bitwise_or": _with_options(e.either),
    "bitwise_not": _with_options(e.inverted),
    "invert": _with_options(e.inverted),
    "isnan": lambda x, **_: filled(False, [a.length for a in e.array_of(x).axes]),
    "isinf": lambda x, **_: filled(False, [a.length for a in e.array_of(x).axes]),
    "isfinite": lambda x, **_: filled(True, [a.length for a in e.array_of(x).axes]),
    "nan_to_num": lambda x, *_, **__: x,
}


def _where(condition: Any, a: Any = None, b: Any = None) -> Array:
    if a is None or b is None:
        raise ReadError("where with a condition alone has a shape that depends on the data")
    return e.where(condition, a, b)


FOLDS: dict[str, Method] = {
    "sum": fold(folds.total),
    "mean": fold(folds.mean),
    "prod": fold(folds.product),
    "nansum": fold(folds.total),
    "all": fold(folds.holds_for_all),
    "any": fold(folds.holds_for_some),
    "amax": fold(lambda x, dim, keep: folds.extreme(x, dim, keep, True)),
    "amin": fold(lambda x, dim, keep: folds.extreme(x, dim, keep, False)),
    "logsumexp": fold(folds.log_sum_exp),
    "count_nonzero": lambda x, dim=None, axis=None, **_: folds.nonzero_count(x, dim if axis is None else axis),
}

OTHERS: dict[str, Method] = {
    "where": _where,
    "matmul": folds.matrix_product,
    "dot": folds.matrix_product,
    "einsum": lambda spec, *xs, **_: folds.contracted(spec, *_operands(xs)),
    "outer": lambda a, b: e.multiply(shapes.with_axis(a, 1), shapes.with_axis(b, 0)),
    "inner": lambda a, b: folds.matrix_product(a, b if b.ndim == 1 else shapes.exchanged(b, -1, -2)),
    "stack": lambda xs, dim=0, axis=None, **_: shapes.stacked(xs, dim if axis is None else axis),
    "cat": lambda xs, dim=0, axis=None, **_: shapes.concatenated(xs, dim if axis is None else axis),
    "concatenate": lambda xs, dim=0, axis=None, **_: shapes.concatenated(xs, dim if axis is None else axis),
    "concat": lambda xs, dim=0, axis=None, **_: shapes.concatenated(xs, dim if axis is None else axis),
    "tril": lambda x, diagonal=0, k=None: folds.triangle(x, diagonal if k is None else k, True),
    "triu": lambda x, diagonal=0, k=None: folds.triangle(x, diagonal if k is None else k, False),
    "trace": lambda x, **_: folds.total(picks.diagonal(x)),
    "diag": lambda x, **_: picks.diagonal(x) if e.array_of(x).ndim == 2 else picks.on_diagonal(x),
    "diagonal": lambda x, **_: picks.diagonal(x),
    "flip": lambda x, dims=None, axis=None: _flipped(x, dims if axis is None else axis),
    "cumsum": lambda x, dim=None, axis=None, **_: _running(x, dim if axis is None else axis),
    "isclose": refused("isclose compares with a tolerance: write what is equal"),
    "argmax": refused("argmax is not read: its value is a place, which depends on the data"),
    "argmin": refused("argmin is not read: its value is a place, which depends on the data"),
    "sort": refused("sort is not read: which entry comes where depends on the data"),
    "argsort": refused("argsort is not read: which entry comes where depends on the data"),
    "topk": refused("topk is not read: which entry comes where depends on the data"),
    "unique": refused("unique is not read: its length depends on the data"),
    "nonzero": refused("nonzero is not read: its length depends on the data"),
    "median": refused("median is not read: which entry it is depends on the data"),
}

COMMON: dict[str, Method] = {**ENTRYWISE, **FOLDS, **OTHERS}


def _operands(xs: tuple[Any, ...]) -> Any:
    return xs[0] if len(xs) == 1 and isinstance(xs[0], (list, tuple)) else xs


RANDOM = frozenset(
    {
        *("rand", "randn", "randint", "randperm", "rand_like", "randn_like", "randint_like", "random", "uniform"),
        *("bernoulli", "multinomial", "normal", "poisson", "choice", "permutation", "shuffle", "gumbel_softmax"),
        *("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_dropout"),
    }
)


def _running(x: Any, dim: Any) -> Array:
    x = e.array_of(x)
    return folds.running_total(shapes.merged(x) if dim is None else x, 0 if dim is None else dim)


def _flipped(x: Any, dims: Any) -> Array:
    found = e.array_of(x)
    for d in range(found.ndim) if dims is None else [dims] if isinstance(dims, int) else dims:
        found = shapes.flipped(found, d)
    return found
