"""How an inequality travels from its place to the line: what is asked for on the way, and where."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import Product, Sum, index, pmf, real, sizes
from deltasift.conditions.certified import Decider
from deltasift.domain import closure
from deltasift.inert import free, inert
from deltasift.judge import ACCEPT, REJECT, Goal, Step, judge
from deltasift.judge.context import World
from deltasift.judge.record import Chain
from deltasift.judge.term import read
from deltasift.rules import le_add_nonneg
from judge.attacking import use

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
p, r = pmf("p", k, positive=True), pmf("r", k, given=n)
a, x = real("a", k), real("x")
DOMAINS = (N, K, n, k, p, r, a, x)


def is_shown(goal: Goal) -> bool:
    return Decider().decide(goal.statement, goal.place) is not None


def at_most(before: Any, after: Any, path: tuple[int, ...], smaller: Any, more: Any) -> str:
    """What is said of a line that rises since something that is not negative is added at a place."""
    first, last = read(inert(before)), read(inert(after))
    made, here = last, first
    for i in path:
        made, here = made.args[i], here.args[i]
    values = {"x": smaller(here), "y": more(made)}
    world = World(closure(DOMAINS), names=frozenset(free(inert(before)) | free(inert(after))))
    chain = Chain(first, last, False, (use(le_add_nonneg, path, made, 0, **values),))
    return [j.status for j in judge(Step(first, last, "<="), (chain,), world, is_shown)][-1]


def whole(here: Any) -> Any:
    return here


def second(made: Any) -> Any:
    return made.args[1]


@pytest.mark.parametrize(
    ("before", "after", "path", "status"),
    [
        (Product(p[k], k), Product(p[k] + p[k] ** 2, k), (0,), ACCEPT),
        (Product(a[k], k), Product(a[k] + p[k], k), (0,), REJECT),
        (Product(Sum(r[n, k], k), n), Product(Sum(r[n, k] + p[k], k), n), (0, 0), ACCEPT),
        (Product(Sum(a[k], k), n), Product(Sum(a[k] + p[k], k), n), (0, 0), REJECT),
        (Sum(Product(r[n, k], n), k), Sum(Product(r[n, k] + p[k], n), k), (0, 0), ACCEPT),
        (Sum(p[k] * (x + a[k]), k), Sum(p[k] * (x + a[k] + p[k]), k), (0, 1), REJECT),
    ],
    ids=str,
)
def test_the_factors_of_a_product_are_not_negative_at_each_index(
    before: Any, after: Any, path: tuple[int, ...], status: str
) -> None:
    assert at_most(before, after, path, whole, second) == status


def test_the_terms_of_a_sum_are_of_either_sign() -> None:
    assert at_most(Sum(a[k], k), Sum(a[k] + p[k], k), (0,), whole, second) == ACCEPT
    assert at_most(-Sum(a[k], k), -Sum(a[k] + p[k], k), (0, 0), whole, second) == REJECT
