"""Whether values are such as the domains allow: a change of one may put another out of its range."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product

from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.everywhere import Everywhere
from deltasift.check.sampling import Sampler
from deltasift.check.world import World
from deltasift.domain import Domain, Index, Labels, Reals, Size, Table


def bounds_move(sampler: Sampler) -> bool:
    """Tell whether a value is bounded by another one that is no size."""
    others = {d.symbol for d in sampler.domains if not isinstance(d, Size)}
    return any(not d.depends().isdisjoint(others - {d.symbol}) for d in sampler.drawn)


def is_allowed(sampler: Sampler, world: World) -> bool:
    """Tell whether every value of a world is within its bounds, and every table of the size that it has there."""
    balls = Balls(world, sampler.scope, sampler.programs)
    try:
        return all(_fits(sampler, balls, d) for d in sampler.drawn)
    except (NoValue, NotCovered):
        return False


def _fits(sampler: Sampler, balls: Balls, d: Domain) -> bool:
    world = balls.world
    if isinstance(d, Index):
        return balls.integer(d.lo, {}) <= world.numbers[d.symbol] <= balls.integer(d.hi, {})
    if isinstance(d, Reals) and not d.over:
        return _within(balls, d, [world.numbers[d.symbol]])
    if not isinstance(d, Table) or isinstance(d, Everywhere):
        return True
    table = world.tables[d.symbol]
    if set(table) != set(product(*sampler.indices(world, d))):
        return False
    if isinstance(d, Labels):
        return all(balls.integer(d.lo, {}) <= v <= balls.integer(d.hi, {}) for v in table.values())
    return not isinstance(d, Reals) or _within(balls, d, table.values())


def _within(balls: Balls, d: Reals, values: Iterable[Fraction]) -> bool:
    """Tell whether values lie strictly between the bounds of a real."""
    low, high = (None if e is None else balls.value(e, {}) for e in (d.above, d.below))
    exact = [balls.exact(v) for v in values]
    return all((low is None or low < v) and (high is None or v < high) for v in exact)
