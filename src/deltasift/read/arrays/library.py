"""Which library's arrays a function is for, and how it is read and compared with them."""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from types import CodeType, FunctionType, ModuleType
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.evaluate import NotCovered
from deltasift.domain import Domain, Table, closure
from deltasift.errors import ReadError
from deltasift.read.arrays.agreement import EXAMPLES, compared
from deltasift.read.arrays.bind import Call, call_of, name_of
from deltasift.read.arrays.globals import behind, is_compiled
from deltasift.read.arrays.reading import ArrayReading, libraries, read_on_stand_ins

OF_JAX = 4  # examples, since JAX compiles for every shape
COMPUTED = "what was read is compared with the function on random data; equality is of real numbers, without rounding"


class CompiledCall(Call):
    """A call that JAX compiles as a whole for its shapes, which is quicker than each operator by itself."""

    def run(self, function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
        """Call a function; as it is where it asks for numbers that a compiled one has not."""
        import jax

        arrays = {n: v for n, v in values.items() if isinstance(v, jax.Array)}
        try:
            return jax.jit(lambda given: super(CompiledCall, self).run(function, {**values, **given}))(arrays)
        except (jax.errors.JAXTypeError, jax.errors.JAXIndexError, TypeError):
            return super().run(function, values)


def is_for_arrays(function: Any) -> bool:
    """Tell whether a function is certainly one over arrays, whose source is no formula by itself."""
    return is_compiled(function) or bool(libraries(behind(function)) & {"torch", "jax", "optax"})


def may_be_for_arrays(function: Any, given: Mapping[str, Any]) -> bool:
    """Tell whether a function whose source is not read may be one over arrays."""
    if "numpy" in libraries(function) or "scipy" in libraries(function):
        return True
    if not callable(function) or isinstance(function, type) or not any(map(_is_table, given.values())):
        return False
    return not isinstance(function, FunctionType) or function.__name__ == "<lambda>" or _has_methods(function)


def _has_methods(function: FunctionType) -> bool:
    """Tell whether a function takes attributes of something other than a module, or multiplies matrices."""
    return any(_takes_attributes(code, function.__globals__) for code in _codes(function.__code__))


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _takes_attributes(code: CodeType, names: Mapping[str, Any]) -> bool:
    of_module = False
    for i in dis.get_instructions(code):
        if i.opname in ("LOAD_ATTR", "LOAD_METHOD") and not of_module:
            return True
        if i.opname == "BINARY_OP" and i.argrepr == "@":
            return True
        named = i.opname in ("LOAD_GLOBAL", "LOAD_NAME")
        of_module = named and isinstance(names.get(i.argval), ModuleType)
    return False


def _is_table(d: Any) -> bool:
    return isinstance(d, Table) and bool(d.over)


def read_arrays(function: Callable[..., Any], given: Mapping[str, Any], labels_from: int) -> ArrayReading:
    """Return what a function over arrays computes, compared with what it returns on random data.

    Raises
    ------
    ReadError
    """
    if isinstance(function, type):
        raise ReadError(f"{name_of(function)} is a class: read one of its instances, or a function")
    if not callable(function):
        raise ReadError(f"{function!r:.80} is no function")
    written = behind(function)
    if any(map(is_compiled, [written, *parts_of(written)])):
        raise ReadError(f"{name_of(function)} is compiled by torch.jit: read the function or module it was made from")
    found = libraries(written)
    library = next((name for name in ("jax", "optax", "torch", "numpy") if name in found), "")
    if library:
        return _read_with("jax" if library == "optax" else library, function, given, labels_from)
    # it calls methods alone, so that its arrays may be those of any library
    try:
        reading = _read_with("numpy", function, given, labels_from)
    except ReadError as why:
        if ".at is not read" in str(why) and "jax" in sys.modules:
            return _read_with("jax", function, given, labels_from)
        if "torch" not in sys.modules:
            raise
        refused = why
    else:
        if "torch" in sys.modules and _changes_in_place(function):
            other = _read_with("torch", function, given, labels_from)
            if other.expr != reading.expr:
                raise ReadError(
                    f"{name_of(function)} changes a number in place, which NumPy makes anew and PyTorch writes to: "
                    "write a = a + b"
                )
        return reading
    try:
        return _read_with("torch", function, given, labels_from)
    except ReadError as why:
        raise (why if "the attribute ." in str(refused) else refused) from None


def compared_source(
    function: Callable[..., Any], expr: Basic, given: Mapping[str, Any], labels_from: int
) -> tuple[str, ...]:
    """Compare what the source of loops says with what the function returns on arrays, and return the notes on it.

    Raises
    ------
    ReadError
        If they differ, or could not be compared.
    """
    handles = frozenset(d for d in given.values() if isinstance(d, Domain))
    spoken_for = {d.symbol for d in handles}
    known = {d.name: d for s, d in closure(handles).items() if s not in spoken_for}
    call = call_of(function, given, known)
    sources = {n: given.get(n, known.get(n)) for n in (*call.positional, *call.named)}
    _, arrays = _means("torch" if "torch" in libraries(behind(function)) else "numpy")
    notes = _compared(ArrayReading(expr, (), (), handles, call, sources), function, arrays, labels_from).notes
    if COMPUTED not in notes:
        raise ReadError(notes[-1])
    return notes


def parts_of(value: Any) -> Iterator[Any]:
    """Yield the modules inside of a module of PyTorch."""
    modules = getattr(value, "_modules", None)
    for part in modules.values() if isinstance(modules, dict) else ():
        yield part
        yield from parts_of(part)


def _changes_in_place(function: Any) -> bool:
    """Tell whether a function has an operator such as +=, as far as its own code tells."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return code is None or any(i.argrepr.endswith("=") for i in dis.get_instructions(code) if i.opname == "BINARY_OP")


def _read_with(library: str, function: Callable[..., Any], given: Mapping[str, Any], labels_from: int) -> ArrayReading:
    if find_spec(library) is None:
        raise ReadError(f"reading a function over arrays of {library} needs it: pip install 'deltasift[{library}]'")
    if library == "jax":
        import jax

        reading = read_on_stand_ins(function, given, None, labels_from)
        with jax.enable_x64(True):  # in the precision in which the data are drawn
            compiled = replace(reading, call=CompiledCall(**vars(reading.call)))
            return replace(_compared(compiled, function, jax.numpy.asarray, labels_from, OF_JAX), call=reading.call)
    front, arrays = _means(library)
    reading = read_on_stand_ins(behind(function), given, front, labels_from)
    return _compared(reading, function, arrays, labels_from)


def _means(library: str) -> tuple[Any, Callable[[Any], Any]]:
    if library == "torch":
        import torch

        from deltasift.read.arrays.tensor import TorchStandIn

        return TorchStandIn, torch.as_tensor
    from deltasift.read.arrays.numpy import NumpyStandIn

    return NumpyStandIn, lambda array: array


def _compared(
    reading: ArrayReading,
    function: Callable[..., Any],
    arrays: Callable[[Any], Any],
    labels_from: int,
    examples: int = EXAMPLES,
) -> ArrayReading:
    try:
        said = compared(reading, function, arrays, labels_from, examples)
    except NotCovered as why:
        note = f"what was read could not be compared with the function on data: {why}"
        return replace(reading, notes=(*reading.notes, note))
    if said:
        raise ReadError(
            f"{name_of(function)} does not compute what was read of it, {reading.expr}: {said}; "
            "assert_implements compares a function with a formula without reading it"
        )
    return replace(reading, notes=(*reading.notes, COMPUTED))
