"""Points at which something that is claimed to be infinite has a value: they know nothing of how that was shown."""

from __future__ import annotations

from collections.abc import Iterator

from sympy.core.basic import Basic

from deltasift.check.balls import Balls
from deltasift.check.compare import outcome
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.sampling import Sampler, generator
from deltasift.enclosing import precision
from deltasift.line.scope import Scope

POINTS = 12
LARGEST = 4  # of a size


@precision()
def finite_values(f: Basic, scope: Scope) -> list[tuple[str, str]]:
    """Return the value at the first point that is found where there is one, and where that is."""
    return list(_found(f, scope))[:1]


def _found(f: Basic, scope: Scope) -> Iterator[tuple[str, str]]:
    sampler = Sampler(scope, scope.assumed)
    rng = generator("infinite", str(f))
    for _ in range(POINTS):
        try:
            world = sampler.draw(rng, {s.symbol: rng.randint(1, LARGEST) for s in sampler.sizes})
        except (NoValue, NotCovered):
            continue
        if world is None:
            continue
        balls = Balls(world, scope, sampler.programs)
        kind, value = outcome(balls, f)
        if kind == "value":
            yield balls.show(value), f" at {', '.join(f'{name} = {at}' for name, at in world.describe().items())}"
