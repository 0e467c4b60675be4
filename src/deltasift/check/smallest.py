"""The smallest point at which two lines differ: of the smallest sizes, and there of the simplest values.

The search is the same however a counterexample was met. Sizes are gone through by their sum; for given sizes every
value has a short list of candidates, the simplest first, and points are gone through by how far down these lists
they reach. Where that finds nothing, the values of the point that was met are made simpler one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product

from sympy.core.basic import Basic

from deltasift.check.allowed import bounds_move, is_allowed
from deltasift.check.balls import Balls
from deltasift.check.candidates import DENSITIES, TENTS, bound, compositions, integers, nearest, reals, simplex, tables
from deltasift.check.counterexample import Counterexample
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.everywhere import Differentiable, Entries, Everywhere
from deltasift.check.everywhere import simplest as simplest_functions
from deltasift.check.sampling import Sampler
from deltasift.check.world import Indices, Shape, World
from deltasift.domain import Density, Domain, Index, Labels, Pmf, Reals
from deltasift.inert import free

FURTHEST = 8  # how far down the lists of candidates, all together, a point may reach
MOST_POINTS = 300  # of given sizes
MOST_SIZES = 60
MOST_SLOTS = 60  # values of one point

Points = tuple[World, ...]  # one, or for lines that keep an order two
Test = Callable[[Points], Counterexample | None]
Candidate = Fraction | tuple[Fraction, ...] | Shape | Entries


@dataclass(frozen=True)
class Slot:
    """One value to be chosen: a number, an entry, a row of probabilities, a density; `which` of two points it is in."""

    symbol: Basic
    places: tuple[Indices, ...]
    candidates: tuple[Candidate, ...]
    which: int = 0

    def put(self, world: World, value: Candidate) -> World:
        """Return a world with another value in this place."""
        if isinstance(value, Shape):
            return replace(world, functions={**world.functions, self.symbol: value})
        if isinstance(value, Entries):
            return replace(world, tables={**world.tables, self.symbol: value})
        values = value if isinstance(value, tuple) else (value,)
        if self.places == ((),):
            return replace(world, numbers={**world.numbers, self.symbol: values[0]})
        table = {**world.tables.get(self.symbol, {}), **dict(zip(self.places, values, strict=True))}
        return replace(world, tables={**world.tables, self.symbol: table})


def smallest(
    sampler: Sampler,
    lines: tuple[Basic, Basic],
    met: Points,
    test: Test,
    varying: Basic | None = None,
    least: bool = False,
) -> Counterexample | None:
    """Return the smallest counterexample that is found, at the latest the one that was met.

    Parameters
    ----------
    sampler : Sampler
        Of the domains and of the assumptions that the point has to meet.
    lines : the line before and the line
    met : tuple of World
        A point at which the lines were seen to differ; for an order two points that differ in `varying` alone.
    test : callable
        Returns the counterexample at such points, None where they are none.
    varying : name, optional
    least : bool
        Whether the lines are known to be equal for all smaller sizes.
    """
    return _Search(sampler, lines, met, test, varying).run(least)


class _Search:
    def __init__(
        self,
        sampler: Sampler,
        lines: tuple[Basic, Basic],
        met: Points,
        test: Test,
        varying: Basic | None,
    ) -> None:
        self.scope = sampler.scope
        self.sampler = sampler
        self.met = met
        self.test = test
        self.varying = varying
        self.moves = bounds_move(sampler)
        self.matter = self._matter([*lines, *sampler.assumptions])

    def _matter(self, expressions: Sequence[Basic]) -> set[Basic]:
        """Return the names on which the lines depend, through definitions and ranges."""
        waiting = [s for e in expressions for s in free(self.scope.unfold_all(e))]
        found = set(waiting)
        while waiting:
            domain = self.scope.domains.get(waiting.pop())
            for s in () if domain is None else domain.depends():
                if s not in found:
                    found.add(s)
                    waiting.append(s)
        return found

    def run(self, least: bool) -> Counterexample | None:
        for sizes in self._sizes(least):
            found = self._of_size(sizes)
            if found is not None:
                return found
        return self._simpler()

    def _sizes(self, least: bool) -> Iterator[dict[Basic, int]]:
        """Yield sizes up to those that were met, by their sum; those alone where smaller ones are known."""
        names = [s.symbol for s in self.sampler.sizes]
        varied = [s for s in names if s in self.matter]
        met = tuple(int(self.met[0].numbers[s]) for s in varied)
        if least:
            yield {**dict.fromkeys(names, 1), **dict(zip(varied, met, strict=True))}
            return
        every = (v for total in range(len(met), sum(met) + 1) for v in sorted(compositions(total, len(met), 1)))
        for values in islice(every, MOST_SIZES):
            if (sum(values), values) <= (sum(met), met):
                yield {**dict.fromkeys(names, 1), **dict(zip(varied, values, strict=True))}

    def _of_size(self, sizes: Mapping[Basic, int]) -> Counterexample | None:
        numbers: dict[Basic, Fraction] = {s: Fraction(v) for s, v in sizes.items()}
        try:
            start, slots = self._slots(World(numbers))
        except (NoValue, NotCovered):
            return None
        tried = 0
        for reach in range(FURTHEST + 1):
            for points in _reaching(slots, (start,) * len(self.met), reach):
                if not self._allowed(points):
                    continue
                found = self._tried(points)
                if found is not None:
                    return found
                tried += 1
                if tried >= MOST_POINTS:
                    return None
        return None

    def _allowed(self, points: Points) -> bool:
        return all(self.sampler.meets(w) and (not self.moves or is_allowed(self.sampler, w)) for w in points)

    def _tried(self, points: Points) -> Counterexample | None:
        return None if len(points) == 2 and points[0] == points[1] else self.test(points)

    # --- what is chosen --------------------------------------------------------------------------------------------

    def _slots(self, world: World) -> tuple[World, list[Slot]]:
        """Return a world of the simplest values, and the slots in which it can be varied."""
        slots: list[Slot] = []
        for d in self.sampler.drawn:
            for slot in self._of_domain(d, world):
                if not slot.candidates:
                    raise NotCovered(f"{d.name} has no value")
                world = slot.put(world, slot.candidates[0])
                if d.symbol in self.matter and len(slot.candidates) > 1:
                    slots.append(slot)
                if len(slots) > MOST_SLOTS:
                    raise NotCovered(f"more than {MOST_SLOTS} values")
        if len(self.met) == 2:
            slots += [replace(s, which=1) for s in slots if s.symbol == self.varying]
        return world, slots

    def _of_domain(self, d: Domain, world: World) -> Iterator[Slot]:
        balls = Balls(world, self.scope, self.sampler.programs)
        if isinstance(d, Index):
            yield Slot(d.symbol, ((),), nearest(integers(balls.integer(d.lo, {}), balls.integer(d.hi, {}))))
        elif isinstance(d, Labels):
            values = integers(balls.integer(d.lo, {}), balls.integer(d.hi, {}))
            for place in product(*self.sampler.indices(world, d)):
                yield Slot(d.symbol, (place,), values)
        elif isinstance(d, Reals):
            values = reals(bound(balls, d.above), bound(balls, d.below))
            for place in product(*self.sampler.indices(world, d)):
                yield Slot(d.symbol, (place,), values)
        elif isinstance(d, Pmf):
            ranges = self.sampler.indices(world, d)
            for row in product(*ranges[:-1]):
                places = tuple((*row, k) for k in ranges[-1])
                yield Slot(d.symbol, places, simplex(len(places), d.positive))
        elif isinstance(d, Everywhere):
            yield Slot(d.symbol, ((),), tables(d, [w.tables[d.symbol] for w in self.met]))
        elif isinstance(d, Differentiable):
            met = tuple(w.functions[d.symbol] for w in self.met)
            yield Slot(d.symbol, ((),), (*simplest_functions(d), *met))
        elif isinstance(d, Density):
            yield Slot(d.symbol, ((),), DENSITIES if d.positive else (*DENSITIES, *TENTS))

    # --- where nothing was found -----------------------------------------------------------------------------------

    def _simpler(self) -> Counterexample | None:
        """Return the point that was met with simpler values, one after the other."""
        best = self.test(self.met)
        points = self.met
        try:
            _, slots = self._slots(World({s.symbol: self.met[0].numbers[s.symbol] for s in self.sampler.sizes}))
        except (NoValue, NotCovered):
            return best
        for slot in slots:
            for value in slot.candidates:
                changed = tuple(
                    slot.put(w, value) if slot.which == i or slot.symbol != self.varying else w
                    for i, w in enumerate(points)
                )
                found = self._tried(changed) if self._allowed(changed) else None
                if found is not None:
                    best, points = found, changed
                    break
        return best


def _reaching(slots: Sequence[Slot], points: Points, reach: int) -> Iterator[Points]:
    """Yield points whose values are together exactly so far down the lists of candidates."""
    if not slots:
        if reach == 0:
            yield points
        return
    slot, rest = slots[0], slots[1:]
    for far, value in enumerate(slot.candidates[: reach + 1]):
        # what is varied first stands in both points; the second has slots of its own for what it differs in
        changed = tuple(slot.put(w, value) if slot.which <= i else w for i, w in enumerate(points))
        yield from _reaching(rest, changed, reach - far)
