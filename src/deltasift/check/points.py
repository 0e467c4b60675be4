"""Point masses at the zeros of a function, and their derivatives, by power series around each zero.

With u = g(x) near a simple zero, the integral of the n-th derivative of the delta of g times w is the n-th derivative
of w / |g'| as a function of u at 0, times (-1)**n.
"""

from __future__ import annotations

from math import factorial
from typing import Any

from deltasift.check.balls import Balls
from deltasift.check.inside import is_inside
from deltasift.check.jets import HIGHEST, expansion
from deltasift.check.machine import INEXACT, Frame, Run
from deltasift.check.reasons import NotCovered, NoValue
from deltasift.check.zeros import zeros


def masses(
    ev: Balls, place: Run, weight: Run, frame: Frame, slot: int, order: int, highest: int | None, lo: Any, hi: Any
) -> Any:
    """Return the sum over all zeros between two ends, None being infinite and `lo` the lower one."""
    if not ev.may_differentiate:
        raise NotCovered("a Dirac delta whose zeros have to be found")
    total = ev.zero
    for point, is_simple in zeros(ev, place, frame, slot, highest, lo, hi):
        if is_inside(ev, point, lo, hi):
            if not is_simple:
                raise NoValue("a Dirac delta at a zero that is not simple")
            total = ev.add(total, _mass(ev, place, weight, frame, slot, order, point))
    return total


def _mass(ev: Balls, place: Run, weight: Run, frame: Frame, slot: int, order: int, point: Any) -> Any:
    if order > HIGHEST:
        raise NotCovered(f"a derivative of an order above {HIGHEST}")
    arb, series = ev.flint.arb, ev.flint.arb_series
    around = expansion(ev, place, frame, slot, point, order + 1)
    if not isinstance(around, series):
        raise NoValue("a Dirac delta whose argument does not vary")
    slope = around[1]
    if slope.contains(0):
        raise NotCovered("a Dirac delta at a zero that may not be simple")
    size = abs(slope)
    if order == 0:
        outer, inexact = frame[slot], frame[INEXACT]
        frame[slot], frame[INEXACT] = point, True
        try:
            return ev.divide(weight(ev, frame), size)
        finally:
            frame[slot], frame[INEXACT] = outer, inexact
    length = order + 1
    cap, ev.flint.ctx.cap = ev.flint.ctx.cap, length
    try:
        found = expansion(ev, weight, frame, slot, point, order)
        ev.flint.ctx.cap = length
        if not isinstance(found, series):
            found = series([arb(found)], prec=length)
        steep = series([around[k + 1] * (k + 1) for k in range(length)], prec=length)
        inverse = series([arb(0), *(around[k] for k in range(1, length))], prec=length).reversion()
        value = (found / steep)(inverse)[order] * factorial(order) * (-1) ** order
    finally:
        ev.flint.ctx.cap = cap
    return value if slope > 0 else -value
