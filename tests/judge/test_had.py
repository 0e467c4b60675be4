"""What is known because a line has a value: where it is known, and where it is not."""

from __future__ import annotations

from dataclasses import replace

from sympy import Integer, Symbol, oo

from deltasift import Integral, Sum, dirac, index, real, sizes
from deltasift.conditions.finder import Finder
from deltasift.domain import closure
from deltasift.inert import Add, Entry, ForAll, Func, Mul, Unequal
from deltasift.judge.certificate import AlmostEverywhere, Certificate, Every, Had, Instead, Rest, Some, Stated, Whole
from deltasift.judge.context import Context, Need, World
from deltasift.judge.context import Had as Known
from deltasift.judge.need import needs
from deltasift.judge.proof import Checker
from deltasift.judge.term import ZERO, Term, bound, make, read

N, K = sizes("N K")
k = index("k", 1, K)
x, b = real("x"), real("b")
WORLD = World(closure((N, K, k, x, b)), names=frozenset((N.symbol, K.symbol, x.symbol, b.symbol)))
i, a = Symbol("i"), Symbol("a")
PLACE = Context(WORLD)
NONZERO = Unequal(Entry.make((a, i)), 0)
OVER = read(Sum(Entry.make((a, i)), (i, 1, K)))


def place_of(*known: Need) -> Context:
    return replace(PLACE, had=Known(known))


def shown(goal: Term, place: Context) -> Certificate | None:
    """Return a certificate that is found and that the judge accepts."""
    found = Finder().decide(goal, place)
    assert found is None or Checker().accepts(goal, found, place)
    return found


def of_each() -> Need:
    return Need(PLACE.enter(OVER), read(NONZERO, {i: 0}, 1))


def test_what_is_needed_of_each_index_is_known_of_one_in_the_range() -> None:
    first = read(Unequal(Entry.make((a, Integer(1))), 0))
    assert shown(first, place_of(of_each())) is not None
    assert shown(first, PLACE) is None
    assert shown(read(Unequal(Entry.make((a, Integer(0))), 0)), place_of(of_each())) is None
    assert shown(read(ForAll(NONZERO, (i, 1, K))), place_of(of_each())) is not None
    assert shown(read(ForAll(NONZERO, (i, 0, K))), place_of(of_each())) is None


def test_what_is_needed_of_each_index_says_nothing_where_there_is_none() -> None:
    """The range from 1 to 19 - N is empty for large N, and what it needs of another name is not needed then."""
    empty = PLACE.enter(read(Sum(i, (i, 1, 19 - N))))
    goal = read(Unequal(b, 0))
    assert shown(goal, place_of(Need(empty, goal))) is None
    assert shown(goal, place_of(Need(PLACE.enter(OVER), goal))) is not None


def test_a_guard_of_what_is_known_has_to_be_shown() -> None:
    goal = read(Unequal(b, 0))
    guarded = Need(PLACE.assuming(read(Unequal(x, 3))), goal)
    assert shown(goal, place_of(guarded)) is None
    assert shown(goal, place_of(guarded).assuming(read(Unequal(x, 3)))) is not None


def test_what_is_known_almost_everywhere_is_known_of_the_variable_alone() -> None:
    along = read(Integral(1 / x, (x.symbol, -1, 1)))
    inside = PLACE.enter(along)
    nonzero = make("Unequal", (bound(0), make("number", (), read(x * 0).args[1].value)))
    need = Need(inside, nonzero)
    at_zero = Stated(Had(0, (read(x * 0).args[1],), ()))
    assert not Checker().accepts(read(Unequal(Integer(0), Integer(0))), at_zero, place_of(need))
    assert Checker().accepts(
        nonzero, Stated(Had(0, (bound(0),), ())), replace(inside, had=Known((need,), opened=inside.depth))
    )


def test_of_an_integral_without_masses_a_null_set_does_not_matter() -> None:
    goal = make("Less", (ZERO, bound(0)))
    for lo, holds in ((0, True), (-1, False)):
        inside = PLACE.enter(read(Integral(x, (x.symbol, lo, 1))))
        almost = replace(inside, had=Known(almost=0))
        assert (shown(goal, almost) is not None) == holds
        assert shown(goal, inside) is None
        assert shown(goal, replace(almost, varied=frozenset((b.symbol,)))) is None  # a value at a point matters
        assert not Checker().accepts(goal, AlmostEverywhere(0, Every(())), almost)  # the order is not shown


def test_a_null_set_matters_of_a_variable_further_out_than_that_integral() -> None:
    """The outer integral has point masses, so that the value at one point of its variable counts."""
    outer = PLACE.enter(read(Integral(x, (x.symbol, 0, 1))))
    inside = outer.enter(read(Integral(x, (x.symbol, 0, 1))))
    place = replace(inside, had=Known(almost=1))
    assert shown(make("Less", (ZERO, bound(0))), place) is not None
    assert shown(make("Less", (ZERO, bound(1))), place) is None
    found = shown(make("Less", (ZERO, bound(0))), place)
    assert isinstance(found, AlmostEverywhere)
    assert not Checker().accepts(make("Less", (ZERO, bound(1))), replace(found, distance=1), place)


def test_a_number_that_there_is_not_is_refused() -> None:
    goal = read(Unequal(b, 0))
    for number in (-1, 1, 99):
        assert not Checker().accepts(goal, Stated(Had(number, (), ())), place_of(Need(PLACE, goal)))
    assert not Checker().accepts(goal, Stated(Had(0, (bound(0),), (Whole(),))), place_of(Need(PLACE, goal)))


def test_of_a_sum_that_is_integrable_the_rest_is_where_the_others_are() -> None:
    f = Func("gamma", x.symbol**2)  # of which the judge does not know whether it is
    mass, rest = dirac(x) * 2, Mul.make((f, f))
    both = read(Integral(Add.make((mass, rest)), (x.symbol, -oo, oo)))
    goal = read(Integral(rest, (x.symbol, -oo, oo)))
    whole = Need(PLACE, make("Integrable", (both,)))
    found = shown(make("Integrable", (goal,)), place_of(whole))
    assert isinstance(found, Rest)
    assert shown(make("Integrable", (goal,)), PLACE) is None
    for wrong in (replace(found, number=0), replace(found, number=2), replace(found, proofs=())):
        assert not Checker().accepts(make("Integrable", (goal,)), wrong, place_of(whole))


def test_a_derivative_needs_a_value_nearby() -> None:
    """The square root of x has one at 0 and none below, so that a derivative is a matter of positive x."""
    y = x.symbol
    root = read(Func("acosh", y))
    derivative = make("Derivative", (root, read(y), make("number", (), read(1 * x).args[0].value)))
    found = [n.statement for n in needs(derivative, PLACE)]
    assert make("Less", (read(1 * x).args[0], read(y))) in found


def test_what_is_shown_instead_shows_a_whole_goal_and_no_part_of_one() -> None:
    goal = read(Unequal(b, 0))
    other = Need(PLACE, make("LessEqual", (read(1 * x).args[0], read(1 * x).args[0])))
    place = replace(PLACE, had=Known((), (other,)))
    found = shown(goal, place)
    assert isinstance(found, Instead)
    assert not Checker().accepts(goal, found, PLACE)
    assert not Checker().accepts(goal, Instead(()), place)
    assert not Checker().accepts(make("And", (goal, goal)), Every((found, found)), place)
    assert not Checker().accepts(make("Or", (goal, goal)), Some(0, found), place)
