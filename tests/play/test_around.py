"""What a line makes of the sum in its table stands before its value: the sign and the factor around it."""

from __future__ import annotations

from typing import Any

from sympy import Symbol

from deltasift import index, labels, log, pmf, sizes
from deltasift.inert import Neg, Sum
from deltasift.play.around import LONG, around
from deltasift.quantities import CrossEntropy

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y, q = labels("y", n, k), pmf("q", k)
total = Sum(log(q[y[n]]), n)
GIVEN = (N, K, n, k, y, q)


def written(line: Any) -> str:
    """Return what stands around the sum, N as 5, the sum as T."""
    put: dict[str | int, str] = {0: "T", 1: "5", 2: "3"}
    return "".join(put.get(p, str(p)) for p in around(line, total, GIVEN) or ())


def test_the_sign_and_the_factor_stand_around_the_sum() -> None:
    assert written(-1 / N * total) == "-1/5 T"
    assert written(Neg(total)) == "-T"
    assert written(total / K) == "T/3"


def test_a_named_quantity_is_what_it_stands_for() -> None:
    p = pmf("p", k)
    h = CrossEntropy(p, q)
    (inner,) = h.definition.args
    assert around(h, inner, GIVEN) == ["-", 0]


def test_nothing_is_said_where_the_line_is_the_sum_or_has_another() -> None:
    other = Sum(q[k], k)
    assert around(total, total, GIVEN) is None
    assert around(other, total, GIVEN) is None
    assert around(total + other, total, GIVEN) is None


def test_nothing_is_said_that_is_not_seen_at_a_glance() -> None:
    assert around(total * Symbol("x" * LONG), total, GIVEN) is None
