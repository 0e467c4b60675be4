"""Random worlds, and what is in them as the data of a user: 0-based arrays."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sympy import Symbol

from deltasift.check.balls import Balls
from deltasift.check.sampling import Sampler, generator, size_choices
from deltasift.check.world import World
from deltasift.domain import Index, Labels, Table
from deltasift.line.scope import Scope

TINY = Fraction(1, 10**6)  # a width at which floats leave their range, which is no fault of the code


def worlds(scope: Scope, assumptions: tuple[Any, ...], seed: str) -> Iterator[World]:
    """Yield a world for each choice of small sizes, and a few larger ones."""
    sampler = Sampler(scope, assumptions)
    rng = generator("python", seed)
    choices = [*size_choices(sampler, 3), *({s.symbol: 7 for s in sampler.sizes} for _ in range(3))]
    for sizes_ in choices:
        world = sampler.draw(rng, sizes_)
        if world is not None and not any(0 < value < TINY for value in world.numbers.values()):
            yield world


def argument(symbol: Symbol, world: World, scope: Scope, labels_from: int = 0) -> Any:
    """Return what a world has for a name, as the data of a user: 0-based lists, floats."""
    if symbol in world.functions:
        function = world.functions[symbol]
        return lambda x: float(function.at(Fraction(x)))
    if symbol in world.numbers:
        value = world.numbers[symbol]
        domain = scope.domains[symbol]
        return int(value) if domain.integer or isinstance(domain, Index) else float(value)
    domain = scope.domains[symbol]
    assert isinstance(domain, Table)
    entries = world.tables[symbol]
    first = 0
    if isinstance(domain, Labels):
        first = Balls(world, scope).integer(domain.lo, {}) - labels_from
    nested: Any = {}
    for where, value in entries.items():
        row = nested
        for i in where[:-1]:
            row = row.setdefault(i, {})
        row[where[-1]] = int(value) - first if domain.integer else float(value)
    return _lists(nested)


def _lists(nested: Any) -> Any:
    return [_lists(nested[i]) for i in sorted(nested)] if isinstance(nested, dict) else nested


def exact(e: Any, world: World, scope: Scope) -> float:
    """Return the value of an expression, found without rounding on the way."""
    balls = Balls(world, scope)
    value = balls.value(e, {})
    known = balls.as_fraction(value)
    return float(value) if known is None else float(known)
