"""What a loop carries from one turn to the next, as what it is after all turns.

At the start of a turn it is a mark. Where it ends as the mark with something added, it is a sum over the turns; so are
products, maxima and minima, and an array of which each turn writes an entry. Whatever else is made of a
mark is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.errors import ReadError
from deltasift.inert import (
    Add,
    And,
    Delta,
    Entry,
    Equality,
    Func,
    Less,
    LessEqual,
    Mul,
    Node,
    Piecewise,
    Unequal,
    free,
    substitute,
)
from deltasift.inert.substitution import rewritten, set_apart
from deltasift.inert.visit import postorder
from deltasift.read.arrays import entrywise as e
from deltasift.read.arrays import folds
from deltasift.read.arrays.array import ONE, Array, Axis, Places, agree, broadcast_axes, placed, probe_of
from deltasift.read.arrays.session import added, current, plus

OF_TWO = (Equality, Unequal, Less, LessEqual, Delta)
FOLDS: dict[str, tuple[Callable[..., Array], Callable[..., Array]]] = {
    "sum": (folds.total, e.add),
    "product": (folds.product, e.multiply),
    "Max": (lambda x, dim: folds.extreme(x, dim, False, True), e.maximum),
    "Min": (lambda x, dim: folds.extreme(x, dim, False, False), e.minimum),
}


@dataclass(frozen=True)
class Mark:
    """What stands for something that is carried, when a turn starts.

    Attributes
    ----------
    name : Symbol
    array : Array
    before : Array
        What it is before the first turn.
    """

    name: Symbol
    array: Array
    before: Array


def marked(before: Array) -> Mark:
    """Return a mark for something that is carried."""
    name = current().mark()

    def at(places: Places) -> Basic:
        flat = [axis.flat(p) for axis, p in zip(before.axes, places, strict=True) if axis is not ONE]
        return Entry(name, *flat) if flat else name

    return Mark(name, Array(before.axes, at, before.kind), before)


@dataclass(frozen=True)
class Turns:
    """The turns of a loop: an axis along which each has a place, and the name of one of them."""

    axis: Axis
    name: Symbol

    def all(self, x: Array, at: Callable[[Places], Basic] | None = None) -> Array:
        """Return what each turn makes as an array, whose first axis is that of the turns."""
        entry = at or x.at

        def of_turn(places: Places) -> Basic:
            return at_turn(entry(places[1:]), self.name, self.axis.flat(places[0]))

        return Array((self.axis, *x.axes), of_turn, x.kind)

    def after(self, called: str, mark: Mark, x: Array) -> Array | None:
        """Return what is carried after all turns, None for what no turn changes.

        Raises
        ------
        ReadError
        """
        probe = probe_of(x)
        entry = x.at(probe)
        if mark.name not in free(entry):  # of the last turn, or the same in all
            return x
        axes = broadcast_axes((mark.array, x))
        if len(axes) != x.ndim:
            raise ReadError(f"{called} has another shape after a turn of the loop")
        written = self._written(x, mark, axes, probe)
        if written is not None:
            return written
        split = _split(entry, placed(mark.array, axes, probe), mark.name)
        if split is None:
            raise ReadError(
                f"{called} is made of what the turn before has made otherwise than by adding, multiplying or a "
                "maximum, which is not read"
            )
        return None if split[0] == "" else self._folded(split[0], x, mark, axes)

    def _folded(self, kind: str, x: Array, mark: Mark, axes: tuple[Axis, ...]) -> Array:
        fold, join = FOLDS[kind]

        def part(places: Places) -> Basic:
            found = _split(x.at(places), placed(mark.array, axes, places), mark.name)
            assert found is not None
            return found[1]

        whole = fold(self.all(Array(axes, part, x.kind)), 0)
        before = mark.before
        starts_below = kind == "Max" and before.ndim == 0 and before.at(()) is S.NegativeInfinity
        return whole if starts_below else join(before, whole)

    def _written(self, x: Array, mark: Mark, axes: tuple[Axis, ...], probe: Places) -> Array | None:
        """Return an array of which the turn that is a position writes that entry, None where it is no such array."""
        entry = x.at(probe)
        if not isinstance(entry, Piecewise) or len(entry.args) != 4:
            return None
        (value, says), (otherwise, _) = entry.cases
        if otherwise != placed(mark.array, axes, probe) or mark.name in free(value):
            return None
        parts = says.args if isinstance(says, And) else (says,)
        for d, axis in enumerate(axes):
            if axis.is_one or not agree(axis, self.axis):
                continue
            here = e.equal(*e.balanced(axis.flat(probe[d]), self.name))
            if here in parts and not any(self.name in free(p) for p in parts if p != here):
                return Array(axes, self._entry_written(x, mark, axes, d), x.kind)
        return None

    def _entry_written(self, x: Array, mark: Mark, axes: tuple[Axis, ...], d: int) -> Callable[[Places], Basic]:
        def at(places: Places) -> Basic:
            found = x.at(places)
            if not isinstance(found, Piecewise):
                return at_turn(found, self.name, axes[d].flat(places[d]))
            value, says = found.cases[0]
            here = e.equal(*e.balanced(axes[d].flat(places[d]), self.name))
            rest = [p for p in (says.args if isinstance(says, And) else (says,)) if p != here]
            written = at_turn(value, self.name, axes[d].flat(places[d]))
            return e.choice(e.every(*rest), written, placed(mark.before, axes, places)) if rest else written

        return at


def at_turn(entry: Basic, name: Symbol, turn: Basic) -> Basic:
    """Return an entry of another turn; numbers are added up where the turn is counted from."""
    scope = current().scope

    def change(x: Node) -> Basic:
        if isinstance(x, Add) and name in x.args and all(map(scope.is_integer, x.args)):
            return added((1, substitute(x, {name: turn})))
        if isinstance(x, OF_TWO) and name in x.args and all(map(scope.is_integer, x.args)):
            return x.rebuild(e.balanced(*(substitute(a, {name: turn}) for a in x.args)))
        return x

    apart = set_apart(entry, frozenset(free(turn)))  # nothing of the position is to be bound
    return substitute(rewritten(apart, change), {name: turn})


def _split(entry: Basic, mark: Basic, own: Symbol) -> tuple[str, Basic] | None:
    """Return what an entry does with its mark, and with what; an empty word where it leaves it alone."""
    if entry == mark:
        return "", S.Zero
    if isinstance(entry, Piecewise):
        return _split_cases(entry, mark, own)
    head = {Add: "sum", Mul: "product"}.get(type(entry)) or (entry.name if isinstance(entry, Func) else "")
    if head not in FOLDS:
        return None
    args = entry.arguments if isinstance(entry, Func) else entry.args
    if sum(a == mark for a in args) != 1:
        return None
    rest = [a for a in args if a != mark]
    if any(own in free(a) for a in rest):
        return None
    if head in ("sum", "product"):
        join = plus if head == "sum" else e.times
    else:
        join = e.greater if head == "Max" else e.lesser
    found = rest[0]
    for a in rest[1:]:
        found = join(found, a)
    return head, found


def _at_the_place(value: Basic, mark: Basic, own: Symbol, says: Basic) -> Basic:
    """Return the value of a case with a mark for one at another place, where the case says that they are the same."""
    if not isinstance(mark, Entry):
        return value
    places: dict[Basic, Basic] = {}
    for x in postorder(value):
        if isinstance(x, Entry) and x.args[0] == own and x != mark:
            here = [e.equal(*e.balanced(a, b)) for a, b in zip(mark.args[1:], x.args[1:], strict=True)]
            if e.every(*here) == says:
                places[x] = mark
    return substitute(value, places)


def _split_cases(entry: Piecewise, mark: Basic, own: Symbol) -> tuple[str, Basic] | None:
    parts = [(_split(_at_the_place(value, mark, own, says), mark, own), says) for value, says in entry.cases]
    if any(p is None or own in free(says) for p, says in parts):
        return None
    kinds = {p[0] for p, _ in parts if p is not None} - {""}
    if not kinds <= {"sum"} and not kinds <= {"product"}:
        return None
    [kind] = kinds or {""}
    neutral = S.One if kind == "product" else S.Zero
    found = neutral
    for p, says in reversed(parts):
        value = neutral if p is None or p[0] == "" else p[1]
        found = value if says == S.true else e.choice(says, value, found)
    return kind, found
