"""Random points with rigorous enclosures: disjoint balls refute a line, and the point is shown, the smallest found."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue, TooLong
from deltasift.check.report import CheckResult, Counterexample
from deltasift.check.sampling import Sampler, generator
from deltasift.check.world import World
from deltasift.domain import Labels, Pmf, Size
from deltasift.inert import free
from deltasift.match.scope import Scope

Pair = tuple[Basic, Basic, str, Basic | None]
Outcome = tuple[str, Any]  # "value" and a number, "none" and why, "uncovered" and why
MOST_N, MOST_K = 8, 5
POINTWISE = ("=", "<=")  # relations that hold or fail at one point; an order is of two


def check_numbers(
    lines: Sequence[Pair],
    scope: Scope,
    assumptions: Sequence[Basic] = (),
    *,
    seed: str = "",
    points: int = 100,
    most: int = MOST_N,
    most_classes: int = MOST_K,
    partial: bool = False,
) -> list[CheckResult]:
    """Compare each line with the line before at random exact points.

    Parameters
    ----------
    lines : sequence of (before, after, relation, varying)
        The relation is "=", "<=", "same order" or "opposite order".
    scope : Scope
    assumptions : sequence of statements
        Points at which one of them fails are not drawn.
    seed : str
    points : int
    most, most_classes : int
        Largest values of the first size and of the others.
    partial : bool
        Whether a point at which the line before has no value says nothing.
    """
    return _Numbers(lines, scope, assumptions, seed, points, most, most_classes, partial).run()


class _Numbers:
    def __init__(
        self,
        lines: Sequence[Pair],
        scope: Scope,
        assumptions: Sequence[Basic],
        seed: str,
        points: int,
        most: int,
        most_classes: int,
        partial: bool,
    ) -> None:
        self.partial = partial
        self.lines = lines
        self.scope = scope
        self.sampler = Sampler(scope, assumptions)
        self.rng = generator("numbers", seed)
        self.points = points
        self.bounds = {s.symbol: self._most(s, most, most_classes) for s in self.sampler.sizes}
        self.agreed = [0] * len(lines)
        self.uncovered = [""] * len(lines)
        self.given_up = [False] * len(lines)
        self.wrong: list[Counterexample | None] = [None] * len(lines)
        self.undrawn = "no point was found"

    def _most(self, size: Size, most: int, classes: int) -> int:
        """Return the largest value of a size; what counts classes stays smaller than what counts examples."""
        ends = [
            d.hi if isinstance(d, Labels) else d.classes.hi
            for d in self.sampler.domains
            if isinstance(d, (Labels, Pmf))
        ]
        return classes if any(size.symbol in free(end) for end in ends) else most

    def run(self) -> list[CheckResult]:
        for world in self._worlds():
            values: dict[int, Outcome] = {}
            alive: list[Basic] = []
            balls = Balls(world, self.scope, self.sampler.programs)
            for i, (before, after, relation, q) in enumerate(self.lines):
                if self.wrong[i] is not None or self.given_up[i]:
                    continue
                alive += [before, after]
                if relation in POINTWISE:
                    a, b = (self._value(balls, e, values) for e in (before, after))
                    self._compare(i, balls, a, b)
                else:
                    assert q is not None
                    self._order(i, world, before, after, relation, q)
        return [self._result(i) for i in range(len(self.lines))]

    def _worlds(self) -> Iterator[World]:
        """Yield worlds, small ones first."""
        for i in range(self.points):
            share = (i + 1) / self.points
            sizes = {s: self.rng.randint(1, max(1, round(share * most))) for s, most in self.bounds.items()}
            try:
                world = self.sampler.draw(self.rng, sizes)
            except NoValue:
                continue
            except NotCovered as why:
                self.undrawn = str(why)
                continue
            if world is not None:
                yield world

    @staticmethod
    def _value(balls: Balls, e: Basic, values: dict[int, Outcome]) -> Outcome:
        if id(e) not in values:
            values[id(e)] = outcome(balls, e)
        return values[id(e)]

    def _compare(self, i: int, balls: Balls, a: Outcome, b: Outcome) -> None:
        if "uncovered" in (a[0], b[0]):
            self.uncovered[i] = str(a[1] if a[0] == "uncovered" else b[1])
            self.given_up[i] = any(isinstance(x[1], TooLong) for x in (a, b))
        elif self.partial and a[0] == "none":
            return
        elif refutes(balls, self.lines[i][2], a, b):
            self.wrong[i] = counterexample(self.scope, balls, self.lines[i][:2], a, b)
        else:
            self.agreed[i] += 1

    def _order(self, i: int, world: World, before: Basic, after: Basic, relation: str, q: Basic) -> None:
        other = self._other(world, q)
        if other is None:
            self.uncovered[i] = "no second point"
            return
        first, second = Balls(world, self.scope, self.sampler.programs), Balls(other, self.scope, self.sampler.programs)
        f, f2 = outcome(first, before), outcome(second, before)
        g, g2 = outcome(first, after), outcome(second, after)
        if any(x[0] == "uncovered" for x in (f, f2, g, g2)):
            self.uncovered[i] = str(next(x[1] for x in (f, f2, g, g2) if x[0] == "uncovered"))
            return
        if any(x[0] == "none" for x in (f, f2, g, g2)):
            at, a, b = (first, f, g) if "none" in (f[0], g[0]) else (second, f2, g2)
            self.wrong[i] = counterexample(self.scope, at, (before, after), a, b)
            return
        try:
            left = first.sign(f[1] - f2[1])
            right = first.sign(g[1] - g2[1])
        except NotCovered:
            return
        if left != (right if relation == "same order" else -right):
            values = dict(counterexample(self.scope, first, (before, after), f, g).values)
            for name, value in restricted(other, {q}).items():
                values[f"{name}'"] = value
            shown = [first.show(x[1]) for x in (f, f2, g, g2)]
            self.wrong[i] = Counterexample(values, f"{shown[0]} and {shown[1]}", f"{shown[2]} and {shown[3]}")
        else:
            self.agreed[i] += 1

    def _other(self, world: World, q: Basic) -> World | None:
        """Return a world that differs in q alone."""
        sizes = {s: int(world.numbers[s]) for s in self.bounds}
        for _ in range(20):
            drawn = self.sampler.draw(self.rng, sizes)
            if drawn is None:
                return None
            numbers, tables, functions = dict(world.numbers), dict(world.tables), dict(world.functions)
            if q in numbers:
                numbers[q] = drawn.numbers[q]
            elif q in tables:
                tables[q] = drawn.tables[q]
            elif q in functions:
                functions[q] = drawn.functions[q]
            other = World(numbers, tables, functions)
            if other != world and self.sampler.meets(other):
                return other
        return None

    def _result(self, i: int) -> CheckResult:
        found = self.wrong[i]
        sizes = ", ".join(f"{s} <= {most}" for s, most in self.bounds.items())
        covers = f"{self.agreed[i]} random points" + (f", {sizes}" if sizes else "") + " (enclosed)"
        if found is not None:
            return CheckResult("numbers", "failed", covers, self._smaller(i, found))
        if self.agreed[i] == 0:
            return CheckResult("numbers", "skipped", f"not covered: {self.uncovered[i] or self.undrawn}")
        return CheckResult("numbers", "passed", covers)

    def _smaller(self, i: int, found: Counterexample) -> Counterexample:
        """Look for a counterexample of smaller sizes and simpler values."""
        before, after, relation, _ = self.lines[i]
        if relation not in POINTWISE:
            return found
        from deltasift.check.sampling import size_choices

        rng: random.Random = generator("smaller", str(before), str(after))
        for sizes in size_choices(self.sampler, 3):
            best: tuple[int, Counterexample] | None = None
            for _ in range(30):
                try:
                    world = self.sampler.draw(rng, sizes)
                except (NoValue, NotCovered):
                    break
                if world is None:
                    break
                balls = Balls(world, self.scope, self.sampler.programs)
                a, b = outcome(balls, before), outcome(balls, after)
                if "uncovered" in (a[0], b[0]):
                    continue
                if refutes(balls, relation, a, b):
                    shown = counterexample(self.scope, balls, (before, after), a, b)
                    size = sum(map(len, shown.values.values()))
                    if best is None or size < best[0]:
                        best = (size, shown)
            if best is not None:
                return best[1]
        return found


def outcome(balls: Balls, e: Basic) -> Outcome:
    """Return the value of an expression, or why there is none."""
    try:
        return "value", balls.value(e, {})
    except NoValue as why:
        return "none", str(why)
    except NotCovered as why:
        return "uncovered", why


def refutes(balls: Balls, relation: str, a: Outcome, b: Outcome) -> bool:
    """Tell whether one point refutes that the values are equal, or for "<=" ordered; each has to exist."""
    if "none" in (a[0], b[0]):
        return True
    return balls.exceeds(a[1], b[1]) if relation == "<=" else balls.differ(a[1], b[1])


def counterexample(scope: Scope, balls: Balls, lines: tuple[Basic, ...], a: Outcome, b: Outcome) -> Counterexample:
    """Return the values that the two lines depend on, with what becomes of the lines."""
    names = {s for e in lines for s in free(scope.unfold_all(e))}
    shown = [balls.show(x[1]) if x[0] == "value" else f"no value ({x[1]})" for x in (a, b)]
    return Counterexample(restricted(balls.world, names), shown[0], shown[1])


def restricted(world: World, names: set[Basic]) -> dict[str, str]:
    """Return the values of some names as text."""
    part = replace(
        world,
        numbers={s: v for s, v in world.numbers.items() if s in names},
        tables={s: v for s, v in world.tables.items() if s in names},
        functions={s: v for s, v in world.functions.items() if s in names},
    )
    return part.describe()
