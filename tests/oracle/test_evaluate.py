"""The brute force on what can be counted by hand: ranges, deltas, brackets, what has no value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Derivative, Eq, KroneckerDelta, Mod, Piecewise, Product, Rational, Sum, floor, log, oo

from oracle.cases import declarations
from oracle.decide import compared, has_no_value
from oracle.evaluate import compiled
from oracle.instances import Problem, escaped
from oracle.values import Undefined, close
from oracle.world import World

DECLARED = "i, j, k, n: integer; x: real; a, b: table; y: integer table; u, v: noncommutative; f: function"
i, j, k, n = (sympy.Symbol(s, integer=True) for s in "ijkn")
x = sympy.Symbol("x", real=True)
a, y = sympy.IndexedBase("a"), sympy.IndexedBase("y", integer=True)
f = sympy.Function("f")


def value(expr: Any, karr: bool = False, **symbols: int | Fraction) -> Any:
    world = World(declarations(DECLARED), karr=karr)
    for s in expr.atoms(sympy.Symbol):
        world.namesakes.setdefault(s.name, set()).add(s)
    world.assign({name: Fraction(v) for name, v in symbols.items()}, seed=0)
    return compiled(expr, world)()


COUNTED: list[tuple[Any, dict[str, Any], Any]] = [
    (Sum(i, (i, 1, 4)), {}, 10),
    (Sum(i, (i, 5, 2)), {}, 0),
    (Product(i, (i, 5, 2)), {}, 1),
    (Sum(i * j, (j, 1, i), (i, 1, 3)), {}, 25),
    (Sum(1, (i, 1, j), (j, 1, 2)), {"j": 9}, 3),
    (Sum(1, (j, 1, 2), (i, 1, j)), {"j": 3}, 6),
    (Sum(KroneckerDelta(i, j), (i, -oo, oo)), {"j": -3}, 1),
    (Sum(KroneckerDelta(2 * i, j), (i, 1, oo)), {"j": 7}, 0),
    (KroneckerDelta(i, j, (1, 3)), {"i": 4, "j": 4}, 0),
    (KroneckerDelta(i, j, (1, 3)), {"i": 3, "j": 3}, 1),
    (KroneckerDelta(i, j) / (i - j), {"i": 1, "j": 2}, 0),
    ((1 - KroneckerDelta(i, j)) / (i - j), {"i": 2, "j": 2}, 0),
    (KroneckerDelta(i, j) * log(KroneckerDelta(i, j)), {"i": 1, "j": 2}, 0),
    (Piecewise((1, Eq(i, 0)), (2, True)), {"i": 0}, 1),
    (Piecewise((1 / i, i > 0), (2, True)), {"i": 0}, 2),
    (Mod(i, 3), {"i": -4}, 2),
    (floor(Rational(-1, 2) * i), {"i": 3}, -2),
    (sympy.sqrt(i), {"i": 9}, 3),
    (x ** Rational(1, 2), {"x": Fraction(1, 4)}, Fraction(1, 2)),
    (sympy.LeviCivita(i, 1, 2), {"i": 3}, 1),
    (sympy.binomial(n, 2), {"n": 5}, 10),
    (sympy.harmonic(n), {"n": 3}, Fraction(11, 6)),
    (KroneckerDelta(y[1], y[1]), {}, 1),
]


@pytest.mark.parametrize(("expr", "symbols", "expected"), COUNTED, ids=lambda e: str(e)[:60])
def test_what_can_be_counted(expr: Any, symbols: dict[str, Any], expected: Any) -> None:
    assert value(expr, **symbols) == expected


def test_the_order_of_two_series_matters() -> None:
    """What an inner sum takes away from the end of the outer range is not lost with the cut."""
    body = KroneckerDelta(i, j) - KroneckerDelta(i, j + 1)
    assert value(Sum(body, (i, 1, oo), (j, 1, oo))) == 0
    assert value(Sum(body, (j, 1, oo), (i, 1, oo))) == 1


def test_a_loop_leaves_the_symbols_as_they_were() -> None:
    assert value(Sum(i, (i, 1, 3)) + i, i=10) == 16
    assert value(Sum(j, (i, 1, j), (k, 1, 2)), j=3) == 18


def test_reversed_ranges_in_the_other_convention() -> None:
    assert value(Sum(1, (i, 3, 1)), karr=True) == -1
    assert value(Product(2, (i, 3, 1)), karr=True) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("expr", "symbols"),
    [
        (1 / i, {"i": 0}),
        (log(i), {"i": 0}),
        (Sum(1 / i, (i, -1, 1)), {}),
        (Sum(1, (i, 1, x)), {"x": Fraction(1, 2)}),
        (Mod(i, j), {"i": 1, "j": 0}),
        (Piecewise((1, i > 0)), {"i": 0}),
        (Sum(log(KroneckerDelta(i, 1)), (i, 1, 2)), {}),
        (sympy.zoo * i, {"i": 1}),
    ],
    ids=str,
)
def test_what_has_no_value(expr: Any, symbols: dict[str, Any]) -> None:
    with pytest.raises(Undefined):
        value(expr, **symbols)


def test_derivatives_are_difference_quotients() -> None:
    by_entry = value(Derivative(Sum(a[i] ** 2, (i, 1, 3)), a[2]))
    assert close(by_entry, 2 * value(a[2] + 0 * i, i=0))
    assert close(value(Derivative(x**3, x), x=Fraction(2)), Fraction(12))


def test_matrices_do_not_commute() -> None:
    u, v = (sympy.Symbol(s, commutative=False) for s in "uv")
    problem = Problem.plain(u * v, DECLARED)
    assert compared(problem, v * u).equal is False
    assert compared(Problem.plain((u * v) ** 2, DECLARED), u * v * u * v).equal is True


def test_a_name_that_escapes_is_found() -> None:
    problem = Problem.plain(Sum(KroneckerDelta(i, j), (i, 1, n)), DECLARED)
    assert escaped(problem, Piecewise((1, i <= n), (0, True))) == {"i"}
    assert escaped(problem, Piecewise((1, j <= n), (0, True))) == set()
    assert compared(problem, sympy.Integer(1) + 0 * i).equal is False


def test_an_answer_has_to_have_a_value_where_the_question_has_one() -> None:
    problem = Problem.plain(i, DECLARED)
    found = compared(problem, i**2 / i.subs(i, sympy.Symbol("i", integer=True)) + 0 / (i - 1) + (i - 2) / (i - 2) - 1)
    assert found.equal is True  # SymPy has cancelled by itself what would have no value
    undefined = compared(Problem.plain(i**2, DECLARED), (i**3 - i**2) / (i - 1))
    assert undefined.equal is False
    assert "no value" in undefined.reason


def test_a_witness_is_an_instance() -> None:
    found = compared(Problem.plain(Sum(a[i], (i, 1, n)), DECLARED), Sum(a[i], (i, 0, n)))
    assert found.equal is False
    assert "n = " in found.witness


def test_what_has_no_value_anywhere_is_told_apart() -> None:
    assert has_no_value(Problem.plain(Sum(log(KroneckerDelta(i, 1)), (i, 1, 2)) * n, DECLARED))
    assert not has_no_value(Problem.plain(1 / n, DECLARED))


def test_undefined_functions_and_tables_are_the_same_at_the_same_place() -> None:
    assert value(f(i) - f(j), i=2, j=2) == 0
    assert value(f(i) - f(j), i=2, j=3) != 0
    assert value(a[i + 1] - a[3], i=2) == 0
