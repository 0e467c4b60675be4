"""Random worlds that meet every fact exactly, zeros, end points and extreme values among them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product as combinations

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.entrywise import allowed_values, entrywise
from deltasift.check.equated import equate, solvable
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.everywhere import Differentiable, Entries, Everywhere
from deltasift.check.everywhere import drawn as drawn_function
from deltasift.check.program import Programs
from deltasift.check.world import Indices, RationalDensity, Shape, Tent, World
from deltasift.domain import Density, Domain, Index, Labels, Pmf, Reals, Size, Table
from deltasift.inert import free
from deltasift.line.scope import Scope
from deltasift.said import Said

TRIES = 400  # worlds drawn until one meets the assumptions
FEWER = 4  # times as few, each time that they were drawn in vain for the same sizes
EXTREME = Fraction(1, 10**9)
FURTHEST = 8  # index of an entry that is not 0, in a table whose series have a sum
MOST_ENTRIES = 100_000  # of one table
SMALL = tuple(Fraction(n, d) for n, d in ((0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (3, 1), (1, 3)))
ODD = (Fraction(0), *SMALL)  # for a real without bounds: where quotients and logarithms have no value, 0 above all


def generator(*seed: object) -> random.Random:
    """Return a random generator that depends on the seed alone, on every machine."""
    digest = hashlib.sha256("\0".join(map(str, seed)).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


class _Draft:
    """A world that is being drawn."""

    __slots__ = ("functions", "numbers", "tables", "world")

    def __init__(
        self,
        numbers: dict[Basic, Fraction],
        tables: dict[Basic, Mapping[Indices, Fraction]],
        functions: dict[Basic, Shape],
    ) -> None:
        self.numbers = numbers
        self.tables = tables
        self.functions = functions
        self.world = World(numbers, tables, functions)


class Sampler:
    """Draws worlds for the domains of a scope; a strict one draws none of which an assumption is not known to hold."""

    def __init__(
        self,
        scope: Scope,
        assumptions: Sequence[Basic] = (),
        programs: Programs | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.scope = scope
        self.assumptions = assumptions
        self.strict = strict
        self._undecided: Basic | None = None  # an assumption of which a strict sampler did not know whether it holds
        self.programs = Programs(scope) if programs is None else programs
        self.domains = [d for _, d in sorted(scope.domains.items(), key=lambda item: str(item[0]))]
        drawn = [
            d for d in self.domains if isinstance(d, (Index, Density, Labels, Pmf, Reals, Everywhere, Differentiable))
        ]
        self._in_vain: dict[frozenset[tuple[Basic, int]], int] = {}  # how often no world was found, by sizes
        self._latest: Balls | None = None
        self._ends: dict[int, tuple[int, int]] = {}  # in the latest world, by the id of a domain
        self.drawn = _by_need(sorted(drawn, key=_order_of_drawing))
        names = frozenset(d.symbol for d in self.sizes)
        self._of_sizes = [a for a in assumptions if free(a) <= names]
        self._equalities = solvable(assumptions, scope.domains)
        labels = [d for d in self.domains if isinstance(d, Labels)]
        self._of_entries = {d.symbol: entrywise(d, assumptions, names) for d in labels}
        self._allowed: dict[tuple[Basic, tuple[int, ...]], list[int] | None] = {}

    @property
    def sizes(self) -> list[Size]:
        return [d for d in self.domains if isinstance(d, Size)]

    def draw(self, rng: random.Random, sizes: Mapping[Basic, int], tries: int = TRIES) -> World | None:
        """Return a world of the given sizes that meets all facts and assumptions, None where none was found.

        Raises
        ------
        NotCovered
            If it is not known whether one does, and the sampler is strict.
        """
        self._undecided = None
        if not self._admits_sizes(sizes):
            return None
        chosen = frozenset(sizes.items())
        in_vain = self._in_vain.get(chosen, 0)
        for _ in range(max(1, tries // FEWER**in_vain)):
            world = self._draw(rng, sizes)
            if world is not None and self.meets(world):
                return world
            if self._undecided is not None:
                raise NotCovered(Said("whether ", self._undecided, " holds"))
        self._in_vain[chosen] = in_vain + 1
        return None

    def _admits_sizes(self, sizes: Mapping[Basic, int]) -> bool:
        """Tell whether the assumptions that speak of sizes alone hold, of which no draw changes anything."""
        balls = Balls(World({s: Fraction(v) for s, v in sizes.items()}), self.scope, self.programs)
        try:
            return all(balls.holds(a, {}) for a in self._of_sizes if free(a) <= sizes.keys())
        except (NotCovered, NoValue):
            return True  # which is found when the whole world is there

    def meets(self, world: World, undecided: bool = True) -> bool:
        """Tell whether the assumptions hold; a property that no point decides counts as met, unless told otherwise."""
        if not self.assumptions:
            return True
        balls = Balls(world, self.scope, self.programs)
        for a in self.assumptions:
            try:
                if not balls.holds(a, {}):
                    return False
            except NotCovered:
                if self.strict:
                    self._undecided = a
                if self.strict or not undecided:
                    return False
            except NoValue:
                return False
        return True

    def redraw(self, rng: random.Random, world: World, symbol: Basic) -> World | None:
        """Return a world in which one name may have another value, None where there is none for it."""
        domain = self.scope.domains.get(symbol)
        draft = _Draft(dict(world.numbers), dict(world.tables), dict(world.functions))
        if domain not in self.drawn or not self._add(rng, draft, domain):
            return None
        return draft.world

    def _draw(self, rng: random.Random, sizes: Mapping[Basic, int]) -> World | None:
        draft = _Draft({s: Fraction(v) for s, v in sizes.items()}, {}, {})
        if not all(self._add(rng, draft, d) for d in self.drawn):
            return None
        equate(self._equalities, draft.numbers, draft.tables, lambda: Balls(draft.world, self.scope, self.programs))
        return draft.world

    def _add(self, rng: random.Random, draft: _Draft, d: Domain) -> bool:
        """Draw what is declared by one domain, and tell whether there is such a value."""
        if isinstance(d, Index):
            lo, hi = self._bounds(draft.world, d)
            if lo <= hi:
                draft.numbers[d.symbol] = Fraction(rng.randint(lo, hi))
            return lo <= hi
        if isinstance(d, Everywhere):
            entries = self._entries(rng, d, draft.world)
            if entries is None:
                return False
            draft.tables[d.symbol] = entries
        elif isinstance(d, Differentiable):
            draft.functions[d.symbol] = drawn_function(rng, d)
        elif isinstance(d, Density):
            vanishes = not d.positive and rng.random() < 0.3
            shape = Tent if vanishes else RationalDensity
            draft.functions[d.symbol] = shape(rng.choice(SMALL), Fraction(rng.randint(1, 12), rng.randint(1, 6)))
        elif isinstance(d, Reals) and not d.over:
            value = self._real(rng, d, draft.world)
            if value is None:
                return False
            draft.numbers[d.symbol] = value
        elif isinstance(d, Table):
            table = self._table(rng, d, draft.world)
            if table is None:
                return False
            draft.tables[d.symbol] = table
        return True

    def _entries(self, rng: random.Random, d: Everywhere, world: World) -> Entries | None:
        balls = self._balls(world)
        lo, hi = (None if e is None else balls.as_fraction(balls.value(e, {})) for e in (d.lo, d.hi))
        if lo is not None and hi is not None and hi < lo:
            return None
        reach = rng.randint(2, FURTHEST) if d.finite and rng.random() < 0.75 else None
        return Entries(rng.getrandbits(32), d.whole, lo, hi, reach)

    def _balls(self, world: World) -> Balls:
        """Return the evaluator of a world that is being drawn; one serves all that is drawn into it."""
        if self._latest is None or self._latest.world is not world:
            self._latest = Balls(world, self.scope, self.programs)
            self._ends = {}
        return self._latest

    def _bounds(self, world: World, d: Index | Labels) -> tuple[int, int]:
        balls = self._balls(world)
        found = self._ends.get(id(d))
        if found is None:
            found = self._ends[id(d)] = balls.integer(d.lo, {}), balls.integer(d.hi, {})
        return found

    def indices(self, world: World, d: Table) -> list[range]:
        """Return the values of each index of a table."""
        found = []
        entries = 1
        names = {i.symbol for i in d.over}
        for i in d.over:
            if not i.depends().isdisjoint(names):
                raise NotCovered(f"{d.name}, whose rows are not of one length")
            lo, hi = self._bounds(world, i)
            entries *= max(0, hi - lo + 1)
            if entries > MOST_ENTRIES:
                raise NotCovered(f"{d.name} has more than {MOST_ENTRIES} entries")
            found.append(range(lo, hi + 1))
        return found

    def allowed(self, d: Labels, world: World) -> list[int] | None:
        """Return the values that each entry may have by what is said of entries alone; None where that is nothing."""
        if not self._of_entries[d.symbol]:
            return None
        lo, hi = self._bounds(world, d)
        key = d.symbol, (lo, hi, *(int(world.numbers[s.symbol]) for s in self.sizes))
        if key not in self._allowed:
            self._allowed[key] = allowed_values(self._of_entries[d.symbol], lo, hi, self._balls(world))
        return self._allowed[key]

    def _table(self, rng: random.Random, d: Table, world: World) -> dict[Indices, Fraction] | None:
        ranges = self.indices(world, d)
        if isinstance(d, Labels):
            places = list(combinations(*ranges))
            few = self.allowed(d, world)
            if few is not None:
                return {i: Fraction(rng.choice(few)) for i in places} if few else None
            drawn = d.drawn(rng, len(places), *self._bounds(world, d))
            return None if drawn is None else dict(zip(places, map(Fraction, drawn), strict=True))
        if isinstance(d, Pmf):
            table: dict[Indices, Fraction] = {}
            for row in combinations(*ranges[:-1]):
                for k, value in zip(ranges[-1], simplex(rng, len(ranges[-1]), d.positive), strict=True):
                    table[(*row, k)] = value
            return table
        assert isinstance(d, Reals)
        values: dict[Indices, Fraction] = {}
        for i in combinations(*ranges):
            number = self._real(rng, d, world)
            if number is None:
                return None
            values[i] = number
        return values

    def _real(self, rng: random.Random, d: Reals, world: World) -> Fraction | None:
        balls = self._balls(world)
        low = None if d.above is None else balls.as_fraction(balls.value(d.above, {}))
        high = None if d.below is None else balls.as_fraction(balls.value(d.below, {}))
        t = Fraction(rng.randint(1, 40), rng.randint(1, 12)) if rng.random() > 0.1 else EXTREME
        if low is not None and high is not None:
            return None if low >= high else low + (high - low) * t / (1 + t)
        if low is not None:
            return low + t
        if high is not None:
            return high - t
        return rng.choice(ODD) if rng.random() < 0.4 else Fraction(rng.randint(-60, 60), rng.randint(1, 12))


def _order_of_drawing(d: Domain) -> int:
    """Return the turn of a domain: numbers and densities first, then indices, then tables, which need these."""
    if isinstance(d, Index):
        return 1
    return 2 if isinstance(d, (Labels, Pmf)) or (isinstance(d, Reals) and d.over) else 0


def _by_need(domains: Sequence[Domain]) -> list[Domain]:
    """Return domains in an order in which each comes after those whose values bound it."""
    ordered: list[Domain] = []
    waiting = list(domains)
    while waiting:
        symbols = {d.symbol for d in waiting}
        ready = next((d for d in waiting if d.depends().isdisjoint(symbols - {d.symbol})), waiting[0])
        waiting.remove(ready)
        ordered.append(ready)
    return ordered


def simplex(rng: random.Random, size: int, positive: bool) -> list[Fraction]:
    """Return exact probabilities that sum to one; some are 0 where that is allowed, some nearly 0 or 1."""
    weights = [rng.randint(1, 20) for _ in range(size)]
    if rng.random() < 0.1:
        weights[rng.randrange(size)] = 10**9
    if not positive and rng.random() < 0.5:
        keep = rng.randrange(size)
        weights = [w if i == keep or rng.random() < 0.5 else 0 for i, w in enumerate(weights)]
    total = sum(weights)
    return [Fraction(w, total) for w in weights]


def size_choices(sampler: Sampler, largest: int | Mapping[Basic, int]) -> Iterator[dict[Basic, int]]:
    """Yield sizes from 1 to `largest`, of all or of each, the smallest first."""
    names = [s.symbol for s in sampler.sizes]
    every = combinations(*(range(1, (largest if isinstance(largest, int) else largest[s]) + 1) for s in names))
    for values in sorted(every, key=lambda v: (sum(v), v)):
        yield dict(zip(names, values, strict=True))


def has_model(scope: Scope) -> bool:
    """Tell whether a point is found at once that meets all facts and assumptions, so that they are consistent."""
    sampler = Sampler(scope, scope.assumed)
    rng = generator("consistent")
    for size in (1, 2):
        try:
            world = sampler.draw(rng, dict.fromkeys((s.symbol for s in sampler.sizes), size), tries=1)
        except (NoValue, NotCovered):
            continue
        if world is not None and sampler.meets(world, undecided=False):
            return True
    return False


def find_model(scope: Scope, assumptions: Sequence[Basic]) -> World | None:
    """Return a small world that meets all facts and assumptions, None where none was found.

    Raises
    ------
    NotCovered
        If none was found, and for some sizes none was looked for.
    """
    sampler = Sampler(scope, assumptions)
    rng = generator("model", *map(str, assumptions))
    left_out: NotCovered | None = None
    for sizes in size_choices(sampler, 3):
        try:
            world = sampler.draw(rng, sizes)
        except NoValue:
            continue
        except NotCovered as why:
            left_out = why
            continue
        if world is not None:
            return world
    if left_out is not None:
        raise left_out
    return None
