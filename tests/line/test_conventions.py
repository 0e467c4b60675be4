"""0 log 0 = 0 is one convention: lines that are the same have it alike, whoever asks."""

from __future__ import annotations

from fractions import Fraction
from inspect import signature
from typing import Any

import pytest
from sympy import Symbol
from sympy.core.basic import Basic

from deltasift import Sum, calc, delta, index, log, pmf, real, sizes, step
from deltasift.check import check
from deltasift.check.balls import Balls
from deltasift.check.evaluate import NoValue
from deltasift.check.world import World
from deltasift.domain import closure
from deltasift.emit import python_source
from deltasift.line.conventions import PROBABILITY, QUOTIENT, SAME, convention
from deltasift.line.definedness import requirements
from deltasift.line.same import same
from deltasift.line.scope import Scope
from deltasift.rules import arithmetic

K = sizes("K")
k = index("k", 1, K)
a, b, c = real("a"), real("b"), real("c")
p = pmf("p", k)
SCOPE = Scope(closure([K, k, a, b, c, p]))
d = delta(a, b)
s, t = a + b, b + a  # the same, written in two ways
FAMILIES = [
    [s * log(s), s * log(t), t * log(s), log(t) * s, log(b + a) * (a + b)],
    [s * log(s / c), s * log(t / c), t * log((b + a) / c), log(t / c) * s],
    [s * log(s / (c * b)), log(t / (b * c)) * t],
    [s * log(s / (c + b)), t * log(s / (b + c)), s * log(t / (b + c))],
    [c * s * log(s), c * (t * log(s)), t * (c * log(t)), -c * s * -log(t)],
    [a * b * log(s) * s, s * (b * (a * log(t)))],
    [p[1] * log(s), log(t) * p[1]],
    [p[1] * log(p[1] / s), log(p[1] / t) * p[1]],
]


def value(e: Basic, at: dict[str, int]) -> object:
    numbers = {Symbol(name): Fraction(n) for name, n in at.items()}
    balls = Balls(World(numbers, {p.symbol: {(1,): Fraction(0)}}, {}), SCOPE)
    try:
        found = balls.value(e, {})
    except NoValue:
        return None
    return balls.as_fraction(found)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: str(f[0]))
@pytest.mark.parametrize(
    "at", [{"a": 1, "b": -1, "c": 2}, {"a": 0, "b": 0, "c": 0}, {"a": 2, "b": -2, "c": -3}], ids=str
)
def test_the_same_line_has_the_same_value(family: list[Basic], at: dict[str, int]) -> None:
    assert all(same(family[0], e) for e in family)
    assert len({value(e, at) for e in family}) == 1


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: str(f[0]))
def test_the_same_line_needs_the_same(family: list[Basic]) -> None:
    first, *others = ([*requirements(e, SCOPE)] for e in family)
    for needs in others:
        assert all(any(type(x) is type(y) and same(x, y) for y in needs) for x in first)
        assert all(any(type(x) is type(y) and same(x, y) for y in first) for x in needs)


@pytest.mark.parametrize(
    ("e", "expected"),
    [
        (d / d, None),
        (d * c / (d * c), None),
        (d * (1 + 1 / d), None),
        (d * d**-1, None),
        (d * Sum(1 / (k * d), (k, 1, 2)), None),
        (d / c, 0),
        (d * (1 + 1 / c), 0),
        (d * d**2 / c, 0),
        (d * Sum(1 / (k * delta(k, 1)), (k, 1, 1)) / c, 0),
    ],
    ids=str,
)
def test_a_bracket_that_is_divided_by_excuses_nothing(e: Basic, expected: int | None) -> None:
    """0 = d/d = 1 would be, where d is 0."""
    assert value(e, {"a": 1, "b": 2, "c": 0}) == expected
    written = evaluated(e)
    assert (written == expected) if expected is not None else written is None


def evaluated(e: Basic) -> object:
    """Return what generated code gives, None where it divides by 0."""
    report = check(calc(e, step(e + 0 * a, by=arithmetic)), layers=())
    names: dict[str, object] = {}
    exec(python_source(report), names)
    line: Any = names["line_1"]
    try:
        return line(**{n: {"a": 1, "b": 2, "c": 0, "K": 2}[n] for n in signature(line).parameters})
    except ZeroDivisionError:
        return None


def test_what_is_zero_by_convention_is_zero_in_generated_code() -> None:
    sources = [python_source(check(calc(e, step(e + 0 * a, by=arithmetic)))) for e in (s * log(s), s * log(t))]
    assert sources[0].count("xlogy") == sources[1].count("xlogy") > 0


@pytest.mark.parametrize(
    ("x", "argument", "kind"),
    [
        (s, t, SAME),
        (a, a, SAME),
        (p[1], p[1], SAME),
        (a, a / b, QUOTIENT),
        (s, t / b, QUOTIENT),
        (p[1], p[1] / a, QUOTIENT),
        (p[1], a, PROBABILITY),
        (p[1], p[1] / (a * b), QUOTIENT),
        (p[1], 2 * p[1] / a, PROBABILITY),
        (a, a / (b * c), QUOTIENT),
        (a, a / b / c, QUOTIENT),
        (a, b, None),
        (a, -a, None),
        (a, -a / b, None),
        (a, b / a, None),
        (a, a * b, None),
        (a, 2 * a / b, None),
        (a, 2 * a, None),
        (a, a**2, None),
    ],
    ids=str,
)
def test_which_convention_it_is(x: Basic, argument: Basic, kind: str | None) -> None:
    x, argument = (e if isinstance(e, Basic) else e._sympy_() for e in (x, argument))
    found = convention(x, argument, SCOPE)
    assert (found.kind if found is not None else None) == kind
