"""A function over arrays, run once on stand-ins: what it returns as an expression, or why it is not read."""

from __future__ import annotations

import functools
import inspect
import traceback
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, MethodType, TracebackType
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.domain import Domain, Index, closure, index
from deltasift.errors import DeltasiftError, DomainError, ExpressionError, ReadError
from deltasift.inert import Node, free, inert
from deltasift.inert.node import Given, join
from deltasift.line.scope import Scope
from deltasift.read.arrays.array import Array, Place
from deltasift.read.arrays.bind import Call, array_of_domain, call_of, floats_of, name_of
from deltasift.read.arrays.entrywise import array_of, number
from deltasift.read.arrays.globals import library_of, names_in, put_in
from deltasift.read.arrays.session import LONG, Session, added, exact, is_of_a_library, session
from deltasift.read.arrays.settled import settled
from deltasift.read.arrays.standin import StandIn


@dataclass(frozen=True)
class ArrayReading:
    """What was read.

    Attributes
    ----------
    expr : Basic
    over : tuple of Index
        The indices of the axes of the result, which are free in the expression.
    notes : tuple of str
    domains : frozenset of Domain
    call : Call
    sources : mapping
        What each parameter got.
    """

    expr: Basic
    over: tuple[Index, ...]
    notes: tuple[str, ...]
    domains: Given
    call: Call
    sources: Mapping[str, Any]


def libraries(function: Any) -> set[str]:
    """Return the libraries of arrays that a function uses, as far as its names tell."""
    while isinstance(function, functools.partial):
        function = function.func
    own = library_of(function) or library_of(type(function))
    if own:
        return {own}
    if isinstance(function, MethodType):
        function = function.__func__
    if not isinstance(function, FunctionType):
        parts = [f for c in type(function).__mro__ for f in vars(c).values() if isinstance(f, FunctionType)]
        bases = {library_of(c) for c in type(function).__mro__} - {""}
        found = {name for f in parts if not library_of(f) for name in _used(f)}
        return bases | found
    return _used(function)


def _used(function: FunctionType, depth: int = 2) -> set[str]:
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=False))
    found: set[str] = set()
    for name in names_in(function.__code__):
        try:
            value = cells[name].cell_contents if name in cells else function.__globals__.get(name)
        except ValueError:
            continue
        own = library_of(value) or library_of(type(value))
        if own:
            found.add(own)
        elif depth and isinstance(value, FunctionType) and value is not function:
            found |= _used(value, depth - 1)
    for constant in _imports(function.__code__):
        found |= {constant} & {"torch", "numpy", "jax"}
    return found


def _imports(code: CodeType) -> set[str]:
    return {name.partition(".")[0] for name in names_in(code)}


def read_on_stand_ins(
    function: Callable[..., Any], given: Mapping[str, Any], front: type[StandIn] | None, labels_from: int
) -> ArrayReading:
    """Run a function once on stand-ins, or trace it where `front` is None, as JAX does.

    Raises
    ------
    ReadError
        With the line of the function and what is not read.
    """
    handles = frozenset(d for d in given.values() if isinstance(d, Domain))
    try:
        domains = closure(handles)
    except DomainError as why:
        raise ReadError(str(why)) from None
    spoken_for = {d.symbol for d in handles}
    known = {d.name: d for s, d in domains.items() if s not in spoken_for}
    call = call_of(function, given, known)
    reading = Session(domains, labels_from, frozenset(_files(function)))
    sources = {n: given.get(n, known.get(n)) for n in (*call.positional, *call.named)}
    sources |= {f"self.{a}": given[f"self.{a}"] for a in call.attributes}
    try:
        value, over = _run(function, call, sources, front, reading)
    except ReadError as why:
        floats = floats_of(function, call)
        if LONG not in str(why) or front is None or not floats:
            raise
        # a float may have so many digits since Python has computed with one that was written: with exact ones again
        more = {n: front(array_of(exact_in(reading, v))) for n, v in floats.items()}
        names = tuple(n for n in more if not n.startswith("self."))
        inside = tuple(n.removeprefix("self.") for n in more if n.startswith("self."))
        wider = Call(call.positional, (*call.named, *names), (*call.attributes, *inside))
        value, over = _run(function, wider, {**sources, **more}, front, reading)
    own = frozenset(i for i in over)
    scope = Scope({**domains, **{i.symbol: i for i in over}})
    expr = settled(value, scope)
    if isinstance(expr, Node):
        expr = type(expr).make(expr.args, join(join(expr.given, handles), own)).read_from(expr)
    return ArrayReading(expr, over, tuple(reading.notes), handles, call, sources)


