"""Integrals of Dirac deltas by what they mean: a unit mass at the point where the argument is 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Integer, S, Symbol
from sympy.core.basic import Basic

import deltasift.inert as ex
from deltasift.check.changes import changes
from deltasift.check.infinite import infinite_sum
from deltasift.check.inside import degree, is_inside
from deltasift.check.machine import INEXACT, Compiler, Frame, Machine, Run, stop
from deltasift.check.products import flatten
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.check.statements import bracket_program
from deltasift.inert import free, postorder, substitute
from deltasift.inert.algebra import INFINITE
from deltasift.inert.substitution import fresh
from deltasift.line.views import product

Factors = tuple[tuple[Basic, bool], ...]  # what a mass is multiplied with, and whether it divides


def integral_program(programs: Compiler, e: ex.Integral) -> Run:
    """Compile an integral: its point masses by what they mean, the rest of its integrand by enclosures.

    It has no value where a mass lies on an end point or masses are multiplied.
    """
    whole = programs.unfolded(e)
    assert isinstance(whole, ex.Integral)
    if whole.body == 0:
        return lambda ev, frame: ev.zero
    return _Masses(programs, whole).compiled(whole.body, 1, ())


class _Masses:
    """Compiles the integrand of one integral, down to its point masses and what has none."""

    def __init__(self, programs: Compiler, e: ex.Integral) -> None:
        self.programs = programs
        self.e = e
        self.x = e.var
        self.slot = programs.slot(e.var)
        self.ends = _Ends(e, *(None if end in INFINITE else programs.number(end) for end in (e.lo, e.hi)))

    def compiled(self, e: Basic, sign: int, factors: Factors) -> Run:
        """Compile a part of the integrand, which stands beside factors."""
        if not any(_stays(part, self.x) for part in (e, *(f for f, _ in factors))):
            return self._ordinary(e, sign, factors)
        if isinstance(e, ex.Dirac) and self.x in free(e):
            return self._mass(e, sign, factors)
        if isinstance(e, ex.Derivative) and e.args[1] == self.x and isinstance(e.args[0], ex.Dirac):
            return self._derivative(e.args[0], e.args[2], sign, factors)
        if isinstance(e, ex.Piecewise):
            return self._cases(e, sign, factors)
        if isinstance(e, ex.Integral):
            return self._inner(e, sign, factors)
        if isinstance(e, ex.Add):
            return self._add(e, sign, factors)
        if isinstance(e, ex.Neg):
            return self.compiled(e.args[0], -sign, factors)
        if isinstance(e, ex.Sum):
            return self._sum(e, sign, factors)
        if isinstance(e, (ex.Mul, ex.Div)):
            return self._product(e, sign, factors)
        return stop(NotCovered("an integral"))

    def _cases(self, e: ex.Piecewise, sign: int, factors: Factors) -> Run:
        """Compile cases, each with the bracket that it is the first that holds."""
        parts = []
        before: list[Basic] = []
        for value, condition in e.cases:
            holds = ex.And.make((*before, condition)) if before else condition
            parts.append(self.compiled(value, sign, (*factors, (ex.Iverson.make((holds,)), False))))
            before.append(ex.Not.make((condition,)))
        return _total(parts)

    def _inner(self, e: ex.Integral, sign: int, factors: Factors) -> Run:
        """Compile an integral in which masses of this one stand: as factors of its integrand, they move out of it."""
        body, name, lo, hi = e.args
        flat: list[tuple[Basic, bool]] = []
        inner_sign = flatten(body, False, flat)
        out = [f for f, inverse in flat if not inverse and _has_mass(f, self.x) and name not in free(f)]
        left = [(f, inverse) for f, inverse in flat if inverse or f not in out]
        if not out or any(_stays(f, self.x) for f, _ in left) or any(self.x in free(end) for end in (lo, hi)):
            return stop(NotCovered("an integral in which a point mass of another one stands"))
        rest = ex.Integral.make((product(inner_sign, left), name, lo, hi))
        return self.compiled(product(sign, [(f, False) for f in (*out, rest)]), 1, factors)

    def _ordinary(self, e: Basic, sign: int, factors: Factors) -> Run:
        """Compile a part without point masses."""
        whole = product(1, [(e, False), *factors]) if factors else e
        self.programs.hold(whole, self.x)
        inner, where = self.programs.number(whole), changes(self.programs, whole, self.x)
        slot, ends = self.slot, self.ends

        def run(ev: Machine, frame: Frame) -> Any:
            turned, lo, hi = ends.at(ev, frame)
            return ev.multiply(ev.whole(sign * turned), ev.integral(inner, frame, slot, lo, hi, where))

        return run

    def _add(self, e: ex.Add, sign: int, factors: Factors) -> Run:
        """Compile a sum; where a part is not covered, the others are gone through all the same: one may be refused."""
        return _total([self.compiled(a, sign, factors) for a in e.args])

    def _sum(self, e: ex.Sum, sign: int, factors: Factors) -> Run:
        body, name, lo, hi = e.args
        taken = frozenset().union(*(free(f) for f, _ in factors))
        if name in taken:  # of the factors that stand outside of this sum
            new = fresh(name, taken | free(body))
            body, name = substitute(body, {name: new}), new
        inner = self.compiled(body, sign, factors)
        slot = self.programs.slot(name)
        if lo is S.NegativeInfinity or hi is S.Infinity:
            return infinite_sum(self.programs, slot, inner, lo, hi)
        first, last = self.programs.integer(lo), self.programs.integer(hi)

        def run(ev: Machine, frame: Frame) -> Any:
            start, end = first(ev, frame), last(ev, frame)
            ev.spend(end - start + 1, "terms")
            before = frame[slot]
            try:
                return ev.summed(inner, frame, slot, range(start, end + 1))
            finally:
                frame[slot] = before

        return run

    def _product(self, e: ex.Node, sign: int, factors: Factors) -> Run:
        carriers = [a for a in e.args if _stays(a, self.x)]
        if len(carriers) > 1:
            return stop(NoValue("a product of Dirac deltas"))
        below = isinstance(e, ex.Div)
        if below and carriers[0] is e.args[1]:
            return stop(NotCovered("a division by a Dirac delta"))
        others = [(a, below and i == 1) for i, a in enumerate(e.args) if a is not carriers[0]]
        return self.compiled(carriers[0], sign, (*factors, *others))

    def _derivative(self, e: ex.Dirac, times: Basic, sign: int, factors: Factors) -> Run:
        """Compile a derivative of a mass of a linear argument: one of higher order, times a power of the slope."""
        argument, order = e.args
        if not (isinstance(times, Integer) and isinstance(order, Integer) and degree(argument, self.x) == 1):
            return stop(NotCovered("a derivative of a Dirac delta"))
        mass = self._mass(ex.Dirac.make((argument, order + times)), sign, factors)
        place, slot, count = self.programs.number(argument), self.slot, int(times)

        def run(ev: Machine, frame: Frame) -> Any:
            outer = frame[slot]
            at = []
            for frame[slot] in range(2):
                at.append(place(ev, frame))
            frame[slot] = outer
            slope = ev.add(at[1], ev.multiply(ev.minus, at[0]))
            return ev.multiply(ev.power(slope, ev.whole(count)), mass(ev, frame))

        return run

    def _mass(self, e: ex.Dirac, sign: int, factors: Factors) -> Run:
        argument, order = e.args
        if not isinstance(order, Integer):
            return stop(NotCovered("a derivative of a Dirac delta"))
        times = int(order)
        highest = degree(argument, self.x)
        linear = highest == 1 and _is_linear(argument, self.x)
        place = self.programs.number(argument)
        steep = self.programs.number(_slope(argument, self.x)) if linear else None
        rest = [(self.programs.number(f), inverse) for f, inverse in factors]
        outside = (f for f, inverse in factors if not inverse and self.x not in free(f))
        brackets = [b for f in outside if (b := bracket_program(self.programs, f)) is not None]
        slot, ends = self.slot, self.ends

        def weight(ev: Machine, frame: Frame) -> Any:
            total = ev.one
            for factor, inverse in rest:
                value = factor(ev, frame)
                total = ev.divide(total, value) if inverse else ev.multiply(total, value)
            return total

        def run(ev: Machine, frame: Frame) -> Any:
            outer, inexact = frame[slot], frame[INEXACT]
            if not all(holds(ev, frame) for holds in brackets):
                return ev.zero  # whatever the argument is
            try:
                found = _zero(ev, frame, slot, place, steep) if steep is not None and not times else None
                frame[slot] = outer
                turned, lo, hi = ends.at(ev, frame)
                if found is None:
                    total = ev.masses(place, weight, frame, slot, times, highest, lo, hi)
                    return ev.multiply(ev.whole(sign * turned), total)
                slope, point = found
                if not is_inside(ev, point, lo, hi):
                    return ev.zero
                frame[slot], frame[INEXACT] = point, True
                return ev.multiply(ev.exact(Fraction(sign * turned) / abs(slope)), weight(ev, frame))
            finally:
                frame[slot], frame[INEXACT] = outer, inexact

        return run


@dataclass(frozen=True)
class _Ends:
    """The ends of an integral; a program is None for one that is infinite."""

    e: ex.Integral
    lo: Run | None
    hi: Run | None

    def at(self, ev: Machine, frame: Frame) -> tuple[int, Any, Any]:
        """Return -1 for an integral from a greater to a lesser end, else 1, and the ends in their order."""
        lo, hi = (None if end is None else end(ev, frame) for end in (self.lo, self.hi))
        if self.e.lo is S.Infinity or self.e.hi is S.NegativeInfinity:
            return -1, hi, lo
        if lo is None or hi is None or ev.compare(lo, hi) <= 0:
            return 1, lo, hi
        return -1, hi, lo


def _zero(ev: Machine, frame: Frame, slot: int, place: Run, steep: Run) -> tuple[Fraction, Any] | None:
    """Return the slope of a linear argument and the point at which it is 0; None where the slope is not rational."""
    slope = ev.as_fraction(steep(ev, frame))
    if slope is None:
        return None
    if slope == 0:
        raise NoValue("a Dirac delta whose argument does not vary")
    frame[slot] = 0
    return slope, ev.multiply(place(ev, frame), ev.exact(-1 / slope))


def _total(parts: Sequence[Run]) -> Run:
    """Add up parts; that one has no value is known even where another is not covered."""

    def run(ev: Machine, frame: Frame) -> Any:
        total = ev.zero
        uncovered: NotCovered | None = None
        for part in parts:
            try:
                total = ev.add(total, part(ev, frame))
            except NotCovered as why:
                uncovered = uncovered or why
        if uncovered is not None:
            raise uncovered
        return total

    return run


def _is_linear(e: Basic, x: Symbol) -> bool:
    """Tell whether an argument is built from x by sums, signs and factors free of it."""
    if e == x or x not in free(e):
        return True
    if isinstance(e, (ex.Add, ex.Neg)):
        return all(_is_linear(a, x) for a in e.args)
    if isinstance(e, ex.Mul):
        return sum(x in free(a) for a in e.args) == 1 and all(_is_linear(a, x) for a in e.args)
    return isinstance(e, ex.Div) and x not in free(e.args[1]) and _is_linear(e.args[0], x)


def _slope(e: Basic, x: Symbol) -> Basic:
    """Return the coefficient of x in what is built from x by sums, signs and factors free of it."""
    if x not in free(e):
        return S.Zero
    if e == x:
        return S.One
    if isinstance(e, ex.Add):
        parts = [_slope(a, x) for a in e.args if x in free(a)]
        return ex.Add.make(tuple(parts)) if len(parts) > 1 else parts[0]
    if isinstance(e, ex.Neg):
        return ex.Neg.make((_slope(e.args[0], x),))
    assert isinstance(e, ex.Node)
    return e.rebuild(tuple(_slope(a, x) if x in free(a) else a for a in e.args))


def _stays(e: Basic, x: Symbol) -> bool:
    """Tell whether a point mass in x is left where what is inside is integrated: one that no inner integral meets."""
    if not _has_mass(e, x):
        return False
    if isinstance(e, ex.Integral):
        name = e.args[1]
        return any(isinstance(d, ex.Dirac) and x in free(d) and name not in free(d) for d in postorder(e)) or (
            sum(isinstance(d, ex.Dirac) and x in free(d) for d in postorder(e)) > 1
        )
    return isinstance(e, ex.Node) and (isinstance(e, ex.Dirac) or any(_stays(a, x) for a in e.args))


def _has_mass(e: Basic, x: Symbol) -> bool:
    return any(isinstance(d, ex.Dirac) and x in free(d) for d in postorder(e)) if isinstance(e, ex.Node) else False
