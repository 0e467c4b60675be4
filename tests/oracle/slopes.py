"""Derivatives by differences: of first order, by a name or an entry, known to a few digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sympy import Symbol

from .given import Env, Given
from .values import ZERO, NotCovered, Number, Undefined, add, inexact, mul

STEP = Fraction(1, 10**6)
STENCIL = {-2: Fraction(1, 12), -1: Fraction(-2, 3), 1: Fraction(2, 3), 2: Fraction(-1, 12)}  # exact up to degree four
HIGHEST = 3
Evaluate = Callable[[Any, Given, Env], Number]


class _Moved(dict[Any, Any]):
    """A table with one entry moved."""

    def __init__(self, table: dict[Any, Any], place: Any, by: Number) -> None:
        super().__init__(table)
        self.table, self.place, self.by = table, place, by

    def __contains__(self, place: object) -> bool:
        return place in self.table

    def __getitem__(self, place: Any) -> Number:
        return add(self.table[place], self.by) if place == self.place else self.table[place]


def slope(evaluate: Evaluate, e: Any, w: Given, env: Env) -> Number:
    """Return the value of a derivative.

    Raises
    ------
    Undefined, NotCovered
    """
    body, by, count = e.args
    if not count.is_Integer or not 1 <= count <= HIGHEST:
        raise NotCovered("a derivative of such an order")
    place = tuple(evaluate(i, w, env) for i in getattr(by, "indices", ()))

    def at(offset: Number, order: int) -> Number:
        if order == 0:
            return evaluate(body, *_moved(by, place, offset, w, env))
        total: Number = ZERO
        for k, share in STENCIL.items():
            total = add(total, mul(share / STEP, at(offset + k * STEP, order - 1)))
        return total

    found = inexact(at(ZERO, int(count)))
    w.rough = True
    return found


def _moved(by: Any, place: tuple[Number, ...], offset: Number, w: Given, env: Env) -> tuple[Given, Env]:
    """Return the values with the name or the entry moved."""
    if isinstance(by, Symbol):
        if by in env:
            return w, {**env, by: add(env[by], offset)}
        if by.name not in w.numbers:
            raise NotCovered(f"a derivative by {by}")
        return replace(w, numbers={**w.numbers, by.name: add(w.numbers[by.name], offset)}), env
    if type(by).__name__ != "Entry" or by.table.name not in w.tables:
        raise NotCovered(f"a derivative by {by}")
    table = w.tables[by.table.name]
    if place not in table:
        raise Undefined(f"{by} does not exist")
    return replace(w, tables={**w.tables, by.table.name: _Moved(table, place, offset)}), env
