"""Steps that keep an order: one name varies in a chain, and what does not vary is seen through every definition."""

from __future__ import annotations

import pickle

import pytest
from sympy import Symbol

from deltasift import SameOrder, Sum, calc, define, index, iverson, real, same_order, sizes, step
from deltasift.calc import Derivation, Page, opposite_order
from deltasift.check import check
from deltasift.inert import Equality, LessEqual, OppositeOrder
from deltasift.rules import (
    argmax_eq_argmin_neg,
    arithmetic,
    definition,
    order_add_const,
    order_comp_strict_mono,
    order_mul_pos,
)

N, K = sizes("N K")
k = index("k", 1, K)
a, b, c, z = real("a"), real("b"), real("c"), real("z")
late = iverson(LessEqual(12, K))


def problems(proof: Derivation, *claims: object) -> tuple[str, ...]:
    page = Page("p", "", "", (N, K, a, b, c, z), claims or (proof.relation,), (proof,))  # type: ignore[arg-type]
    return check(page, layers=("structure",)).problems


TWO_NAMES = [
    calc(
        a**2 + b**2,
        same_order(a**2 + b**2 + c, a, by=order_add_const),
        same_order(b**2 + c, b, by=order_add_const),
    ),
    calc(
        a**2 + b**2,
        same_order(a**2 + b**2 + c, a, by=order_add_const),
        step(a**2 + b**2 + 2 * c - c, by=arithmetic),
        same_order(b**2 + 2 * c - c, b, by=order_add_const),
    ),
    calc(
        a * b,
        opposite_order(-(a * b), a, by=argmax_eq_argmin_neg),
        opposite_order(a * b, b, by=argmax_eq_argmin_neg),
    ),
    calc(a + b, same_order(b + 0, b, by=order_add_const), same_order(a + b + 0, a, by=order_add_const)),
    calc(a + N, same_order(N * (a + N), a, by=order_mul_pos), same_order(a + N, b, by=order_mul_pos)),
]


@pytest.mark.parametrize("proof", TWO_NAMES, ids=str)
def test_one_name_varies_in_a_chain(proof: Derivation) -> None:
    assert any("and the chain orders all" in p for p in problems(proof))


def test_one_name_through_orders_and_equalities_is_right() -> None:
    proof = calc(
        a**2 + b**2,
        same_order(a**2 + b**2 + c, a, by=order_add_const),
        step(a**2 + b**2 + 2 * c - c, by=arithmetic),
        same_order(a**2 + 2 * c - c, a, by=order_add_const),
        opposite_order(-(a**2 + 2 * c - c), a, by=argmax_eq_argmin_neg),
    )
    assert problems(proof) == ()
    assert proof.relation == OppositeOrder(a**2 + b**2, -(a**2 + 2 * c - c), a)


def test_the_claim_is_about_the_name_that_varies() -> None:
    proof = calc(a**2 + b**2, same_order(a**2, a, by=order_add_const))
    assert problems(proof, SameOrder(a**2 + b**2, a**2, a)) == ()
    assert problems(proof, SameOrder(a**2 + b**2, a**2, b)) != ()


def test_a_relation_has_no_first_side() -> None:
    proof = calc(a + a, step(2 * a, by=arithmetic))
    assert problems(proof, Equality(2 * a, a + a)) == ()
    assert problems(proof, Equality(2 * a, a)) != ()
    order = calc(a**2 + b, same_order(a**2, a, by=order_add_const))
    assert problems(order, SameOrder(a**2, a**2 + b, a)) == ()
    assert problems(order, OppositeOrder(a**2, a**2 + b, a)) != ()


p = define("p", k, a * z * late)
number = define("s", a * z)
twice = define("t", k, 2 * number + k)
inside = define("u", Sum(number, (z.symbol, 1, 2)))
CAPTURED = [
    Sum(Sum(p[k], k), (z.symbol, 1, 2)),
    Sum(number, (z.symbol, 1, 2)),
    Sum(Sum(twice[k], k), (z.symbol, 1, 2)),
    Sum(Sum(twice[k], k), (a.symbol, 1, 2)),
    Sum(inside, (z.symbol, 1, 2)),
    Sum(Sum(number, (a.symbol, 1, 2)), (z.symbol, 1, 2)),
    Sum(Sum(number * z, (z.symbol, 1, 2)), (Symbol("z'"), 1, 2)),
]


@pytest.mark.parametrize("constant", CAPTURED, ids=str)
def test_what_a_definition_mentions_is_seen_through_a_binder_of_that_name(constant: object) -> None:
    added = calc(a**2 + constant, same_order(a**2, a, by=order_add_const))
    assert any("is not a constant: it depends on a" in p for p in problems(added))
    scaled = calc(a**2 * constant, same_order(a**2, a, by=order_mul_pos))
    assert any("is not a constant factor: it depends on a" in p for p in problems(scaled))


def test_a_bound_name_like_the_one_that_varies_does_not_vary() -> None:
    constant = Sum(a * k, (a.symbol, 1, 3))
    assert problems(calc(a**2 + Sum(constant, k), same_order(a**2, a, by=order_add_const))) == ()


def test_each_problem_says_which_way_of_checking_found_it() -> None:
    needs = define("needs", 1 / a)
    proof = calc(a**2, step(a**2 + needs - needs, by=arithmetic), step(a**2 + 1, by=definition))
    lines = check(Page("p", "", "", (a,), (), (proof,)), layers=("structure",)).lines
    kinds = [[p.kind for p in line.problems] for line in lines]
    assert kinds[2] == ["structure"]
    strict = check(calc(a + 1, same_order(order_of(a), a, by=order_comp_strict_mono)), layers=("structure",)).lines[1]
    assert [p.kind for p in strict.problems] == ["conditions"]
    assert {c.kind: c.status for c in strict.checks}["structure"] == "passed"
    assert pickle.loads(pickle.dumps(strict.problems))[0].kind == "conditions"


def order_of(x: object) -> object:
    from deltasift import log

    return log(x + 1)
