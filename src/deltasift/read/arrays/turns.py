"""Loops over rows, whose number is a symbol: the body is run once, for a turn that has a name."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from deltasift.errors import ReadError
from deltasift.inert import free
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import picks
from deltasift.read.arrays.array import Axis, agree, constant, probe_of
from deltasift.read.arrays.carried import Mark, Turns, marked
from deltasift.read.arrays.session import current
from deltasift.read.arrays.standin import StandIn, unwrapped


@dataclass
class Rows:
    """A list to which each turn of a loop adds one entry."""

    added: list[Any] = field(default_factory=list)

    def append(self, value: Any) -> None:
        """Add an entry."""
        if current().branches:
            raise ReadError("an entry is added to a list in some turns of a loop: write where(condition, value, 0)")
        self.added.append(value)

    def __iadd__(self, values: Any) -> Rows:
        """Add the entries of a list."""
        for v in values:
            self.append(v)
        return self

    extend = __iadd__


class Together:
    """What `zip` and `enumerate` go through at once."""

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = parts


def is_symbolic(x: Any) -> bool:
    """Tell whether something is gone through in a number of turns that is no number."""
    if isinstance(x, Together):
        return any(map(is_symbolic, x.parts))
    return type(x) is not type and issubclass(type(x), StandIn) and x.array.ndim > 0 and not _is_number(x.array.axes[0])


def _is_number(axis: Axis) -> bool:
    return axis.keep is None and bool(axis.length.is_Integer)


class Loop:
    """A loop, or what makes a list: its turns, and what it carries from each one to the next."""

    def __init__(self, items: Any) -> None:
        self.items = items
        self.is_symbolic = is_symbolic(items)
        self.before: dict[str, Any] = {}
        self.marks: dict[str, Mark] = {}
        if not self.is_symbolic:
            return
        self.over = turns_over([x.array.axes[0] for x in _leaves(items)])

    def turns(self) -> Iterator[Any]:
        """Yield what the loop goes through: for a number of turns that is none, one that stands for all."""
        if self.is_symbolic:
            yield self._item(self.items)
            current().ended(self.over.name)
        elif isinstance(self.items, Together):
            yield from builtins.zip(*self.items.parts, strict=False)
        else:
            yield from self.items

    def _item(self, items: Any) -> Any:
        if isinstance(items, Together):
            return tuple(map(self._item, items.parts))
        return type(items).wrapped(picks.indexed(items.array, (constant(self.over.name, "integer"),)))

    # --- what is carried -------------------------------------------------------------------------------------------

    def enter(self, name: str, value: Any) -> Any:
        """Return what a name means when a turn starts: a mark for what the turns before have made."""
        if not self.is_symbolic:
            return value
        self.before[name] = value
        if isinstance(value, list):
            if value:
                raise ReadError(f"the list {name} has entries before the loop, which is not read")
            return Rows()
        if isinstance(value, (dict, set)):
            raise ReadError(f"{name} is changed by a loop, and is a {type(value).__name__}, which is not read")
        if not _is_array(value):
            return value
        start = e.array_of(unwrapped(value))
        if start.kind == "truth":
            return value
        self.marks[name] = marked(start)
        return self._front(value)(self.marks[name].array, getattr(value, "shared", False))

    def leave(self, name: str, value: Any) -> Any:
        """Return what a name means after all turns."""
        if not self.is_symbolic:
            return value
        before = self.before[name]
        if isinstance(value, Rows):
            return self._list_of(before, value)
        if name not in self.marks:
            if value is not before:
                raise ReadError(f"{name} is another in the next turn of the loop, which is not read")
            return value
        x = e.number(unwrapped(value))
        others = {m.name for n, m in self.marks.items() if n != name}
        if free(x.at(probe_of(x))) & others:
            raise ReadError(f"{name} depends on what else the turn before has made, which is not read")
        found = self.over.after(name, self.marks[name], x)
        return before if found is None else self._front(before)(found)

    def _front(self, value: Any) -> type[StandIn]:
        one = _leaves(self.items)[0]
        return type(value) if issubclass(type(value), StandIn) else type(one)

    def _list_of(self, before: Any, rows: Rows) -> Any:
        if not rows.added:
            return before
        if len(rows.added) > 1:
            raise ReadError("a turn of a loop adds more than one entry to a list, which is not read")
        return self.listed(rows.added[0])

    def listed(self, value: Any) -> Any:
        """Return what each turn makes as an array, its first axis that of the turns."""
        return self._front(value)(self.over.all(e.array_of(unwrapped(value))))


def turns_over(axes: Sequence[Axis]) -> Turns:
    """Return the turns of a loop that goes through axes at once.

    Raises
    ------
    ReadError
        If they may differ in length, or are no plain axes.
    """
    first, *others = axes
    if any(not agree(a, first) for a in others):
        raise ReadError("a loop goes through arrays of which it is not known that they are equally long")
    if first.keep is not None or len(first.parts) != 1:
        raise ReadError("a loop over a merged axis, or over what a mask has picked, is not read")
    return Turns(first, current().turn(first.length))


def _leaves(items: Any) -> list[Any]:
    if isinstance(items, Together):
        return [x for part in items.parts for x in _leaves(part)]
    return [items] if is_symbolic(items) else []


def _is_array(value: Any) -> bool:
    if issubclass(type(value), StandIn) or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return True
    return not isinstance(value, type) and hasattr(value, "shape") and hasattr(value, "tolist")


# --- lists that are made by a loop ---------------------------------------------------------------------------------


def begun(items: Any) -> Iterator[Any]:
    """Yield the turns of `[... for ... in items]`."""
    loop = Loop(items)
    current().lists.append(loop)
    return loop.turns()


def collected(values: list[Any]) -> Any:
    """Return such a list: an array where its turns are of no number."""
    loop = current().lists.pop()
    return loop.listed(values[0]) if loop.is_symbolic else values


def held() -> Any:
    """Return what rewritten code calls."""
    from types import SimpleNamespace

    from deltasift.read.arrays import branches

    made = (Loop, branches.Branch, branches.both, branches.either, branches.inverted, branches.chosen)
    return SimpleNamespace(**{f.__name__: f for f in (*made, begun, collected)})
