"""Names put into the globals of a function while it is run on stand-ins.

PyTorch and NumPy call a stand-in back only where one is among the arguments that they look at; `torch.arange(n)` and
`len(y)` ask for a number first. So their modules, `math`, and some functions of Python's are replaced while a
function is read, in its own module and in those of the functions that it calls, and put back.
"""

from __future__ import annotations

import builtins
import math
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from sympy import E, S, pi

from deltasift.errors import ReadError
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds
from deltasift.read.arrays.array import Array, constant, counting
from deltasift.read.arrays.common import ENTRYWISE, RANDOM, refused
from deltasift.read.arrays.options import spread
from deltasift.read.arrays.rewriting import HELD, code_with_turns
from deltasift.read.arrays.standin import StandIn, length_of
from deltasift.read.arrays.turns import Together, held, is_symbolic

LIBRARIES = ("torch", "numpy", "jax", "scipy", "optax", "array_api_compat")
IN_MATH: dict[str, Any] = {
    **{
        name: ENTRYWISE[name]
        for name in ["exp", "log2", "log10", "log1p", "expm1", "sqrt", "pow", "fabs", "tanh", "sin", "cos", "tan"]
    },
    "log": lambda x, base=None: e.logarithm(x) if base is None else e.divide(e.logarithm(x), e.logarithm(base)),
    "lgamma": ENTRYWISE["lgamma"],
    "prod": lambda xs, **_: _folded(xs, e.multiply, S.One),
}
CONSTANTS = {math.pi: pi, math.e: E}


def library_of(value: Any) -> str:
    """Return the library that a module, a function or a class belongs to, empty for none."""
    name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None) or ""
    if type(value).__name__ == "ufunc":
        name = "numpy"
    if not isinstance(name, str):
        return ""
    first = name.partition(".")[0]
    return first if first in LIBRARIES else ""


# parts of PyTorch that hand tensors on to what asks no stand-in
UNASKED = frozenset({"torch.func", "torch._functorch", "torch.jit", "torch._ops", "torch._dynamo"})


def behind(value: Any) -> Any:
    """Return the function or the module of Python that a compiled one was made from."""
    for name in ("_torchdynamo_orig_callable", "_torchdynamo_inline"):
        own = getattr(value, "__dict__", None) if not is_compiled(value) else {name: getattr(value, name, None)}
        made_from = own.get(name) if isinstance(own, dict) and not isinstance(value, type) else None
        if made_from is not None and made_from is not value:
            return behind(made_from)
    return value


def is_compiled(value: Any) -> bool:
    """Tell whether PyTorch compiled a function or a module, so that it is called without asking a stand-in."""
    return any("Script" in c.__name__ and "torch" in c.__module__ for c in type(value).__mro__)


def _is_unasked(value: Any) -> bool:
    """Tell whether what is called is a part of PyTorch that would take a stand-in for a tensor and fail."""
    if not callable(value) or isinstance(value, type):
        return False
    module = str(getattr(value, "__module__", "")).split(".")
    return ".".join(module[:2]) in UNASKED or (module[0] == "torch" and getattr(value, "__name__", "") == "compile")


class Module:
    """A module while a function is read: its functions answer stand-ins, and nothing random is called."""

    def __init__(self, module: ModuleType, front: type[StandIn]) -> None:
        self.__dict__["module"] = module
        self.__dict__["front"] = front

    def __getattr__(self, name: str) -> Any:
        return replaced(getattr(self.__dict__["module"], name), name, self.__dict__["front"])


def replaced(value: Any, name: str, front: type[StandIn]) -> Any:
    """Return what stands for a value of a library while a function is read; the value itself where nothing need."""
    value = behind(value)
    if is_compiled(value) or _is_unasked(value):
        return refused(f"{name or type(value).__name__} of torch is not read: call what it was made from")
    if isinstance(value, ModuleType):
        if value is random or value.__name__ == "numpy.random":
            return _Refusing(value.__name__)
        return Module(value, front) if value is math or library_of(value) else value
    if isinstance(value, float):
        return front(constant(CONSTANTS[value])) if value in CONSTANTS else value
    if isinstance(value, type) or not callable(value):
        return value
    table = front.METHODS
    if getattr(value, "__module__", "") == "math" and name in IN_MATH:
        return _Answering(value, IN_MATH[name], front, always=True)
    if library_of(value) and name in RANDOM:
        return table[name]
    owned = library_of(value) or name in ("arange", "zeros", "ones", "full", "array", "eye", "tensor", "as_tensor")
    if owned and name in table:
        return _Answering(value, table[name], front, always=name in ENTRYWISE)
    return value


