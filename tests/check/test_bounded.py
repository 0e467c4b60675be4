"""Polynomials in reals between bounds: what is said to be positive is so everywhere between them."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from flint import fmpq
from sympy import Rational

from deltasift import real
from deltasift.check.bounded import Bounds, bounds_of, in_positives
from deltasift.check.fractions import Poly
from deltasift.domain import Reals

LOW, HIGH = Rational(-1, 2), Rational(3, 2)
BETWEEN, ABOVE, BELOW = real("t", above=LOW, below=HIGH), real("u", above=LOW), real("v", below=HIGH)


def poly(*coefficients: int) -> Poly:
    """Return a polynomial in the atom 0, by its coefficients from the constant one on."""
    return {(((0, i),) if i else ()): fmpq(c) for i, c in enumerate(coefficients) if c}


def bounds(domain: Reals) -> Bounds:
    found = bounds_of(domain)
    assert found is not None
    return found


def is_positive(p: Poly, domain: Reals) -> bool:
    plain = in_positives(p, {0: bounds(domain)})
    return plain is not None and all(c > 0 for c in plain.values())


def value(p: Poly, at: Fraction) -> Fraction:
    return sum((Fraction(int(c.p), int(c.q)) * at ** dict(m).get(0, 0) for m, c in p.items()), Fraction(0))


@pytest.mark.parametrize(
    ("domain", "positive", "other"),
    [
        (BETWEEN, [(1, 2), (3, -2), (3, 4, -4), (1, 0, 1)], [(0, 1), (1, -1), (-1, -2), (-3, 2)]),
        (ABOVE, [(1, 2), (1, 4, 4), (1, 1)], [(3, -2), (-1, -2), (0, 1)]),
        (BELOW, [(3, -2), (9, -12, 4)], [(1, 2), (-3, 2), (0, -1)]),
    ],
)
def test_signs_between_bounds(domain: Reals, positive: list[tuple[int, ...]], other: list[tuple[int, ...]]) -> None:
    assert all(is_positive(poly(*p), domain) for p in positive)
    assert not any(is_positive(poly(*p), domain) for p in other)


@pytest.mark.parametrize("domain", [BETWEEN, ABOVE, BELOW], ids=str)
def test_what_is_said_to_be_positive_is_so_at_every_point(domain: Reals) -> None:
    chance = random.Random(str(domain))
    said = 0
    for _ in range(300):
        turned = -1 if domain is BELOW else 1
        p = poly(*(chance.randint(-4, 6) * turned**i for i in range(chance.randint(2, 5))))
        if not is_positive(p, domain):
            continue
        said += 1
        for _ in range(10):
            u = Fraction(chance.randint(1, 99), chance.randint(1, 9))
            low, high = Fraction(-1, 2), Fraction(3, 2)
            at = {BETWEEN: (low + high * u) / (1 + u), ABOVE: low + u, BELOW: high - u}[domain]
            assert value(p, at) > 0
    assert said > 10


@pytest.mark.parametrize("domain", [real("w"), real("w", above=0), real("w", above=real("b").symbol)], ids=str)
def test_bounds_that_say_nothing_more_are_not_used(domain: Reals) -> None:
    assert bounds_of(domain) is None
