"""Random data for the domains of an expression, extreme values among them.

A world has the exact values of doubles, so that a function and the exact evaluation of an expression get the same
numbers. The data start with the smallest sizes, so that the first example that fails is small already.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from types import CodeType
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.sampling import TRIES, Sampler, size_choices
from deltasift.check.world import Indices, World
from deltasift.domain import Index, Labels, Pmf, Reals, Table
from deltasift.inert import free
from deltasift.line.scope import Scope

SMALLEST = 3  # every choice of sizes up to this is drawn from first
LARGEST = 5
LARGE = 16  # of one size in some of the data
MISSES = 5  # draws for different sizes without any data, after which there are taken to be none
TIMES = 3  # for each of them
NEAR = (1e-12, 1e-9, 1e-4)  # how near to 0 and 1 an extreme probability is
DRAWN = ("float64", "float32", "float16")
MOST_AROUND = 128  # a constant of a function that may be a size
SIMPLE = (0.0, 1.0, -1.0, 2.0, 0.5)
FAR = (30.0, -30.0, 1000.0, -1000.0)  # where exp overflows, and where it is nearly 0


class DataSampler(Sampler):
    """Draws worlds whose values are doubles, or floats of another type.

    Parameters
    ----------
    around : sequence of int
        Sizes to be tried, and those next to them.
    dtype : str
        The type of the numbers that the function gets.
    few : int
        How many larger sizes are tried, 0 for as many as there are data.
    """

    def __init__(
        self,
        scope: Scope,
        assumptions: Sequence[Basic],
        around: Sequence[int] = (),
        dtype: str = "float64",
        few: int = 0,
    ) -> None:
        super().__init__(scope, assumptions)
        self.dtype = dtype
        self.few = few
        self._drawn: list[Mapping[Basic, int]] = []
        wanted = {m for n in around for m in (n - 1, n, n + 1) if m > SMALLEST}
        self.around = sorted(wanted | set(around))

    def draw(self, rng: random.Random, sizes: Mapping[Basic, int], tries: int = TRIES) -> World | None:
        """Return a world with these sizes; its reals are numbers of the type that the function gets."""
        world = super().draw(rng, sizes, tries)
        return world if world is None or self.dtype == "float64" else self._rounded(world)

    def _rounded(self, world: World) -> World | None:
        import numpy as np

        kind = np.dtype(self.dtype).type

        def near(v: Fraction) -> Fraction:
            return Fraction(float(kind(float(v))))

        reals = {d.symbol for d in self.domains if isinstance(d, (Reals, Pmf))}
        numbers = {s: near(v) if s in reals else v for s, v in world.numbers.items()}
        tables = {s: {i: near(v) for i, v in t.items()} if s in reals else t for s, t in world.tables.items()}
        rounded = World(numbers, tables, world.functions)
        return rounded if self.meets(rounded) else None

    def worlds(self, rng: random.Random, count: int) -> Iterator[World]:
        """Yield worlds, the smallest sizes first, for no size that the assumptions exclude."""
        small = [s for s in size_choices(self, SMALLEST) if self._admits(s)]
        names = [s.symbol for s in self.sizes]
        found = missed = 0
        for i in range(max(count, TIMES * len(small) + len(self.around) * len(names)) if self.around else count):
            if i < TIMES * len(small):
                sizes: Mapping[Basic, int] = small[i // TIMES]
            elif names and i - TIMES * len(small) < len(self.around) * len(names):
                which, name = divmod(i - TIMES * len(small), len(names))
                sizes = {s: rng.randint(1, SMALLEST) for s in names} | {names[name]: self.around[which]}
                if not self._admits(sizes):
                    continue
            elif names:
                sizes = self._larger(rng, names)
                if not self._admits(sizes):
                    continue
            else:
                sizes = {}
            world = self.draw(rng, sizes)
            if world is not None:
                found += 1
                yield world
                continue
            missed += 1
            if missed >= MISSES and not found:
                return

    def _larger(self, rng: random.Random, names: Sequence[Basic]) -> Mapping[Basic, int]:
        """Return sizes of which a few are large; those that were drawn before, where new ones cost a compilation."""
        if self.few and len(self._drawn) >= self.few:
            return rng.choice(self._drawn)
        sizes = {s: rng.randint(1, LARGEST) for s in names}
        if rng.random() < 0.25:
            sizes[rng.choice(names)] = rng.randint(LARGEST + 1, LARGE)
        self._drawn.append(sizes)
        return sizes

    def _admits(self, sizes: Mapping[Basic, int]) -> bool:
        """Tell whether the assumptions on sizes alone hold."""
        balls = Balls(World({s: Fraction(v) for s, v in sizes.items()}), self.scope)
        return all(balls.holds(a, {}) for a in self.assumptions if free(a) <= set(sizes))

    def _table(self, rng: random.Random, d: Table, world: World) -> dict[Indices, Fraction] | None:
        if not isinstance(d, Pmf):
            return super()._table(rng, d, world)
        *rows, classes = self.indices(world, d)
        drawn: dict[Indices, Fraction] = {}
        for row in product(*rows):
            values = probabilities(rng, len(classes), d.positive)
            drawn.update({(*row, k): v for k, v in zip(classes, values, strict=True)})
        return drawn

    def _real(self, rng: random.Random, d: Reals, world: World) -> Fraction | None:
        low, high = self.bounds(d, world)
        kind = rng.random()
        if low is None and high is None:
            far, simple = rng.choice(FAR), rng.choice(SIMPLE)
            return Fraction(far if kind < 0.15 else simple if kind < 0.4 else round(rng.gauss(0, 3), 2))
        if low is not None and high is not None:
            t = rng.choice(NEAR) if kind < 0.25 else 0.5 if kind < 0.35 else round(rng.uniform(0.01, 0.99), 2)
            t = 1 - t if rng.random() < 0.5 else t
            value = Fraction(float(low + (high - low) * Fraction(t)))
        else:
            t = rng.choice(NEAR) if kind < 0.15 else 1.0 if kind < 0.4 else round(rng.expovariate(0.4) + 0.01, 2)
            value = (
                Fraction(float(low + Fraction(t))) if low is not None else Fraction(float((high or 0) - Fraction(t)))
            )
        inside = (low is None or low < value) and (high is None or value < high)
        return value if inside else None

    @property
    def indices_of_scope(self) -> list[Index]:
        return [d for d in self.domains if isinstance(d, Index)]

    def label_range(self, world: World, d: Labels | Index) -> tuple[int, int]:
        """Return the least and the greatest value of labels or of an index."""
        return self._bounds(world, d)

    def bounds(self, d: Reals, world: World) -> tuple[Fraction | None, Fraction | None]:
        """Return the strict bounds of a real."""
        balls = Balls(world, self.scope)
        low, high = (None if b is None else balls.as_fraction(balls.value(b, {})) for b in (d.above, d.below))
        return low, high


def constants_of(function: Any) -> tuple[int, ...]:
    """Return the whole numbers that stand in a function, at which its value may depend on a size."""
    plain = getattr(function, "func", function)
    plain = getattr(plain, "__func__", plain)
    code = getattr(plain, "__code__", None)
    found: set[int] = set()
    waiting = [code] if code is not None else []
    while waiting:
        for c in waiting.pop().co_consts:
            if isinstance(c, CodeType):
                waiting.append(c)
            elif type(c) is int and LARGEST < c <= MOST_AROUND:
                found.add(c)
    found |= {v for v in getattr(plain, "__defaults__", None) or () if type(v) is int and LARGEST < v <= MOST_AROUND}
    return tuple(sorted(found))


def probabilities(rng: random.Random, size: int, positive: bool) -> list[Fraction]:
    """Return doubles that sum to one: equal, anyhow, one of them nearly 1, or some of them 0."""
    kind = rng.random()
    if kind < 0.15:
        return summing_to_one([1.0] * size)
    if kind < 0.4:
        return nearly_one(rng.randrange(size), [rng.choice(NEAR) for _ in range(size)])
    weights = [float(rng.randint(1, 20)) for _ in range(size)]
    if not positive and kind < 0.7:
        kept = rng.randrange(size)
        weights = [w if i == kept or rng.random() < 0.5 else 0.0 for i, w in enumerate(weights)]
    return summing_to_one(weights)


def nearly_one(place: int, others: Sequence[float]) -> list[Fraction]:
    """Return doubles that sum to one, of which one is what the others, which are small, leave."""
    values = [Fraction(x) for x in others]
    values[place] = Fraction(float(1 - sum(v for i, v in enumerate(values) if i != place)))
    return values


def summing_to_one(weights: Sequence[float | Fraction]) -> list[Fraction]:
    """Return doubles in the proportion of some weights; the largest is what the others leave."""
    shares = [Fraction(w) for w in weights]
    total = sum(shares)
    values = [Fraction(float(share / total)) for share in shares]
    largest = max(range(len(values)), key=values.__getitem__)
    values[largest] = Fraction(float(1 - sum(v for i, v in enumerate(values) if i != largest)))
    return values
