"""Integrals of Dirac deltas by what they mean: a unit mass at the point where the argument is 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.check.frame import INEXACT, Frame, Run, stop
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.inert import Add, Dirac, Div, Integral, Mul, Neg, Node, Sum, free, postorder, substitute
from deltasift.inert.substitution import fresh

if TYPE_CHECKING:
    from deltasift.check.evaluate import Evaluator
    from deltasift.check.program import Programs

Factors = tuple[tuple[Basic, bool], ...]  # what a mass is multiplied with, and whether it divides
INFINITE = (S.Infinity, S.NegativeInfinity)


def integral_program(programs: Programs, e: Integral) -> Run:
    """Compile an integral whose integrand is a sum of point masses.

    It has no value where a mass lies on an end point or masses are multiplied; any other integrand is not covered.
    """
    whole = programs.unfolded(e)
    assert isinstance(whole, Integral)
    if whole.body == 0:
        return lambda ev, frame: ev.zero
    found = _Masses(programs, whole).compiled(whole.body, 1, ())
    return stop(NotCovered("an integral")) if found is None else found


class _Masses:
    """Compiles the integrand of one integral, down to its point masses."""

    def __init__(self, programs: Programs, e: Integral) -> None:
        self.programs = programs
        self.e = e
        self.x = e.var
        self.slot = programs.slot(e.var)
        self.ends = _Ends(e, *(None if end in INFINITE else programs.number(end) for end in (e.lo, e.hi)))

    def compiled(self, e: Basic, sign: int, factors: Factors) -> Run | None:
        """Compile a part of the integrand, None where it is no sum of point masses."""
        if isinstance(e, Dirac) and self.x in free(e):
            return self._mass(e, sign, factors)
        if isinstance(e, Add):
            return self._add(e, sign, factors)
        if isinstance(e, Neg):
            return self.compiled(e.args[0], -sign, factors)
        if isinstance(e, Sum):
            return self._sum(e, sign, factors)
        if isinstance(e, (Mul, Div)):
            return self._product(e, sign, factors)
        return None

    def _add(self, e: Add, sign: int, factors: Factors) -> Run:
        """Compile a sum; where a part is not covered, the others are gone through all the same: one may be refused."""
        parts = [self.compiled(a, sign, factors) for a in e.args]
        found = [p for p in parts if p is not None]
        return _total(found if len(found) == len(parts) else [*found, stop(NotCovered("an integral"))])

    def _sum(self, e: Sum, sign: int, factors: Factors) -> Run:
        body, name, lo, hi = e.args
        taken = frozenset().union(*(free(f) for f, _ in factors))
        if name in taken:  # of the factors that stand outside of this sum
            new = fresh(name, taken | free(body))
            body, name = substitute(body, {name: new}), new
        inner = self.compiled(body, sign, factors) or stop(NotCovered("an integral"))
        first, last = self.programs.integer(lo), self.programs.integer(hi)
        slot = self.programs.slot(name)

        def run(ev: Evaluator[Any], frame: Frame) -> Any:
            start, end = first(ev, frame), last(ev, frame)
            ev.spend(end - start + 1, "terms")
            before = frame[slot]
            try:
                return ev.summed(inner, frame, slot, range(start, end + 1))
            finally:
                frame[slot] = before

        return run

    def _product(self, e: Node, sign: int, factors: Factors) -> Run | None:
        carriers = [a for a in e.args if _has_mass(a, self.x)]
        if len(carriers) > 1:
            return stop(NoValue("a product of Dirac deltas"))
        below = isinstance(e, Div)
        if not carriers or (below and carriers[0] is e.args[1]):
            return None
        others = [(a, below and i == 1) for i, a in enumerate(e.args) if a is not carriers[0]]
        return self.compiled(carriers[0], sign, (*factors, *others))

    def _mass(self, e: Dirac, sign: int, factors: Factors) -> Run:
        argument, order = e.args
        if order != 0:
            return stop(NotCovered("a derivative of a Dirac delta"))
        linear = _is_linear(argument, self.x)
        place = self.programs.number(argument)
        rest = [(self.programs.number(f), inverse) for f, inverse in factors]
        slot, ends = self.slot, self.ends

        def run(ev: Evaluator[Any], frame: Frame) -> Any:
            outer, inexact = frame[slot], frame[INEXACT]
            try:
                slope, point = _zero(ev, frame, slot, place, linear)
                frame[slot] = outer
                turned = ends.orientation(ev, frame)
                if not ends.contain(ev, frame, ev.as_fraction(point), turned):
                    return ev.zero
                frame[slot], frame[INEXACT] = point, True
                total = ev.exact(Fraction(sign * turned) / abs(slope))
                for factor, inverse in rest:
                    value = factor(ev, frame)
                    total = ev.divide(total, value) if inverse else ev.multiply(total, value)
                return total
            finally:
                frame[slot], frame[INEXACT] = outer, inexact

        return run


@dataclass(frozen=True)
class _Ends:
    """The ends of an integral; a program is None for one that is infinite."""

    e: Integral
    lo: Run | None
    hi: Run | None

    def orientation(self, ev: Evaluator[Any], frame: Frame) -> int:
        """Return -1 for an integral from a greater to a lesser end, else 1."""
        if self.e.lo is S.Infinity or self.e.hi is S.NegativeInfinity:
            return -1
        if self.lo is None or self.hi is None:
            return 1
        lo, hi = (ev.as_fraction(end(ev, frame)) for end in (self.lo, self.hi))
        return -1 if lo is not None and hi is not None and hi < lo else 1

    def contain(self, ev: Evaluator[Any], frame: Frame, point: Fraction | None, turned: int) -> bool:
        """Tell whether a point lies inside; one on an end is refused."""
        for end, inside in ((self.lo, turned), (self.hi, -turned)):
            if end is None:
                continue
            bound = ev.as_fraction(end(ev, frame))
            if bound is None or point is None:
                raise NotCovered("an end point that is not rational")
            if bound == point:
                raise NoValue("a Dirac delta on an end point of the integral")
            if (point - bound) * inside < 0:
                return False
        return True


def _zero(ev: Evaluator[Any], frame: Frame, slot: int, place: Run, linear: bool) -> tuple[Fraction, Any]:
    """Return the slope of a linear argument and the point at which it is 0."""
    at = []
    for frame[slot] in range(3):
        at.append(place(ev, frame))
    rise, again = (ev.add(at[i + 1], ev.multiply(ev.minus, at[i])) for i in range(2))
    slope = ev.as_fraction(rise)
    if slope is None or ev.as_fraction(again) != slope or not linear:
        raise NotCovered("a Dirac delta of a function that is not linear")
    if slope == 0:
        raise NoValue("a Dirac delta whose argument does not vary")
    return slope, ev.multiply(at[0], ev.exact(-1 / slope))


def _total(parts: Sequence[Run]) -> Run:
    """Add up parts; that one has no value is known even where another is not covered."""

    def run(ev: Evaluator[Any], frame: Frame) -> Any:
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
    if isinstance(e, (Add, Neg)):
        return all(_is_linear(a, x) for a in e.args)
    if isinstance(e, Mul):
        return sum(x in free(a) for a in e.args) == 1 and all(_is_linear(a, x) for a in e.args)
    return isinstance(e, Div) and x not in free(e.args[1]) and _is_linear(e.args[0], x)


def _has_mass(e: Basic, x: Symbol) -> bool:
    return any(isinstance(d, Dirac) and x in free(d) for d in postorder(e)) if isinstance(e, Node) else False
