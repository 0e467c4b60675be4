"""0 log 0 = 0 in generated code: wherever the checker finds a value, both forms of the code find it too."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from deltasift import S, Sum, delta, iverson, log
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NotCovered, NoValue
from deltasift.check.world import World
from deltasift.domain import Index, Labels, Size
from deltasift.emit import ArrayProgram, Program
from deltasift.emit.library import library_of, quiet
from deltasift.emit.run import load
from deltasift.errors import EmitError
from deltasift.inert import Node, inert
from expressions import N, a, b, c, k, q, r, scope, y
from worlds import argument, worlds

NUMBERS = [q[k], q[k], q[1], c[k], a, r[1, k]]
BELOW = [q[k], c[k], b[1], N, a, 2]
OTHERS = [*NUMBERS, N, 2 * N, b[1], delta(k, y[1]), iverson(q[k] > 0)]
DIVISORS = [N, 2, b[1], 1 + a**2]


def product(seed: int) -> Node:
    """Return a sum of products of logarithms with what may be 0 beside them, in any order and with quotients around."""
    rng = random.Random(seed)

    def logarithm() -> Any:
        x, below = rng.choice(NUMBERS), rng.choice(BELOW)
        return log(rng.choice([x, x, x / below, x / below, x * below, x / below / 2]))

    factors = [logarithm() for _ in range(rng.randint(1, 2))] + [rng.choice(OTHERS) for _ in range(rng.randint(1, 3))]
    rng.shuffle(factors)
    divisor_after = rng.randrange(len(factors) + 1)
    e: Any = S(1)
    for i, factor in enumerate(factors):
        if i == divisor_after:
            e = e / rng.choice(DIVISORS)
        signed = -factor if rng.random() < 0.15 else factor
        e = signed if i == 0 else e * signed if rng.random() < 0.6 else signed * e
    return inert(Sum(e, k))


def value_of(e: Node, world: World) -> float | None:
    balls = Balls(world, scope)
    try:
        value = balls.value(e, {})
    except (NoValue, NotCovered):
        return None
    known = balls.as_fraction(value)
    return float(value if known is None else known)


def array(symbol: Any, world: World) -> Any:
    value, domain, lib = argument(symbol, world, scope), scope.domains[symbol], library_of([])
    if isinstance(domain, (Size, Index)):
        return value
    return lib.whole(np.asarray(value)) if isinstance(domain, Labels) else lib.real(np.asarray(value))


@pytest.mark.parametrize("seed", range(80))
def test_a_product_has_a_value_where_the_checker_has_one(seed: int) -> None:
    e = product(seed)
    loops, whole = Program(scope), ArrayProgram(scope)
    f = loops.function("value", e)
    run = load(f"{loops.prelude()}\n\n{f.source}")["value"]
    try:
        g = whole.function("value", e)
    except EmitError:
        g = None
    of_arrays = load(f"{whole.prelude()}\n\n{g.source}")["value"] if g is not None else None
    for world in worlds(scope, (), f"0 log 0 {seed}"):
        value = value_of(e, world)
        if value is None:
            continue
        about = pytest.approx(value, rel=1e-8, abs=1e-10)
        assert run(*(argument(p, world, scope) for p in f.parameters)) == about, f.source
        if g is not None and of_arrays is not None:
            with quiet():
                assert float(of_arrays(*(array(p, world) for p in g.parameters))) == about, g.source


def test_a_quotient_of_what_is_no_probability_needs_a_positive_divisor() -> None:
    e = inert(a * log(a / (b[1] - 1)))
    program = Program(scope)
    source = program.function("value", e).source
    run = load(f"{program.prelude()}\n\n{source}")["value"]
    assert run(a=0.0, b=[2.0]) == 0
    with pytest.raises((ValueError, ZeroDivisionError)):
        run(a=0.0, b=[1.0])
