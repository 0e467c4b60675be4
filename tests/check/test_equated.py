"""Points at which given equalities hold are found by solving for what is linear in them."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Symbol

from deltasift import calc, log, real, sizes, step
from deltasift.calc import Page, assuming, page_of
from deltasift.check import check
from deltasift.check.sampling import Sampler, generator
from deltasift.domain import closure
from deltasift.inert import Apply, Entry, Equality, Func, LessEqual
from deltasift.line.scope import Scope
from deltasift.rules import eq_of_given

x, y, z, w = real("x"), real("y"), real("z"), real("w", above=0)
N = sizes("N")
f, t, i = Symbol("f"), Symbol("t"), Symbol("i")


def page(*given: Any) -> Page:
    (first, *_) = given
    return page_of(calc(first.args[0], step(first.args[1], by=[eq_of_given, assuming(*given)])))


@pytest.mark.parametrize(
    "given",
    [
        (Equality(x, y),),
        (Equality(2 * x + 1, log(w) * 0 + y),),
        (Equality(x, y + z), Equality(y, 3 * z - 1)),
        (Equality(x, 2 * z), Equality(y, x / 3), Equality(z, N)),
        (Equality(Apply(f, x), 3 * y), Equality(2 * Entry(t, i), 1 + y)),
        (Equality(Entry(t, 1), Entry(t, 2) + y), LessEqual(0, y)),
    ],
    ids=str,
)
def test_what_is_given_as_equal_is_seen_at_points(given: tuple[Any, ...]) -> None:
    report = check(page(*given), layers=("numbers",))
    assert [c.status for c in report.lines[1].checks if c.kind == "numbers"] == ["passed"]


def test_what_is_drawn_so_meets_the_bounds_that_are_given() -> None:
    given = Equality(w, x - 3), Equality(x, y)
    scope = Scope(closure((w, x, y)))
    for n in range(20):
        world = Sampler(scope, given).draw(generator(n), {})
        assert world is not None
        assert world.numbers[w.symbol] > 0
        assert world.numbers[w.symbol] == world.numbers[x.symbol] - 3 == world.numbers[y.symbol] - 3


@pytest.mark.parametrize("wrong", [Equality(x, y + 1), Equality(2 * x, y), Equality(x, Func("Abs", y))], ids=str)
def test_a_line_that_does_not_follow_is_refuted_at_such_points(wrong: Equality) -> None:
    given = Equality(x, y)
    report = check(
        page_of(calc(wrong.args[0], step(wrong.args[1], by=[eq_of_given, assuming(given)]))), layers=("numbers",)
    )
    assert not report.ok
