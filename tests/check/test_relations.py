"""Steps that are inequalities: which lines a rule gives, what the way to its place asks for, what a chain proves."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sympy import Symbol, oo

from deltasift import (
    Equality,
    ForAll,
    Integral,
    Less,
    LessEqual,
    Max,
    Product,
    Sum,
    calc,
    delta,
    exp,
    index,
    log,
    pmf,
    positive,
    real,
    same_order,
    sizes,
    step,
)
from deltasift.calc import Derivation, Page
from deltasift.check import check
from deltasift.check.certify import certificate
from deltasift.errors import ExpressionError
from deltasift.inert import Dirac, inert
from deltasift.inert.algebra import plus
from deltasift.judge import ACCEPT
from deltasift.judge.file import from_data
from deltasift.judge.page import judged_page
from deltasift.rules import (
    arithmetic,
    exp_pos,
    le_add_nonneg,
    le_max,
    le_of_given,
    log_le_sub_one,
    lt_add_pos,
    lt_of_given,
    one_add_le_exp,
    order_add_const,
    sq_nonneg,
    sum_add,
)

N, K = sizes("N K")
k, m = index("k", 1, K), index("m", 1, K)
p, q = pmf("p", k), pmf("q", k, positive=True)
a, b, y = real("a"), real("b"), real("y")
c = real("c", below=0)
s, x = positive("s"), positive("x")
TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}
LOG, EXP = log_le_sub_one, one_add_le_exp.reversed

# a line, the line after it, the rule, and the relation that is right
RIGHT = [
    (log(x), x - 1, LOG, "<="),
    (a + log(x), a + (x - 1), LOG, "<="),
    (a - log(x), a - (x - 1), LOG, ">="),
    (a - (b - log(x)), a - (b - (x - 1)), LOG, "<="),
    (s * log(x), s * (x - 1), LOG, "<="),
    (-2 * log(x), -2 * (x - 1), LOG, ">="),
    (log(x) / s, (x - 1) / s, LOG, "<="),
    (log(x) / -3, (x - 1) / -3, LOG, ">="),
    (a**2 * log(x), a**2 * (x - 1), LOG, "<="),
    (-(a**2) * log(x), -(a**2) * (x - 1), LOG, ">="),
    (delta(k, m) * log(x), delta(k, m) * (x - 1), LOG, "<="),
    (c * log(x), c * (x - 1), LOG, ">="),  # c <= 0
    (c * (s * log(x)), c * (s * (x - 1)), LOG, ">="),
    (exp(exp(a)), exp(1 + a), EXP, ">="),
    (log(exp(s)), log(1 + s), EXP, ">="),
    (1 / exp(s), 1 / (1 + s), EXP, "<="),
    (-1 / exp(s), -1 / (1 + s), EXP, ">="),
    (exp(a) ** 3, (1 + a) ** 3, EXP, ">="),
    (exp(s) ** 2, (1 + s) ** 2, EXP, ">="),
    (Max(exp(a), b), Max(1 + a, b), EXP, ">="),
    (Sum(p[k] * log(q[k]), k), Sum(p[k] * (q[k] - 1), k), LOG, "<="),
    (a - Sum(p[k] * log(q[k]), k), a - Sum(p[k] * (q[k] - 1), k), LOG, ">="),
    (Sum(Sum(p[k] * p[m] * exp(a * k), k), m), Sum(Sum(p[k] * p[m] * (1 + a * k), k), m), EXP, ">="),
    (Product(exp(q[k]), k), Product(1 + q[k], k), EXP, ">="),
    (a**2 + b, 0 + b, sq_nonneg.reversed, ">="),
    (a + b**2, a, le_add_nonneg.reversed, ">="),
    (Max(a, b), a, le_max.reversed, ">="),
    (a, Max(a, b), le_max, "<="),
]


def proof_of(before: Any, after: Any, by: Any, relation: str) -> Derivation:
    return calc(inert(before), step(inert(after), by=by, relation=relation))


def problems(proof: Derivation, *claims: Any, layers: tuple[str, ...] = ("structure",)) -> tuple[str, ...]:
    page = Page("p", "", "", (N, K, a, b, c, y, s, x, p, q, k, m), claims or (proof.relation,), (proof,))
    return check(page, layers=layers).problems


@pytest.mark.parametrize(("before", "after", "by", "relation"), RIGHT, ids=str)
def test_the_order_travels_from_its_place_to_the_line(before: Any, after: Any, by: Any, relation: str) -> None:
    assert problems(proof_of(before, after, by, relation)) == ()


@pytest.mark.parametrize(("before", "after", "by", "relation"), RIGHT, ids=str)
def test_the_other_direction_is_refused(before: Any, after: Any, by: Any, relation: str) -> None:
    assert problems(proof_of(before, after, by, TURNED[relation])) != ()


@pytest.mark.parametrize(("before", "after", "by", "relation"), RIGHT, ids=str)
@pytest.mark.parametrize("claimed", ["strict", "="])
def test_no_more_is_said_than_is_proved(before: Any, after: Any, by: Any, relation: str, claimed: str) -> None:
    assert problems(proof_of(before, after, by, relation[0] if claimed == "strict" else "=")) != ()


@pytest.mark.parametrize(
    ("before", "after", "by"),
    [
        (y * log(x), y * (x - 1), LOG),
        (log(x) / y, (x - 1) / y, LOG),
        (Sum(a * log(q[k]), k), Sum(a * (q[k] - 1), k), LOG),
        (1 / exp(a), 1 / (1 + a), EXP),
        (log(exp(a)), log(1 + a), EXP),
        (exp(a) ** 2, (1 + a) ** 2, EXP),
        (exp(a) ** b, (1 + a) ** b, EXP),
        (abs(exp(a)), abs(1 + a), EXP),
        (Product(exp(-q[k] * 5), k), Product(1 - q[k] * 5, k), EXP),
        (log(log(x)), log(x - 1), LOG),
        (exp(a) - exp(b), (1 + a) - (1 + b), EXP),
        (exp(a) * exp(a), (1 + a) * (1 + a), EXP),
        (a + b, a, le_add_nonneg.reversed),
    ],
    ids=str,
)
@pytest.mark.parametrize("relation", ["<=", ">=", "<", ">"])
def test_what_does_not_let_an_order_through_is_refused(before: Any, after: Any, by: Any, relation: str) -> None:
    assert problems(proof_of(before, after, by, relation)) != ()


# --- strict inequalities ---------------------------------------------------------------------------------------------


STRICT = [
    (a + exp(b), a, lt_add_pos.reversed, ">"),
    (exp(a), 0, exp_pos.reversed, ">"),
    (b - exp(a), b - 0, exp_pos.reversed, "<"),
    (s * exp(a), s * 0, exp_pos.reversed, ">"),
    (Sum(exp(a * k), k), Sum(0, k), exp_pos.reversed, ">"),
    (Sum(q[k] * exp(a), k), Sum(q[k] * 0, k), exp_pos.reversed, ">"),
    (log(s + exp(a)), log(s), lt_add_pos.reversed, ">"),
    (1 / (s + exp(a)), 1 / s, lt_add_pos.reversed, "<"),
    (exp(exp(a)), exp(inert(0)), exp_pos.reversed, ">"),
]


@pytest.mark.parametrize(("before", "after", "by", "relation"), STRICT, ids=str)
def test_a_strict_inequality_travels(before: Any, after: Any, by: Any, relation: str) -> None:
    proof = proof_of(before, after, by, relation)
    assert problems(proof) == ()
    assert problems(proof_of(before, after, by, relation + "=")) == ()


@pytest.mark.parametrize(
    ("before", "after", "by", "relation"),
    [
        (a**2 * exp(b), a**2 * 0, exp_pos.reversed, ">"),
        (Sum(p[k] * exp(a), k), Sum(p[k] * 0, k), exp_pos.reversed, ">"),
        (Sum(exp(a), (k, 2, K)), Sum(0, (k, 2, K)), exp_pos.reversed, ">"),
        (Max(exp(a), b), Max(0, b), exp_pos.reversed, ">"),
        (a + b**2, a, lt_add_pos.reversed, ">"),
        (a + b**2, a, le_add_nonneg.reversed, ">"),
    ],
    ids=str,
)
def test_where_an_inequality_may_be_an_equality_it_is_not_strict(
    before: Any, after: Any, by: Any, relation: str
) -> None:
    assert problems(proof_of(before, after, by, relation)) != ()


# --- chains ----------------------------------------------------------------------------------------------------------

FALLS = calc(
    a + exp(b) + y**2,
    step(a + exp(b), by=le_add_nonneg.reversed, relation=">="),
    step(exp(b) + a + 0, by=arithmetic),
    step(a + 0, by=lt_add_pos.reversed, relation=">"),
)


def test_a_chain_with_a_strict_step_is_strict() -> None:
    assert FALLS.relation == Less(a + 0, a + exp(b) + y**2)
    assert problems(FALLS) == ()


@pytest.mark.parametrize(
    "claim",
    [LessEqual(a + 0, a + exp(b) + y**2), Less(a + 0, a + exp(b) + y**2)],
    ids=str,
)
def test_a_weaker_claim_is_proved_too(claim: Any) -> None:
    assert problems(FALLS, claim) == ()


@pytest.mark.parametrize(
    "claim",
    [
        Equality(a + 0, a + exp(b) + y**2),
        Less(a + exp(b) + y**2, a + 0),
        LessEqual(a + exp(b) + y**2, a + 0),
        LessEqual(a, a + exp(b)),
    ],
    ids=str,
)
def test_another_claim_is_not(claim: Any) -> None:
    assert any("not in the claim" in p for p in problems(FALLS, claim))


def test_a_chain_of_weak_steps_is_not_strict() -> None:
    proof = calc(a + b**2, step(a, by=le_add_nonneg.reversed, relation=">="))
    assert any("not in the claim" in p for p in problems(proof, Less(a, a + b**2)))


def test_an_equality_is_a_bound_both_ways() -> None:
    proof = calc(a + b, step(b + a + 0, by=arithmetic))
    assert problems(proof, LessEqual(a + b, b + a + 0)) == ()
    assert problems(proof, LessEqual(b + a + 0, a + b)) == ()
    assert problems(proof, Less(a + b, b + a + 0)) != ()


def test_a_chain_goes_one_way() -> None:
    up = step(exp(b) + a, by=one_add_le_exp, relation="<=")
    down = step(a, by=lt_add_pos.reversed, relation=">")
    with pytest.raises(ExpressionError, match="go one way"):
        calc(1 + b + a, up, down)
    with pytest.raises(ExpressionError, match="go one way"):
        calc(1 + b + a, up, same_order(exp(b), a, by=order_add_const))
    forged = Derivation(inert(1 + b + a), (up, down))
    assert any("say nothing of its ends" in p for p in problems(forged, Less(a, 1 + b + a)))


def test_a_relation_that_there_is_not_is_refused() -> None:
    with pytest.raises(ExpressionError, match="=<"):
        step(a, by=arithmetic, relation="=<")


def test_several_rules_of_one_step_may_be_equalities_and_inequalities() -> None:
    before = Sum(p[k] * log(q[k]) + a, k)
    after = Sum(p[k] * (q[k] - 1), k) + Sum(a, k)
    assert problems(proof_of(before, after, [log_le_sub_one, sum_add], "<=")) == ()
    assert problems(proof_of(before, after, [sum_add, log_le_sub_one], "<=")) == ()
    assert problems(proof_of(before, after, [sum_add, log_le_sub_one], ">=")) != ()


def test_substeps_go_the_way_of_their_line() -> None:
    inner = calc(log(x), step(x - 1, by=log_le_sub_one, relation="<="), step(x - 2 + 1, by=arithmetic))
    assert problems(calc(log(x), step(inner, by=log_le_sub_one, relation="<="))) == ()
    for relation in ("=", "<", ">=", ">"):
        assert problems(calc(log(x), step(inner, by=log_le_sub_one, relation=relation))) != ()


def test_what_is_wrong_is_shown_at_a_point() -> None:
    found = problems(proof_of(y * log(x), y * (x - 1), log_le_sub_one, "<="), layers=("structure", "models", "numbers"))
    assert "line 2: needs 0 <= y (log_le_sub_one)" in found
    assert any("is less than the line before at" in p for p in found) or len(found) == 1


def test_a_false_strict_line_is_refuted_at_a_point() -> None:
    found = problems(proof_of(log(x), x - 1, log_le_sub_one, "<"), layers=("models", "numbers"))
    assert found == ("line 2: is not greater than the line before at x = 1: 0 before, 0 after",)


# --- integrals -------------------------------------------------------------------------------------------------------

u = Symbol("u")


@pytest.mark.parametrize(
    ("factor", "lo", "hi", "relation", "right"),
    [
        (2, 0, 1, ">=", True),
        (exp(-(u**2)), -oo, oo, ">=", True),
        (u, 0, 1, ">=", True),
        (2, 0, 1, "<=", False),
        (2, 1, 0, ">=", False),  # it runs backwards
        (2, 0, a, ">=", False),
        (u, -1, 1, ">=", False),
        (Dirac(u - 2), -oo, oo, ">=", False),  # there is no rule for what a point mass lets through
    ],
    ids=str,
)
def test_an_order_passes_through_an_integral_that_runs_forwards(
    factor: Any, lo: Any, hi: Any, relation: str, right: bool
) -> None:
    over = (u, lo, hi)
    proof = proof_of(Integral(factor * exp(u), over), Integral(factor * plus(1, u), over), EXP, relation)
    assert (problems(proof) == ()) == right


def test_an_empty_sum_is_not_strictly_less() -> None:
    before, after = Sum(exp(a * k), (k, 5, 2)), Sum(0, (k, 5, 2))
    assert problems(proof_of(before, after, exp_pos.reversed, ">")) == ("line 2: needs 5 <= 2",)


def test_a_page_with_inequalities_is_judged_again_from_its_file() -> None:
    data = certificate(check(FALLS, layers=("structure",)))
    assert {f.judgement.status for f in judged_page(from_data(data))} == {ACCEPT}
    for line, relation in ((0, "<="), (0, ">"), (0, "="), (2, "<"), (1, ">"), (2, "same order")):
        wrong = json.loads(json.dumps(data))
        wrong["proofs"][0]["lines"][line]["relation"] = relation
        assert {f.judgement.status for f in judged_page(from_data(wrong))} > {ACCEPT}


# --- what is given ---------------------------------------------------------------------------------------------------

f, g = real("f", k), real("g", k)
GIVEN = ForAll(LessEqual(f[k], g[k]), k)
WHOLE = LessEqual(Sum(f[k], k), Sum(g[k], k))


@pytest.mark.parametrize(
    ("fact", "before", "after", "by", "relation", "right"),
    [
        (GIVEN, Sum(p[k] * f[k], k), Sum(p[k] * g[k], k), le_of_given, "<=", True),
        (GIVEN, Sum(p[k] * g[k], k), Sum(p[k] * f[k], k), le_of_given.reversed, ">=", True),
        (GIVEN, a - Sum(f[k], k), a - Sum(g[k], k), le_of_given, ">=", True),
        (WHOLE, a + Sum(f[k], k), a + Sum(g[k], k), le_of_given, "<=", True),
        (GIVEN, Sum(a * f[k], k), Sum(a * g[k], k), le_of_given, "<=", False),
        (GIVEN, Sum(p[k] * f[k], k), Sum(p[k] * g[k], k), le_of_given, ">=", False),
        (GIVEN, Sum(p[k] * g[k], k), Sum(p[k] * f[k], k), le_of_given, "<=", False),
        (GIVEN, Sum(p[k] * f[k], k), Sum(p[k] * g[k], k), lt_of_given, "<", False),
        (WHOLE, Sum(p[k] * f[k], k), Sum(p[k] * g[k], k), le_of_given, "<=", False),
    ],
    ids=str,
)
def test_what_is_given_is_used_in_its_place(
    fact: Any, before: Any, after: Any, by: Any, relation: str, right: bool
) -> None:
    proof = replace(proof_of(before, after, by, relation), facts=(fact,))
    assert (check(proof, layers=("structure",)).problems == ()) == right
