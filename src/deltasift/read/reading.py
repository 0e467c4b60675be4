"""From a function object to a line: its parameters bound, its body followed, its bound names made plain."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.calc import Derivation
from deltasift.domain import Domain, Index, closure
from deltasift.errors import DomainError, ExpressionError, ReadError
from deltasift.inert import Node, free, inert, substitute
from deltasift.inert.node import join
from deltasift.inert.substitution import fresh, rewritten
from deltasift.line.scope import Scope
from deltasift.read.context import Context
from deltasift.read.expressions import Expressions
from deltasift.read.function import Function, plain_function
from deltasift.read.shift import shifts
from deltasift.read.values import Absent, Locals, Named


def derivation(
    function: Callable[..., Any],
    declared: Mapping[str, Any] | Iterable[Domain],
    labels_from: int | None,
    at: tuple[Index, ...] = (),
) -> Derivation:
    """Do what `deltasift.read.derivation_of` promises."""
    found = reading(function, declared, labels_from)
    return found.derivation if not at else _entry(found, at)


def _entry(found: Reading, at: tuple[Index, ...]) -> Derivation:
    """Return a reading with other indices for the axes of the array that the function returns."""
    over = [(i.lo, i.hi) for i in found.over]
    if not all(isinstance(i, Index) for i in at) or over != [(i.lo, i.hi) for i in at]:
        ranges = ", ".join(f"{lo}..{hi}" for lo, hi in over)
        raise ReadError(f"at has one index for each axis of what is returned, of the ranges {ranges or 'of none'}")
    new = {old.symbol: i.symbol for old, i in zip(found.over, at, strict=True)}
    [line] = found.derivation.lines
    expr = substitute(line, {old: name for old, name in new.items() if old != name})
    given = join(found.derivation.given, frozenset(at))
    if isinstance(expr, Node):
        expr = type(expr).make(expr.args, given).read_from(expr)
    return Derivation(expr, (), given=given)


@dataclass(frozen=True)
class Reading:
    """What was read of a function.

    Attributes
    ----------
    derivation : Derivation
    ran : bool
        Whether the function was run, on stand-ins for arrays; else its source was read.
    notes : tuple of str
        What a reader of the formula should know.
    over : tuple of Index
        The indices of the axes of a returned array, which are free in the formula.
    """

    derivation: Derivation
    ran: bool
    notes: tuple[str, ...] = ()
    over: tuple[Index, ...] = ()


def reading(
    function: Callable[..., Any], declared: Mapping[str, Any] | Iterable[Domain], labels_from: int | None
) -> Reading:
    """Read a function: the source of plain loops, or what a function over arrays does on stand-ins."""
    from deltasift.read.arrays.library import is_for_arrays, may_be_for_arrays, read_arrays

    given = _by_name(declared)
    if labels_from not in (None, 0, 1) or isinstance(labels_from, bool):
        raise ReadError(f"labels start from 0 or from 1, not from {labels_from!r}")
    if not is_for_arrays(function):
        try:
            return Reading(_of_source(function, given, labels_from), False)
        except ReadError:
            if not may_be_for_arrays(function, given):
                raise
    try:
        found = read_arrays(function, given, labels_from or 0)
    except ReadError as why:
        return _of_loops(function, given, labels_from, why)
    return Reading(Derivation(found.expr, (), given=found.domains), True, found.notes, found.over)


def _of_loops(
    function: Callable[..., Any], given: dict[str, Any], labels_from: int | None, refused: ReadError
) -> Reading:
    """Return what the source of loops over arrays says, which count from 0, compared with the function on data.

    Raises
    ------
    ReadError
        That of the array code, if the source is none of plain loops either.
    """
    from deltasift.read.arrays.library import compared_source

    try:
        found = _of_source(function, given, labels_from or 0)
    except ReadError:
        raise refused from None
    return Reading(found, False, compared_source(function, found.lines[-1], given, labels_from or 0))


def _of_source(function: Callable[..., Any], given: dict[str, Any], labels_from: int | None) -> Derivation:
    source = plain_function(function)
    for name in given:
        if name not in source.parameters:
            has = ", ".join(source.parameters) or "none"
            raise ReadError(f"given speaks of {name}, which is no parameter of {source.name}; these are {has}")
    handles = frozenset(d for d in given.values() if isinstance(d, Domain))
    if labels_from is not None and source.parameters and not handles:
        raise ReadError("labels_from indexes the tables of given anew, and none are given")
    try:
        domains = closure(handles)
    except DomainError as why:
        raise ReadError(str(why)) from None
    try:
        start = rewritten(_read(source, given, domains, labels_from), _tidied)
    except RecursionError:
        raise source.error("the function is nested too deeply to be read", None) from None
    if isinstance(start, Node):
        start = type(start).make(start.args, join(start.given, handles)).read_from(start)
    if labels_from is None:
        return Derivation(start, (), given=handles)
    found = shifts(start, Scope(domains))
    return replace(found, given=join(found.given, handles))


def _read(
    source: Function, given: Mapping[str, Any], domains: Mapping[Symbol, Domain], labels_from: int | None
) -> Basic:
    bound: dict[str, Any] = {}
    taken = {s for s, d in domains.items() if not isinstance(d, Index)}
    spoken_for = {d.symbol for d in given.values() if isinstance(d, Domain)}
    for name in source.parameters:
        if name in given:
            bound[name] = _given(name, given[name])
        elif Symbol(name) in domains and Symbol(name) not in spoken_for:
            bound[name] = domains[Symbol(name)]
        else:
            symbol = Symbol(name)
            bound[name] = Named(name, fresh(symbol, taken) if symbol in taken else symbol, None)
            taken.add(bound[name].symbol)
    for value in bound.values():
        if isinstance(value, Domain):
            taken.add(value.symbol)
        elif isinstance(value, Basic):
            taken |= free(value)
    context = Context(domains, frozenset(taken), labels_from)
    reader = Expressions(context)
    with context.entered(source):
        env = {n: reader.names.declared(n, v) if isinstance(v, Domain) else v for n, v in bound.items()}
        if source.receiver is not None:
            env[source.receiver] = Absent(f"{source.receiver}, the object of the method, is not read")
        value = reader.statements.outcome(Locals(source, env))
        return reader.number(value, source.body[-1])


def _by_name(declared: Mapping[str, Any] | Iterable[Domain]) -> dict[str, Any]:
    if isinstance(declared, Mapping):
        return dict(declared)
    domains = [declared] if isinstance(declared, Domain) else declared
    if not isinstance(domains, Iterable) or not all(isinstance(d, Domain) for d in domains):
        raise ReadError("given is a mapping from parameters to domains, or an iterable of domains")
    return {d.name: d for d in domains}


def _given(name: str, value: Any) -> Any:
    if isinstance(value, Domain):
        return value
    try:
        return inert(int(value) if isinstance(value, numbers.Integral) and not isinstance(value, bool) else value)
    except ExpressionError as why:
        raise ReadError(f"given has for {name} neither a domain nor an exact number: {why}") from None


def _tidied(e: Node) -> Node:
    """Return a node whose bound name is without primes where nothing else is meant by it."""
    if not e.binds or not str(e.args[1]).endswith("'"):
        return e
    plain = Symbol(str(e.args[1]).rstrip("'"))
    if plain in free(e) | free(e.args[0]):
        return e
    return e.rebuild((substitute(e.args[0], {e.args[1]: plain}), plain, *e.args[2:]))
