"""Which way each head turns an inequality inside of it, and what that takes: the table of `judge/monotone.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sympy import S, Symbol, oo

from deltasift import Derivative, Integral, Maximum, Product, Sum, dirac, exp, iverson, log, real
from deltasift.inert import Equality, Func, Less, LessEqual, Piecewise, Pow, SameOrder
from deltasift.judge.context import World
from deltasift.judge.monotone import Travelled, stated, travelled
from deltasift.judge.record import Claim, RejectedError
from deltasift.judge.term import Term, key, make
from deltasift.rule import Method, Real, Rule, Statement, Theorem, Under
from deltasift.rules import le_add_nonneg, lt_add_pos
from judge.attacking import term

x, y, a, b = (real(name) for name in "xyab")
k = Symbol("k")
NO_WAY = None


def way(line: Any, path: Sequence[int]) -> list[tuple[Term, int, Term]]:
    """Return what is around a place, with x there and with y there."""
    found = []
    before, after = term(line(x)), term(line(y))
    for i in path:
        found.append((before, i, after))
        before, after = before.args[i], after.args[i]
    return found


def through(line: Any, path: Sequence[int], *, up: bool = True, strict: bool = False) -> Travelled | None:
    """Return what it takes that a line rises, or falls, where x at a place rises to y; None where it does not."""
    try:
        return travelled(True, up, way(line, path), (1, ()), World(), strict=strict)
    except RejectedError:
        return NO_WAY


def goals(line: Any, path: Sequence[int], **how: bool) -> list[Term] | None:
    found = through(line, path, **how)
    return None if found is None else found.goals


def said(*statements: Any) -> list[Term]:
    return [term(s) for s in statements]


BOTH_POSITIVE = (Less(0, x), Less(0, y))
NOT_NEGATIVE = (LessEqual(0, x), LessEqual(0, y))


@pytest.mark.parametrize(
    ("line", "path", "rising", "falling"),
    [
        (lambda t: t + a, (0,), (), NO_WAY),
        (lambda t: -t, (0,), NO_WAY, ()),
        (lambda t: -(-t + a), (0, 0, 0), (), NO_WAY),
        (lambda t: 2 * t, (1,), (), NO_WAY),
        (lambda t: S(-2) * t, (1,), NO_WAY, ()),
        (lambda t: (S(1) / 2) * t, (1,), (), NO_WAY),
        (lambda t: a * t, (1,), (LessEqual(0, a),), (LessEqual(a, 0),)),
        (lambda t: -(a * t), (0, 1), (LessEqual(a, 0),), (LessEqual(0, a),)),
        (lambda t: (a * b) * t, (2,), (LessEqual(0, a * b),), (LessEqual(a * b, 0),)),
        (lambda t: (-a) * t, (1,), (LessEqual(a, 0),), (LessEqual(0, a),)),
        (lambda t: t / (2 * (-a)), (0,), (LessEqual(a, 0),), (LessEqual(0, a),)),
        (lambda t: t / a, (0,), (LessEqual(0, a),), (LessEqual(a, 0),)),
        (lambda t: a / t, (1,), (*BOTH_POSITIVE, LessEqual(a, 0)), (*BOTH_POSITIVE, LessEqual(0, a))),
        (lambda t: 1 / t, (1,), NO_WAY, BOTH_POSITIVE),
        (lambda t: Pow(t, 2), (0,), NOT_NEGATIVE, NO_WAY),
        (lambda t: Pow(t, 3), (0,), (), NO_WAY),
        (lambda t: Pow(t, S(3) / 2), (0,), NOT_NEGATIVE, NO_WAY),
        (lambda t: Pow(t, S.Half), (0,), NOT_NEGATIVE, NO_WAY),
        (lambda t: Pow(t, 0), (0,), NO_WAY, NO_WAY),
        (lambda t: Pow(t, -1), (0,), NO_WAY, NO_WAY),
        (lambda t: Pow(t, a), (0,), NO_WAY, NO_WAY),
        (lambda t: Pow(2, t), (1,), NO_WAY, NO_WAY),
        (lambda t: log(t), (0,), BOTH_POSITIVE, NO_WAY),
        (lambda t: exp(t), (0,), (), NO_WAY),
        (lambda t: Func("Max", t, a), (1,), (), NO_WAY),
        (lambda t: Func("Min", a, t), (2,), (), NO_WAY),
        (lambda t: Func("sigma", t), (1,), (), NO_WAY),
        (lambda t: Func("Abs", t), (1,), NO_WAY, NO_WAY),
        (lambda t: Func("sin", t), (1,), NO_WAY, NO_WAY),
        (lambda t: Piecewise((t, Less(0, a)), (a, True)), (0,), (), NO_WAY),
        (lambda t: Piecewise((a, Less(0, t)), (b, True)), (1, 1), NO_WAY, NO_WAY),
        (lambda t: iverson(Less(0, t)), (0, 1), NO_WAY, NO_WAY),
        (lambda t: Derivative(t, a), (0,), NO_WAY, NO_WAY),
        (lambda t: Sum(t, (k, 1, 3)), (0,), (), NO_WAY),
        (lambda t: Sum(a, (k, 1, t)), (3,), NO_WAY, NO_WAY),
        (lambda t: Product(t, (k, 1, 3)), (0,), NOT_NEGATIVE, NO_WAY),
        (lambda t: Maximum(t, (k, 1, 3)), (0,), (), NO_WAY),
        (lambda t: Integral(t, (k, 0, a)), (0,), (), NO_WAY),
        (lambda t: Integral(t * exp(-k), (k, 0, oo)), (0, 0), (Less(a, a),), (Less(a, a),)),
        (lambda t: Integral(t, (k, oo, 0)), (0,), NO_WAY, NO_WAY),
        (lambda t: Integral(t, (k, 0, -oo)), (0,), NO_WAY, NO_WAY),
        (lambda t: Integral(t, (k, oo, oo)), (0,), NO_WAY, NO_WAY),
        (lambda t: Integral(t + dirac(k), (k, 0, 1)), (0, 0), NO_WAY, NO_WAY),
    ],
)
def test_a_head_lets_an_order_through_turns_it_or_asks(line: Any, path: Any, rising: Any, falling: Any) -> None:
    for up, wanted in ((True, rising), (False, falling)):
        found = goals(line, path, up=up)
        if wanted == (Less(a, a),):  # the factor exp(-k), whatever its sign, read inside of the integral
            assert found is not None
            assert [t.head for t in found] == ["LessEqual"]
        else:
            assert found == (None if wanted is NO_WAY else said(*wanted))


@pytest.mark.parametrize(
    ("line", "path", "is_let_through", "nonempty"),
    [
        (lambda t: t + a, (0,), True, []),
        (lambda t: exp(t), (0,), True, []),
        (lambda t: Func("sigma", t), (1,), True, []),
        (lambda t: Func("Max", t, a), (1,), False, []),
        (lambda t: Piecewise((t, Less(0, a)), (a, True)), (0,), False, []),
        (lambda t: Sum(t, (k, a, b)), (0,), True, [(0, LessEqual(a, b))]),
        (lambda t: a + Sum(t, (k, 1, b)), (1, 0), True, [(1, LessEqual(1, b))]),
        (lambda t: Sum(t, (k, 1, oo)), (0,), False, []),
        (lambda t: Sum(t, (k, -oo, 1)), (0,), False, []),
        (lambda t: Product(t, (k, a, b)), (0,), False, []),
        (lambda t: Maximum(t, (k, a, b)), (0,), False, []),
        (lambda t: Integral(t, (k, 0, 1)), (0,), False, []),
    ],
)
def test_a_strict_order_needs_more(line: Any, path: Any, is_let_through: bool, nonempty: Any) -> None:
    found = through(line, path, strict=True)
    assert (found is not None) is is_let_through
    if found is not None:
        assert found.nonempty == [(level, term(s)) for level, s in nonempty]


def test_a_factor_beside_a_strict_order_is_not_0() -> None:
    assert goals(lambda t: a * t, (1,), strict=True) == said(Less(0, a))
    assert goals(lambda t: a * t, (1,), up=False, strict=True) == said(Less(a, 0))


@pytest.mark.parametrize(
    ("ends", "nonempty"), [((0, a), True), ((0, oo), False), ((-oo, a), False), ((-oo, oo), False)]
)
def test_the_ends_of_an_integral_are_in_order(ends: Any, nonempty: bool) -> None:
    found = through(lambda t: Integral(t, (k, *ends)), (0,))
    assert found is not None
    assert found.nonempty == ([(0, term(LessEqual(0, a)))] if nonempty else [])


def test_what_is_around_is_read_at_the_place() -> None:
    """Inside of the sum a name further out is one binder further away; the parts of a power stand in it already."""
    outer, inner = Symbol("i"), Symbol("j")

    def line(t: Any) -> Any:
        return Sum(outer * Sum(Pow(t, 2), (inner, 1, 3)), (outer, 1, 3))

    wanted = term(Sum(Sum(LessEqual(0, outer), (inner, 1, 3)), (outer, 1, 3))).args[0].args[0]
    assert goals(line, (0, 1, 0, 0)) == [*said(*NOT_NEGATIVE), wanted]


def test_what_stands_beside_an_instance_turns_an_order_too() -> None:
    for sign, keys, wanted in ((-1, (), NO_WAY), (1, (key(term(a)),), said(LessEqual(0, a)))):
        try:
            found = travelled(True, True, (), (sign, keys), World(), strict=False).goals
        except RejectedError:
            found = NO_WAY
        assert found == wanted


def test_a_power_by_what_is_divided_by_0_lets_nothing_through() -> None:
    zero = make("Pow", (term(x), make("Div", (term(1), term(0)))))
    with pytest.raises(RejectedError):
        travelled(True, True, [(zero, 0, zero)], (1, ()), World(), strict=False)


# --- what a rule states ----------------------------------------------------------------------------------------------


def own(relation: Any) -> Rule:
    return Rule("own", "", "", {"x": Real, "y": Real}, (Statement(relation, ()),))


@pytest.mark.parametrize(
    ("rule", "statement", "relation"),
    [
        (le_add_nonneg, 0, "<="),
        (le_add_nonneg.reversed, 0, ">="),
        (lt_add_pos, 0, "<"),
        (lt_add_pos.reversed, 0, ">"),
        (Under(lt_add_pos), 0, "<"),
        (lt_add_pos, None, "="),
        (lt_add_pos, 1, "="),
        (lt_add_pos, -1, "="),
        (Method("coded", "", ""), 0, "="),
        (own(Equality(x, y)), 0, "="),
        (Theorem("t", LessEqual(x, y), (x, y), (), ""), None, "<="),
        (Theorem("t", Equality(x, y), (x, y), (), ""), None, "="),
    ],
)
def test_a_use_states_what_its_rule_does(rule: Any, statement: int | None, relation: str) -> None:
    assert stated(Claim(rule, statement, (), term(x))) == relation


def test_what_is_neither_an_equality_nor_an_inequality_states_nothing() -> None:
    with pytest.raises(RejectedError):
        stated(Claim(Theorem("t", SameOrder(x, y, a), (x, y, a), (), ""), None, (), term(x)))
