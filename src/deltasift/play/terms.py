"""The table of terms of a line: two nested sums that meet a Kronecker delta, and what they are before and after.

Two sums nest, the delta ties their indices together, and each pair of indices is a cell of the table. A line in which
one of the sums is left has one cell in each row, or one in each column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.inert import Delta, Entry, Fold, Named, Node, Product, Sum, free, preorder
from deltasift.line.scope import Scope

FOLDS = (Sum, Product)


@dataclass(frozen=True)
class Grid:
    """Whose terms stand where: the sums over rows and over columns, and the delta that ties them.

    Attributes
    ----------
    row, column : Basic
        The bound names.
    rows, columns : tuple of (Basic, Basic)
        Their ranges.
    delta : Basic
    label : Basic or None
        Which column of a row the delta keeps, where one of its sides says so.
    """

    row: Basic
    column: Basic
    rows: tuple[Basic, Basic]
    columns: tuple[Basic, Basic]
    delta: Basic
    label: Basic | None


@dataclass(frozen=True)
class Terms:
    """What the table of a line shows.

    Attributes
    ----------
    grid : Grid
    kind : str
        "cells" for two sums, "rows" for the one over rows that is left, "columns" for the one over columns.
    fold : type
        `Sum` or `Product`, of the outer one.
    cell : Basic
        The term in a cell; for one sum, in a row or a column.
    along : str
        For two sums, what the inner one adds up: "row" or "column".
    inner, outer : Basic or None
        For two sums the inner one, and what the outer one adds up.
    total : Basic
        The outer sum.
    """

    grid: Grid
    kind: str
    fold: type[Fold]
    cell: Basic
    total: Basic
    along: str = ""
    inner: Basic | None = None
    outer: Basic | None = None


def tables(lines: list[Basic], scope: Scope) -> list[Terms | None]:
    """Return the table of each line of one proof, None where there is none."""
    found = [_nested(e, scope) for e in lines]
    grids = [t.grid for t in found if t is not None]
    if not grids:
        return [None for _ in lines]
    return [t or _single(e, grids) for e, t in zip(lines, found, strict=True)]


def _inside(e: Basic, *, named: bool) -> Iterator[Basic]:
    """Yield the parts of a line from the outermost in; those of named quantities only where asked for."""
    stack = [e.definition if isinstance(e, Named) else e]
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, Named):
            stack.extend([part.definition] if named else [])
        elif isinstance(part, Node):
            stack.extend(reversed(part.args))


def _nested(line: Basic, scope: Scope) -> Terms | None:
    for outer in _inside(line, named=False):
        if not isinstance(outer, FOLDS):
            continue
        for inner in _inside(outer.body, named=False):
            if isinstance(inner, FOLDS):
                grid = _grid(outer, inner, scope)
                if grid is not None:
                    along = "row" if grid.column == inner.var else "column"
                    return Terms(grid, "cells", type(outer), inner.body, outer, along, inner, outer.body)
    return None


def _grid(outer: Node, inner: Node, scope: Scope) -> Grid | None:
    """Return the table of two sums, None where their ranges depend on each other or no delta ties them."""
    one, other = outer.args[1], inner.args[1]
    ends = {other: inner.args[2:4], one: outer.args[2:4]}
    if one == other or any({one, other} & free(e) for e in inner.args[2:4]):
        return None
    for d in preorder(scope.unfold_all(inner.args[0])):
        if isinstance(d, Delta) and {one, other} <= free(d):
            column, label = _sides(d, one, other)
            row = one if column == other else other
            return Grid(row, column, tuple(ends[row]), tuple(ends[column]), d, label)
    return None


def _sides(d: Delta, one: Basic, other: Basic) -> tuple[Basic, Basic | None]:
    """Return the index that is a column, and what it is compared with."""
    for a, b in (d.args, d.args[::-1]):
        for name in (other, one):
            if a == name and name not in free(b) and (isinstance(b, Entry) or name == other):
                return name, b
    return other, None


def _single(line: Basic, grids: list[Grid]) -> Terms | None:
    for named in (False, True):
        for kind in ("rows", "columns"):
            for grid in grids:
                name, ends, gone = (
                    (grid.row, grid.rows, grid.column) if kind == "rows" else (grid.column, grid.columns, grid.row)
                )
                if kind == "rows" and grid.label is None:
                    continue
                for e in _inside(line, named=named):
                    if isinstance(e, FOLDS) and e.var == name and e.args[2:4] == ends and _is_plain(e.body, gone):
                        return Terms(grid, kind, type(e), e.body, e)
    return None


def _is_plain(body: Basic, gone: Basic) -> bool:
    """Whether a term has no sum in it, and not the index that is gone."""
    return gone not in free(body) and not any(isinstance(x, FOLDS) for x in preorder(body))
