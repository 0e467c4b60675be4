"""Entries of arrays: whole axes where a loop goes through them, and entries that an array of indices picks."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from deltasift.domain import Family, Labels, Table
from deltasift.emit.array_syntax import entries, stretched, xp
from deltasift.emit.loops import Loops, are_inside, is_whole
from deltasift.emit.syntax import call, number, variable
from deltasift.errors import EmitError
from deltasift.inert import Entry, Mul, Neg, Node, Pow, free
from deltasift.line.views import terms

if TYPE_CHECKING:
    from deltasift.emit.array_writer import ArrayWriter

Wrap = Callable[[ast.expr], ast.expr]


def position(writer: ArrayWriter, e: Entry, bound: Loops, wrap: Wrap = lambda table: table) -> ast.expr:
    """Return the element of an array, wrapped in a function of each element."""
    domain = writer.scope.domains.get(e.table)
    if not isinstance(domain, Table):
        raise EmitError(f"{e.table} is declared as no array")
    table = writer.table(domain) if isinstance(domain, Family) else writer.name(domain.symbol, bound)
    places = zip(e.indices, domain.ranges, strict=True)
    whole = [is_whole(i, lo, hi, bound) for i, (_, lo, hi) in places]
    axes = [name for name in whole if name is not None]
    if len(axes) == len(whole) == len(set(axes)):
        depths = [bound.depth(name) for name in axes]
        if depths != sorted(depths):
            order = sorted(range(len(depths)), key=depths.__getitem__)
            table = xp("permute_dims", table, ast.Tuple([number(i) for i in order], ast.Load()))
        return stretched(wrap(table), sorted(depths), bound)
    return _picked(writer, e, domain, table, whole, bound, wrap)


def _picked(
    writer: ArrayWriter,
    e: Entry,
    domain: Table,
    table: ast.expr,
    whole: Sequence[Basic | None],
    bound: Loops,
    wrap: Wrap,
) -> ast.expr:
    """Return entries that are picked by an array of indices."""
    used = frozenset[Basic]().union(*map(free, e.indices))
    loops = Loops(x for x in bound.loops if x is not None and x.name in used)
    depths = [bound.depth(name) for name in loops]
    places = zip(e.indices, domain.ranges, strict=True)
    indices = [_index(writer, i, lo, loops) for i, (_, lo, _) in places]
    along = [name for name in whole if name is not None]
    if not are_inside(e.indices, domain, bound, writer.scope):
        if len(indices) > 1 or isinstance(domain, Labels):
            raise EmitError(f"{e} may be outside of the range of {domain.name}")
        writer.program.need("at")
        index = xp("asarray", indices[0]) if writer.is_plain(indices[0]) else indices[0]
        return stretched(call("at", wrap(table), index, variable("xp")), depths, bound)
    if not any(whole):
        return stretched(entries(wrap(table), indices), depths, bound)
    fixed = all(writer.is_plain(i) for i, w in zip(indices, whole, strict=True) if w is None)
    if fixed and depths == [bound.depth(name) for name in along]:
        kept = [":" if w is not None else i for i, w in zip(indices, whole, strict=True)]
        return stretched(wrap(entries(table, kept)), depths, bound)
    goes_along = all(not free(i).isdisjoint(loops) for i in e.indices)
    if len(indices) == 2 and len(loops) == len(along) == 1 and goes_along:
        # one of the two axes goes along with the loop, and along the other one entry is picked
        axis = whole.index(None)
        new, first = [":", ":"], [":", ":"]
        new[axis], first[axis] = "None", "0"
        found = xp("take_along_axis", table, entries(indices[axis], new), axis=number(axis))
        return stretched(wrap(entries(found, first)), depths, bound)
    return stretched(wrap(entries(table, indices)), depths, bound)


def _index(writer: ArrayWriter, e: Basic, first: Basic, bound: Loops) -> ast.expr:
    if not all(_counts(writer, t.expr) for t in terms(e)):
        raise EmitError(f"{e} is no index of an array")
    return writer.integer([(1, e), (-1, first)], 0, bound)


def _counts(writer: ArrayWriter, e: Basic) -> bool:
    """Tell whether an array of integers is written for an expression."""
    if isinstance(e, Entry):
        return isinstance(writer.scope.domains.get(e.table), Labels)
    if isinstance(e, (Mul, Neg, Pow)):
        return all(_counts(writer, a) for a in e.args)
    return writer.scope.is_integer(e) and not isinstance(e, Node)
