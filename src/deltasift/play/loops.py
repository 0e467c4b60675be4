"""The loop of a line with a table of terms: what a program would add up, and in which order."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.inert import Fold, Product, free, substitute
from deltasift.inert.substitution import fresh
from deltasift.play.terms import Terms
from deltasift.render.board import board

TOTAL, PART = Symbol("total"), Symbol("part")


def loop(t: Terms) -> list[str]:
    """Return a loop in the manner of Python, ranges with both of their ends, expressions as they stand on a board."""
    g = t.grid
    rows, columns = _head(g.row, g.rows), _head(g.column, g.columns)
    if t.kind != "cells":
        return [rows if t.kind == "rows" else columns, f"    {_add(TOTAL, t.cell, t.fold)}"]
    outer, inner = (rows, columns) if t.along == "row" else (columns, rows)
    if t.inner is None or t.outer is None or t.outer == t.inner:
        return [outer, f"    {inner}", f"        {_add(TOTAL, t.cell, t.fold)}"]
    taken = free(t.outer) | free(t.cell)
    part = fresh(PART, taken) if PART in taken else PART
    whole = substitute(t.outer, {t.inner: part})
    fold = type(t.inner)
    return [
        outer,
        f"    {part} = {fold.unit}",
        f"    {inner}",
        f"        {_add(part, t.cell, fold)}",
        f"    {_add(TOTAL, whole, t.fold)}",
    ]


def _head(name: Basic, ends: tuple[Basic, Basic]) -> str:
    return f"for {board(name)} in {board(ends[0])}..{board(ends[1])}:"


def _add(name: Basic, term: Basic, fold: type[Fold]) -> str:
    return f"{name} {'*=' if fold is Product else '+='} {board(term)}"
