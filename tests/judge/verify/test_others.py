"""That a function has no more zeros than are known: what shows it, and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, cos, log, oo, pi, sin, sqrt, tan

from deltasift import exp, real
from deltasift.inert import Func, Less, inert
from deltasift.judge.term import read
from deltasift.judge.verify import RejectedError
from deltasift.judge.verify.others import no_others

x, a = real("x"), real("a")
X = read(x.symbol)
LINE = (-oo, oo)
SIZE = Func("Abs", x)


def shown(g: Any, at: list[Any], ends: Any = LINE, guard: Any = ()) -> bool:
    """Tell whether nothing has to be shown beside it."""
    lo, hi = (read(S(e)) for e in ends)
    zeros = [read(inert(z)) for z in at]
    try:
        return no_others(read(inert(g)), X, zeros, tuple(read(inert(s)) for s in guard), lo, hi) == ()
    except RejectedError:
        return False


@pytest.mark.parametrize(
    ("g", "zeros", "ends"),
    [
        (x**2 - 1, [1, -1], LINE),
        (x**2 - 1, [1], (0, oo)),
        (x**2 - 1, [1], (oo, 0)),
        (x**3 - x, [0, 1, -1], LINE),
        (exp(x) - 2, [log(2)], LINE),
        (exp(x) + 3 * x - 1, [0], LINE),
        (sin(x.symbol), [0, pi], (-1, 4)),
        (Func("sin", -2 * x), [0, pi / 2], (-1, 3)),
        (cos(x.symbol), [pi / 2], (0, 4)),
        (tan(x.symbol), [0], (-1, 1)),
        (sin(x.symbol) - S.Half, [pi / 6, 5 * pi / 6], (0, 3)),
        (-sin(x.symbol), [0, pi], (-1, 4)),
        (3 * Func("cos", x) / -2, [pi / 2], (0, 4)),
        (2 * sin(x.symbol) - 1, [pi / 6, 5 * pi / 6], (0, 3)),
        (-2 * tan(x.symbol), [0], (-1, 1)),
        (SIZE - 1, [1, -1], LINE),
        (sqrt(x.symbol) - 2, [4], (0, oo)),
    ],
    ids=str,
)
def test_all_zeros_are_enough_and_without_one_they_are_not(g: Any, zeros: list[Any], ends: Any) -> None:
    assert shown(g, zeros, ends)
    assert not any(shown(g, [z for z in zeros if z is not left_out], ends) for left_out in zeros)


@pytest.mark.parametrize(
    ("g", "ends", "has_none"),
    [
        (x**2 + 1, LINE, True),
        (-(x**2) - 1, LINE, True),
        (-exp(x) - 1, LINE, True),
        (exp(x), LINE, True),
        (-2 * exp(x), LINE, True),
        (exp(x) + SIZE, LINE, True),
        (x + 1, (0, oo), True),
        (x + 1, LINE, False),
        (x, (0, oo), False),
        (SIZE, LINE, False),
        (SIZE * exp(x) + x, (0, oo), False),
        (1 - exp(x), LINE, False),
        (exp(x) - 1, LINE, False),
    ],
    ids=str,
)
def test_a_sum_of_one_sign_that_is_strict_somewhere_has_no_zero(g: Any, ends: Any, has_none: bool) -> None:
    assert shown(g, [], ends) is has_none


def test_a_guard_that_is_the_discriminant_needs_nothing_beside_it() -> None:
    roots = [sqrt(a.symbol), -sqrt(a.symbol)]
    for guard, is_it in (((Less(0, a),), True), ((Less(0, 4 * a),), True), ((Less(a, 0),), False), ((), True)):
        assert shown(x**2 - a, roots, LINE, guard) is is_it
    assert not shown(x**2 - a, roots[:1], LINE, (Less(0, a),))
    assert not shown(x**2 - a, roots, LINE, (Less(0, a), Less(0, a)))
