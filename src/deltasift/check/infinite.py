"""Sums, products and statements over infinite ranges: what is near is gone through, what is far out is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sympy import S
from sympy.core.basic import Basic

from deltasift.check.machine import Compiler, Frame, Machine, Run
from deltasift.check.reasons import NotCovered
from deltasift.inert import ForAll, Product, Sum

STARTS = (16, 64, 256, 1024)  # from where on terms are far out
CLOSE = Fraction(1, 2**40)  # what the terms far out may add up to


def infinite_loop(programs: Compiler, e: Sum | Product) -> Run:
    """Compile a sum or product over an infinite range."""
    body, name, lo, hi = e.args
    compiled = infinite_sum if isinstance(e, Sum) else _infinite_product
    return compiled(programs, programs.slot(name), programs.number(body), lo, hi)


def infinite_sum(programs: Compiler, slot: int, inner: Run, lo: Basic, hi: Basic) -> Run:
    """Compile a series, with bounds of what is far out."""
    ends = _Ends(programs, lo, hi)

    def summed(ev: Machine, frame: Frame) -> Any:
        for near, sides in ends.windows(ev, frame):
            tails = [ev.tail(inner, frame, slot, start, sign) for start, sign in sides]
            left: Any = ev.zero
            for tail in tails:
                left = None if left is None or tail is None else left + tail
            if left is not None and left <= ev.exact(CLOSE):
                return ev.widened(_over(ev, frame, slot, ev.summed, inner, near), left)
        raise NotCovered("an infinite range")

    return summed


def _infinite_product(programs: Compiler, slot: int, inner: Run, lo: Basic, hi: Basic) -> Run:
    """Compile a product of which all factors far out are 1."""
    ends = _Ends(programs, lo, hi)

    def multiplied(ev: Machine, frame: Frame) -> Any:
        for near, sides in ends.windows(ev, frame):
            if all(ev.ones(inner, frame, slot, start, sign) for start, sign in sides):
                return _over(ev, frame, slot, ev.multiplied, inner, near)
        raise NotCovered("an infinite range")

    return multiplied


def infinite_for_all(programs: Compiler, s: ForAll) -> Run:
    """Compile that a statement holds for all integers of an infinite range."""
    slot, holds = programs.slot(s.args[1]), programs.truth(s.args[0])
    ends = _Ends(programs, *s.args[2:4])

    def run(ev: Machine, frame: Frame) -> bool:
        near, sides = next(ends.windows(ev, frame))
        ev.spend(len(near), "cases")
        before = frame[slot]
        try:
            for i in near:
                frame[slot] = i
                if not holds(ev, frame):
                    return False
        finally:
            frame[slot] = before
        if all(ev.always(holds, frame, slot, start, sign) for start, sign in sides):
            return True
        raise NotCovered("an infinite range")

    return run


def _over(ev: Machine, frame: Frame, slot: int, fold: Any, inner: Run, values: range) -> Any:
    ev.spend(len(values), "terms")
    before = frame[slot]
    try:
        return fold(inner, frame, slot, values)
    finally:
        frame[slot] = before


class _Ends:
    """The ends of an infinite range."""

    def __init__(self, programs: Compiler, lo: Basic, hi: Basic) -> None:
        self.lo = None if lo is S.NegativeInfinity else programs.integer(lo)
        self.hi = None if hi is S.Infinity else programs.integer(hi)

    def windows(self, ev: Machine, frame: Frame) -> Iterator[tuple[range, list[tuple[int, int]]]]:
        """Yield what is near, with where each side begins that is not."""
        lo = None if self.lo is None else self.lo(ev, frame)
        hi = None if self.hi is None else self.hi(ev, frame)
        for far in STARTS:
            sides = []
            if lo is None:
                below = far if hi is None else max(far, -hi)
                sides.append((below, -1))
            if hi is None:
                above = far if lo is None else max(far, lo)
                sides.append((above, 1))
            first = 1 - below if lo is None else lo
            last = above - 1 if hi is None else hi
            yield range(first, last + 1), sides
