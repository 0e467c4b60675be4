"""Laws of sums hold in small models, for every range, empty and reversed ones as well."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from sympy import Symbol

from deltasift.judge.context import Context, World
from deltasift.judge.term import NAME, ONE, Term, bound, make, number
from deltasift.judge.verify.statements.sums import LAWS, NoLawError, law
from judge.small import Model, UnknownError, evaluate

NAMES = [make("free", (), Symbol(name, integer=True)) for name in "abc"]
TABLE = make("free", (), Symbol("x"))
PLACE = Context(World(), (make("Sum", (ONE, NAME, number(1), number(4))),))  # one binder is open


def expression(draw: random.Random, depth: int, size: int) -> Term:
    """Return an expression in the indices of `depth` binders."""
    leaf = draw.choice((*map(bound, range(depth)), *NAMES, number(draw.randint(-2, 3))))
    if size == 0:
        return leaf
    a, b = (expression(draw, depth, size - 1) for _ in range(2))
    make_one = draw.choice(("Add", "Mul", "Mul", "Div", "Neg", "Delta", "Delta", "Entry", "leaf"))
    if make_one == "leaf":
        return leaf
    if make_one == "Entry":
        return make("Entry", (TABLE, leaf))
    return make(make_one, (a,) if make_one == "Neg" else (a, b))


def end(draw: random.Random, depth: int) -> Term:
    return draw.choice((*map(bound, range(depth)), number(draw.randint(-1, 4)), *NAMES))


def sums(draw: random.Random) -> Term:
    inner = expression(draw, 3, 2)
    if draw.random() < 0.5:
        return make("Sum", (make("Sum", (inner, NAME, end(draw, 2), end(draw, 2))), NAME, end(draw, 1), end(draw, 1)))
    delta = make("Delta", draw.sample((bound(0), draw.choice((bound(1), *NAMES, number(2)))), 2))
    added = make("Add", (expression(draw, 2, 1), expression(draw, 2, 1)))
    body = draw.choice((delta, make("Mul", (expression(draw, 2, 1), delta)), expression(draw, 2, 2), NAMES[0], added))
    return make("Sum", (body, NAME, end(draw, 1), end(draw, 1)))


@pytest.mark.parametrize("name", LAWS)
def test_a_law_holds_where_what_it_needs_holds(name: str) -> None:
    draw = random.Random(name)
    used = needed = 0
    for _ in range(1200):
        t = sums(draw)
        try:
            said, needs = law(name, t)
        except NoLawError:
            continue
        assert said.args[0] is t
        assert said.loose <= 1
        model = Model(draw, PLACE)
        index = (Fraction(draw.randint(1, 4)),)
        try:
            met = all(evaluate(n, model, index) for n in needs)
            equal = evaluate(said, model, index)
        except UnknownError:
            continue
        used += met
        needed += not met and not equal
        assert equal or not met, (t, said)
    assert used > 40
    if name in ("sifted", "counted"):
        assert needed > 4  # what it needs is needed


def test_what_a_law_is_not_about() -> None:
    infinity = make("infinity", (), 1)
    double = make("Sum", (make("Sum", (ONE, NAME, ONE, infinity)), NAME, ONE, ONE))
    moving = make("Sum", (make("Sum", (ONE, NAME, ONE, bound(0))), NAME, ONE, ONE))
    for name, t in (
        ("exchanged", double),
        ("exchanged", moving),
        ("exchanged", ONE),
        ("sifted", make("Sum", (make("Delta", (bound(0), bound(0))), NAME, ONE, ONE))),
        ("sifted", make("Sum", (make("Div", (ONE, make("Delta", (bound(0), ONE)))), NAME, ONE, ONE))),
        ("counted", make("Sum", (bound(0), NAME, ONE, ONE))),
        ("taken out", make("Sum", (bound(0), NAME, ONE, ONE))),
        ("another", make("Sum", (ONE, NAME, ONE, ONE))),
        ("counted", make("Product", (ONE, NAME, ONE, ONE))),
    ):
        with pytest.raises(NoLawError):
            law(name, t)
