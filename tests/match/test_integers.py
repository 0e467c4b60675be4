"""The integer arithmetic of a rule: shifted indices, adjacent ranges, the number of values of a range."""

from __future__ import annotations

import pytest

from deltasift import Derivation, Sum, calc, index, log, pmf, real, sizes, step
from deltasift.check import check
from deltasift.rules import sum_const, sum_shift, sum_split

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


@pytest.mark.parametrize("proof", RIGHT.values(), ids=RIGHT)
def test_what_the_rule_adds_up_is_accepted(proof: Derivation) -> None:
    assert check(proof, layers=("structure",)).problems == ()


@pytest.mark.parametrize("proof", WRONG.values(), ids=WRONG)
def test_wrong_arithmetic_is_refused(proof: Derivation) -> None:
    [problem] = check(proof, layers=("structure",)).problems
    assert problem.endswith("does not give this line")
