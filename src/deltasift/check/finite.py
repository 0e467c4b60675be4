"""The finite models of a page: small sizes, every labelling, every value of a free index, every support."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import islice, product
from math import prod
from typing import TypeVar

from sympy.core.basic import Basic

from deltasift.check.allowed import bounds_move, is_allowed
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.sampling import Sampler, generator, size_choices
from deltasift.check.world import Indices, World
from deltasift.domain import Index, Labels, Pmf, Reals, Table
from deltasift.inert import free
from deltasift.line.scope import Scope

LARGEST = 3  # sizes
MOST_MODELS = 4_000
MOST_ENTRIES = 100  # of one table in a model
POINTS = 3  # exact points at which an undecided model is tried
MORE_POINTS, FIRST = 12, 4  # in the first few models, which may be all there are

Supports = Mapping[Basic, Mapping[Indices, bool]]
T = TypeVar("T")


class Models:
    """Walks through the models of a scope, the smallest first, and makes each only when it is asked for.

    Parameters
    ----------
    scope : Scope
    assumptions : sequence of statements
    lines : sequence of expressions
        A free index takes every value where one of them has it free; so do labels and the supports of pmfs, also where
        an assumption speaks of them.
    largest : mapping from a size to its largest value, optional
        Else all sizes go to `LARGEST`.

    Attributes
    ----------
    left_out : str
        Why the models of some sizes were not walked through; empty where all were.
    """

    def __init__(
        self,
        scope: Scope,
        assumptions: Sequence[Basic],
        lines: Iterable[Basic] = (),
        largest: Mapping[Basic, int] | None = None,
    ) -> None:
        self.scope = scope
        self.sampler = Sampler(scope, assumptions)
        self.unbound = Sampler(scope, programs=self.sampler.programs)  # by no assumption
        self.rng = generator("models")
        self.bounds_move = bounds_move(self.sampler)
        self.free = frozenset().union(*(free(scope.unfold_all(e)) for e in lines))
        asked = frozenset().union(*(free(scope.unfold_all(a)) for a in assumptions))
        self.seen = frozenset(scope.domains) if self.bounds_move else self.free | asked
        self.largest = dict.fromkeys((s.symbol for s in self.sampler.sizes), LARGEST) if largest is None else largest
        self.left_out = ""

    def __iter__(self) -> Iterator[tuple[World, Supports]]:
        for _, models in self.by_size():
            yield from models

    def by_size(self) -> Iterator[tuple[int, Iterator[tuple[World, Supports]]]]:
        """Yield the largest size and the models of each choice of sizes, the choice with the smallest sum first."""
        for sizes in size_choices(self.sampler, self.largest):
            yield max(sizes.values(), default=0), self._of_sizes(sizes)

    def _of_sizes(self, sizes: Mapping[Basic, int]) -> Iterator[tuple[World, Supports]]:
        try:
            base = self.unbound.draw(self.rng, sizes)
            if base is not None:
                yield from self._of_size(base)
        except NoValue:
            return
        except NotCovered as why:
            self.left_out = str(why)

    def _of_size(self, base: World) -> Iterator[tuple[World, Supports]]:
        tables = [d for d in self.sampler.domains if isinstance(d, Labels) and d.symbol in self.seen]
        pmfs = [d for d in self.sampler.domains if isinstance(d, Pmf)]
        indices = [d for d in self.sampler.drawn if isinstance(d, Index)]
        for placed in self._placed(indices, base):
            for values in _combined([partial(self._labellings, d, placed) for d in tables]):
                named = {d.symbol: t for d, t in zip(tables, values, strict=True)}
                world = replace(placed, tables={**placed.tables, **named})
                for supports in _combined([partial(self._supports, d, world) for d in pmfs]):
                    yield world, {d.symbol: s for d, s in zip(pmfs, supports, strict=True)}

    def _placed(self, indices: Sequence[Index], world: World) -> Iterator[World]:
        """Yield worlds with all values of the free indices, the range of each where the ones before it stand."""
        if not indices:
            yield world
            return
        d = indices[0]
        for value in self._values(d, world):
            numbers = {**world.numbers, d.symbol: Fraction(value)}
            yield from self._placed(indices[1:], replace(world, numbers=numbers))

    def _ranges(self, base: World, d: Table) -> list[range]:
        ranges = self.sampler.indices(base, d)
        entries = prod(map(len, ranges))
        if entries > MOST_ENTRIES:
            raise NotCovered(f"{d.name} has {entries} entries, and a finite model at most {MOST_ENTRIES}")
        return ranges

    def _labellings(self, d: Labels, base: World) -> Iterator[dict[Indices, Fraction]]:
        places = list(product(*self._ranges(base, d)))
        balls = Balls(base, self.scope, self.sampler.programs)
        lo, hi = balls.integer(d.lo, {}), balls.integer(d.hi, {})
        few = self.sampler.allowed(d, base)
        every = None if few is None else product(few, repeat=len(places))
        for values in every or d.models(len(places), lo, min(hi, lo + MOST_MODELS)):
            yield dict(zip(places, map(Fraction, values), strict=True))

    def _values(self, d: Index, base: World) -> Iterator[int]:
        if d.symbol not in self.free and not self.bounds_move:
            return iter((int(base.numbers[d.symbol]),))
        balls = Balls(base, self.scope, self.sampler.programs)
        values = range(balls.integer(d.lo, {}), balls.integer(d.hi, {}) + 1)
        return iter(values if d.symbol in self.free else values[:1])

    def _supports(self, d: Pmf, base: World) -> Iterator[dict[Indices, bool]]:
        ranges = self._ranges(base, d)
        rows = list(product(*ranges[:-1]))
        classes = ranges[-1]
        every = (bits for bits in product((True, False), repeat=len(classes)) if any(bits))
        patterns = list(islice(every, 1 if d.positive or d.symbol not in self.seen else MOST_MODELS + 1))
        for chosen in product(patterns, repeat=len(rows)):
            yield {
                (*row, k): bit
                for row, bits in zip(rows, chosen, strict=True)
                for k, bit in zip(classes, bits, strict=True)
            }

    def points(self, world: World, support: Supports) -> Iterator[World]:
        """Yield exact points of a model that meet all facts and assumptions."""
        sizes = {s.symbol: int(world.numbers[s.symbol]) for s in self.sampler.sizes}
        for first in (i == 0 for i in range(MORE_POINTS)):
            drawn = self.unbound.draw(self.rng, sizes)
            if drawn is None:
                return
            tables = dict(drawn.tables)
            for d in self.sampler.domains:
                if isinstance(d, Labels):
                    tables[d.symbol] = world.tables[d.symbol]
                elif isinstance(d, Pmf):
                    tables[d.symbol] = self._on_support(support[d.symbol])
            numbers = {**drawn.numbers}
            for d in self.sampler.domains:
                if isinstance(d, Index):
                    numbers[d.symbol] = world.numbers[d.symbol]
            point = replace(drawn, numbers=numbers, tables=tables)
            for one in (self._at_zero(point), point) if first else (point,):
                if self.sampler.meets(one) and (not self.bounds_move or is_allowed(self.sampler, one)):
                    yield one

    def _at_zero(self, point: World) -> World:
        """Return a point at which every real that is not bounded is 0: where quotients and logarithms have no value."""
        loose = {d.symbol for d in self.sampler.domains if isinstance(d, Reals) and d.above is None and d.below is None}
        return replace(
            point,
            numbers={s: Fraction(0) if s in loose else v for s, v in point.numbers.items()},
            tables={s: dict.fromkeys(t, Fraction(0)) if s in loose else t for s, t in point.tables.items()},
        )

    def _on_support(self, support: Mapping[Indices, bool]) -> dict[Indices, Fraction]:
        weights = {i: self.rng.randint(1, 5) if used else 0 for i, used in support.items()}
        totals: dict[Indices, int] = {}
        for i, w in weights.items():
            totals[i[:-1]] = totals.get(i[:-1], 0) + w
        return {i: Fraction(w, totals[i[:-1]]) for i, w in weights.items()}


def _combined(makers: Sequence[Callable[[], Iterator[T]]]) -> Iterator[tuple[T, ...]]:
    """Yield every choice of one from each, the last varying fastest; nothing is made before it is needed."""
    if not makers:
        yield ()
        return
    for first in makers[0]():
        for rest in _combined(makers[1:]):
            yield (first, *rest)
