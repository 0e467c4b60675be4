"""The values of a world as tables that a reader can compute with: a row an example, a column a name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sympy.core.basic import Basic

from deltasift.asserting.handed import plain_table
from deltasift.check.world import World
from deltasift.domain import Index, Size, Table
from deltasift.line.scope import Scope


def shown_world(world: World, scope: Scope, names: Collection[Basic], labels_from: int) -> Iterator[str]:
    """Yield the lines of the tables of some names, counted from 0 as a program counts, after the sizes.

    Tables whose first index runs over the same range share their rows.
    """
    numbers = dict(world.numbers)
    sizes = [f"{d.name} = {int(numbers[s])}" for s, d in scope.domains.items() if isinstance(d, Size)]
    others = [
        f"{d.name} = {_text(int(numbers[s]) if d.integer else float(numbers[s]))}"
        + (f" (it counts from {d.lo})" if isinstance(d, Index) else "")
        for s, d in scope.domains.items()
        if s in numbers and s in names and not isinstance(d, Size)
    ]
    yield ", ".join([*sizes, *others]) or "without data"
    groups: dict[tuple[Basic, Basic], list[Table]] = {}
    for s, d in scope.domains.items():
        if s in world.tables and s in names and isinstance(d, Table):
            _, lo, hi = d.ranges[0]
            groups.setdefault((lo, hi), []).append(d)
    for tables in groups.values():
        yield ""
        yield from _rows(tables, world, scope, labels_from)
    yield from (f"{s}(x) = {f}" for s, f in world.functions.items() if s in names)
    if groups:
        yield f"(rows and columns count from 0, labels from {labels_from}, as the function gets them)"


def _rows(tables: Sequence[Table], world: World, scope: Scope, labels_from: int) -> Iterator[str]:
    name = tables[0].over[0].name
    columns: list[tuple[str, list[Any]]] = []
    length = 0
    for d in tables:
        values = plain_table(d.symbol, world, scope, labels_from)
        length = len(values)
        columns += _columns(f"{d.name}[{name}", values)
    columns.insert(0, (name, list(range(length))))
    widths = [max(len(head), *(len(_text(v)) for v in column)) for head, column in columns]
    yield "  ".join(head.rjust(w) for (head, _), w in zip(columns, widths, strict=True))
    for i in range(length):
        yield "  ".join(_text(column[i]).rjust(w) for (_, column), w in zip(columns, widths, strict=True))


def _columns(start: str, values: Sequence[Any]) -> list[tuple[str, list[Any]]]:
    """Return the columns of a table: one for each place of its further indices."""
    if not isinstance(values[0], list):
        return [(f"{start}]", list(values))]
    found: list[tuple[str, list[Any]]] = []
    for j in range(len(values[0])):
        found += _columns(f"{start}, {j}", [row[j] for row in values])
    return found


def _text(value: Any) -> str:
    """Return a number so that it is read back as the same."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    return repr(value)
