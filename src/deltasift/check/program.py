"""Expressions as programs: what an expression is made of is looked at once, and then run in many worlds.

A program is a closure over the programs of the parts. It takes the evaluator, which knows the world and what a number
is, and a frame: the values of the bound names, by their slots. Equal subexpressions share a program, and a sum, a
product, an integral or an entry of a defined family is computed once in a world for the same values of its names.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.check.integers import whole_program
from deltasift.check.machine import INEXACT, Frame, Machine, Run
from deltasift.check.reasons import NotCovered, NotWhole, NoValue
from deltasift.check.statements import truth_program
from deltasift.check.values import once, value_program
from deltasift.inert import Apply, Entry, Node, Proposition, postorder
from deltasift.inert.node import free
from deltasift.inert.visit import depth
from deltasift.line.scope import Scope
from deltasift.said import Said

DEEPEST = 400  # nesting that is followed
SHALLOW = 100  # nesting that is compiled by recursion


class Programs:
    """The programs of the expressions of one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._slots: dict[Basic, int] = {}
        self._numbers: dict[Basic, Run] = {}
        self._held: set[Basic] = set()
        self._integers: dict[Basic, Run] = {}
        self._wholes: dict[Basic, Run | None] = {}
        self._truths: dict[Basic, Run] = {}
        self._depths: dict[Basic, int] = {}
        self._unfolded: dict[Basic, Basic] = {}

    # --- names -----------------------------------------------------------------------------------------------------

    def slot(self, name: Basic) -> int:
        """Return where the value of a bound name stands in a frame."""
        return self._slots.setdefault(name, len(self._slots) + 1)

    def frame(self, bound: Mapping[Basic, Any]) -> Frame:
        """Return a frame in which names are bound to whole numbers, fractions or numbers of an evaluator."""
        if not bound:
            return [None] * (len(self._slots) + 1)
        slots = [self.slot(name) for name in bound]
        frame: Frame = [None] * (len(self._slots) + 1)
        for slot, value in zip(slots, bound.values(), strict=True):
            if type(value) is int:
                frame[slot] = value
            elif type(value) is Fraction and value.denominator == 1:
                frame[slot] = value.numerator
            else:
                frame[slot] = value
                frame[INEXACT] = True
        return frame

    def outer(self, e: Basic) -> tuple[int, ...]:
        """Return the slots of the names on which an expression depends."""
        tables = {x.args[0] for x in postorder(e) if isinstance(x, (Entry, Apply))}
        return tuple(self.slot(name) for name in sorted(free(e) - tables, key=attrgetter("name")))

    def unfolded(self, e: Basic) -> Basic:
        """Return an expression with every definition unfolded."""
        if e not in self._unfolded:
            self._unfolded[e] = self.scope.unfold_all(e)
        return self._unfolded[e]

    # --- whole expressions -----------------------------------------------------------------------------------------

    def depth(self, e: Basic) -> int:
        """Return how deeply an expression is nested, and compile it.

        Raises
        ------
        NotCovered
            Where this is deeper than an evaluation follows.
        """
        found = self._depths.get(e)
        if found is None:
            found = depth(e)
            if found > DEEPEST:
                raise NotCovered(f"nesting of more than {DEEPEST}")
            self._depths[e] = found
            if found > SHALLOW:
                for part in postorder(e):
                    self.truth(part) if isinstance(part, Proposition) else self.number(part)
        return found

    # --- programs of parts -----------------------------------------------------------------------------------------

    def number(self, e: Basic) -> Run:
        """Return the program for the value of an expression."""
        found = self._numbers.get(e)
        if found is None:
            found = self._numbers[e] = value_program(self, e)
        return found

    def hold(self, e: Basic, x: Basic) -> None:
        """Let the parts of an integrand that are free of its variable be computed once, and not at every point."""
        stack = [e]
        while stack:
            part = stack.pop()
            if x in free(part):
                stack.extend(part.args)
            elif isinstance(part, Node) and not isinstance(part, Proposition) and part not in self._held:
                self._held.add(part)
                self._numbers[part] = once(self, part, self.number(part))

    def truth(self, s: Basic) -> Run:
        """Return the program for the truth of a statement."""
        found = self._truths.get(s)
        if found is None:
            found = self._truths[s] = truth_program(self, s)
        return found

    def whole(self, e: Basic) -> Run | None:
        """Return the program that adds and multiplies whole numbers, None where `e` is made of anything else.

        It raises `NotWhole` where one of them turns out to be another number.
        """
        if e not in self._wholes:
            self._wholes[e] = whole_program(self, e)
        return self._wholes[e]

    def integer(self, e: Basic) -> Run:
        """Return the program for the value of what counts or labels, as a whole number of Python."""
        found = self._integers.get(e)
        if found is None:
            found = _integer_program(e, self.whole(e), self.number(e))
            if isinstance(e, Symbol):
                found = _bound_name(self.slot(e), found)
            self._integers[e] = found
        return found


def _bound_name(slot: int, otherwise: Run) -> Run:
    """Read a name where it is bound to a whole number, as indices are nearly always."""

    def run(ev: Machine, frame: Frame) -> int:
        value = frame[slot]
        return value if type(value) is int else otherwise(ev, frame)

    return run


def _integer_program(e: Basic, whole: Run | None, number: Run) -> Run:
    def slowly(ev: Machine, frame: Frame) -> int:
        value = ev.as_fraction(number(ev, frame))
        if value is None:
            raise NotCovered(Said("whether ", e, " is an integer"))
        if value.denominator != 1:
            raise NoValue(f"{e} is not an integer")
        return int(value)

    if whole is None:
        return slowly

    def run(ev: Machine, frame: Frame) -> int:
        try:
            return whole(ev, frame)  # type: ignore[no-any-return]
        except NotWhole:
            return slowly(ev, frame)

    return run
