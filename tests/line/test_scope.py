"""What a place knows: on what an expression depends, and what holds where something is a little different."""

from __future__ import annotations

import pytest
from sympy import S, Symbol
from sympy.core.basic import Basic

from deltasift import (
    Derivative,
    Integral,
    Sum,
    assuming,
    calc,
    define,
    dirac,
    index,
    labels,
    pmf,
    positive,
    real,
    sizes,
    step,
)
from deltasift.check import check
from deltasift.conditions import Verdict
from deltasift.conditions.prove import prove
from deltasift.domain import closure
from deltasift.inert import At, Func, Less, LessEqual
from deltasift.line.scope import Scope
from deltasift.rules import deriv_const, integral_dirac, max_of_le, sum_const

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
a, b, z = real("a"), real("b"), real("z")
x, i = Symbol("x"), Symbol("i")
c, t = positive("c"), real("t", above=0, below=1)
y, q = labels("y", n, k), pmf("q", k)
p, w = define("p", k, a * z), define("w", z**2)
h = define("h", real("u"), w * real("u"))
SCOPE = Scope(closure([N, K, n, k, a, b, z, c, t, y, q, p, w, h]))
INSIDE = SCOPE.enter(Sum(z.symbol, (z.symbol, 1, 2)))


@pytest.mark.parametrize(
    ("expr", "name", "does"),
    [
        (p[1], a, True),
        (p[1], z, True),
        (p[1], b, False),
        (h(a), z, True),
        (h(b), a, False),
        (Sum(p[k], (z.symbol, 1, 2)), z, True),
        (Sum(z.symbol, (z.symbol, 1, 2)), z, False),
        (Sum(w, (a.symbol, 1, 2)), a, False),
        (Integral(h(x), (x, 0, a)), a, True),
    ],
    ids=str,
)
def test_what_is_defined_depends_on_what_its_definition_speaks_of(expr: Basic, name: object, does: bool) -> None:
    assert SCOPE.depends(expr, name.symbol) is does  # type: ignore[attr-defined]


def test_what_is_defined_does_not_depend_on_what_a_binder_binds() -> None:
    assert not INSIDE.depends(p[1], z.symbol)
    assert INSIDE.depends(p[1], a.symbol)
    assert INSIDE.depends(p[1] * z, z.symbol)
    assert not INSIDE.depends(h(a), z.symbol)


DERIVATIVES = [
    (Sum(Derivative(p[1], a), (z.symbol, 1, 2)), Sum(S.Zero, (z.symbol, 1, 2)), False),
    (Sum(Derivative(h(b), z), (a.symbol, 1, 2)), Sum(S.Zero, (a.symbol, 1, 2)), False),
    (Derivative(Sum(p[k], (z.symbol, 1, 2)), a), S.Zero, False),
    (Derivative(Sum(p[k], (z.symbol, 1, 2)), z), S.Zero, False),
    (Integral(Derivative(w, z.symbol), (x, 0, 1)), Integral(S.Zero, (x, 0, 1)), False),
    (Derivative(w, a), S.Zero, True),
    (Sum(Derivative(w, a), (a.symbol, 1, 2)), Sum(S.Zero, (a.symbol, 1, 2)), False),
]


@pytest.mark.parametrize(("before", "after", "right"), DERIVATIVES, ids=str)
def test_a_derivative_is_0_where_nothing_varies(before: Basic, after: Basic, right: bool) -> None:
    assert check(calc(before, step(after, by=deriv_const)), layers=("structure",)).ok is right


def test_a_binder_of_a_name_of_a_definition_leaves_it_what_it_is_on_the_page() -> None:
    for before, after, rule in (
        (Sum(w, (z.symbol, 1, 3)), 3 * w, sum_const),
        (Integral(dirac(z - a) * w, z), w, integral_dirac),
    ):
        assert check(calc(before, step(after, by=rule))).ok


# --- where something is a little different ----------------------------------------------------------------------------

PINNED = [
    (Less(0, i), i, Sum(i, (i, 1, N))),
    (LessEqual(i, N), N.symbol, Sum(i, (i, 1, N))),
    (LessEqual(i, a), a.symbol, Sum(i, (i, 1, a))),
]


@pytest.mark.parametrize(("fact", "varied", "binder"), PINNED, ids=str)
def test_the_range_of_an_index_says_nothing_where_one_differentiates(fact: Basic, varied: Basic, binder: Basic) -> None:
    inside = SCOPE.enter(binder)  # type: ignore[arg-type]
    assert prove(fact, inside).verdict is Verdict.PROVED
    around = inside.enter(Derivative(fact.args[0] * varied, varied))
    assert prove(fact, around).verdict is not Verdict.PROVED
    assert not around.is_integer(varied)


CLOSED = [
    (Func("Max", N, 1), N, N),
    (Func("Max", N, n), N, N),
    (Func("Max", n, 1), n, n),
    (Func("Max", y[1], 1), y[1], y[1]),
    (Func("Max", q[1], 0), q[1], q[1]),
    (Func("Max", K, y[1]), K, K),
]


@pytest.mark.parametrize(("before", "after", "by"), CLOSED, ids=str)
def test_what_may_be_equal_has_no_room_on_both_sides(before: Basic, after: Basic, by: Basic) -> None:
    proof = calc(before * 1, step(after * 1, by=max_of_le))
    assert check(proof, layers=("structure",)).ok
    proof = calc(Derivative(before, by), step(Derivative(after, by), by=max_of_le))
    assert not check(proof, layers=("structure",)).ok


@pytest.mark.parametrize(("real_one", "bound"), [(c, 0), (t, 0)], ids=str)
def test_what_is_strictly_between_others_has_room(real_one: object, bound: int) -> None:
    for wrap in (lambda e: Derivative(e, real_one), lambda e: At(Derivative(e, real_one), real_one, 1)):
        before, after = wrap(Func("Max", real_one, bound)), wrap(real_one)
        right = check(calc(before, step(after, by=max_of_le)), layers=("structure",)).ok
        assert right is isinstance(before, Derivative)


def test_an_assumption_that_may_be_an_equality_has_no_room() -> None:
    whole, after = Derivative(Func("Max", a, b), a), Derivative(a, a)
    for order, right in ((LessEqual(b, a), False), (Less(b, a), True)):
        proof = calc(whole, step(after, by=[assuming(order), max_of_le]))
        assert check(proof, layers=("structure",)).ok is right
