"""Programs for values: names, entries, functions, loops and integrals."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from sympy import E, Integer, S, Symbol, pi
from sympy.core.basic import Basic
from sympy.core.numbers import Rational

import deltasift.inert as ex
from deltasift.check.infinite import infinite_loop
from deltasift.check.machine import INEXACT, Compiler, Frame, Machine, Run, stop
from deltasift.check.masses import integral_program
from deltasift.check.products import product_program
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.check.statements import bracket_program
from deltasift.domain import DefinedFunction, Family
from deltasift.inert.functions import known_of


def value_program(programs: Compiler, e: Basic) -> Run:
    """Compile an expression."""
    compiled = COMPILERS.get(type(e))
    if compiled is not None:
        return compiled(programs, e)
    if isinstance(e, ex.Node):
        return stop(NotCovered(type(e).__name__))
    if isinstance(e, Rational):
        return _rational(e)
    if isinstance(e, Symbol):
        return _name(programs, e)
    if e in (pi, E):
        return lambda ev, frame: ev.constant(e)
    infinite = e in (S.Infinity, S.NegativeInfinity)
    return stop(NotCovered("infinity" if infinite else f"{e} has no value"))


# --- leaves ---------------------------------------------------------------------------------------------------------


def _rational(e: Rational) -> Run:
    p, q = int(e.p), int(e.q)
    if q == 1:
        return lambda ev, frame: ev.whole(p)
    value = Fraction(p, q)
    return lambda ev, frame: ev.exact(value)


def _name(programs: Compiler, name: Symbol) -> Run:
    slot = programs.slot(name)
    domain = programs.scope.domains.get(name)
    body = domain.body if isinstance(domain, Family) and not domain.over else None

    def given(ev: Machine) -> Any:
        if name in ev.world.numbers:
            return ev.number(name)
        if body is not None:
            return ev.value(body, {})
        raise NotCovered(f"{name} has no value")

    def run(ev: Machine, frame: Frame) -> Any:
        value = frame[slot]
        if value is None:
            value = ev.numbers.get(slot)
            if value is None:
                value = ev.numbers[slot] = given(ev)
            return value
        if type(value) is int:
            return ev.whole(value)
        return ev.exact(value) if type(value) is Fraction else value

    return run


# --- algebra and functions ------------------------------------------------------------------------------------------


def _add(programs: Compiler, e: ex.Add) -> Run:
    first, *others = [programs.number(a) for a in e.args]
    if len(others) == 1:
        second = others[0]
        return lambda ev, frame: ev.add(first(ev, frame), second(ev, frame))

    def run(ev: Machine, frame: Frame) -> Any:
        total = first(ev, frame)
        for other in others:
            total = ev.add(total, other(ev, frame))
        return total

    return run


def _log(programs: Compiler, e: ex.Log) -> Run:
    inner = programs.number(e.args[0])
    return lambda ev, frame: ev.log(inner(ev, frame))


def _exp(programs: Compiler, e: ex.Exp) -> Run:
    inner = programs.number(e.args[0])
    return lambda ev, frame: ev.exp(inner(ev, frame))


def _pow(programs: Compiler, e: ex.Pow) -> Run:
    base, exponent = programs.number(e.args[0]), programs.number(e.args[1])
    return lambda ev, frame: ev.power(base(ev, frame), exponent(ev, frame))


def _func(programs: Compiler, e: ex.Func) -> Run:
    name = e.name
    definition = known_of(name).defined(e.arguments)
    if definition is not None:
        return programs.number(definition)
    arguments = [programs.number(a) for a in e.arguments]
    return lambda ev, frame: ev.function(name, [a(ev, frame) for a in arguments])


def _zero_or_one(programs: Compiler, e: Basic) -> Run:
    holds = bracket_program(programs, e)
    assert holds is not None
    return lambda ev, frame: ev.one if holds(ev, frame) else ev.zero


def _definition(programs: Compiler, e: ex.Named | ex.Expectation) -> Run:
    return programs.number(e.definition)


def _piecewise(programs: Compiler, e: ex.Piecewise) -> Run:
    cases = [(programs.truth(condition), programs.number(value)) for value, condition in e.cases]

    def run(ev: Machine, frame: Frame) -> Any:
        for condition, value in cases:
            if condition(ev, frame):
                return value(ev, frame)
        raise NoValue("no case of the case distinction holds")

    return run


# --- entries and values of functions --------------------------------------------------------------------------------


def _entry(programs: Compiler, e: ex.Entry) -> Run:
    table, slot = e.table, programs.slot(e.table)
    whole = [programs.integer(i) for i in e.indices]
    first, second, more = whole[0], whole[1] if len(whole) > 1 else None, whole[2:]
    indices = [programs.number(i) for i in e.indices]
    domain = programs.scope.domains.get(table)

    def entry(ev: Machine, indices: tuple[int, ...]) -> Any:
        if not isinstance(domain, Family):
            return ev.entry(table, indices)
        names = [i.symbol for i in domain.over]
        if len(names) != len(indices):
            raise NotCovered(f"{table} with {len(indices)} indices")
        return ev.value(domain.body, dict(zip(names, indices, strict=True)))

    def run(ev: Machine, frame: Frame) -> Any:
        if frame[INEXACT]:
            at = [i(ev, frame) for i in indices]
            if any(ev.as_fraction(i) is None for i in at):
                return ev.entry_at(table, at)
        key: tuple[int, ...]
        if second is None:
            key = (slot, first(ev, frame))
        elif more:
            key = (slot, *[i(ev, frame) for i in whole])
        else:
            key = (slot, first(ev, frame), second(ev, frame))
        known = ev.entries.get(key)
        if known is None:
            known = ev.entries[key] = entry(ev, key[1:])
        return known

    return run


def _apply(programs: Compiler, e: ex.Apply) -> Run:
    function = e.function
    arguments = [programs.number(a) for a in e.arguments]
    domain = programs.scope.domains.get(function)
    if not isinstance(domain, DefinedFunction):
        return lambda ev, frame: ev.applied(function, [a(ev, frame) for a in arguments])
    argument = arguments[0]
    body, name = domain.body, domain.variable.symbol
    return lambda ev, frame: ev.value(body, {name: argument(ev, frame)})


# --- loops and integrals --------------------------------------------------------------------------------------------


def once(programs: Compiler, e: Basic, run: Run) -> Run:
    """Compute a value once in a world for the same values of the names on which it depends."""
    outer, own = programs.outer(e), programs.slot(e)

    def known(ev: Machine, frame: Frame) -> Any:
        at = [frame[slot] for slot in outer]
        if frame[INEXACT] and not all(i is None or type(i) is int for i in at):
            return run(ev, frame)
        key = (own, *at)
        value = ev.entries.get(key)
        if value is None:
            value = run(ev, frame)
            if ev.keeps(value):
                ev.entries[key] = value
        return value

    return known


def _loop(programs: Compiler, e: ex.Sum | ex.Product) -> Run:
    body, name, lo, hi = e.args
    if lo is S.Infinity or hi is S.NegativeInfinity:
        return programs.number(S.Zero if isinstance(e, ex.Sum) else S.One)  # no number is in it
    if lo is S.NegativeInfinity or hi is S.Infinity:
        return once(programs, e, infinite_loop(programs, e))
    first, last = programs.integer(lo), programs.integer(hi)
    slot, inner = programs.slot(name), programs.number(body)
    summed = isinstance(e, ex.Sum)

    def run(ev: Machine, frame: Frame) -> Any:
        start, end = first(ev, frame), last(ev, frame)
        ev.spend(end - start + 1, "terms")
        before = frame[slot]
        try:
            return (ev.summed if summed else ev.multiplied)(inner, frame, slot, range(start, end + 1))
        finally:
            frame[slot] = before

    return once(programs, e, run)


def _extreme(programs: Compiler, e: ex.Maximum | ex.Minimum) -> Run:
    body, name, lo, hi = e.args
    if S.Infinity in (lo, hi) or S.NegativeInfinity in (lo, hi):
        return stop(NotCovered("an infinite range"))
    first, last = programs.integer(lo), programs.integer(hi)
    slot, inner = programs.slot(name), programs.number(body)
    function = "Max" if isinstance(e, ex.Maximum) else "Min"

    def run(ev: Machine, frame: Frame) -> Any:
        start, end = first(ev, frame), last(ev, frame)
        if end < start:
            raise NoValue("the largest or smallest of no entries")
        ev.spend(end - start + 1, "entries")
        before = frame[slot]
        try:
            values = []
            for frame[slot] in range(start, end + 1):
                values.append(inner(ev, frame))
        finally:
            frame[slot] = before
        return values[0] if len(values) == 1 else ev.function(function, values)

    return once(programs, e, run)


def _integral(programs: Compiler, e: ex.Integral) -> Run:
    return once(programs, e, integral_program(programs, e))


def _derivative(programs: Compiler, e: ex.Derivative) -> Run:
    whole = programs.unfolded(e)
    body, name, count = whole.args
    while isinstance(body, ex.Derivative) and body.args[1] == name and isinstance(body.args[2], Integer):
        count = count + body.args[2]
        body = body.args[0]
    if not isinstance(count, Integer):
        return stop(NotCovered("a derivative of unknown order"))
    inner, order = programs.number(body), int(count)
    if isinstance(name, ex.Entry):
        table, indices = name.table, [programs.integer(i) for i in name.indices]
        return lambda ev, frame: ev.by_entry(inner, frame, table, tuple(i(ev, frame) for i in indices), order)
    if isinstance(name, ex.Apply):
        return stop(NotCovered("a derivative by a value of a function"))
    slot, own = programs.slot(name), programs.number(name)
    return lambda ev, frame: ev.derivative(inner, frame, slot, own(ev, frame), order)


def _at(programs: Compiler, e: ex.At) -> Run:
    body, name, point = e.args
    inner, slot, there = programs.number(body), programs.slot(name), programs.number(point)

    def run(ev: Machine, frame: Frame) -> Any:
        outer, inexact = frame[slot], frame[INEXACT]
        value = there(ev, frame)
        try:
            frame[slot], frame[INEXACT] = value, True
            return inner(ev, frame)
        finally:
            frame[slot], frame[INEXACT] = outer, inexact

    return run


def _dirac(programs: Compiler, e: ex.Dirac) -> Run:
    """Compile a Dirac delta that no integral meets: 0 where its argument is not."""
    argument = programs.number(e.args[0])

    def run(ev: Machine, frame: Frame) -> Any:
        if ev.related(argument(ev, frame), ev.zero, (-1, 1)):
            return ev.zero
        raise NotCovered("a Dirac delta outside of an integral")

    return run


COMPILERS: dict[type[ex.Node], Callable[[Compiler, Any], Run]] = {
    ex.Add: _add,
    ex.Mul: product_program,
    ex.Neg: product_program,
    ex.Div: product_program,
    ex.Delta: _zero_or_one,
    ex.Iverson: _zero_or_one,
    ex.Entry: _entry,
    ex.Log: _log,
    ex.Exp: _exp,
    ex.Pow: _pow,
    ex.Sum: _loop,
    ex.Product: _loop,
    ex.Maximum: _extreme,
    ex.Minimum: _extreme,
    ex.Named: _definition,
    ex.Expectation: _definition,
    ex.Apply: _apply,
    ex.Func: _func,
    ex.Piecewise: _piecewise,
    ex.Integral: _integral,
    ex.Derivative: _derivative,
    ex.At: _at,
    ex.Dirac: _dirac,
}
