"""Relations: how they are stored, and that nobody asks for their truth."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given
from sympy import Integer, Rational, S, Symbol

from deltasift import index, pmf, sizes
from deltasift.errors import ExpressionError
from deltasift.inert import Equality, Less, LessEqual, Node, Proposition, inert
from deltasift.inert.bridge import from_sympy
from strategies import trees

N, K = sizes("N K")
k = index("k", 1, K)
q = pmf("q", k)
a = Symbol("a")
node = q[k] + 1

NUMBERS = [0, 3, -2, Fraction(1, 3)]
LEFT = [*NUMBERS, N, k, q[k]]
RIGHT = [node, q[k], N, -N]


@pytest.mark.parametrize("left", LEFT, ids=str)
@pytest.mark.parametrize("right", RIGHT, ids=str)
def test_greater_is_stored_as_less(left: Any, right: Any) -> None:
    assert (left >= right) == LessEqual(right, left)
    assert (left > right) == Less(right, left)
    assert (left <= right) == LessEqual(left, right)
    assert (left < right) == Less(left, right)
    assert (right >= left) == LessEqual(left, right)
    assert (right > left) == Less(left, right)


@pytest.mark.parametrize("left", [a, a + 1, Integer(3), Rational(1, 3), sympy.pi, S.Infinity, sympy.log(a)], ids=str)
@pytest.mark.parametrize("right", [node, -N], ids=str)
def test_what_sympy_has_compared_is_stored_alike(left: Any, right: Node) -> None:
    """SymPy's own order comes first where its object stands on the left; on a page the relation is ours."""
    assert inert(left >= right) == LessEqual(right, left)
    assert inert(left > right) == Less(right, left)
    assert inert(left <= right) == LessEqual(left, right)
    assert inert(left < right) == Less(left, right)


@given(trees)
def test_no_statement_has_a_truth_value(tree: Node) -> None:
    statement = tree if isinstance(tree, Proposition) else tree <= 1
    with pytest.raises(ExpressionError, match="not decided"):
        bool(statement)


MISTAKES: dict[str, Callable[[], Any]] = {
    "chain": lambda: 1 <= k <= K,
    "chain of nodes": lambda: 0 < q[k] < 1,
    "if": lambda: 1 if q[k] <= 1 else 0,
    "and": lambda: q[k] <= 1 and N <= 2,
    "or": lambda: N <= 2 or q[k] <= 1,
    "not": lambda: not N <= 2,
    "max": lambda: max(N, k),
    "sorted": lambda: sorted([q[k], node]),
    "chain that SymPy begins": lambda: a <= node <= 1,
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_half_a_comparison_is_never_lost(mistake: str) -> None:
    with pytest.raises(TypeError):
        MISTAKES[mistake]()


def test_side_conditions_are_those_of_a_rule_alone() -> None:
    condition = LessEqual(a, 1)
    rule = Equality(a, N, when={condition: {"a": 0}})
    assert rule.when == ((condition, {"a": 0}),)
    plain = Equality(a, N)
    for relation in (plain, plain.subs(a, 2), pickle.loads(pickle.dumps(plain)), from_sympy(sympy.Eq(a, 1)), N <= 2):
        assert relation.when == ()
