"""The numbers with which a reader begins: those of the page's example, where it has one."""

from __future__ import annotations

from typing import Any

from deltasift.calc import Page
from deltasift.domain import Labels, Size, Table


def starts(page: Page) -> dict[str, Any]:
    """Return what each name begins with, labels counted from 0; of a size what the tables along it have."""
    given = dict(page.example)
    found = {name: _numbers(value) for name, value in given.items()}
    for d in page.domains:
        if isinstance(d, Labels) and d.first is not None and d.name in found:
            found[d.name] = _less(found[d.name], int(d.first))
        if isinstance(d, Table) and d.name in given:
            found |= _sizes(d, given[d.name])
    return found


def _sizes(d: Table, value: Any) -> dict[str, int]:
    """Return the sizes that a table says by its shape."""
    found: dict[str, int] = {}
    for i in d.over:
        last = next((o for o in i.origin if isinstance(o, Size) and o.symbol == i.hi), None)
        if last is not None and isinstance(value, tuple):
            found[last.name] = len(value) - 1 + int(i.lo)
        value = value[0] if isinstance(value, tuple) and value else None
    return found


def _numbers(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_numbers(v) for v in value]
    return value if isinstance(value, int) else float(value)


def _less(value: Any, by: int) -> Any:
    return [_less(v, by) for v in value] if isinstance(value, list) else value - by
