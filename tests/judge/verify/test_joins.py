"""Terms beside brackets that are joined: in which cases each of them is in force."""

from __future__ import annotations

from typing import Any

import pytest

from deltasift import delta, index, iverson, real, sizes
from deltasift.inert import Less
from deltasift.judge import ACCEPT, REJECT
from judge.attacking import said, term, use

N = sizes("N")
n, m = index("n", 1, N), index("m", 1, N)
a, b = real("a"), real("b")
LESS, MORE = iverson(Less(n, m)), iverson(Less(m, n))


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        (LESS * a + MORE * a, a - delta(n, m) * a, ACCEPT),
        (b + LESS * a + MORE * a, b + a - delta(n, m) * a, ACCEPT),
        (LESS * a + MORE * a, a, REJECT),
        (LESS * a + MORE * a, a - delta(n, m) * b, REJECT),
        (LESS * a + MORE * a, a - delta(n, m) * LESS * a, REJECT),
        (LESS * a + delta(n, m) * a, a - delta(n, m) * a, REJECT),
    ],
)
def test_two_cases_are_one_term_without_the_third(before: Any, after: Any, status: str) -> None:
    assert said(before, after, [use("bracket_add", (), term(after))], (n, m, a, b)).last == status
