"""Sums that are positive, or larger than one of their terms, since there is another index in their range."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S

from deltasift import Sum, Unequal, delta, exp, index, iverson, labels, positive, real, sizes
from deltasift.conditions.certified import CertifiedProver
from deltasift.derive.question import ask
from deltasift.inert import Less, LessEqual

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
i, j = index("i", 1, N), index("j", 1, N)
z, x, y = real("z", n, k), real("x", n), labels("y", n, k)
tau, m = positive("tau"), positive("m")
OTHERS = Sum(iverson(Unequal(i, j)) * exp(x[i] * x[j] / tau), i)
TOTAL = Sum(exp(z[j, k]), k)
OWN = exp(z[j, y[j]])
p, t = real("p", n, above=0, below=1), labels("t", n, 0, 1)
HITS, FALSE_ALARMS, MISSES = Sum(p[n] * t[n], n), Sum((1 - t[n]) * p[n], n), Sum(t[n] * (1 - p[n]), n)

TRUE: dict[str, tuple[Any, Any]] = {
    "another example": (Less.make((S.Zero, OTHERS)), N >= 2),
    "another class": (Less.make((S.Zero, Sum((1 - delta(k, y[j])) * exp(z[j, k]), k))), K >= 2),
    "more than one term": (Less(OWN, TOTAL), K >= 2),
    "a probability less than 1": (Less(OWN / TOTAL, 1), K >= 2),
    "what is left of 1": (Less(0, 1 - OWN / TOTAL), K >= 2),
    "a shifted term": (Less(0, exp(z[j, y[j]] - m) - OWN + TOTAL), ()),
    "a term that is written otherwise": (
        Less(0, exp(z[j, y[j]] - m) - exp(y[j] * z[j, y[j]]) + Sum(exp(k * z[j, k]), k)),
        (),
    ),
    "an index of overlap": (
        LessEqual((HITS + 1) / (HITS + tau * FALSE_ALARMS + m * MISSES + 1), 1),
        (),
    ),
}

UNKNOWN: dict[str, tuple[Any, Any]] = {
    "there may be no other example": (Less.make((S.Zero, OTHERS)), ()),
    "there may be no other class": (Less(0, 1 - OWN / TOTAL), ()),
    "a term that may be 0": (Less.make((S.Zero, Sum(iverson(Unequal(i, j)) * x[i] ** 2, i))), N >= 2),
    "two that are left out": (Less.make((S.Zero, Sum(iverson(Unequal(i, j)) * iverson(Unequal(i, y[j])), i))), N >= 2),
    "a term that is no term": (Less(exp(z[j, y[j]] + m), TOTAL), K >= 2),
    "twice a term": (Less(2 * OWN, TOTAL), K >= 2),
    "a fraction above 1": (LessEqual((HITS + 2) / (HITS + tau * FALSE_ALARMS + m * MISSES + 1), 1), ()),
}


def is_proved(statement: Any, facts: Any) -> bool:
    question = ask(*statement.args, facts)
    return CertifiedProver().holds(type(statement).make((question.lhs, question.rhs)), question.scope)


@pytest.mark.parametrize("name", TRUE)
def test_a_second_term_makes_a_sum_larger(name: str) -> None:
    assert is_proved(*TRUE[name])


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_one_of_the_data_contradicts_is_not_proved(name: str) -> None:
    assert not is_proved(*UNKNOWN[name])
