"""What is said of a use, term by term: many terms at once, a shifted index, what is left beside an instance."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, Symbol

from deltasift import Product, Sum, index, log, pmf, real, rules, sizes
from deltasift.domain import closure
from deltasift.inert import Add, Mul, Neg, inert
from deltasift.judge.context import Context, World
from deltasift.judge.record import Claim, DeclineError, RejectedError
from deltasift.judge.replay import replacement, replayed, tidied
from deltasift.judge.term import read, same

N, K = sizes("N K")
k = index("k", 1, K)
q = pmf("q", k)
a, b, c = real("a"), real("b"), real("c")
HANDLES = (N, K, k, q, a, b, c)
j = Symbol("j")


def goals(rule: Any, before: Any, after: Any, statement: int | None = None, **binding: Any) -> list[str]:
    """Return what a use asks for, as text."""
    context = Context(World(closure(HANDLES)))
    values = {name: (0, read(inert(value))) for name, value in binding.items()}
    claim = Claim(rule, statement, (), read(inert(after)), values)
    return [str(g.statement) for g in replayed(claim, read(inert(before)), context)]


WHOLE = Sum(a + q[k] - b, k)
APART = Sum(a, k) + Sum(q[k], k) - Sum(b, k)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (rules.sum_add, WHOLE, APART),
        (rules.sum_add, WHOLE, Sum(q[k], k) + (Sum(a, k) - Sum(b, k))),
        (rules.sum_add, WHOLE, Neg(Neg(Sum(a, k))) + Sum(q[k], k) + Mul(-1, Sum(b, k))),
        (rules.sum_add, WHOLE, Neg(Neg(Sum(a, k) - Sum(b, k))) - Neg(Sum(q[k], k))),
        (rules.sum_add, Sum(1 - (a + b), k), Sum(1, k) - Sum(a + b, k)),
        (rules.sum_add.reversed, APART, WHOLE),
        (rules.mul_add, a * (b + c + 1), a * b + a * c + a),
        (rules.mul_add, a * (b - c) * 2, a * b * 2 - a * c * 2),
        (rules.mul_add.reversed, a * b + a * c - a, a * (b + c - 1)),
    ],
    ids=str,
)
def test_many_terms_at_once(rule: Any, before: Any, after: Any) -> None:
    asked = goals(rule, before, after)
    assert all(goal.startswith("IsInteger") for goal in asked)
    assert len(asked) == (2 if "sum" in rule.name else 0)


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (rules.sum_add, WHOLE, Sum(a, k) + Sum(q[k], k)),
        (rules.sum_add, WHOLE, Sum(a, k) + Sum(q[k], k) + Sum(b, k)),
        (rules.sum_add, WHOLE, Sum(a, k) + Sum(q[k], k) - Neg(Neg(Neg(Sum(b, k))))),
        (rules.sum_add, WHOLE, Sum(a, k) + Sum(q[k], k) + Mul(-1, Neg(Sum(b, k)))),
        (rules.sum_add, WHOLE, Sum(a, k) + 2 * Sum(q[k], k) - Sum(b, k)),
        (rules.sum_add, WHOLE, Sum(a, k) + Sum(q[k], k) - 1 / Sum(b, k)),
        (rules.sum_add, Sum(1 - (a + b), k), Sum(1, k) - Sum(a, k) + Sum(b, k)),
        (rules.sum_add, WHOLE, Sum(a, k) + Sum(q[k], (k, 1, N)) - Sum(b, k)),
        (rules.sum_add, WHOLE, Sum(a, (k, 2, K)) + Sum(q[k], k) - Sum(b, k)),
        (rules.sum_add, WHOLE, Sum(a, k) + q[1] - Sum(b, k)),
        (rules.sum_add, WHOLE, Sum(a, k) + Product(q[k], k) - Sum(b, k)),
        (rules.sum_add, Product(a + q[k], k), Product(a, k) + Product(q[k], k)),
        (rules.sum_add, Product(a + q[k], k), Sum(a, k) + Sum(q[k], k)),
        (rules.sum_add, APART, WHOLE),
        (rules.mul_add, a * (b + c), a * b + c),
        (rules.mul_add, a * (b + c), a * b + a * b),
        (rules.mul_add, a * (b + c), a * b - a * c),
        (rules.mul_add, a * b, a * b + 0),
        (rules.mul_add, a * (b + c) * (a + b), a * b * a + a * c * b),
    ],
    ids=str,
)
def test_they_are_not_all_of_the_terms(rule: Any, before: Any, after: Any) -> None:
    with pytest.raises(RejectedError):
        goals(rule, before, after)


def test_of_another_rule_it_must_be_said_which_statement_is_used() -> None:
    with pytest.raises(DeclineError):
        goals(rules.sum_const, Sum(a, k), K * a)
    for number in (-1, len(rules.sum_const.statements)):
        with pytest.raises(RejectedError, match="no such statement"):
            goals(rules.sum_const, Sum(a, k), K * a, number)


@pytest.mark.parametrize(
    ("after", "by"),
    [
        (Sum(q[j - 2], (j, 3, K + 2)), 2),
        (Sum(q[j + 1], (j, 0, K - 1)), -1),
        (Sum(q[j - N], (j, N + 1, K + N)), N),
    ],
    ids=str,
)
def test_an_index_is_shifted(after: Any, by: Any) -> None:
    assert all(goal.startswith("IsInteger") for goal in goals(rules.sum_shift, Sum(q[k], k), after, c=by))


@pytest.mark.parametrize(
    ("after", "by"),
    [
        (Sum(q[j - 2], (j, 3, K + 2)), 1),
        (Sum(q[j - 2], (j, 3, K + 3)), 2),
        (Sum(q[j - 2], (j, 2, K + 2)), 2),
        (Sum(q[j + 2], (j, 3, K + 2)), 2),
        (Product(q[j - 2], (j, 3, K + 2)), 2),
        (q[3], 2),
    ],
    ids=str,
)
def test_it_is_another_shift_or_none(after: Any, by: Any) -> None:
    with pytest.raises(RejectedError):
        goals(rules.sum_shift, Sum(q[k], k), after, c=by)


def test_a_shift_by_nobody_knows_what_is_none() -> None:
    with pytest.raises(RejectedError):
        goals(rules.sum_shift, Sum(q[k], k), Sum(q[j - 2], (j, 3, K + 2)))
    assert "IsInteger(a)" in goals(rules.sum_shift, Sum(q[k], k), Sum(q[j - a], (j, 1 + a, K + a)), c=a)


def test_what_is_left_beside_an_instance_comes_back() -> None:
    left, right = read(inert(log(a))), read(inert(b - c))

    def leads(before: Any, after: Any) -> bool:
        return replacement(read(inert(before)), read(inert(after)), left, right) is not None

    assert leads(log(a), b - c)
    assert leads(2 * log(a) * c, 2 * (b - c) * c)
    assert leads(-log(a), -(b - c))
    assert leads(a + log(a), a + (b - c))
    assert leads(a + log(a), a + b - c)
    assert not leads(log(a), b + c)
    assert not leads(2 * log(a), b - c)
    assert not leads(log(a), 2 * (b - c))
    assert not leads(-log(a), b - c)
    assert not leads(a + log(a), b - c)
    assert not leads(a + log(a), a - (b - c))
    assert not leads(log(b), b - c)
    assert not leads(log(a) * log(a), b - c)
    assert not leads(log(a) + log(a), b - c)


def test_nought_is_so_with_either_sign() -> None:
    left, nought = read(inert(log(a))), read(S.Zero)
    for before, leads in ((log(a), True), (-log(a), True), (2 * log(a), False), (-log(a) * c, False)):
        assert (replacement(read(inert(before)), nought, left, nought) is not None) is leads


def test_sums_of_names_and_integers_are_added_up() -> None:
    for e, other in ((N + 1 - 1, N), (1 + N + 1, N + 2), (Add(N, Neg(N)), 0), (Mul(2, N) + N, 3 * N)):
        assert same(tidied(read(inert(e))), tidied(read(inert(other))))
    for e, other in ((N + 1, N), (a / b - a / b, 0), (N * N, N), (log(N) - log(N), 0)):
        assert not same(tidied(read(inert(e))), tidied(read(inert(other))))
