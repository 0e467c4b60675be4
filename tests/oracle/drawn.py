"""Lines in names that nobody declared, compared by brute force: numbers for the names that meet what is given of them.

An integer is drawn small as often as not, else up to `LARGEST`; a table has a number at each place, of any sign or all
positive, and a function is a polynomial.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift.inert import Entry, Equality, LessEqual, Sum, free, postorder

from .given import Given
from .lines import EXACT, ROUGH, holds, value
from .pages import Verdict
from .values import NotCovered, Number, Undefined, stands

LARGEST = 30
REALS = [Fraction(x) for x in ("0", "1", "-1", "1/2", "-3/2", "2", "5/3", "-7/3", "31/7", "-4")]
TRIES = 60  # worlds drawn for one that meets what is given


class Everywhere(dict[Any, Any]):
    """A table with an entry at each place, of one sign or of either."""

    def __init__(self, seed: str, positive: bool) -> None:
        super().__init__()
        self.seed = seed
        self.positive = positive
        self.scale = Fraction(1)

    def __contains__(self, place: object) -> bool:
        return True

    def __getitem__(self, place: Any) -> Fraction:
        rng = random.Random(f"{self.seed} {place}")
        found = rng.choice(REALS)
        return (abs(found) + Fraction(1, 3) if self.positive else found) * self.scale


class Drawn:
    """Worlds for the names of some lines."""

    def __init__(self, lines: Iterable[Basic], facts: Sequence[Basic], seed: str, largest: int = LARGEST) -> None:
        self.facts = facts
        self.seed = seed
        self.largest = largest
        every = [*lines, *facts]
        self.names = sorted(frozenset[Basic]().union(*map(free, every)), key=str)
        used = {(type(e).__name__, e.args[0]) for x in every for e in postorder(x) if e.args}
        self.tables = {n for kind, n in used if kind == "Entry"}
        self.functions = {n for kind, n in used if kind == "Apply"}
        self.totals = [f.args[0] for f in facts if _is_total(f)]

    def worlds(self, count: int) -> Iterator[Given]:
        """Yield worlds that meet what is given, fewer than asked for where few do."""
        rng = random.Random(self.seed)
        found = 0
        for _ in range(count * TRIES):
            world = self._world(rng)
            if self._is_met(world):
                world.smooth = True
                yield world
                found += 1
            if found == count:
                return

    def _world(self, rng: random.Random) -> Given:
        numbers = {str(n): self._number(n, rng) for n in self.names if isinstance(n, Symbol)}
        seed, positive = str(rng.random()), rng.random() < 0.5
        tables: Any = {str(n): Everywhere(f"{seed} {n}", positive) for n in self.tables}
        world = Given(numbers, tables, {str(n): _polynomial(f"{seed} {n}") for n in self.functions}, {})
        for total in self.totals:
            _divide(total, world)
        return world

    def _number(self, n: Symbol, rng: random.Random) -> Number:
        if n.is_integer:
            least = 1 if n.is_positive else 0 if n.is_nonnegative else -3
            most = 6 if rng.random() < 0.7 else self.largest
            return Fraction(rng.randint(least, most))
        found = rng.choice(REALS)
        return abs(found) + Fraction(1, 4) if n.is_positive else found

    def _is_met(self, world: Given) -> bool:
        for fact in self.facts:
            try:
                if not holds(fact, world):
                    return False
            except NotCovered:
                continue  # that an integral exists
            except Undefined:
                return False
        return True


def _is_total(fact: Basic) -> bool:
    """Tell whether a fact says of the entries of a table that they sum to one, or to one at most."""
    if not (isinstance(fact, (Equality, LessEqual)) and isinstance(fact.args[0], Sum)):
        return False
    body, name, *_ = fact.args[0].args
    return fact.args[1] == S.One and isinstance(body, Entry) and body.indices == (name,)


def _divide(total: Basic, world: Given) -> None:
    """Divide the entries of a table by their sum."""
    try:
        found = value(total, world)
    except (NotCovered, Undefined):
        return
    if found != 0:
        world.tables[total.args[0].args[0].name].scale = 1 / found  # type: ignore[attr-defined]


def _polynomial(seed: str) -> Callable[[Number], Number]:
    rng = random.Random(seed)
    a, b, c = (Fraction(rng.randint(-3, 3)) for _ in range(3))
    return lambda x: a * x * x + b * x + c


def compared(
    before: Basic,
    after: Basic,
    facts: Sequence[Basic],
    seed: str,
    worlds: int = 40,
    *,
    relation: str = "=",
    partial: bool = True,
) -> Verdict:
    """Compare two lines in many worlds: wrong where the first has a value and does not stand so to that of the second.

    Where the first has none nothing is said, or if they are not `partial`, nothing is known of the lines.
    """
    seen, why = 0, "no world was found in which the line before has a value"
    for world in Drawn((before, after), facts, seed).worlds(worlds):
        try:
            found = differ(before, after, world, relation)
        except NotCovered as reason:
            why = str(reason)
            continue
        if found is None and not partial:
            return Verdict("unknown", f"the line before has no value at {described(world)}")
        if found is None:
            continue
        if found:
            return Verdict("wrong", found, seen)
        seen += 1
    return Verdict("true", worlds=seen) if seen else Verdict("unknown", why)


def differ(before: Basic, after: Basic, world: Given, relation: str = "=") -> str | None:
    """Return where a relation of two lines fails, as text; empty where it holds, None where the first has no value."""
    world.rough = False
    try:
        a = value(before, world)
    except Undefined:
        return None
    try:
        b = value(after, world)
    except Undefined:
        return f"{a} and no value at {described(world)}"
    tolerance = ROUGH if world.rough else EXACT
    return "" if stands(a, b, relation, tolerance) else f"{_shown(a)} and {_shown(b)} at {described(world)}"


def _shown(x: Number) -> str:
    return str(x) if isinstance(x, Fraction) else str(x)[:10]


def described(world: Given) -> str:
    """Return the numbers of a world in words."""
    return ", ".join(f"{name} = {x}" for name, x in world.numbers.items()) or "any values"
