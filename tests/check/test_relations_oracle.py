"""Random lines with an inequality inside of them: what the checker accepts is true at the points of brute force,
whatever relation is written.
"""

from __future__ import annotations

import random
from fractions import Fraction
from math import exp as exp_
from math import isclose
from math import log as log_
from typing import Any

import pytest
from sympy import Symbol

from deltasift import calc, exp, log, positive, real, step
from deltasift.check import check
from deltasift.errors import DeltasiftError
from deltasift.inert import Add, Div, Exp, Func, Log, Max, Mul, Neg, Node, Pow, inert
from deltasift.rule import Rule
from deltasift.rules import exp_pos, le_add_nonneg, log_le_sub_one, lt_add_pos, one_add_le_exp, sq_nonneg

a, b, s, t = real("a"), real("b"), positive("s"), positive("t")
OTHERS = [a, b, s, t, inert(2), inert(-1), s * t, a**2, -t, exp(a), 1 + s]
USES: list[tuple[Any, Any, Rule]] = [
    (log(s), s - 1, log_le_sub_one),
    (s - 1, log(s), log_le_sub_one.reversed),
    (exp(b), 1 + b, one_add_le_exp.reversed),
    (exp(s), 1 + s, one_add_le_exp.reversed),
    (a**2, inert(0), sq_nonneg.reversed),
    (t + a**2, t, le_add_nonneg.reversed),
    (s + t, t, lt_add_pos.reversed),
    (exp(a), inert(0), exp_pos.reversed),
]


def value(e: Any, world: dict[Any, float]) -> float:
    """Return the value of an expression by floating point, an error where there is none."""
    if not isinstance(e, Node):
        return world[e] if isinstance(e, Symbol) else float(e)
    parts = [value(x, world) for x in (e.arguments if isinstance(e, Func) else e.args)]
    if isinstance(e, Add):
        return sum(parts)
    if isinstance(e, Mul):
        product = 1.0
        for p in parts:
            product *= p
        return product
    if isinstance(e, Neg):
        return -parts[0]
    if isinstance(e, Div):
        return parts[0] / parts[1]
    if isinstance(e, Pow):
        found = parts[0] ** parts[1]
        if isinstance(found, complex):
            raise ValueError("no real number")
        return float(found)
    if isinstance(e, Exp):
        return exp_(parts[0])
    if isinstance(e, Log):
        return log_(parts[0])
    assert isinstance(e, Func)
    return max(parts)


def around(e: Any, rng: random.Random) -> Any:
    """Return a function of one part, with that part left to be filled in."""
    other, kind = rng.choice(OTHERS), rng.randrange(10)
    ways = (
        lambda x: x + other,
        lambda x: other - x,
        lambda x: other * x,
        lambda x: x / other,
        lambda x: other / x,
        lambda x: exp(x),
        lambda x: log(x),
        lambda x: x**2,
        lambda x: x**3,
        lambda x: Max(x, other),
    )
    return ways[kind]


def drawn(rng: random.Random) -> tuple[Any, Any, Rule]:
    before, after, by = rng.choice(USES)
    for _ in range(rng.randint(0, 3)):
        way = around(before, rng)
        before, after = way(before), way(after)
    return before, after, by


def worlds(rng: random.Random) -> list[dict[Any, float]]:
    numbers = [Fraction(n, d) for n in range(-5, 6) for d in (1, 2, 3)]
    above = [x for x in numbers if x > 0]
    choose = {a: numbers, b: numbers, s: above, t: above}
    return [{inert(h): float(rng.choice(c)) for h, c in choose.items()} for _ in range(40)]


def false_at(before: Any, after: Any, relation: str, world: dict[Any, float]) -> bool:
    try:
        x = value(before, world)
    except (ArithmeticError, ValueError):
        return False  # the line before has no value there, which the page refuses by itself
    try:
        y = value(after, world)
    except (ValueError, ZeroDivisionError):
        return True
    except OverflowError:
        return False
    if isclose(x, y, rel_tol=1e-9, abs_tol=1e-9):
        return False
    return {"=": True, "<": x > y, ">": x < y}[relation[0]]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_accepted_is_true_at_every_point(seed: int) -> None:
    rng = random.Random(seed)
    accepted = 0
    for _ in range(12):
        before, after, by = drawn(rng)
        points = worlds(rng)
        for relation in ("=", "<=", "<", ">=", ">"):
            try:
                report = check(calc(before, step(after, by=by, relation=relation)), layers=("structure",))
            except DeltasiftError:
                continue
            if not report.problems:
                accepted += 1
                assert not any(false_at(inert(before), inert(after), relation, w) for w in points), (before, after)
    assert accepted


def test_the_oracle_finds_a_wrong_direction() -> None:
    rng = random.Random(0)
    assert any(false_at(inert(log(s)), inert(s - 1), ">=", w) for w in worlds(rng))
