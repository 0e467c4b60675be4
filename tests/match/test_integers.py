"""The integer arithmetic of a rule: shifted indices, adjacent ranges, the number of values of a range."""

from __future__ import annotations

import pytest
from sympy import Integer, Symbol

from deltasift import Derivation, Sum, calc, delta, index, log, pmf, real, sizes, step
from deltasift.check import check
from deltasift.domain import closure
from deltasift.inert import Add, Mul
from deltasift.line.scope import Scope
from deltasift.match import pattern
from deltasift.match.search import Search
from deltasift.rule import Rule
from deltasift.rules import RULES, sum_const, sum_shift, sum_split

K = sizes("K")
k, m = index("k", 1, K), index("m", 1, K)
q, a, b = pmf("q", k, positive=True), real("a", k), real("b", k, k)

RIGHT = {
    "up": calc(Sum(log(q[k]), k), step(Sum(log(q[k + 1]), (k, 0, K - 1)), by=sum_shift)),
    "down": calc(Sum(log(q[k]), k), step(Sum(log(q[k - 1]), (k, 2, K + 1)), by=sum_shift)),
    "read from right to left": calc(Sum(log(q[k]), k), step(Sum(log(q[k - 1]), (k, 2, K + 1)), by=sum_shift.reversed)),
    "back": calc(Sum(log(q[k - 1]), (k, 2, K + 1)), step(Sum(log(q[k]), k), by=sum_shift)),
    "by a name": calc(Sum(a[k], k), step(Sum(a[k + m], (k, 1 - m, K - m)), by=sum_shift)),
    "back by a name": calc(Sum(a[k + m], (k, 1 - m, K - m)), step(Sum(a[k], k), by=sum_shift)),
    "the index as a factor": calc(Sum(k * a[k], k), step(Sum((k + 1) * a[k + 1], (k, 0, K - 1)), by=sum_shift)),
    "the index subtracted": calc(
        Sum(a[k] * a[K - k], (k, 1, K - 1)), step(Sum(a[k + 1] * a[K - 1 - k], (k, 0, K - 2)), by=sum_shift)
    ),
    "two offsets": calc(
        Sum(a[k + 1] * a[k + 2], (k, 1, K - 2)), step(Sum(a[k] * a[k + 1], (k, 2, K - 1)), by=sum_shift)
    ),
    "a range that depends on the index": calc(
        Sum(Sum(b[k, m], (m, 1, k)), k), step(Sum(Sum(b[k + 1, m], (m, 1, k + 1)), (k, 0, K - 1)), by=sum_shift)
    ),
    "adjacent ranges": calc(
        Sum(a[k], (k, 1, 3)) + Sum(a[k], (k, 4, K + 3)), step(Sum(a[k], (k, 1, K + 3)), by=sum_split)
    ),
    "a count": calc(Sum(2, (k, 0, K - 1)), step(K * 2, by=sum_const)),
}
WRONG = {
    "the end stays": calc(Sum(a[k], k), step(Sum(a[k + 1], (k, 0, K)), by=sum_shift)),
    "the start stays": calc(Sum(a[k], k), step(Sum(a[k + 1], (k, 1, K - 1)), by=sum_shift)),
    "the wrong way": calc(Sum(a[k], k), step(Sum(a[k - 1], (k, 0, K - 1)), by=sum_shift)),
    "only one of two": calc(Sum(k * a[k], k), step(Sum(k * a[k + 1], (k, 0, K - 1)), by=sum_shift)),
    "an inner range stays": calc(
        Sum(Sum(b[k, m], (m, 1, k)), k), step(Sum(Sum(b[k + 1, m], (m, 1, k)), (k, 0, K - 1)), by=sum_shift)
    ),
    "a name that is bound within": calc(
        Sum(Sum(b[k, m], (m, 1, K)), k), step(Sum(Sum(b[k + m, m], (m, 1, K)), (k, 1 - m, K - m)), by=sum_shift)
    ),
    "ranges that overlap": calc(Sum(a[k], (k, 1, 3)) + Sum(a[k], (k, 3, K)), step(Sum(a[k], (k, 1, K)), by=sum_split)),
    "a count that is off by one": calc(Sum(2, (k, 0, K)), step(K * 2, by=sum_const)),
}


def without_values(proof: Derivation) -> list[str]:
    """Return the problems, but not that of an entry which need not exist: here it is about the rule alone."""
    return [p for p in check(proof, layers=("structure",)).problems if ": needs " not in p]


@pytest.mark.parametrize("proof", RIGHT.values(), ids=RIGHT)
def test_what_the_rule_adds_up_is_accepted(proof: Derivation) -> None:
    assert without_values(proof) == []


@pytest.mark.parametrize("proof", WRONG.values(), ids=WRONG)
def test_wrong_arithmetic_is_refused(proof: Derivation) -> None:
    [problem] = without_values(proof)
    assert problem.endswith("does not give this line")


def test_a_sum_of_a_rule_that_has_more_than_names_and_numbers_is_not_worked_out() -> None:
    """`c*i + r` of `sum_divides` is no sum of names, and `1 + exp(z)` no sum of integers."""
    inner = Add(Mul(Symbol("c"), Symbol("i")), Symbol("r"))
    assert not pattern.is_integer_sum(inner, RULES["sum_divides"])


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_no_rule_fails_on_integers(rule: Rule) -> None:
    lines = (Integer(3), k + 1, 2 * k, delta(k + 1, 2), Sum(delta(2 * k + 1, m) * a[k + 1], (k, 0, K - 1)), K - k + 2)
    for line in lines:
        for one in (rule, rule.reversed):
            assert list(Search().everywhere(one, line, Scope(closure([K, k, m, a])))) is not None
