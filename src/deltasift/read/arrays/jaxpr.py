"""JAX functions, which accept no stand-ins: traced on symbolic shapes, and read from the jaxpr.

What is called by a known name, such as `log_softmax`, is read at its own level; every other call is followed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic
from sympy.core.numbers import Integer

from deltasift.errors import DeltasiftError, ReadError
from deltasift.inert import Log, sigma, substitute
from deltasift.inert.code_line import CodeLine
from deltasift.parse import parse
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds, picks, shapes
from deltasift.read.arrays.array import Array, constant, from_line
from deltasift.read.arrays.bind import Call
from deltasift.read.arrays.infinities import (
    Infinite,
    LeftOut,
    log_softmax_of_the_rest,
    log_sum_exp_of_the_rest,
    softmax_of_the_rest,
)
from deltasift.read.arrays.jax_loops import of_scan, of_while
from deltasift.read.arrays.jax_names import called_by_name
from deltasift.read.arrays.primitives import PRIMITIVES, refused_by_name, select
from deltasift.read.arrays.session import added, current, is_same
from deltasift.read.arrays.standin import literal

Values = list[Any]


class Shapes:
    """The symbolic lengths of JAX, and the lengths of the page that they stand for."""

    def __init__(self) -> None:
        self.lengths: dict[str, Basic] = {}

    def of(self, x: Array) -> list[Any]:
        """Return the lengths of an array as numbers, and as the names of symbolic ones."""
        return [int(a.length) if isinstance(a.length, Integer) else self._name(a.length) for a in x.axes]

    def _name(self, length: Basic) -> str:
        for name, known in self.lengths.items():
            if is_same(known, length):
                return name
        name = f"d{len(self.lengths)}"
        self.lengths[name] = length
        return name

    def length(self, dim: Any) -> Basic:
        """Return a length of JAX's as one of the page."""
        if isinstance(dim, int) or (hasattr(dim, "__index__") and str(dim).lstrip("-").isdigit()):
            return Integer(int(dim))
        try:
            found = parse(str(dim)).expr
        except DeltasiftError:
            raise ReadError(f"the length {dim} of JAX is not read") from None
        return added((1, substitute(found, {Symbol(n): v for n, v in self.lengths.items()})))


def traced(function: Callable[..., Any], call: Call, values: Mapping[str, Any]) -> Array:
    """Return what a function of JAX's gives on arrays: it is traced on their shapes, and its jaxpr is read.

    Where it asks whether a part such as `x[:, 1:]` is empty, the answer is that none is: what was read is compared with
    the function at sizes of 1, too.
    """
    from jax.errors import InconclusiveDimensionOperation

    try:
        return _traced(function, call, values, 1)
    except InconclusiveDimensionOperation:
        pass
    found = _traced(function, call, values, 2)
    current().notes["it was traced for sizes of at least 2"] = None
    return found


def _traced(function: Callable[..., Any], call: Call, values: Mapping[str, Any], least: int) -> Array:
    import jax
    from jax import export

    lengths = Shapes()
    arrays = {n: v for n, v in values.items() if isinstance(v, Array)}
    dims = {n: lengths.of(x) for n, x in arrays.items()}
    known = [*lengths.lengths]
    above = [f"{name} >= {least}" for name in known] if least > 1 else []
    made = export.symbolic_shape(", ".join(known), constraints=above) if known else ()
    symbols = dict(zip(known, made, strict=True))
    with jax.enable_x64(True):
        types = {"truth": jax.numpy.bool_, "integer": jax.numpy.int64, "real": jax.numpy.float64}
        struct: Any = jax.ShapeDtypeStruct
        structs = [struct([symbols.get(n, n) for n in dims[name]], types[x.kind]) for name, x in arrays.items()]

        def of_arrays(*given: Any) -> Any:
            return call.run(function, {**values, **dict(zip(arrays, given, strict=True))})

        with called_by_name(function):
            closed, out = jax.make_jaxpr(of_arrays, return_shape=True)(*structs)
    if isinstance(out, (tuple, list, dict)) or out is None:
        raise ReadError(f"it returns a {type(out).__name__}, and one array is read")
    [result] = Interpreter(lengths).run(closed.jaxpr, closed.consts, [*arrays.values()])
    return e.array_of(result)


