"""Plain values for what a page is given, drawn at random, small and odd ones first; and what two lines are in them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from deltasift.domain import Density, Index, Labels, Pmf, Reals, Size

from .given import Given
from .lines import EXACT, ROUGH, holds, integer, sign, value
from .values import SIGNS, NotCovered, Number, Undefined, add, inexact, stands

LARGEST = 4  # sizes
TRIES = 60  # worlds drawn until one meets the assumptions
LINE = [Fraction(x) for x in ("0", "1", "-1", "1/2", "-3/2", "2", "5/3", "-7/3", "31/7", "-40")]
APART = [Fraction(x) for x in ("1/100", "1/3", "1", "2", "9/2", "60")]  # from a bound


@dataclass(frozen=True)
class Verdict:
    """What brute force finds of a step: "true", "wrong" or "unknown"; and a witness."""

    kind: str
    witness: str = ""
    worlds: int = 0


class Worlds:
    """Draws worlds for the domains of a page."""

    def __init__(self, domains: Mapping[Any, Any], assumptions: Sequence[Any], pmfs: frozenset[str], seed: str) -> None:
        self.domains = domains
        self.assumptions = assumptions
        self.pmfs = pmfs | {d.name for d in domains.values() if isinstance(d, Pmf)}
        self.random = random.Random(seed)

    def many(self, count: int) -> Iterator[Given]:
        """Yield worlds: every choice of sizes from 1 to 3 once, then any."""
        sizes = [s.name for s, d in sorted(self.domains.items(), key=lambda pair: pair[0].name) if isinstance(d, Size)]
        small = sorted(product(range(1, 4), repeat=len(sizes)), key=lambda v: (sum(v), v))
        for i in range(count):
            chosen = small[i] if i < len(small) else [self.random.randint(1, LARGEST) for _ in sizes]
            found = self.drawn(dict(zip(sizes, map(Fraction, chosen), strict=True)))
            if found is not None:
                yield found

    def drawn(self, sizes: Mapping[str, Number]) -> Given | None:
        """Return a world of the given sizes, None where none meets the assumptions."""
        for _ in range(TRIES):
            w = Given(dict(sizes), {}, {}, self.domains, self.pmfs)
            try:
                for kinds in ((Reals, Density), (Index,), (Labels, Pmf)):
                    for symbol, d in sorted(self.domains.items(), key=lambda pair: pair[0].name):
                        if isinstance(d, kinds):
                            self._fill(w, symbol.name, d)
                if all(self._met(a, w) for a in self.assumptions):
                    return w
            except Undefined:
                continue
        return None

    @staticmethod
    def _met(a: Any, w: Given) -> bool:
        try:
            return holds(a, w)
        except NotCovered:
            return True

    def changed(self, w: Given, name: str) -> Given | None:
        """Return a world that differs from another one in one name alone."""
        sizes = {s.name: w.numbers[s.name] for s, d in self.domains.items() if isinstance(d, Size)}
        other = self.drawn(sizes)
        if other is None:
            return None
        new = replace(w, numbers=dict(w.numbers), tables=dict(w.tables), functions=dict(w.functions))
        for part in ("numbers", "tables", "functions"):
            if name in getattr(other, part):
                getattr(new, part)[name] = getattr(other, part)[name]
        return new if all(self._met(a, new) for a in self.assumptions) else None

    def _fill(self, w: Given, name: str, d: Any) -> None:
        if isinstance(d, Density):
            w.functions[name] = self._density(d)
        elif isinstance(d, Index):
            lo, hi = integer(d.lo, w, {}), integer(d.hi, w, {})
            if lo > hi:
                raise Undefined("an empty range")
            w.numbers[name] = Fraction(self.random.randint(lo, hi))
        elif isinstance(d, Reals) and not d.over:
            w.numbers[name] = self._real(d, w)
        else:
            ranges = [range(integer(i.lo, w, {}), integer(i.hi, w, {}) + 1) for i in d.over]
            w.tables[name] = self._table(d, w, ranges)

    def _table(self, d: Any, w: Given, ranges: list[range]) -> dict[tuple[int, ...], Number]:
        if isinstance(d, Reals):
            return {place: self._real(d, w) for place in product(*ranges)}
        if isinstance(d, Labels):
            lo, hi = integer(d.lo, w, {}), integer(d.hi, w, {})
            return {place: Fraction(self.random.randint(lo, hi)) for place in product(*ranges)}
        table: dict[tuple[int, ...], Number] = {}
        for row in product(*ranges[:-1]):
            weights = [self.random.choice([1, 1, 2, 3, 5, 40]) for _ in ranges[-1]]
            if not d.positive and self.random.random() < 0.6:
                kept = self.random.randrange(len(weights))
                weights = [x if i == kept or self.random.random() < 0.5 else 0 for i, x in enumerate(weights)]
            for k, x in zip(ranges[-1], weights, strict=True):
                table[(*row, k)] = Fraction(x, sum(weights))
        return table

    def _real(self, d: Reals, w: Given) -> Number:
        low, high = (None if bound is None else value(bound, w) for bound in (d.above, d.below))
        t = self.random.choice(APART)
        if low is not None and high is not None:
            if low >= high:
                raise Undefined("no number lies between")
            return low + (high - low) * t / (1 + t)
        if low is not None or high is not None:
            return low + t if low is not None else high - t
        return self.random.choice(LINE)

    def _density(self, d: Density) -> Callable[[Number], Number]:
        centre, scale = self.random.choice(LINE[:6]), self.random.choice([Fraction(1, 3), Fraction(1), Fraction(2)])
        chance = self.random.random()

        def density(x: Number) -> Number:
            c, s = (centre, scale) if isinstance(x, Fraction) else (inexact(centre), inexact(scale))
            if chance < 0.2 and not d.continuous and not d.positive:
                return s if -1 <= 2 * s * (x - c) < 1 else Fraction(0)
            if chance < 0.4 and not d.positive:
                return s * max(0 * s, 1 - s * abs(x - c))  # a tent
            return s / (2 * (1 + s * abs(x - c)) ** 2)

        return density


def compared(worlds: Worlds, before: Any, after: Any, relation: str, varying: Any, count: int) -> Verdict:
    """Compare a line with the line before in many worlds.

    A line is wrong where the two differ, and where one of them, or both, has no value.
    """
    seen = 0
    why = "no world was found"
    for w in worlds.many(count):
        try:
            both = w, before, after
            wrong = related(*both, relation) if relation in SIGNS else ordered(worlds, *both, relation, varying)
        except NotCovered as reason:
            why = str(reason)
            continue
        if wrong:
            return Verdict("wrong", wrong, seen)
        seen += 1
    return Verdict("true", worlds=seen) if seen else Verdict("unknown", why)


def _found(e: Any, w: Given) -> Number | None:
    w.rough = False
    try:
        return value(e, w)
    except Undefined:
        return None


def related(w: Given, before: Any, after: Any, relation: str) -> str:
    """Return where a relation of two lines fails or has no value in one world, as text; empty where it holds."""
    a = _found(before, w)
    rough = w.rough
    b = _found(after, w)
    if a is not None and b is not None and stands(a, b, relation, ROUGH if rough or w.rough else EXACT):
        return ""
    return f"{_shown(a)} and {_shown(b)} at {_described(w)}"


def ordered(worlds: Worlds, w: Given, before: Any, after: Any, relation: str, varying: Any) -> str:
    other = worlds.changed(w, str(varying.name))
    if other is None:
        raise NotCovered("no second world")
    f, g = [_found(before, x) for x in (w, other)], [_found(after, x) for x in (w, other)]
    if None in f or None in g:
        return f"{_shown(f[0])}, {_shown(f[1])} and {_shown(g[0])}, {_shown(g[1])} at {_described(w)}"
    orders = [_order(*x) for x in (f, g)]
    if orders[0] == (orders[1] if relation == "same order" else -orders[1]):
        return ""
    return f"{_shown(f[0])}, {_shown(f[1])} and {_shown(g[0])}, {_shown(g[1])} at {_described(w)}"


def _order(x: Number, y: Number) -> int:
    return sign(add(x, -y))


def _shown(x: Number | None) -> str:
    return "no value" if x is None else str(x) if isinstance(x, Fraction) else str(x)[:10]


def _described(w: Given) -> str:
    numbers = [f"{name} = {x}" for name, x in w.numbers.items()]
    entries = [f"{t}{list(place)} = {x}" for t, table in w.tables.items() for place, x in table.items()]
    return ", ".join([*numbers, *entries])


__all__ = ["Verdict", "Worlds", "compared", "ordered", "related"]
