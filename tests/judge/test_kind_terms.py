"""What the judge takes for an integer, and for an end of a range: by its form, its domain, its binder, or because it is
said."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Rational, S, Symbol, oo

from deltasift import (
    Integral,
    Piecewise,
    Product,
    Sum,
    define,
    delta,
    exp,
    index,
    iverson,
    labels,
    log,
    real,
    sizes,
)
from deltasift.domain import closure
from deltasift.inert import Add, Div, Divides, Entry, Func, IsInteger, LessEqual, Mul, Neg, Pow, inert
from deltasift.judge.context import Context, World
from deltasift.judge.kind import is_integer
from deltasift.judge.term import read

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
y = labels("y", n, k)
u, t = real("u"), real("t", n)
count, share = define("c", k, Sum(delta(k, y[n]), n)), define("w", k, Sum(delta(k, y[n]), n) / N)
one, half = define("m", N + 1), define("h", N / 2)
HANDLES = (N, K, n, k, y, u, t, count, share, one, half)
free_integer, said = Symbol("i", integer=True), Symbol("v")

YES: list[Any] = [
    S(3),
    S(-2),
    N,
    k,
    free_integer,
    said,
    y[n],
    Add(N, -1),
    Mul(2, N, K),
    Neg(N),
    Pow(N, 2),
    Pow(N, 0),
    Pow(-2, delta(k, 1)),
    Pow(N, iverson(LessEqual(2, N))),
    delta(k, 1),
    iverson(LessEqual(u, 0)),
    Sum(n * N, n),
    Product(k, k),
    Func("floor", u),
    Func("ceiling", u),
    Func("sign", u),
    Func("Abs", N),
    Func("Max", N, K),
    Func("Mod", N, 2),
    Func("binomial", N, 2),
    Func("factorial", N),
    Piecewise((N, LessEqual(2, N)), (1, True)),
    count[k],
    one,
    Div(N, 3),  # which is said
]
NO: list[Any] = [
    Rational(1, 2),
    Rational(-7, 3),
    u,
    t[n],
    Symbol("z"),
    Entry(Symbol("z"), 1),
    Add(N, Rational(1, 2)),
    Add(N, u),
    Mul(N, u),
    Neg(u),
    Div(N, 2),
    Div(N, K),
    Pow(N, -1),
    Pow(N, Rational(1, 2)),
    Pow(N, K),
    Pow(u, 2),
    Pow(u, delta(k, 1)),
    Sum(t[n], n),
    Product(t[n], n),
    Integral(N, (Symbol("x"), 0, 1)),
    Func("Max", N, u),
    Func("Mod", N, u),
    Func("binomial", u, 2),
    Func("factorial", N / 2),
    Func("gamma", N),
    Func("sigma", N),
    Piecewise((N, LessEqual(2, N)), (u, True)),
    Piecewise((u, LessEqual(2, N)), (N, True)),
    exp(N),
    log(N),
    share[k],
    half,
]


def place() -> Context:
    return Context(World(closure(HANDLES), (IsInteger(said), Divides(3, N))))


@pytest.mark.parametrize("e", YES, ids=str)
def test_it_is_an_integer(e: Any) -> None:
    assert is_integer(read(inert(e)), place())


@pytest.mark.parametrize("e", NO, ids=str)
def test_it_is_not_known_to_be_an_integer(e: Any) -> None:
    assert not is_integer(read(inert(e)), place())


@pytest.mark.parametrize("end", [oo, -oo])
def test_an_infinite_end_is_no_integer(end: Any) -> None:
    assert not is_integer(read(inert(end)), place())


def test_a_bound_name_is_an_integer_where_it_counts() -> None:
    for binder, whole in ((Sum(1, n), True), (Product(1, n), True), (Integral(1, (Symbol("x"), 0, N)), False)):
        here = place().enter(read(binder))
        assert is_integer(read(Symbol("j"), {Symbol("j"): 0}, 1), here) is whole


def test_what_is_said_under_a_guard_holds_there() -> None:
    guarded = place().assuming(read(inert(IsInteger(u))))
    assert is_integer(read(inert(u)), guarded)
    assert is_integer(read(inert(u + N)), guarded)
    assert not is_integer(read(inert(u / 2)), guarded)
