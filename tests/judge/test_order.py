"""The four steps that keep an order: which lines they lead to, and what has to be true."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Symbol

from deltasift import Sum, define, exp, index, log, pmf, positive, real, rules, sizes
from deltasift.domain import closure
from deltasift.inert import Equality, inert
from deltasift.judge import ACCEPT, REJECT, Step, judge
from deltasift.judge.context import Context, World
from deltasift.judge.file import Move, Proof
from deltasift.judge.order import replayed_order
from deltasift.judge.page import proves
from deltasift.judge.record import Chain, Claim, RejectedError
from deltasift.judge.term import Term, make, read
from deltasift.rule import Theorem, Under

N, K = sizes("N K")
k = index("k", 1, K)
a, b, c, s = real("a"), real("b"), real("c"), positive("s")
q = pmf("q", k)
hidden = define("h", a * b)
HANDLES = (N, K, k, a, b, c, s, q, hidden)
ADD, MUL = rules.order_add_const, rules.order_mul_pos
MONO, NEG = rules.order_comp_strict_mono, rules.argmax_eq_argmin_neg


def goals(rule: Any, before: Any, after: Any, varying: Any = a) -> list[str]:
    """Return what has to be true, as text."""
    context = Context(World(closure(HANDLES)))
    q_ = read(inert(varying)) if varying is not None else None
    claim = Claim(rule, None, (), read(inert(after)), {} if q_ is None else {"q": (0, q_)})
    return [str(t) for t in replayed_order(claim, read(inert(before)), context)]


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (ADD, a**2 + b, a**2),
        (ADD, a**2, a**2 + b - c),
        (ADD, a**2 - b, a**2 + c),
        (ADD, a, a + Sum(q[k], k)),
        (MONO, exp(a), a),
        (MONO, a * b, exp(a * b)),
        (NEG, a**2, -(a**2)),
        (NEG, -(a * b), a * b),
    ],
    ids=str,
)
def test_nothing_has_to_be_true(rule: Any, before: Any, after: Any) -> None:
    assert goals(rule, before, after) == []


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (MUL, s * a, a),
        (MUL, a, b * a),
        (MUL, a / s, a),
        (MUL, -a, a),
        (MUL, 3 * a, a),
        (MONO, log(a), a),
        (MONO, s + a, log(s + a)),
    ],
    ids=str,
)
def test_one_thing_has_to_be_positive(rule: Any, before: Any, after: Any) -> None:
    (goal,) = goals(rule, before, after)
    assert goal.startswith("Less(0, ")


@pytest.mark.parametrize(
    ("before", "after", "factor"), [(a, b * a, "b"), (c * a, a, "c"), (a / s, a, "s"), (-a, a, "-1")]
)
def test_what_was_multiplied_by_has_to_be_positive(before: Any, after: Any, factor: str) -> None:
    (goal,) = goals(MUL, before, after)
    assert factor in goal.removeprefix("Less(0, ")


def test_what_has_to_be_positive_is_the_factor() -> None:
    assert "s" in goals(MUL, a, s * a)[0]
    assert "-1" in goals(MUL, -a, a)[0]
    assert goals(MONO, log(b + a), b + a)[0] in ("Less(0, Add(a, b))", "Less(0, Add(b, a))")


@pytest.mark.parametrize(
    ("rule", "before", "after", "varying"),
    [
        (ADD, a**2 + b, a**2, b),
        (ADD, a**2 + a * b, a**2, a),
        (ADD, a**2 + hidden, a**2, a),
        (ADD, a**2 + b, 2 * a**2, a),
        (MUL, a * b, b * 1, a),
        (MUL, a * hidden, a, a),
        (MUL, a * b, a, b),
        (MONO, exp(a), 2 * a, a),
        (MONO, -exp(a), a, a),
        (MONO, exp(a), exp(a), a),
        (MONO, a, a + 1, a),
        (NEG, a, a, a),
        (NEG, a**2, -(a**2) + 1, a),
        (ADD, a**2 + b, a**2, None),
        (ADD, a**2 + b, a**2, N),
        (ADD, a**2 + b, a**2, k),
        (ADD, a**2 + b, a**2, hidden),
        (ADD, a**2 + b, a**2, Symbol("nobody")),
    ],
    ids=str,
)
def test_it_is_no_such_step(rule: Any, before: Any, after: Any, varying: Any) -> None:
    with pytest.raises(RejectedError):
        goals(rule, before, after, varying)


def judged(rule: Any, path: tuple[int, ...], before: Any, after: Any, made: Any, relation: str = "=") -> list[str]:
    """Return what the judge says of one use that is said to lead from line to line."""
    first, last, varying = (read(inert(e)) for e in (before, after, a))
    claim = Claim(rule, None, path, read(inert(made)), {"q": (0, varying)})
    step = Step(first, last, relation, None if relation == "=" else varying)
    chain = Chain(first, last, False, (claim,))
    return [j.status for j in judge(step, (chain,), World(closure(HANDLES)), lambda goal: False)]


@pytest.mark.parametrize("rule", [NEG, Under(NEG), ADD, Under(ADD)], ids=str)
def test_a_step_of_order_gives_no_equality_under_a_binder_either(rule: Any) -> None:
    made = -(a * b) if rule in (NEG, Under(NEG)) else a * b + c
    assert judged(rule, (0,), Sum(a * b, (k, 1, 2)), Sum(made, (k, 1, 2)), made) == [REJECT]


def test_a_theorem_of_the_name_of_a_step_of_order_is_none() -> None:
    named = Theorem("argmax_eq_argmin_neg", Equality(a * b, b * a), (), (), "")
    assert judged(named, (), a * b, b * a, b * a, "opposite order") == [REJECT]
    assert judged(NEG, (), a * b, -(a * b), -(a * b), "opposite order") == [ACCEPT]


def test_a_proof_of_an_order_has_one_name_that_varies() -> None:
    start, middle, last = (read(inert(e)) for e in (2 * a, 3 * a, 4 * a))
    first, second = read(a.symbol), read(b.symbol)

    def proved(*moves: tuple[str, Term | None], by: Term = first, head: str = "SameOrder") -> bool:
        lines = (middle, last)[-len(moves) :]
        made = tuple(Move(t, relation, by, (), (), ()) for t, (relation, by) in zip(lines, moves, strict=True))
        return proves(Proof(start, made), make(head, (start, last, by)), World())

    same_one, other_one, turned = ("same order", first), ("same order", second), ("opposite order", first)
    assert proved(same_one)
    assert proved(same_one, same_one)
    assert proved(same_one, ("=", None))
    assert not proved(same_one, by=second)
    assert not proved(same_one, other_one)
    assert not proved(other_one, same_one)
    assert not proved(same_one, ("<=", None))
    assert not proved(("same order", None))
    assert not proved(same_one, turned)
    assert proved(same_one, turned, head="OppositeOrder")
    assert proved(turned, turned)
