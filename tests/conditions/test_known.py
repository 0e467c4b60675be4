"""What a line is known to have because the line before has it: at the index, too, that a delta says."""

from __future__ import annotations

import pytest

from deltasift import Sum, calc, check, collapse, delta, index, step
from deltasift.derive.text import read
from deltasift.rules import arithmetic

EXISTS = "Integral(sin(x**2), (x, -oo, oo))"  # of which nothing here knows that it does


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (f"Sum(KroneckerDelta(k, 2)*{EXISTS}, (k, 1, 3))", ()),
        (f"Sum(KroneckerDelta(k, m)*f(k)*{EXISTS}, (k, 1, K))", ("1 <= m", "m <= K")),
        (f"Sum(Sum(KroneckerDelta(k, n)*f(k)*g(n)*{EXISTS}, (k, 1, K)), (n, 1, K))", ("1 <= K",)),
        (f"Sum(KroneckerDelta(k, m)*{EXISTS}, (k, 1, K))", ()),
    ],
)
def test_an_integral_beside_a_delta_exists_where_the_delta_is_one(text: str, facts: tuple[str, ...]) -> None:
    problem = read(text, facts, ())
    found = collapse(problem.expr, facts=problem.facts)
    assert found.steps
    assert check(found).problems == ()


def test_an_integral_that_was_never_there_is_not_known_to_exist() -> None:
    integral = read(EXISTS, (), ()).expr
    k = index("k", 1, 3)
    nothing = Sum(delta(k, 4) * integral, k)
    report = check(calc(nothing, step(nothing + integral - integral, by=arithmetic)))
    assert [p for p in report.problems if p.startswith("line 2: needs")]
