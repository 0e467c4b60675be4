"""What people do to ranges is found: a term taken off, read backwards, joined, telescoped; and what is given."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Eq, IndexedBase, Le, Ne, Piecewise, S, Symbol, symbols
from sympy import Sum as Plain

from deltasift import Equality, NotProved, check, derive, exp, index, prove, real, sizes
from deltasift import Sum as Inert
from deltasift.line.scope import Scope
from deltasift.rules import sum_telescope

i, m, n = symbols("i m n", integer=True)
x, z, X = IndexedBase("x"), IndexedBase("z"), Symbol("X", real=True)
ONE, WITHIN = [Le(1, n)], [Le(1, m), Le(m, n)]
FOUND: dict[str, tuple[Any, Any, list[Any]]] = {
    "the first term": (Plain(x[i], (i, 0, n)), x[0] + Plain(x[i], (i, 1, n)), ONE),
    "the last term": (Plain(x[i], (i, 1, n + 1)), x[n + 1] + Plain(x[i], (i, 1, n)), ONE),
    "two terms": (Plain(x[i], (i, 0, n + 1)), x[0] + Plain(x[i], (i, 1, n)) + x[n + 1], ONE),
    "split": (Plain(x[i], (i, 1, n)), Plain(x[i], (i, 1, m)) + Plain(x[i], (i, m + 1, n)), WITHIN),
    "read backwards": (Plain(x[n + 1 - i], (i, 1, n)), Plain(x[i], (i, 1, n)), []),
    "read backwards from 0": (Plain(x[n - i], (i, 0, n)), Plain(x[i], (i, 0, n)), []),
    "shifted": (Plain(x[i + 1], (i, 0, n - 1)), Plain(x[i], (i, 1, n)), []),
    "telescoping": (Plain(x[i + 1] - x[i], (i, 1, n)), x[n + 1] - x[1], ONE),
    "telescoping backwards": (Plain(x[i - 1] - x[i], (i, 1, n)), x[0] - x[n], ONE),
    "products that telescope": (
        Plain(x[i + 1] * z[i + 1] - x[i] * z[i], (i, 1, n)),
        x[n + 1] * z[n + 1] - x[1] * z[1],
        ONE,
    ),
    "partial fractions": (Plain(1 / (i * (i + 1)), (i, 1, n)), 1 - S(1) / (n + 1), ONE),
    "cubes": (Plain(i**3, (i, 1, n)), n**2 * (n + 1) ** 2 / 4, ONE),
    "a triangle": (
        Plain(Plain(x[i] * z[m], (m, 1, i)), (i, 1, n)),
        Plain(Plain(x[i] * z[m], (i, m, n)), (m, 1, n)),
        [],
    ),
    "without one term": (
        Plain(Piecewise((x[i], Ne(i, m)), (0, True)), (i, 1, n)),
        Plain(x[i], (i, 1, n)) - x[m],
        WITHIN,
    ),
    "an equality": (X + 1, S(3), [Eq(X, 2)]),
    "an equality in an entry": (x[m] + 1, x[n] + 1, [Eq(m, n)]),
    "a total": (2 * Plain(x[i], (i, 1, n)), S(2), [Eq(Plain(x[i], (i, 1, n)), 1)]),
}
NEVER: dict[str, tuple[Any, Any, list[Any]]] = {
    "the first term of what may be empty": (Plain(x[i], (i, 0, n)), x[0] + Plain(x[i], (i, 1, n)), []),
    "another term": (Plain(x[i], (i, 0, n)), x[1] + Plain(x[i], (i, 1, n)), ONE),
    "a gap": (Plain(x[i], (i, 1, n)), Plain(x[i], (i, 1, m)) + Plain(x[i], (i, m + 2, n)), WITHIN),
    "backwards from one too many": (Plain(x[n - i], (i, 1, n)), Plain(x[i], (i, 1, n)), []),
    "telescoping to another end": (Plain(x[i + 1] - x[i], (i, 1, n)), x[n] - x[1], ONE),
    "telescoping over a pole": (Plain(1 / (i * (i + 1)), (i, -n, n)), -S(1) / (n + 1) - S(1) / n, ONE),
    "an equality for another name": (X + 1, S(3), [Eq(Symbol("Y", real=True), 2)]),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found(name: str) -> None:
    left, right, facts = FOUND[name]
    assert check(derive(left, right, facts=facts)).ok


@pytest.mark.parametrize("name", NEVER)
def test_what_is_false_is_never_found(name: str) -> None:
    left, right, facts = NEVER[name]
    with pytest.raises(NotProved):
        derive(left, right, facts=facts)


@pytest.mark.parametrize("body", [i, i**2 + 3 * i, i**4, 1 / (i * (i + 2)), (i + 1) / (i**2 * (i + 2) ** 2)], ids=str)
def test_a_sum_telescopes_to_what_its_terms_add_up_to(body: Any) -> None:
    """Each value is compared with the terms added one by one."""
    line = Equality(Inert(body, (i, 1, n)), 0).args[0]
    [(value, _)] = list(sum_telescope(line, Scope(())))
    for last in range(7):
        added = sum((Fraction(str(body.subs(i, k))) for k in range(1, last + 1)), Fraction(0))
        assert Fraction(str(value.to_sympy().subs(n, last))) == added


def test_the_first_term_of_a_declared_sum_is_taken_off_under_a_function() -> None:
    K = sizes("K")
    k = index("k", 1, K)
    u = real("u")
    assert check(prove(Equality(Inert(exp(k * u), (k, 0, K)), 1 + Inert(exp(k * u), (k, 1, K))))).ok
