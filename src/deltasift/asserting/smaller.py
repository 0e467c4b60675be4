"""A failing world made smaller: fewer examples and classes, and rounder values, as long as it fails."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product

from sympy.core.basic import Basic

from deltasift.asserting.samples import SIMPLE, DataSampler, nearly_one, summing_to_one
from deltasift.check.world import Indices, World
from deltasift.domain import Labels, Pmf, Reals, Size, Table

Tables = Mapping[Basic, Mapping[Indices, Fraction]]
MOST = 400  # worlds that are tried
DIGITS = (0, 1, 2)
SMALL = (0.1, 1e-3, 1e-6, 1e-9)  # probabilities of all classes but one


def made_smaller(world: World, sampler: DataSampler, fails: Callable[[World], bool]) -> tuple[World, int]:
    """Return a world that still fails and that no single move makes smaller, and the number of moves that led there."""
    moves = tried = 0
    found = True
    while found and tried < MOST:
        found = False
        for candidate in _candidates(world, sampler):
            tried += 1
            if tried >= MOST:
                break
            if sampler.meets(candidate) and fails(candidate):
                world, found = candidate, True
                moves += 1
                break
    return world, moves


def _candidates(world: World, sampler: DataSampler) -> Iterator[World]:
    for size in sampler.sizes:
        yield from _shorter(world, sampler, size)
    for d in sampler.domains:
        if isinstance(d, Labels):
            yield from _lower_labels(world, sampler, d)
        elif isinstance(d, Pmf):
            yield from _rounder_rows(world, d)
        elif isinstance(d, Reals):
            yield from _rounder_reals(world, sampler, d)


# --- sizes -------------------------------------------------------------------------------------------------------


def _shorter(world: World, sampler: DataSampler, size: Size) -> Iterator[World]:
    """Yield the worlds in which a size is one less: one place is taken out of every axis that it makes shorter."""
    n = int(world.numbers[size.symbol])
    if n == 1:
        return
    numbers = {**world.numbers, size.symbol: Fraction(n - 1)}
    empty = World(numbers, {}, world.functions)
    for place in range(n):
        tables: dict[Basic, Mapping[Indices, Fraction]] = {}
        for d in sampler.domains:
            if isinstance(d, Table) and d.symbol in world.tables:
                tables[d.symbol] = _without(world, empty, sampler, d, place)
        yield World(_indices_inside(numbers, empty, sampler), tables, world.functions)


def _without(world: World, empty: World, sampler: DataSampler, d: Table, place: int) -> Mapping[Indices, Fraction]:
    before, after = sampler.indices(world, d), sampler.indices(empty, d)
    table = world.tables[d.symbol]
    kept: dict[Indices, Fraction] = {}
    for where in product(*after):
        source = []
        for i, old, new in zip(where, before, after, strict=True):
            position = new.index(i)
            source.append(old[position + (len(new) < len(old) and position >= place)])
        kept[where] = table[tuple(source)]
    if isinstance(d, Labels):
        lo, hi = sampler.label_range(empty, d)
        gone = sampler.label_range(world, d)[1] > hi
        lowered = {i: int(v) - (gone and v > lo + place) for i, v in kept.items()}
        return {i: Fraction(min(max(v, lo), hi)) for i, v in lowered.items()}
    return _normalised(kept) if isinstance(d, Pmf) else kept


def _indices_inside(numbers: Mapping[Basic, Fraction], world: World, sampler: DataSampler) -> dict[Basic, Fraction]:
    """Return the numbers with every free index in its range."""
    inside = dict(numbers)
    for d in sampler.indices_of_scope:
        lo, hi = sampler.label_range(world, d)
        inside[d.symbol] = Fraction(min(max(int(inside[d.symbol]), lo), hi))
    return inside


def _normalised(table: Mapping[Indices, Fraction]) -> Mapping[Indices, Fraction]:
    found: dict[Indices, Fraction] = {}
    for places in _rows(table):
        weights = [table[i] for i in places]
        found.update(zip(places, summing_to_one(weights if any(weights) else [1.0] * len(weights)), strict=True))
    return found


def _rows(table: Mapping[Indices, Fraction]) -> Collection[list[Indices]]:
    """Return the places of each distribution of a table."""
    rows: dict[Indices, list[Indices]] = {}
    for where in table:
        rows.setdefault(where[:-1], []).append(where)
    return rows.values()


# --- values ------------------------------------------------------------------------------------------------------


def _with(world: World, symbol: Basic, changed: Mapping[Indices, Fraction]) -> World:
    tables = {**world.tables, symbol: {**world.tables[symbol], **changed}}
    return World(world.numbers, tables, world.functions)


def _lower_labels(world: World, sampler: DataSampler, d: Labels) -> Iterator[World]:
    lo, _ = sampler.label_range(world, d)
    for where, value in world.tables[d.symbol].items():
        if value > lo:
            yield _with(world, d.symbol, {where: Fraction(lo)})


def _rounder_rows(world: World, d: Pmf) -> Iterator[World]:
    table = world.tables[d.symbol]
    for places in _rows(table):
        row = [table[i] for i in places]
        others = [summing_to_one([1.0] * len(row))]
        others += [
            summing_to_one([round(float(v), digits) for v in row]) for digits in DIGITS[1:] if _sums(row, digits)
        ]
        place = max(range(len(row)), key=row.__getitem__)
        others += [nearly_one(place, [x] * len(row)) for x in SMALL if x * len(row) < 1]
        for other in others:
            allowed = not d.positive or all(v > 0 for v in other)
            if allowed and _length(other) < _length(row):
                yield _with(world, d.symbol, dict(zip(places, other, strict=True)))


def _sums(row: Sequence[Fraction], digits: int) -> bool:
    return sum(round(float(v), digits) for v in row) > 0


def _rounder_reals(world: World, sampler: DataSampler, d: Reals) -> Iterator[World]:
    low, high = sampler.bounds(d, world)

    def rounder(value: Fraction) -> Iterator[Fraction]:
        x = float(value)
        for other in (*SIMPLE, *(round(x, digits) for digits in DIGITS)):
            inside = (low is None or low < other) and (high is None or other < high)
            if inside and _length([Fraction(other)]) < _length([value]):
                yield Fraction(other)

    if not d.over:
        for other in rounder(world.numbers[d.symbol]):
            yield World({**world.numbers, d.symbol: other}, world.tables, world.functions)
        return
    for where, value in world.tables[d.symbol].items():
        for other in rounder(value):
            yield _with(world, d.symbol, {where: other})


def _length(values: Sequence[Fraction]) -> tuple[int, float]:
    """Return what is less for values that are easier to compute with: digits to write, then magnitude."""
    numbers = [float(v) for v in values]
    signs = sum(x < 0 for x in numbers)
    return sum(len(f"{abs(x):.17g}" if len(repr(x)) > 12 else repr(abs(x))) for x in numbers), signs + sum(
        map(abs, numbers)
    )
