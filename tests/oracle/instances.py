"""Concrete instances of a problem: small sizes, all of them where there are few, else corners and a seeded sample."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import sympy

from .cases import Case, Declaration, declarations
from .evaluate import Value, compiled
from .values import Matrix, Number, Undefined
from .world import World, number

INFINITE_SUPPORT = 8  # tables beside an infinite range vanish further out
DRAWN = 200  # instances that are drawn at least: the facts may admit only few


@dataclass(frozen=True)
class Problem:
    """An expression, what is known of its names, and how to sample them."""

    expr: Any
    declared: dict[str, Declaration]
    facts: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    bounds: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    sampling: tuple[Any, ...] = ()

    @classmethod
    def of(cls, case: Case) -> Problem:
        """Return the problem of a case."""
        bounds = {d.name: (case.parse(d.low), case.parse(d.high)) for d in case.declared.values() if d.low}
        facts = tuple(case.parse(f) for f in case.facts)
        sampling = tuple(case.parse(s) for s in case.oracle.get("sampling", ()))
        return cls(case.expr, case.declared, facts, case.oracle, bounds, sampling)

    @classmethod
    def plain(cls, expr: Any, symbols: str, facts: tuple[Any, ...] = ()) -> Problem:
        """Return a problem whose names are declared in a text."""
        return cls(expr, declarations(symbols), facts)

    @property
    def numerical(self) -> bool:
        """Whether it is decided by numerical integrals."""
        return bool(self.expr.has(sympy.Integral, sympy.DiracDelta))

    def free(self, *others: Any) -> list[str]:
        """Return the names of the symbols that need a value, in a fixed order."""
        names = set()
        for e in (self.expr, *others, *self.facts, *self.sampling, *itertools.chain(*self.bounds.values())):
            names |= _free(e)
        return [n for n, d in self.declared.items() if n in names and d.kind == "symbol"]


def _free(expr: Any) -> set[str]:
    """Return the names free in an expression; what it is differentiated by counts, which SymPy does not."""
    derivatives = expr.atoms(sympy.Derivative) if isinstance(expr, sympy.Basic) else ()
    variables = [v for d in derivatives for v in d.variables if isinstance(v, sympy.Indexed)]
    return {s.name for e in (expr, *variables) for s in e.free_symbols if isinstance(s, sympy.Symbol)}


def escaped(problem: Problem, answer: Any) -> set[str]:
    """Return the names that are free in an answer and neither in the question nor in a fact."""
    allowed = _free(problem.expr)
    for e in (*problem.facts, *itertools.chain(*problem.bounds.values())):
        allowed |= _free(e)
    return _free(answer) - allowed


def _integers(low: int, high: int) -> list[Number]:
    return [Fraction(v) for v in range(low, high + 1)]


def values(problem: Problem, name: str, few: bool) -> list[Number] | None:
    """Return the values of a symbol that are tried, or None where they are drawn from the reals."""
    declared, given = problem.declared[name], problem.options.get("domain", {}).get(name)
    if isinstance(given, list):
        return [Fraction(v) for v in given]
    known = declared.assumptions
    if "integer" not in known:
        return None
    if isinstance(given, dict):
        return _integers(given["from"], given["to"])
    low, high = (1, 6) if "positive" in known else (0, 6) if "nonnegative" in known else (-3, 8)
    low, high = (low, high) if few else (max(low, -2), high - 2)
    return [v for v in _integers(low, high) if v or "nonzero" not in known]


def drawn(problem: Problem, name: str, chance: random.Random) -> Number:
    """Return a value of a symbol that is not an integer."""
    declared, given = problem.declared[name], problem.options.get("domain", {}).get(name)
    if "noncommutative" in declared.assumptions:
        a, b, c, d = (Fraction(chance.randint(-4, 4)) + Fraction(1, 7) for _ in range(4))
        return Matrix((a, b, c, d))
    low, high = (given["from"], given["to"]) if isinstance(given, dict) else (-2.3, 2.3)
    if "positive" in declared.assumptions:
        low = max(low, 0.3)
    if "negative" in declared.assumptions:
        high = min(high, -0.3)
    while True:
        value = Fraction(round(chance.uniform(low, high) * 1000), 1000)
        if problem.numerical and not isinstance(given, dict):  # away from the numbers of a text, and from other names
            value = Fraction(2 * math.floor(value * 4) + 1, 8) + Fraction(number(name) % 7 - 3, 80)
        if abs(value) >= Fraction(1, 5) or "nonzero" not in declared.assumptions:
            return value


def assignments(problem: Problem, names: list[str], limit: int, seed: int) -> Iterator[dict[str, Number]]:
    """Yield values by name: every combination if they are few, else their corners and a sample."""
    chance = random.Random(number("instances", str(problem.expr), seed))
    grids = [values(problem, name, len(names) <= 2) for name in names]

    def filled(combination: tuple[Number | None, ...]) -> dict[str, Number]:
        pairs = zip(names, combination, strict=True)
        return {name: drawn(problem, name, chance) if v is None else v for name, v in pairs}

    size = 1
    for grid in grids:
        size *= len(grid) if grid is not None else 1
    if size <= limit:
        again = 1 if all(g is not None for g in grids) else max(1, min(limit // size, 40))
        for combination in itertools.product(*([None] if g is None else g for g in grids)):
            for _ in range(again):
                yield filled(combination)
        return
    corners = list(itertools.product(*([None] if g is None else [g[0], g[-1]] for g in grids)))
    chance.shuffle(corners)
    for combination in corners[: limit // 4]:
        yield filled(combination)
    for _ in range(limit - min(len(corners), limit // 4)):
        yield filled(_near_each_other(grids, chance))


def _near_each_other(grids: list[list[Number] | None], chance: random.Random) -> tuple[Number | None, ...]:
    """Draw from grids so that values are often the same or neighbours: deltas and ends of ranges are met there."""
    chosen: list[Number | None] = []
    for grid in grids:
        before = [v for v in chosen if v is not None]
        near = chance.choice(before) + chance.choice([-1, 0, 0, 0, 1]) if before and chance.random() < 0.6 else None
        chosen.append(None if grid is None else near if near in grid else chance.choice(grid))
    return tuple(chosen)


def _infinite(expr: Any) -> bool:
    loops = expr.atoms(sympy.Sum, sympy.Product) if isinstance(expr, sympy.Basic) else ()
    return any(abs(bound) is sympy.oo for loop in loops for limit in loop.limits for bound in limit[1:])


def world(problem: Problem, *expressions: Any) -> World:
    """Return a world for the problem and the expressions, whose symbols have no values yet."""
    infinite = any(map(_infinite, (problem.expr, *expressions)))
    support = problem.options.get("support", INFINITE_SUPPORT if infinite else None)
    made = World(problem.declared, support=support, window=problem.options.get("window", 24))
    bounds = itertools.chain(*problem.bounds.values())
    for e in (problem.expr, *expressions, *problem.facts, *problem.sampling, *bounds):
        for s in e.atoms(sympy.Symbol):  # one name may stand for several: bound ones that SymPy made are without facts
            made.namesakes.setdefault(s.name, set()).add(s)
    for name, (low, high) in problem.bounds.items():
        made.bounds[name] = (compiled(low, made), compiled(high, made))
    return made


def tried(problem: Problem, here: World, free: list[str], limit: int, seeds: int) -> Iterator[str]:
    """Put the admitted instances into a world, one after the other, and yield what they are."""
    conditions = [compiled(c, here) for c in (*problem.facts, *problem.sampling)]
    for seed in range(seeds):
        count = 0
        for assignment in assignments(problem, free, max(limit, DRAWN), seed):
            here.assign(assignment, seed)
            if _admitted(conditions):
                count += 1
                yield ", ".join([*(f"{name} = {value}" for name, value in assignment.items()), f"seed {seed}"])
            if count == limit:
                break


def _admitted(conditions: list[Value]) -> bool:
    try:
        return all(holds() for holds in conditions)
    except Undefined:
        return False
