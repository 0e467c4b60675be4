"""A condition inside of a loop over rows: where it depends on the data, both of its branches are run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from deltasift.errors import ReadError
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays.array import Array
from deltasift.read.arrays.session import current
from deltasift.read.arrays.standin import StandIn
from deltasift.read.arrays.unread import Unread


def of(value: Any) -> Any:
    """Return a truth of Python's where it is known, else a stand-in."""
    if not issubclass(type(value), StandIn):
        return bool(value)
    statement = e.truth(value.array).entry
    known = current().decided(statement)
    return value if known is None else known


def both(a: Any, b: Callable[[], Any]) -> Any:
    """Return `a and b`."""
    return _joined(of(a), b, False, e.both)


def either(a: Any, b: Callable[[], Any]) -> Any:
    """Return `a or b`."""
    return _joined(of(a), b, True, e.either)


def _joined(a: Any, b: Callable[[], Any], enough: bool, join: Callable[..., Array]) -> Any:
    if isinstance(a, bool):
        return a if a is enough else of(b())
    other = of(b())
    if isinstance(other, bool):
        return other if other is enough else a
    return type(a)(join(e.truth(a.array), e.truth(other.array)))


def inverted(a: Any) -> Any:
    """Return `not a`."""
    a = of(a)
    return not a if isinstance(a, bool) else type(a)(e.inverted(e.truth(a.array)))


def chosen(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:
    """Return `yes if condition else no`."""
    known = of(condition)
    if isinstance(known, bool):
        return yes() if known else no()
    return type(known)(_choice(known, yes(), no()))


def _choice(condition: Any, yes: Any, no: Any) -> Array:
    return e.where(condition.array, _array(yes), _array(no))


def _array(value: Any) -> Array:
    return e.array_of(value.array if issubclass(type(value), StandIn) else value)


class Branch:
    """An `if` inside of a loop: the branches that are run, and what each of them makes of the names that it writes."""

    def __init__(self, condition: Any) -> None:
        self.condition = of(condition)
        self.before: dict[str, Any] = {}
        self.made: list[dict[str, Any]] = []

    def sides(self) -> Iterator[bool]:
        """Yield whether to run the first branch: its truth where that is known, else both."""
        if isinstance(self.condition, bool):
            self.made.append({})
            yield self.condition
            return
        for side in (True, False):
            self.made.append({})
            current().branches += 1
            yield side
            current().branches -= 1

    def start(self, name: str, value: Any) -> Any:
        """Return what a name means when a branch starts."""
        value = self.before.setdefault(name, value)
        if not isinstance(self.condition, bool) and issubclass(type(value), StandIn):
            return type(value)(value.array)  # which the branch may write to
        return value

    def only(self, name: str, value: Any) -> Any:
        """Return what a name means after a branch that alone writes it."""
        if isinstance(self.condition, bool):
            return value
        return Unread(f"{name} has a value in one branch of a condition on the data alone")

    def end(self, name: str, value: Any) -> Any:
        """Note what a name means when a branch ends, and return what it means after both."""
        self.made[-1][name] = value
        if isinstance(self.condition, bool) or len(self.made) < 2:
            return value
        yes, no = (made[name] for made in self.made)
        before = self.before.get(name)
        if yes is no or (yes is before and no is before):
            return yes
        plain = all(issubclass(type(v), StandIn) or (type(v) in (int, float)) for v in (yes, no))
        if not plain:
            raise ReadError(f"{name} is no number after a condition on the data, which is not read")
        one = next((v for v in (yes, no) if issubclass(type(v), StandIn)), self.condition)
        if issubclass(type(yes), StandIn) and issubclass(type(no), StandIn) and yes.array is no.array:
            return before
        return type(one)(_choice(self.condition, yes, no))
