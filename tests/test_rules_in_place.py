"""Every rule, in both directions, at every place of random lines, under binders: where its conditions are proved, the
line keeps its value.

A line that has no value at a point says nothing about that point: whether the next line has to have one is the business
of `arithmetic` and of the numeric check.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from sympy import Integer
from sympy.core.basic import Basic

from deltasift import (
    Bound,
    Equality,
    Int,
    Piecewise,
    Product,
    Real,
    Sum,
    define,
    delta,
    index,
    iverson,
    labels,
    pmf,
    positive,
    real,
    rule,
    rules,
    sizes,
)
from deltasift.check.balls import Balls
from deltasift.check.numbers import outcome
from deltasift.check.program import Programs
from deltasift.check.sampling import Sampler, generator
from deltasift.check.world import World
from deltasift.conditions.prove import Prover
from deltasift.domain import closure
from deltasift.inert import Add, Div, Exp, Func, LessEqual, Log, Mul, Neg, Node, Pow
from deltasift.line.scope import Scope
from deltasift.line.views import put
from deltasift.match.search import Search
from sampled import sampled

LINES = 60  # per seed
PLACES = 6  # of one rule in one line

N, K = sizes("N K")
n, i = index("n", 1, N), index("i", 1, N)
k, j = index("k", 1, K), index("j", 1, K)
y, z = labels("y", n, k), labels("z", n, 0, 1)
q, p, r = pmf("q", k, positive=True), pmf("p", k), pmf("r", k, given=n)
a, b, w = real("a", k), positive("b", k), real("w", n)
x, s = real("x"), positive("s")
c = define("c", k, Sum(delta(k, y[n]), n) / N)
g = define("g", k, p[k] * a[k])
SCOPE = Scope(closure([N, K, n, i, k, j, y, z, q, p, r, a, b, w, x, s, c, g]))
REVERSIBLE = [r_ for r_ in rules.EQUALITIES.values() if "integral" not in r_.name]
METHODS = [rules.definition, rules.bracket_true, rules.bracket_false, rules.bracket_and, rules.piecewise_bracket]
EVERY = [*REVERSIBLE, *(r_.reversed for r_ in REVERSIBLE), *METHODS]


class Lines:
    """Random lines."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def k(self) -> Any:
        return self.rng.choice([k, k, j, y[self.rng.choice([n, i])], 1])

    def n(self) -> Any:
        return self.rng.choice([n, n, i, 1])

    def leaf(self) -> Any:
        leaves: list[Callable[[], Any]] = [
            *((lambda t=t: t[self.k()]) for t in (q, p, a, b, c, g)),
            lambda: w[self.n()],
            lambda: z[self.n()],
            lambda: r[self.n(), self.k()],
            lambda: x,
            lambda: s,
            lambda: Integer(self.rng.choice([0, 1, 1, 2, -1, 3])),
            lambda: delta(self.k(), self.k()),
            lambda: delta(z[self.n()], self.rng.choice([0, 1])),
            lambda: iverson(LessEqual(self.k(), self.rng.choice([1, 2, K, k]))),
        ]
        return self.rng.choice(leaves)()

    def line(self, depth: int) -> Any:
        if depth == 0:
            return self.leaf()

        def part() -> Any:
            return self.line(depth - 1)

        heads: list[Callable[[], Any]] = [
            lambda: Add(part(), part()),
            lambda: Add(part(), Neg(part())),
            lambda: Mul(part(), part()),
            lambda: Mul(part(), part()),
            lambda: Neg(part()),
            lambda: Div(part(), part()),
            lambda: Pow(part(), self.rng.choice([2, 0, 1, -1, delta(self.k(), self.k())])),
            lambda: Log(part()),
            lambda: Exp(self.leaf()),
            lambda: Func("sigma", self.leaf()),
            lambda: Sum(part(), self.rng.choice([k, j, (k, 1, k), (j, k, K), (k, 2, K), (k, 1, 1)])),
            lambda: Sum(part(), self.rng.choice([k, j])),
            lambda: Sum(part(), self.rng.choice([n, i, (n, 1, i)])),
            lambda: Product(part(), self.rng.choice([k, n])),
            lambda: Piecewise((part(), LessEqual(self.k(), 1)), (part(), True)),
        ]
        return self.rng.choice(heads)()


@cache
def worlds() -> tuple[World, ...]:
    sampler, rng = Sampler(SCOPE), generator("rules in place")
    sizes_ = [{N.symbol: u, K.symbol: v} for u in (1, 2, 3) for v in (1, 2, 3)]
    drawn = [sampler.draw(rng, size) for size in sizes_ for _ in range(2)]
    return tuple(world for world in drawn if world is not None)


def rewritten(line: Basic, prover: Prover) -> Iterator[tuple[str, Basic]]:
    """Yield what the rules make of a line where their conditions are proved."""
    search = Search()
    for one in EVERY:
        for count, found in enumerate(search.everywhere(one, line, SCOPE)):
            if count == PLACES:
                break
            if all(prover.holds(condition, found.scope) for condition in found.conditions):
                yield str(one), put(line, found.path, found.after)


@pytest.mark.parametrize("seed", sampled(range(8), 4))
def test_a_rule_keeps_the_value_wherever_it_is_used(seed: int) -> None:
    lines, prover, used, programs = Lines(seed), Prover(), Counter[str](), Programs(SCOPE)
    for _ in range(LINES):
        line = lines.line(lines.rng.choice([2, 3, 3, 4]))
        if not isinstance(line, Node):
            continue
        before = [outcome(Balls(world, SCOPE, programs), line) for world in worlds()]
        if not any(kind == "value" for kind, _ in before):
            continue
        for name, after in rewritten(line, prover):
            used[name] += 1
            for world, old in zip(worlds(), before, strict=True):
                balls = Balls(world, SCOPE, programs)
                new = outcome(balls, after)
                if old[0] == new[0] == "value":
                    assert not balls.differ(old[1], new[1]), (name, line, after, world.describe())
    assert len(used) >= 20


def test_a_wrong_rule_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    @rule(ref="nobody, nowhere")
    def sum_const_of_one(a: Real, i: Bound, lo: Int, hi: Int) -> Any:
        """Every range has one value."""
        return Equality(Sum(a, (i, lo, hi)), a)

    monkeypatch.setitem(globals(), "EVERY", [sum_const_of_one, *METHODS])
    with pytest.raises(AssertionError, match="sum_const_of_one"):
        test_a_rule_keeps_the_value_wherever_it_is_used(0)
