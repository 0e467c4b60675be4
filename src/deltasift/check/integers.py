"""Programs for indices, labels and sizes, in whole numbers of Python."""

from __future__ import annotations

from fractions import Fraction

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from deltasift.check.machine import Compiler, Frame, Machine, Run
from deltasift.check.reasons import NotWhole
from deltasift.domain import Labels
from deltasift.inert import Add, Entry, Mul, Neg


def whole_program(programs: Compiler, e: Basic) -> Run | None:
    """Compile an expression of whole numbers, None where it contains anything else."""
    if isinstance(e, Integer):
        value = int(e)
        return lambda ev, frame: value
    if isinstance(e, Symbol):
        return _name(programs, e)
    if isinstance(e, Entry):
        return _label(programs, e)
    if not isinstance(e, (Add, Mul, Neg)):
        return None
    parts = [programs.whole(a) for a in e.args]
    found = [p for p in parts if p is not None]
    if len(found) < len(parts):
        return None
    if isinstance(e, Neg):
        return _negative(found[0])
    return _sum(found) if isinstance(e, Add) else _product(found)


def _name(programs: Compiler, name: Symbol) -> Run:
    slot, number = programs.slot(name), programs.number(name)

    def run(ev: Machine, frame: Frame) -> int:
        value = frame[slot]
        if type(value) is int:
            return value
        if value is not None:
            raise NotWhole
        known = ev.wholes.get(slot)
        if known is None:
            known = ev.wholes[slot] = _as_whole(ev.as_fraction(number(ev, frame)))
        return known

    return run


def _label(programs: Compiler, e: Entry) -> Run | None:
    """Compile an entry of a table of labels; the labels of a world are turned into whole numbers once."""
    table, slot = e.table, programs.slot(e.table)
    indices = [programs.whole(i) for i in e.indices]
    found = [i for i in indices if i is not None]
    if not isinstance(programs.scope.domains.get(table), Labels) or len(found) < len(indices):
        return None
    first, *others = found

    def run(ev: Machine, frame: Frame) -> int:
        key = (slot, first(ev, frame), *[i(ev, frame) for i in others])
        known = ev.labels.get(key)
        if known is None:
            known = ev.labels[key] = _as_whole(ev.written(table, key[1:]))
        return known

    return run


def _as_whole(value: Fraction | None) -> int:
    if value is None or value.denominator != 1:
        raise NotWhole
    return value.numerator


def _negative(part: Run) -> Run:
    return lambda ev, frame: -part(ev, frame)


def _sum(parts: list[Run]) -> Run:
    if len(parts) == 2:
        first, second = parts
        return lambda ev, frame: first(ev, frame) + second(ev, frame)
    return lambda ev, frame: sum([part(ev, frame) for part in parts])


def _product(parts: list[Run]) -> Run:
    def run(ev: Machine, frame: Frame) -> int:
        total = 1
        for part in parts:
            total *= part(ev, frame)
        return total

    return run
