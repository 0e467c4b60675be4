"""Statements and their contraries."""

from __future__ import annotations

from itertools import product
from operator import eq, le, lt, ne
from typing import Any

import pytest
from sympy import Symbol

from deltasift import ForAll
from deltasift.inert import And, Divides, Equality, IsInteger, Less, LessEqual, Not, Or, Unequal
from deltasift.judge.statement import conjunction, conjuncts, contrary
from deltasift.judge.term import FALSE, TRUE, Term, number, read

X, Y = Symbol("x"), Symbol("y")
ORDERS = {"Less": lt, "LessEqual": le, "Equality": eq, "Unequal": ne}


def holds(t: Term, values: dict[str, int]) -> bool:
    if t.head == "truth":
        return bool(t.value)
    if t.head in ("And", "Or"):
        return (all if t.head == "And" else any)(holds(a, values) for a in t.args)
    if t.head == "Not":
        return not holds(t.args[0], values)
    a, b = (values[e.value.name] if e.head == "free" else e.value for e in t.args)
    return bool(ORDERS[t.head](a, b))


@pytest.mark.parametrize(
    "statement",
    [
        Less(X, Y),
        LessEqual(X, Y),
        Equality(X, 1),
        Unequal(X, Y),
        Not(Less(X, Y)),
        And(Less(X, Y), LessEqual(1, X)),
        Or(Equality(X, Y), Not(LessEqual(X, 0))),
        And(Or(Less(X, 1), Less(Y, 1)), Unequal(X, Y)),
    ],
    ids=str,
)
def test_the_contrary_is_true_where_the_statement_is_false(statement: Any) -> None:
    t = read(statement)
    for x, y in product(range(-1, 3), repeat=2):
        assert holds(contrary(t), {"x": x, "y": y}) is not holds(t, {"x": x, "y": y})


@pytest.mark.parametrize("statement", [IsInteger(X), Divides(2, X), ForAll(Less(0, X), (Symbol("k"), 1, 3))])
def test_what_has_no_other_word_is_denied(statement: Any) -> None:
    t = read(statement)
    assert contrary(t) is read(Not(statement))
    assert contrary(contrary(t)) is t


def test_truth_is_denied_by_falsehood() -> None:
    assert contrary(TRUE) is FALSE
    assert contrary(FALSE) is TRUE


def test_a_conjunction_is_its_parts() -> None:
    a, b, c = (read(Less(X, n)) for n in (1, 2, 3))
    assert conjuncts(read(And(And(Less(X, 1), Less(X, 2)), Less(X, 3)))) == [a, b, c]
    assert conjunction([a, b]) is read(And(Less(X, 1), Less(X, 2)))
    assert conjunction([a]) is a
    assert conjunction([]) is TRUE
    assert number(1) not in conjuncts(a)