class _Refusing:
    def __init__(self, name: str) -> None:
        self.__dict__["name"] = name

    def __getattr__(self, name: str) -> Any:
        raise ReadError(f"{self.__dict__['name']}.{name} is random, and what it gives is no formula")


class _Answering:
    """A function that answers stand-ins, and where `always` is said gives an exact number of plain ones."""

    def __init__(self, real: Callable[..., Any], ours: Callable[..., Any], front: type[StandIn], always: bool) -> None:
        self.real, self.ours, self.front, self.always = real, ours, front, always

    def __call__(self, *args: Any, **options: Any) -> Any:
        values = [*args, *options.values()]
        exact = self.always and values and all(type(v) in (int, float) for v in values)
        if exact or any(map(_has_stand_in, values)):
            return self.front.call(self.ours, args, options)
        return self.real(*args, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def _has_stand_in(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_has_stand_in, value))
    return type(value) in _fronts(StandIn)


def _fronts(cls: type[StandIn]) -> set[type]:
    return {cls, *(k for c in cls.__subclasses__() for k in _fronts(c))}


# --- Python's own functions ----------------------------------------------------------------------------------------


def _folded(values: Any, f: Callable[..., Array], start: Any) -> Any:
    found = start
    for v in values:
        found = v if found is start else f(found, v)
    return found


def python_functions(front: type[StandIn]) -> dict[str, Callable[..., Any]]:
    """Return those functions of Python's that would ask a stand-in for a number."""

    def is_one(value: Any) -> bool:
        return type(value) in _fronts(StandIn)

    def own_len(x: Any) -> Any:
        return length_of(x, 0) if is_one(x) and x.array.ndim else builtins.len(x)

    def own_range(*ends: Any) -> Any:
        if any(is_one(x) and not x.array.at(()).is_Integer for x in ends if not is_one(x) or not x.array.ndim):
            return front(spread(*(x.array if is_one(x) else x for x in ends)))
        return builtins.range(*map(int, ends))

    def own_float(x: Any = 0.0) -> Any:
        return front(e.number(x.array)) if is_one(x) and _is_single(x) else builtins.float(x)

    def own_int(x: Any = 0, *more: Any) -> Any:
        if is_one(x) and _is_single(x) and x.array.kind != "real":
            return front(e.number(x.array))
        return builtins.int(x, *more)

    def own_sum(xs: Any, start: Any = 0) -> Any:
        if is_one(xs):
            whole = front(folds.total(xs.array, 0))
            return whole if type(start) is int and start == 0 else whole + start
        return builtins.sum(xs, start)

    def own_zip(*parts: Any, strict: bool = False) -> Any:
        return Together(parts) if any(map(is_symbolic, parts)) else builtins.zip(*parts, strict=strict)

    def own_enumerate(xs: Any, start: Any = 0) -> Any:
        if not is_symbolic(xs):
            return builtins.enumerate(xs, start)
        first = xs.parts[0] if isinstance(xs, Together) else xs
        return Together((front(counting(first.array.axes[0])) + start, xs))

    def own_extreme(largest: bool) -> Callable[..., Any]:
        plain = builtins.max if largest else builtins.min

        def extreme(*values: Any, **options: Any) -> Any:
            if len(values) > 1 and any(map(is_one, values)):
                f = e.maximum if largest else e.minimum
                return front.call(lambda *xs: _folded(xs, f, None), values, {})
            if len(values) == 1 and is_one(values[0]):
                return front(folds.extreme(values[0].array, 0, False, largest))
            return plain(*values, **options)

        return extreme

    return {
        "len": own_len,
        "range": own_range,
        "float": own_float,
        "int": own_int,
        "sum": own_sum,
        "zip": own_zip,
        "enumerate": own_enumerate,
        "max": own_extreme(True),
        "min": own_extreme(False),
    }


def _is_single(x: StandIn) -> bool:
    return all(a.is_one for a in x.array.axes)


# --- putting in and taking out -------------------------------------------------------------------------------------

Cell = Any


