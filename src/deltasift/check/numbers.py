"""Random points with rigorous enclosures: disjoint balls refute a line, and the point is shown, the smallest found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sympy.core.basic import Basic

from deltasift.check.allowed import is_allowed
from deltasift.check.balls import Balls
from deltasift.check.compare import POINTWISE, Outcome, difference, disorder, keeps_order, left_open, outcome, refutes
from deltasift.check.constants import beside_constants
from deltasift.check.counterexample import Counterexample
from deltasift.check.evaluate import NotCovered, NoValue, TooLong
from deltasift.check.needs import Need
from deltasift.check.report import CheckResult
from deltasift.check.sampling import Sampler, generator
from deltasift.check.smallest import Points, smallest
from deltasift.check.taking_part import Change
from deltasift.check.undeclared import Asked, with_values
from deltasift.check.world import World
from deltasift.domain import Labels, Pmf, Size
from deltasift.enclosing import precision
from deltasift.inert import LessEqual, free
from deltasift.line.scope import Scope
from deltasift.said import Said, listed

Pair = tuple[Basic, Basic, str, Basic | None]


class Reach(NamedTuple):
    """How many random points are drawn, and the largest values of what counts examples and of what counts classes."""

    points: int
    examples: int
    classes: int


MOST_INTEGRANDS = 3_000  # values of integrands for one line, after which no more points are looked at
UNCOVERED = 12  # points at which a line has no value that is known, one after the other, after which it is left
CONDITIONS = 4  # at one of so many points the conditions of a line are looked at
BESIDE = 4  # one of so many points has a size beside an integer of the lines
MISSES = 8  # draws without a world one after another, after which names that nobody declared are left out
USUAL = Reach(100, 8, 5)
THOROUGH = Reach(1_000, 50, 10)


def check_numbers(
    lines: Sequence[Pair],
    scope: Scope,
    assumptions: Sequence[Basic] = (),
    *,
    seed: str = "",
    reach: Reach = USUAL,
    partial: bool = False,
    changes: Sequence[Sequence[Change]] = (),
    needs: Sequence[Sequence[Need]] = (),
) -> list[CheckResult]:
    """Compare each line with the line before at random exact points.

    Parameters
    ----------
    lines : sequence of (before, after, relation, varying)
        The relation is "=", "<=", "<", ">=", ">", "same order" or "opposite order".
    scope : Scope
    assumptions : sequence of statements
        Points at which one of them fails are not drawn.
    seed : str
    reach : Reach
        How many points, and how large.
    partial : bool
        Whether a point at which the line before has no value says nothing.
    changes : sequence, optional
        For each line what the uses of rules changed that lead to it. A point at which none of that takes part in a
        value does not count.
    needs : sequence, optional
        For each line the conditions that were proved for it; one that is false at a point is an error of the checker.
    """
    return _Numbers(lines, scope, assumptions, seed, reach, partial, changes, needs).run()


class Evaluated:
    """A world with the values of lines in it, each computed once."""

    def __init__(self, balls: Balls) -> None:
        self.balls = balls
        self._values: dict[int, Outcome] = {}  # by the id of a line, which its page keeps alive

    def value(self, line: Basic) -> Outcome:
        """Return the value of a line."""
        found = self._values.get(id(line))
        if found is None:
            found = self._values[id(line)] = outcome(self.balls, line)
        return found

    def differs(self, change: Change) -> bool:
        """Tell whether the line has another value, or none, where what changed has another value."""
        if change.always:
            return True
        found = self.value(change.line)
        return found[0] == "value" and any(self._is_another(found, self.value(e)) for e in change.others)

    def _is_another(self, found: Outcome, other: Outcome) -> bool:
        return other[0] == "none" or (other[0] == "value" and self.balls.differ(found[1], other[1]))


class _Numbers:
    def __init__(
        self,
        lines: Sequence[Pair],
        scope: Scope,
        assumptions: Sequence[Basic],
        seed: str,
        reach: Reach,
        partial: bool,
        changes: Sequence[Sequence[Change]],
        needs: Sequence[Sequence[Need]],
    ) -> None:
        self.partial = partial
        asked = with_values(lines, scope, assumptions)
        self.changes = [
            [c.put(asked.renamed(c.line), tuple(map(asked.renamed, c.others))) for c in every] for every in changes
        ] or [[] for _ in lines]
        self.needs = [[self._renamed_need(asked, n) for n in every] for every in needs] or [[] for _ in lines]
        self.held: list[set[int]] = [set() for _ in lines]
        self.false: list[str] = [""] * len(lines)
        self.unseen = [{k for k, c in enumerate(every) if not c.always} for every in self.changes]
        self.idle = [0] * len(lines)
        self.lines = asked.lines
        self.scope = asked.scope
        self.guessed = asked.ranges
        self.sampler = Sampler(self.scope, asked.assumptions, strict=bool(asked.guessed))
        self.seed = seed
        self.rng = generator("numbers", seed)
        self.other_rng = generator("second points", seed)
        self.points = reach.points
        self.bounds = {s.symbol: self._most(s, reach) for s in self.sampler.sizes}
        near = beside_constants(e for line in self.lines for e in line[:2])
        self.near = {s: [c for c in near if c > most] for s, most in self.bounds.items()}
        self.agreed = [0] * len(lines)
        self.uncovered = [""] * len(lines)
        self.given_up = [False] * len(lines)
        self.met: list[Points | None] = [None] * len(lines)
        self.integrands = [0] * len(lines)
        self.missed = [0] * len(lines)
        self.undrawn = "no point was found"

    @staticmethod
    def _renamed_need(asked: Asked, need: Need) -> Need:
        c = need.change
        others = tuple(map(asked.renamed, c.others))
        return need.put(asked.renamed(need.statement), c.put(asked.renamed(c.line), others))

    def _most(self, size: Size, reach: Reach) -> int:
        """Return the largest value of a size; what counts classes stays smaller than what counts examples."""
        ends = [
            d.hi if isinstance(d, Labels) else d.classes.hi
            for d in self.sampler.domains
            if isinstance(d, (Labels, Pmf))
        ]
        return reach.classes if any(size.symbol in free(end) for end in ends) else reach.examples

    @precision()
    def run(self) -> list[CheckResult]:
        for world in self._worlds():
            here = self._point(world)
            others: dict[Basic, Evaluated | None] = {}
            for i, (before, after, relation, q) in enumerate(self.lines):
                if self.met[i] is not None or self.false[i] or self.given_up[i]:
                    continue
                if relation in POINTWISE:
                    before_it = here.balls.integrands
                    self._compare(i, here, here.value(before), here.value(after))
                    self.integrands[i] += here.balls.integrands - before_it
                    self.given_up[i] = self.given_up[i] or self.integrands[i] > MOST_INTEGRANDS
                    continue
                assert q is not None
                if q not in others:
                    others[q] = self._other(world, q)
                self._order(i, here, others[q])
        return [self._result(i) for i in range(len(self.lines))]

    def _point(self, world: World) -> Evaluated:
        return Evaluated(Balls(world, self.scope, self.sampler.programs))

    def _worlds(self) -> Iterator[World]:
        """Yield worlds, small ones first."""
        missed = 0
        for i in range(self.points):
            if self.sampler.strict and missed >= MISSES:
                return
            share = 1 if missed else (i + 1) / self.points  # small worlds may be none
            sizes = {s: self.rng.randint(1, max(1, round(share * most))) for s, most in self.bounds.items()}
            if i % BESIDE == BESIDE - 1 and any(self.near.values()):
                chosen = self.rng.choice([s for s, near in self.near.items() if near])
                sizes[chosen] = self.rng.choice(self.near[chosen])
            try:
                world = self.sampler.draw(self.rng, sizes)
            except NoValue:
                continue
            except NotCovered as why:
                self.undrawn = why.words
                missed += 1
                continue
            if world is not None:
                missed = 0
                yield world
            else:
                missed += 1

    def _compare(self, i: int, here: Evaluated, a: Outcome, b: Outcome) -> None:
        why = left_open(here.balls, self.lines[i][2], a, b)
        if why is not None:
            self.uncovered[i] = why.words
            self.missed[i] += 1
            self.given_up[i] = self.missed[i] > UNCOVERED or any(isinstance(x[1], TooLong) for x in (a, b))
        elif self.partial and a[0] == "none":
            return
        elif refutes(here.balls, self.lines[i][2], a, b):
            self.met[i] = (here.balls.world,)
        else:
            self.missed[i] = 0
            self._hold(i, here)
            if self._counts(i, here):
                self.agreed[i] += 1
            else:
                self.idle[i] += 1

    def _hold(self, i: int, here: Evaluated) -> None:
        """Evaluate the conditions of a line, at some of the points, small and large."""
        if (self.agreed[i] + self.idle[i]) % CONDITIONS:
            return
        for k, need in enumerate(self.needs[i]):
            try:
                holds = here.balls.holds(need.statement, {})
            except (NoValue, NotCovered):
                continue
            if holds:
                self.held[i].add(k)
            elif here.differs(need.change):
                at = ", ".join(f"{name} = {value}" for name, value in _of(need.statement, here.balls.world))
                self.false[i] = Said(need.statement, f", proved for {need.rule}, is false at {at}")
                return

    def _counts(self, i: int, here: Evaluated) -> bool:
        """Tell whether something that changed takes part in a value at a point."""
        every, unseen = self.changes[i], self.unseen[i]
        found = len(unseen) < len(every) and any(c.always for c in every)
        for k in sorted(unseen):
            if here.differs(every[k]):
                unseen.discard(k)
                found = True
        return found or not every or any(here.differs(c) for k, c in enumerate(every) if k not in unseen)

    def _order(self, i: int, here: Evaluated, there: Evaluated | None) -> None:
        """Compare how two lines order two points that differ in what varies."""
        if there is None:
            self.uncovered[i] = "no second point"
            return
        before, after, relation, _ = self.lines[i]
        first, second = ((here.value(e), there.value(e)) for e in (before, after))
        kinds = {x[0] for x in (*first, *second)}
        try:
            if "uncovered" in kinds:
                self.uncovered[i] = next(x[1] for x in (*first, *second) if x[0] == "uncovered").words
            elif "none" in kinds or not keeps_order(here.balls, relation, first, second):
                self.met[i] = (here.balls.world, there.balls.world)
            else:
                self.agreed[i] += 1
                self.unseen[i] -= {k for k in self.unseen[i] if here.differs(self.changes[i][k])}
        except NotCovered as why:
            self.uncovered[i] = why.words

    def _other(self, world: World, q: Basic) -> Evaluated | None:
        """Return a point that differs in q alone."""
        for _ in range(20):
            other = self.sampler.redraw(self.other_rng, world, q)
            if other is None:
                return None
            if other != world and self.sampler.meets(other) and is_allowed(self.sampler, other):
                return self._point(other)
        return None

    def _result(self, i: int) -> CheckResult:
        if self.false[i]:
            return CheckResult("numbers", "failed", Said("an error of the checker: ", self.false[i]))
        met = self.met[i]
        if met is not None:
            drawn = self.agreed[i] + self.idle[i] + 1
            covers = f"wrong at {'one of ' * (drawn > 1)}{self._covers(i, drawn)}"
            found = refuting(self.sampler, self.lines[i], met, partial=self.partial)
            return CheckResult("numbers", "failed", f"{covers}, seed {self.seed}", found)
        if self.agreed[i] == 0 and self.idle[i]:
            why = f"what changed takes part at none of {self.idle[i]} random points"
            return CheckResult("numbers", "skipped", f"not covered: {why}", unseen=tuple(sorted(self.unseen[i])))
        if self.agreed[i] == 0:
            return CheckResult("numbers", "skipped", Said("not covered: ", self.uncovered[i] or self.undrawn))
        return CheckResult(
            "numbers",
            "passed",
            self._covers(i, self.agreed[i]),
            unseen=tuple(sorted(self.unseen[i])),
            conditions=len(self.held[i]),
        )

    def _covers(self, i: int, count: int) -> str:
        what = "random point" if self.lines[i][2] in POINTWISE else "random pair"
        points = f"{count} {what}{'s' * (count != 1)}" + ("" if what == "random point" else " of points")
        largest = {s: max([most, *self.near[s]]) for s, most in self.bounds.items()}
        bounds = [*(LessEqual(s, most) for s, most in largest.items()), *filter(None, [self.guessed])]
        return Said(listed([points, *bounds]), " (enclosed)")


def _of(statement: Basic, world: World) -> Iterator[tuple[str, str]]:
    """Yield the values in a world of which a statement speaks."""
    names = {str(s) for s in free(statement)}
    for name, value in world.describe().items():
        if name.partition("[")[0].partition("(")[0] in names:
            yield name, value


def refuting(
    sampler: Sampler, pair: Pair, met: Points, *, partial: bool = False, least: bool = False
) -> Counterexample | None:
    """Return the smallest counterexample to a line, from the point at which it was seen to be wrong."""
    before, after, relation, varying = pair

    def test(points: Points) -> Counterexample | None:
        if len(points) == 1:
            return difference(sampler.programs, points[0], before, after, relation, partial=partial)
        return disorder(sampler.programs, (points[0], points[1]), before, after, relation)

    return smallest(sampler, (before, after), met, test, varying, least)
