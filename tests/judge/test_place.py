"""A place that moves in a line: what stands there, what is put, and which binders are open."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from sympy import Integer, true

from deltasift import Derivative, Integral, Product, Sum, exp, index, real, sizes
from deltasift.inert import Add, Delta, Div, Less, Piecewise, inert
from deltasift.judge.context import Context, World
from deltasift.judge.place import Place
from deltasift.judge.record import RejectedError
from deltasift.judge.term import Term, make, read, same

N, K = sizes("N K")
n, k = index("n", 1, N), index("k", 1, K)
a, b, x = real("a"), real("b"), real("x")
LINE = a + Sum(Product(b * k, (k, 1, n)), n) * Integral(x**2, (x.symbol, 0, b))


def at(path: tuple[int, ...]) -> Place:
    place = Place(read(LINE), Context(World()))
    place.go(path)
    return place


def test_it_goes_where_it_is_told_and_back() -> None:
    place = at((1, 0, 0))
    assert place.here.head == "Product"
    place.go((1, 1, 0))
    assert same(place.here, at((1, 1, 0)).here)
    assert place.here.head == "Pow"
    place.go((0,))
    assert same(place.here, read(a * 1).args[0])
    assert same(place.line(), read(LINE))


def test_what_is_put_stays_when_it_goes_on() -> None:
    place = at((1, 0, 0, 0, 0))
    assert same(place.here, read(b * 1).args[0])
    place.put(read(a + 1))
    place.go((1, 1, 3))
    place.put(read(N + 1))
    expected = a + Sum(Product((a + 1) * k, (k, 1, n)), n) * Integral(x**2, (x.symbol, 0, N + 1))
    assert same(place.line(), read(expected))
    assert not same(place.line(), read(LINE))


@pytest.mark.parametrize("order", [range(6), reversed(range(6)), (3, 0, 5, 3, 1)])
def test_what_is_put_beside_each_other_is_all_there(order: Iterable[int]) -> None:
    numbers = list(range(10, 16))
    place = Place(read(inert(Add(*numbers))), Context(World()))
    for i in order:
        place.go((i,))
        place.put(read(inert(numbers[i] + 100)))
        numbers[i] += 100
    assert place.line() is read(inert(Add(*numbers)))


def test_a_long_sum_is_not_put_together_for_each_of_its_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    line = read(inert(Add(*(exp(Integer(i)) for i in range(50)))))
    made: list[str] = []
    monkeypatch.setattr("deltasift.judge.place.make", lambda head, *rest: made.append(head) or make(head, *rest))
    place = Place(line, Context(World()))
    for i in range(50):
        place.go((i, 0))
        place.put(read(Integer(100 + i)))
    assert place.line() is read(inert(Add(*(exp(Integer(100 + i)) for i in range(50)))))
    assert made.count("Add") == 1


@pytest.mark.parametrize("path", [(2,), (-1,), (0, 0), (1, 0, 1), (1, 0, 0, 1), (1, 0, 4), (1, 1, 0, 5)])
def test_there_is_no_such_place(path: tuple[int, ...]) -> None:
    with pytest.raises(RejectedError, match="no such place"):
        at(path)


def test_the_binders_around_are_open_in_their_bodies_alone() -> None:
    assert [b.head for b in at((1, 0, 0, 0)).context.binders] == ["ForAll", "ForAll"]  # of the range alone
    assert [b.head for b in at((1, 0, 0)).context.binders] == ["ForAll"]
    assert [b.head for b in at((1, 0, 0, 3)).context.binders] == ["ForAll"]  # an end of the product
    assert [b.head for b in at((1, 0, 3)).context.binders] == []
    assert [b.head for b in at((1, 1, 0)).context.binders] == ["Integral"]


def test_the_binders_are_those_of_the_line_as_it_is_now() -> None:
    place = at((1, 0, 3))
    place.put(read(K * 2))
    place.go((1, 0, 0))
    (binder,) = place.context.binders
    assert same(binder.args[3], read(K * 2))
    place.go((1, 1, 3))
    place.put(read(a * 1))
    place.go((1, 1, 0))
    assert same(place.context.binders[0].args[3], read(a * 1))


def test_what_is_differentiated_by_varies_inside() -> None:
    place = Place(read(Derivative(exp(a) * Derivative(a * b, b), a)), Context(World()))
    assert place.context.varied == frozenset()
    place.go((0,))
    assert place.context.varied == {a.symbol}
    place.go((0, 1, 0))
    assert place.context.varied == {a.symbol, b.symbol}
    place.go((0, 0))
    assert place.context.varied == {a.symbol}


def test_what_stands_beside_a_delta_knows_that_it_is_not_0() -> None:
    guarded = read(inert(Delta(n, k) * (a + b)))

    def known(line: Term, i: int) -> list[str]:
        place = Place(line, Context(World()))
        place.go((i,))
        return [str(g) for g in place.level(1)[0].guards]

    assert known(guarded, 1) == ["Equality(n, k)"]
    assert known(guarded, 0) == []
    quotient = read(inert(Div(Delta(n, k) * a, Delta(n, 1))))
    assert known(quotient, 1) == ["Equality(n, k)"]
    assert known(quotient, 0) == []  # what it is divided by excuses nothing
    cases = read(Piecewise((a, Less(n, k)), (b, Less(k, n)), (x, true)))
    assert known(cases, 0) == ["Less(n, k)"]
    assert known(cases, 2) == ["Not(Less(n, k))", "Less(k, n)"]
    assert known(cases, 3) == ["Not(Less(n, k))"]
    assert known(cases, 4) == ["Not(Less(n, k))", "Not(Less(k, n))"]