def reached(function: Any) -> tuple[list[FunctionType], list[dict[str, Any]], list[Cell]]:
    """Return a function and those that it calls outside of libraries, their globals, and the cells of closures."""
    functions: list[FunctionType] = []
    found: dict[int, dict[str, Any]] = {}
    cells: dict[int, Cell] = {}
    seen: set[int] = set()
    waiting: list[Any] = [function]
    while waiting:
        f = waiting.pop()
        if id(f) in seen:
            continue
        seen.add(id(f))
        f = behind(f)
        plain = _plain(f)
        if plain is None:
            waiting.extend(_methods(f))
            continue
        if _is_library(plain):
            continue
        functions.append(plain)
        found[id(plain.__globals__)] = plain.__globals__
        cells.update({id(c): c for c in plain.__closure__ or ()})
        names = names_in(plain.__code__)
        inner = [c.cell_contents for c in plain.__closure__ or () if _is_filled(c)]
        values = [plain.__globals__[n] for n in names if n in plain.__globals__]
        waiting.extend(v for v in (*values, *inner) if isinstance(v, (FunctionType, MethodType)) or _is_object(v))
    return functions, list(found.values()), list(cells.values())


def _plain(f: Any) -> FunctionType | None:
    while hasattr(f, "func") and not isinstance(f, FunctionType):
        f = f.func  # of a partial
    if isinstance(f, MethodType):
        f = f.__func__
    return f if isinstance(f, FunctionType) else None


def _methods(value: Any) -> Iterator[Any]:
    """Yield the methods of an object that is called, such as a module of PyTorch's."""
    while hasattr(value, "func") and not isinstance(value, FunctionType):
        value = value.func
    for cls in type(value).__mro__:
        if not library_of(cls) and cls.__module__ != "builtins":
            yield from (f for f in vars(cls).values() if isinstance(f, FunctionType))
    modules = getattr(value, "_modules", None)
    if isinstance(modules, dict):
        yield from modules.values()


def _is_object(value: Any) -> bool:
    return (
        callable(value) and not isinstance(value, type) and not library_of(type(value)) and hasattr(value, "__dict__")
    )


def _is_library(f: FunctionType) -> bool:
    first = (f.__module__ or "").partition(".")[0]
    return first in LIBRARIES or first in sys.stdlib_module_names or first in ("deltasift", "sympy")


def _is_filled(cell: Cell) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True


def names_in(code: CodeType) -> set[str]:
    """Return the names that code speaks of, and code in it."""
    found = {*code.co_names, *code.co_freevars}
    for c in code.co_consts:
        if isinstance(c, CodeType):
            found |= names_in(c)
    return found


@contextmanager
def put_in(function: Any, front: type[StandIn]) -> Iterator[None]:
    """Replace names in the globals and the closures of a function, and put them back."""
    functions, spaces, cells = reached(function)
    code = [(f, f.__code__) for f in functions]
    before: list[tuple[dict[str, Any], str, Any]] = []
    cells_before: list[tuple[Cell, Any]] = []
    missing = object()
    try:
        for space in spaces:
            for name, value in [*space.items()]:
                new = replaced(value, getattr(value, "__name__", name), front) if _may_be_replaced(value) else value
                if new is not value:
                    before.append((space, name, value))
                    space[name] = new
            for name, f in {**python_functions(front), HELD: held()}.items():
                if name not in space:
                    before.append((space, name, missing))
                    space[name] = f
        for c in cells:
            if _is_filled(c) and _may_be_replaced(c.cell_contents):
                value = c.cell_contents
                cells_before.append((c, value))
                c.cell_contents = replaced(value, getattr(value, "__name__", ""), front)
        for plain in functions:
            plain.__code__ = code_with_turns(plain) or plain.__code__
        yield
    finally:
        for plain, own in code:
            plain.__code__ = own
        for space, name, value in reversed(before):
            if value is missing:
                del space[name]
            else:
                space[name] = value
        for c, value in cells_before:
            c.cell_contents = value


def _may_be_replaced(value: Any) -> bool:
    if isinstance(value, ModuleType):
        return value is math or value is random or bool(library_of(value))
    if isinstance(value, type):
        return False
    if is_compiled(value) or behind(value) is not value:
        return True
    return callable(value) and (bool(library_of(value)) or getattr(value, "__module__", "") == "math")


def namespace() -> Any:
    """Return NumPy as the namespace of the array API, its functions answering stand-ins."""
    import numpy as np

    from deltasift.read.arrays.numpy import NumpyStandIn

    return Module(np, NumpyStandIn)