class Interpreter:
    """Reads the equations of a jaxpr, one after the other."""

    def __init__(self, lengths: Shapes) -> None:
        self.lengths = lengths

    def run(self, jaxpr: Any, consts: Values, inputs: Values) -> Values:
        """Return the outputs of a jaxpr."""
        env: dict[Any, Any] = {}

        def read(v: Any) -> Any:
            return constant_of(v.val) if hasattr(v, "val") else env[v]

        env.update(zip(jaxpr.constvars, map(constant_of, consts), strict=True))
        env.update(zip(jaxpr.invars, inputs, strict=True))
        for eqn in jaxpr.eqns:
            try:
                found = self._equation(eqn, [read(v) for v in eqn.invars])
            except DeltasiftError as why:
                if isinstance(why, ReadError) and why.line is not None:
                    raise
                line = line_of_code(eqn)
                if line is None:
                    raise
                raise ReadError(f"line {line.number}: {why}", line.number) from None
            made_at = line_of_code(eqn)
            kept = [from_line(x, made_at) if isinstance(x, Array) else x for x in found]
            env.update(zip(eqn.outvars, kept, strict=True))
        return [read(v) for v in jaxpr.outvars]

    def _equation(self, eqn: Any, inputs: Values) -> Values:
        name = eqn.primitive.name
        inner = next((eqn.params[k] for k in ("jaxpr", "call_jaxpr", "fun_jaxpr") if k in eqn.params), None)
        if name == "cond":
            return self._branches(eqn, *inputs)
        if name in ("scan", "while"):
            return (of_scan if name == "scan" else of_while)(self, eqn, inputs)
        if inner is not None:
            return self._called(str(eqn.params.get("name", name)), inner, inputs)
        if name == "dim_as_value":
            return [constant(self.lengths.length(eqn.params["dim"]), "integer")]
        if name not in PRIMITIVES:
            raise ReadError(refused_by_name(name))
        found = PRIMITIVES[name](self.lengths, eqn, *inputs)
        return found if isinstance(found, list) else [found]

    def _branches(self, eqn: Any, which: Any, *inputs: Any) -> Values:
        """Return what each output is by the branch that is chosen."""
        made = [self.run(b.jaxpr, b.consts, [*inputs]) for b in eqn.params["branches"]]
        return [select(self.lengths, eqn, which, *values) for values in zip(*made, strict=True)]

    def _called(self, name: str, inner: Any, inputs: Values) -> Values:
        jaxpr, consts = (inner.jaxpr, inner.consts) if hasattr(inner, "jaxpr") else (inner, [])
        known = KNOWN.get(name)
        if len(inputs) == 1 and isinstance(inputs[0], LeftOut) and name in OF_THE_REST:
            known, inputs = OF_THE_REST[name], inputs[:1]
        elif any(isinstance(x, (Infinite, LeftOut)) for x in inputs):
            known = None
        if known is not None:
            found = known(jaxpr, *inputs)
            if found is not None:
                return [found]
        return self.run(jaxpr, consts, inputs)


def constant_of(value: Any) -> Any:
    """Return a constant of a jaxpr as an array."""
    if isinstance(value, Array):
        return value
    if not hasattr(value, "shape") or not hasattr(value, "tolist"):
        return Infinite(value) if isinstance(value, float) and not isfinite(value) else e.array_of(value)
    import numpy as np

    array = np.asarray(value)
    if array.ndim == 0 and array.dtype.kind == "f" and not np.isfinite(array):
        return Infinite(float(array))
    if array.ndim == 0 and array.dtype == np.bool_:
        return e.array_of(bool(array))
    return literal(array)


def line_of_code(eqn: Any) -> CodeLine | None:
    """Return the line of the function that an equation comes from."""
    try:
        from jax._src import source_info_util

        frame = source_info_util.user_frame(eqn.source_info.traceback)
    except (ImportError, AttributeError, TypeError):
        return None
    return None if frame is None else CodeLine(frame.file_name, int(frame.start_line))


# --- calls at their own level ---------------------------------------------------------------------------------------


def _axes(jaxpr: Any, primitive: str) -> tuple[int, ...] | None:
    """Return the axes over which a jaxpr folds by a primitive."""
    return next((tuple(q.params["axes"]) for q in jaxpr.eqns if q.primitive.name == primitive), None)


def _over_one_axis(f: Callable[[Any, int], Array | None], last: str) -> Callable[..., Array | None]:
    """Return how a call is read that sums over one axis; `last` computes its result, and not a part of it alone."""

    def known(jaxpr: Any, x: Any, *others: Any) -> Array | None:
        axes = _axes(jaxpr, "reduce_sum")
        made = [q.primitive.name for q in jaxpr.eqns if jaxpr.outvars[0] in q.outvars]
        if axes is None or len(axes) != 1 or others or len(jaxpr.outvars) != 1 or made != [last]:
            return None
        return f(x, axes[0])

    return known


def _take_along(jaxpr: Any, x: Array, labels: Any) -> Array | None:
    numbers = next((q.params["dimension_numbers"] for q in jaxpr.eqns if q.primitive.name == "gather"), None)
    if numbers is None or len(numbers.start_index_map) != 1 or e.array_of(labels).ndim != x.ndim:
        return None
    return picks.gathered(x, numbers.start_index_map[0], labels)


def _one_of(f: Callable[..., Array]) -> Callable[..., Array | None]:
    return lambda jaxpr, *xs: f(*xs) if len(xs) == 1 else None


# what is said of arrays in which entries of minus infinity are left out of a sum of exponentials
OF_THE_REST: dict[str, Callable[..., Array | None]] = {
    "log_softmax": _over_one_axis(log_softmax_of_the_rest, "sub"),
    "softmax": _over_one_axis(softmax_of_the_rest, "div"),
    "_softmax": _over_one_axis(softmax_of_the_rest, "div"),
    "logsumexp": _over_one_axis(log_sum_exp_of_the_rest, "add"),
}
KNOWN: dict[str, Callable[..., Array | None]] = {
    "log_softmax": _over_one_axis(folds.log_softmax, "sub"),
    "softmax": _over_one_axis(folds.softmax, "div"),
    "_softmax": _over_one_axis(folds.softmax, "div"),
    "logsumexp": _over_one_axis(folds.log_sum_exp, "add"),
    "take_along_axis": _take_along,
    "softplus": _one_of(e.numeric(e.softplus, "real")),
    "sigmoid": _one_of(e.logistic),
    "log_sigmoid": _one_of(e.numeric(lambda a: Log(sigma(a)), "real")),
    "relu": _one_of(lambda x: e.maximum(x, 0)),
    "logaddexp": lambda jaxpr, a, b: e.numeric(e.log_add_exp, "real")(a, b),
    "trace": _one_of(lambda x: folds.total(picks.diagonal(x))),
    "diagonal": _one_of(picks.diagonal),
    "transpose": lambda jaxpr, *xs: None,
}

__all__ = ["Interpreter", "shapes", "traced"]
