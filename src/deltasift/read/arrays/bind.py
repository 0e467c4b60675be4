"""Which parameter of a function gets which domain, as a stand-in when it is read and as data when it is compared."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MethodType
from typing import Any

from sympy import S
from sympy.core.basic import Basic

from deltasift.domain import DefinedFunction, Density, Domain, Index, Labels, Table
from deltasift.errors import ReadError
from deltasift.inert import Entry, free
from deltasift.read.arrays.array import ONE, Array, Axis, Part, Places, constant
from deltasift.read.arrays.session import Session, added

VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@dataclass(frozen=True)
class Call:
    """How a function is called.

    Attributes
    ----------
    positional : tuple
        Names of `given`.
    named : tuple of str
        Parameters that get what has their name.
    attributes : tuple of str
        Attributes of the object of a method, or of a module: `weight` for `self.weight`.
    """

    positional: tuple[str, ...]
    named: tuple[str, ...]
    attributes: tuple[str, ...]

    def run(self, function: Callable[..., Any], values: Mapping[str, Any]) -> Any:
        """Call the function with a value for each name."""
        with attributes_set(function, {a: values[f"self.{a}"] for a in self.attributes}):
            return function(*(values[n] for n in self.positional), **{n: values[n] for n in self.named})


def call_of(function: Callable[..., Any], given: Mapping[str, Any], known: Mapping[str, Any]) -> Call:
    """Return how a function is called: with what is given, then with domains that have the name of a parameter."""
    attributes = tuple(n.removeprefix("self.") for n in given if n.startswith("self."))
    names = [n for n in given if not n.startswith("self.")]
    if attributes and receiver_of(function) is None:
        raise ReadError("given speaks of self, and the function is no method and no module")
    try:
        parameters = inspect.signature(called(function)).parameters
    except (TypeError, ValueError):
        return Call(tuple(names), (), attributes)
    plain = {n: p for n, p in parameters.items() if p.kind not in VARIADIC}
    kinds = {p.kind for p in parameters.values()}
    others = [n for n in names if n not in plain]
    if others and not kinds & set(VARIADIC):
        raise ReadError(
            f"given speaks of {others[0]}, which is no parameter of {name_of(function)}; these are {', '.join(plain)}"
        )
    if inspect.Parameter.VAR_POSITIONAL in kinds and not any(n in plain for n in names):
        return Call(tuple(names), (), attributes)
    positional: list[str] = []
    named: list[str] = []
    for n, p in plain.items():
        if n not in given and n not in known:
            if p.default is inspect.Parameter.empty:
                raise ReadError(
                    f"nothing is said of the parameter {n} of {name_of(function)}: write given={{{n!r}: ...}}, "
                    "whose indices are its shape"
                )
            continue
        if n not in given and p.default is not inspect.Parameter.empty:
            continue
        (positional if p.kind is inspect.Parameter.POSITIONAL_ONLY else named).append(n)
    if inspect.Parameter.VAR_POSITIONAL in kinds and others:
        before = [n for n in plain if n in named and plain[n].kind is not inspect.Parameter.KEYWORD_ONLY]
        named = [n for n in named if n not in before]
        return Call((*positional, *before, *others), tuple(named), attributes)
    return Call(tuple(positional), (*named, *others), attributes)


def floats_of(function: Callable[..., Any], call: Call) -> dict[str, float]:
    """Return the floats that a function computes with: defaults of its parameters, and attributes of its object."""
    found: dict[str, float] = {}
    try:
        parameters = inspect.signature(called(function)).parameters
    except (TypeError, ValueError):
        parameters = {}  # type: ignore[assignment]
    if not call.positional:
        plain = {n: p.default for n, p in parameters.items() if p.kind is not inspect.Parameter.POSITIONAL_ONLY}
        found.update((n, v) for n, v in plain.items() if type(v) is float and n not in call.named)
    attributes = getattr(receiver_of(function), "__dict__", {})
    found.update((f"self.{n}", v) for n, v in attributes.items() if type(v) is float and n not in call.attributes)
    return found


def called(function: Any) -> Any:
    """Return what has the signature of a call: the `forward` of a module of PyTorch's."""
    forward = getattr(type(function), "forward", None)
    return function.forward if forward is not None and hasattr(function, "_parameters") else function


def receiver_of(function: Any) -> Any:
    """Return the object of a method, or a module or another object that is called."""
    if isinstance(function, functools.partial):
        return receiver_of(function.func)
    if isinstance(function, MethodType):
        return function.__self__
    return None if inspect.isroutine(function) else function


def name_of(function: Any) -> str:
    """Return what a function is called in messages."""
    if isinstance(function, functools.partial):
        return name_of(function.func)
    return str(getattr(function, "__name__", None) or type(function).__name__)


@contextmanager
def attributes_set(function: Any, values: Mapping[str, Any]) -> Iterator[None]:
    """Give attributes of the object of a method other values, and put them back."""
    before: list[tuple[dict[str, Any], str, bool, Any]] = []
    try:
        for path, value in values.items():
            *way, last = path.split(".")
            owner = receiver_of(function)
            for step in way:
                owner = getattr(owner, step)
            if not hasattr(owner, last):
                raise ReadError(f"given speaks of self.{path}, and there is no such attribute")
            space = owner.__dict__  # found before the parameters of a module of PyTorch's
            before.append((space, last, last in space, space.get(last)))
            space[last] = value
        yield
    finally:
        for space, last, was, old in reversed(before):
            if was:
                space[last] = old
            else:
                del space[last]


# --- domains as arrays ---------------------------------------------------------------------------------------------


def array_of_domain(d: Domain, session: Session) -> Array:
    """Return a declared name as an array that counts from 0."""
    if isinstance(d, (Density, DefinedFunction)):
        raise ReadError(f"{d.name} is a function, and an array is read")
    if not isinstance(d, Table) or not d.over:
        return constant(d.symbol, "integer" if d.integer else "real")
    axes = tuple(axis_of_index(i, d) for i in d.over)

    def at(places: Places) -> Basic:
        indices = [added((1, place[0]), (1, i.lo)) if place else i.lo for place, i in zip(places, d.over, strict=True)]
        return Entry(d, *indices)

    if not isinstance(d, Labels):
        return Array(axes, at, "integer" if d.integer else "real")
    first = S.Zero if d.first is None else added((1, d.first), (-1, S(session.labels_from)))

    def counted(places: Places) -> Basic:
        return at(places) if first == 0 else added((1, at(places)), (-1, first))

    return Array(axes, counted, "integer", (added((1, d.lo), (-1, first)), added((1, d.hi), (-1, first))))


def axis_of_index(i: Index, d: Table) -> Axis:
    """Return the axis of an index."""
    if free(i.lo) & {j.symbol for j in d.over} or free(i.hi) & {j.symbol for j in d.over}:
        raise ReadError(f"the range of {i.name} depends on another index of {d.name}: its rows are not equally long")
    if i.hi == S.Infinity or i.lo == S.NegativeInfinity:
        raise ReadError(f"{i.name} has infinitely many values, and an array has finitely many")
    length = added((1, i.hi), (-1, i.lo), (1, S.One))
    return ONE if length == 1 else Axis((Part(length, i.name, i.lo),))