def exact_in(reading: Session, value: float) -> Basic:
    """Return a float as the decimal that it is written as."""
    with session(reading):
        return exact(value)


def _run(
    function: Callable[..., Any],
    call: Call,
    sources: Mapping[str, Any],
    front: type[StandIn] | None,
    reading: Session,
) -> tuple[Basic, tuple[Index, ...]]:
    with session(reading), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = {n: _stand_in(n, v, front, reading) for n, v in sources.items()}
        try:
            if front is None:
                from deltasift.read.arrays.jaxpr import traced

                result: Any = StandIn(traced(function, call, values))
            else:
                with put_in(function, front):
                    result = call.run(function, values)
            if reading.refused:
                raise reading.refused[0]
            return _result(result, reading)
        except DeltasiftError as why:
            raise located(function, why, why.__traceback__) from None
        except RecursionError:
            raise ReadError(f"{name_of(function)} is nested too deeply to be read") from None
        except Exception as why:  # whatever the function raises on stand-ins: it is not read
            raise located(function, why, why.__traceback__) from None


def _stand_in(name: str, value: Any, front: type[StandIn] | None, reading: Session) -> Any:
    wrapped = front or (lambda array: array)
    if isinstance(value, Domain):
        return wrapped(array_of_domain(value, reading))
    if isinstance(value, Basic):
        try:
            return wrapped(array_of(inert(value)))
        except ExpressionError as why:
            raise ReadError(f"given has for {name} no exact number: {why}") from None
    return value


def _result(result: Any, reading: Session) -> tuple[Basic, tuple[Index, ...]]:
    """Return the entry of a result at free indices, and these."""
    if isinstance(result, StandIn):
        x = number(result.array)
    elif isinstance(result, (dict, tuple, list, set)) or result is None:
        kind = type(result).__name__
        raise ReadError(f"it returns a {kind}, and one array is read: read a function that returns one of its parts")
    else:
        x = number(array_of(result) if not hasattr(result, "shape") else _literal(result))
    over: list[Index] = []
    places: list[Place] = []
    for axis in x.axes:
        if axis.keep is not None:
            raise ReadError("it returns what a mask has picked, whose length depends on the data")
        place = []
        for p in axis.parts:
            taken = {i.symbol for i in over}
            name = reading.name(p.name, taken)
            own = reading.domains.get(name)
            hi = added((1, p.lo), (1, p.length), (-1, inert(1)))
            if not isinstance(own, Index) or (own.lo, own.hi) != (p.lo, hi):
                while Symbol(str(name)) in reading.domains:
                    name = reading.name(p.name, taken | set(reading.domains))
                own = index(str(name), p.lo, hi)
            over.append(own)
            place.append(added((1, own.symbol), (-1, p.lo)))
        places.append(tuple(place))
    found = x.at(tuple(places))
    if free(found) & reading.turns:
        raise ReadError("what the last turn of a loop leaves is used after it, which is not read")
    return found, tuple(over)


def _literal(value: Any) -> Array:
    from deltasift.read.arrays.standin import literal

    found: Array = literal(value)
    return found


# --- errors --------------------------------------------------------------------------------------------------------


def located(function: Any, why: Exception, trace: TracebackType | None) -> ReadError:
    """Return an error with the line of the function at which it came up."""
    frames = [f for f in traceback.extract_tb(trace) if not is_of_a_library(f.filename)]
    mine = next((f for f in reversed(frames) if f.filename in _files(function)), frames[-1] if frames else None)
    words = str(why) if isinstance(why, DeltasiftError) else f"it raises {type(why).__name__}: {_line(str(why))}"
    if type(why).__name__ in ("TracerBoolConversionError", "InconclusiveDimensionOperation"):
        words = f"a branch on the data or the sizes: write where ({_line(str(why))})"
    elif type(why).__name__ in (
        "ConcretizationTypeError",
        "TracerArrayConversionError",
        "TracerIntegerConversionError",
    ):
        words = f"a number of Python's is needed of what is data: leave out float(...) and .item() ({_line(str(why))})"
    if words.startswith("line "):
        return why if isinstance(why, ReadError) else ReadError(words)
    if mine is None:
        return ReadError(f"{words} ({name_of(function)})")
    return ReadError(f"line {mine.lineno}: {words} ({mine.name}, {Path(mine.filename).name})", mine.lineno)


def _line(words: str) -> str:
    """Return what another library says, without where in our code it happened."""
    return " ".join(words.split()).partition(" The error occurred")[0][:200]


def _files(function: Any) -> set[str]:
    while isinstance(function, functools.partial):
        function = function.func
    try:
        return {inspect.getfile(function if inspect.isroutine(function) else type(function))}
    except (TypeError, OSError):
        return set()
