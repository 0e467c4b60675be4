"""Certificates: right ones are found and accepted, altered ones show nothing that is false."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import Any

import pytest
from sympy import pi

from deltasift import pmf, real
from deltasift.conditions.finder import Finder
from deltasift.domain import closure
from deltasift.inert import Equality, Func, Less, LessEqual, Sum, Unequal
from deltasift.judge import certificate as kinds
from deltasift.judge.certificate import TRIVIAL, Certificate, by_solver
from deltasift.judge.context import Context, World
from deltasift.judge.proof import CHECKS, Checker
from deltasift.judge.term import FALSE, NAME, ONE, TRUE, ZERO, Term, bound, make, number, occurs, read, shift
from judge.goals import DOMAINS, GOALS, NAMES, UNPROVED, Goal, N, a, b, c, d, k, n, q, y, z
from judge.small import UnknownError, counterexample
from sampled import sampled

PLACE = Context(World(DOMAINS, names=NAMES))


def accepts(goal: Term, certificate: Any, place: Context = PLACE) -> bool:
    return Checker().accepts(goal, certificate, place)


def found(goal: Goal) -> Certificate:
    certificate = Finder().decide(goal.term(), goal.place())
    assert certificate is not None
    return certificate


@pytest.mark.parametrize("goal", GOALS, ids=str)
def test_a_certificate_is_found_and_accepted(goal: Goal) -> None:
    certificate = found(goal)
    assert type(certificate).__name__ == goal.kind
    assert accepts(goal.term(), certificate, goal.place())
    assert not by_solver(certificate)


def test_every_kind_is_among_them() -> None:
    tried = {goal.kind for goal in GOALS}
    elsewhere = {"Absurd", "Solver", "Rest"}  # tested below, and in `test_had.py`
    assert {kind.__name__ for kind in CHECKS} == tried | elsewhere


@pytest.mark.parametrize("goal", UNPROVED, ids=str)
def test_nothing_is_found_for_what_does_not_follow(goal: Goal) -> None:
    assert Finder().decide(goal.term(), goal.place()) is None


def test_no_certificate_of_another_statement_shows_what_does_not_follow() -> None:
    certificates = [found(goal) for goal in GOALS]
    for goal in UNPROVED:
        assert not any(accepts(goal.term(), c, goal.place()) for c in certificates), goal


# --- alterations -----------------------------------------------------------------------------------------------------


def altered(x: Any, terms: list[Term]) -> Iterator[Any]:
    """Yield everything that one change makes of a certificate: a number, a name, a part left out, two exchanged."""
    if isinstance(x, bool):
        yield not x
    elif isinstance(x, Fraction | int):
        yield from (x + 1, -x, x * 2, type(x)(0))
    elif isinstance(x, str):
        yield from (r for r in ("<", "<=", ">", ">=", "=", "!=") if r != x)
    elif isinstance(x, Term):
        yield from (other for other in terms if other is not x)
        yield make("Neg", (x,))
    elif isinstance(x, tuple):
        yield from (x[:i] + x[i + 1 :] for i in range(len(x)))
        yield from ((*x[:i], x[j], *x[i + 1 :]) for i in range(len(x)) for j in range(len(x)) if i != j)
        yield from ((*x[:i], new, *x[i + 1 :]) for i, part in enumerate(x) for new in altered(part, terms))
    elif is_dataclass(x):
        yield from (
            replace(x, **{f.name: new})  # type: ignore[type-var]
            for f in fields(x)
            for new in altered(getattr(x, f.name), terms)
        )
        if not isinstance(x, kinds.Signs | kinds.Known):
            yield from (TRIVIAL, kinds.Guard(0), kinds.Given(0), kinds.Whole(), kinds.Closure(()), kinds.Infinite(()))
            yield None


def goals_near(goal: Term) -> Iterator[Term]:
    """Yield statements that differ in one thing: an order turned, made strict, denied, or a number in it changed."""
    if goal.head in ("LessEqual", "Less", "Equality", "Unequal"):
        yield from (make(h, goal.args) for h in ("LessEqual", "Less", "Equality", "Unequal") if h != goal.head)
        yield make(goal.head, goal.args[::-1])
        yield from (make(goal.head, (goal.args[0], make("Add", (goal.args[1], number(by))))) for by in (-1, 1))
    if goal.head in ("And", "Or"):
        yield make("Or" if goal.head == "And" else "And", goal.args)
    yield make("Not", (goal,))
    for i, part in enumerate(goal.args):
        if part is NAME or part.head in ("text", "infinity"):
            continue
        if part.head == "bound":
            yield _with(goal, i, bound(part.value + 1))
        elif part.head == "number":
            yield from (_with(goal, i, number(part.value + by)) for by in (-1, 1))
        elif part.args:
            yield from (_with(goal, i, new) for new in goals_near(part))


def _with(t: Term, i: int, new: Term) -> Term:
    try:
        return make(t.head, (*t.args[:i], new, *t.args[i + 1 :]), t.value)
    except Exception:  # no expression
        return t


def places_near(place: Context) -> Iterator[Context]:
    """Yield places where less is known, or another thing."""
    for i in range(len(place.guards)):
        yield replace(place, guards=place.guards[:i] + place.guards[i + 1 :])
    for i, b_ in enumerate(place.binders):
        body, name, lo, hi = b_.args
        for new in (
            make(b_.head, (body, name, hi, lo)),
            make("Integral", (ZERO, name, lo, hi)),
            make("Continuous", (TRUE, name, ZERO)),
            make(b_.head, (body, name, lo, make("Add", (hi, ONE)))),
            make(b_.head, (body, name, make("Add", (lo, number(-1))), hi)),
        ):
            yield replace(place, binders=(*place.binders[:i], new, *place.binders[i + 1 :]))
    world = place.world
    for s in world.assumptions:
        yield replace(place, world=World(DOMAINS, tuple(x for x in world.assumptions if x is not s), names=NAMES))
    for symbol in DOMAINS:
        if any(symbol.name in str(g) for g in place.world.given):
            less = {name: domain for name, domain in DOMAINS.items() if name != symbol}
            yield replace(place, world=World(less, world.assumptions, names=NAMES))


def is_true(goal: Term, place: Context, seed: str) -> bool | None:
    """Tell whether a statement is true in small models, None where it cannot be evaluated."""
    if goal.loose > place.depth:
        return False
    try:
        return counterexample(goal, place, random.Random(seed)) is None
    except UnknownError:
        return None


EVALUATED = [g for g in GOALS if is_true(g.term(), g.place(), "is there a model") is not None]


def test_most_statements_can_be_evaluated_and_are_true() -> None:
    assert len(EVALUATED) > 35
    assert all(is_true(g.term(), g.place(), str(g)) for g in EVALUATED)


@pytest.mark.parametrize("goal", sampled(EVALUATED, 4))
def test_what_an_altered_certificate_statement_or_place_shows_is_true(goal: Goal) -> None:
    certificate, term, place = found(goal), goal.term(), goal.place()
    counted: Counter[bool] = Counter()
    near = [*goals_near(term)]
    draw = random.Random(str(goal))
    bad = [x for x in altered(certificate, [ZERO, ONE, bound(0), read(N.symbol)]) if x != certificate]
    draw.shuffle(bad)
    tried = [
        *((g, certificate, place) for g in near),
        *((term, certificate, p) for p in places_near(place)),
        *((term, x, place) for x in bad[:150]),
        *((draw.choice(near), x, place) for x in bad[:150]),
    ]
    for g, x, p in tried:
        right = accepts(g, x, p)
        counted[right] += 1
        if right:
            assert is_true(g, p, f"{goal}") is not False, (g, x)
    assert counted[False] > counted[True] or goal.kind in ("Closure", "Infinite"), counted


def test_no_alteration_is_an_error_of_the_checker() -> None:
    for goal in GOALS:  # every so many of the tens of thousands, in the time that the suite has
        for x in islice(altered(found(goal), [ZERO, bound(7), TRUE, NAME]), 0, None, 97):
            assert accepts(goal.term(), x, goal.place()) in (True, False)


# --- kinds of faults -------------------------------------------------------------------------------------------------


def less(x: Any, w: Any, *names: Any) -> Term:
    return read(Less(x, w), {name: i for i, name in enumerate(names)}, len(names))


def over(head: str, lo: Any, hi: Any) -> Context:
    return PLACE.enter(make(head, (TRUE if head == "ForAll" else ZERO, NAME, read(_inert(lo)), read(_inert(hi)))))


def _inert(x: Any) -> Any:
    from deltasift.inert import inert

    return inert(x)


HALF = Fraction(1, 2)
ONCE = Fraction(1)


def linear(*weighted: tuple[Fraction, Any]) -> kinds.Linear:
    return kinds.Linear((weighted,))


def test_a_multiplier_of_an_order_is_not_negative() -> None:
    place = PLACE.assuming(less(c, d))
    upside_down = read(Less(d, c))
    assert accepts(less(c, d), linear((ONCE, kinds.Contrary(0)), (ONCE, kinds.Guard(0))), place)
    assert not accepts(upside_down, linear((ONCE, kinds.Contrary(0)), (-ONCE, kinds.Guard(0))), place)


def test_a_sum_of_weak_orders_that_is_0_is_no_contradiction() -> None:
    place = PLACE.assuming(read(LessEqual(c, d)))
    both = linear((ONCE, kinds.Contrary(0)), (ONCE, kinds.Guard(0)))
    assert accepts(read(LessEqual(c, d)), both, place)
    assert not accepts(read(Less(c, d)), both, place)


def test_only_integers_are_rounded() -> None:
    doubled = linear((ONCE, kinds.Contrary(0)), (ONCE, kinds.Guard(0)))
    assert accepts(read(LessEqual(a, 0)), doubled, PLACE.assuming(read(LessEqual(2 * a, 1))))
    halved = linear((ONCE, kinds.Contrary(0)), (HALF, kinds.Guard(0)))
    assert not accepts(read(LessEqual(c, 0)), halved, PLACE.assuming(read(LessEqual(2 * c, 1))))


def test_no_fact_is_used_that_is_not_there() -> None:
    for fact in (kinds.Guard(0), kinds.Guard(-1), kinds.Given(10**6), kinds.Given(-1), kinds.Range(0, upper=True)):
        assert not accepts(read(LessEqual(c, 0)), linear((ONCE, kinds.Contrary(0)), (ONCE, fact)))
        assert not accepts(read(LessEqual(c, 0)), kinds.Stated(fact))


def test_the_range_of_an_index_is_a_fact_inside_of_it_alone() -> None:
    """Whether 1..N-20 is empty is not known outside."""
    goal = LessEqual(21, N)
    shows = linear((ONCE, kinds.Contrary(0)), (ONCE, kinds.Range(0, upper=False)), (ONCE, kinds.Range(0, upper=True)))
    assert accepts(read(goal), shows, over("Sum", 1, N - 20))
    assert not accepts(read(goal), shows, PLACE)
    assert not accepts(read(goal), shows, over("Integral", 1, N - 20))


def test_the_variable_of_an_integral_lies_between_ends_that_are_shown_to_be_in_order() -> None:
    order = linear((ONCE, kinds.Contrary(0)))
    for lo, hi, upside_down in ((0, 1, False), (1, 0, True)):
        place = over("Integral", lo, hi)
        facts = [kinds.Range(0, upper, order, upside_down) for upper in (False, True)]
        goals = (make("LessEqual", (ZERO, bound(0))), make("LessEqual", (bound(0), ONE)))
        for goal, fact in zip(goals, facts, strict=True):
            assert accepts(goal, kinds.Stated(fact), place)
            for wrong in (
                replace(fact, order=None),
                replace(fact, is_reversed=not upside_down),
                replace(fact, upper=not fact.upper),
                replace(fact, distance=1),
            ):
                assert not accepts(goal, kinds.Stated(wrong), place)
        assert not accepts(goals[0], kinds.Stated(facts[0]), over("Integral", c, 1))


def test_a_fact_about_every_entry_needs_an_index_that_is_an_integer_in_its_range() -> None:
    given = next(i for i, s in enumerate(PLACE.world.given) if "Less(0, Entry(q, #0))" in str(s))
    at_one = read(q[1])
    reflexive = linear((ONCE, kinds.Contrary(0)))
    in_range = (reflexive, Finder().decide(read(LessEqual(1, k.hi)), PLACE))
    fact = kinds.Instance(kinds.Given(given), (ONE,), in_range)
    goal = make("Less", (ZERO, at_one))
    assert accepts(goal, kinds.Stated(fact))
    assert not accepts(goal, kinds.Stated(replace(fact, within=in_range[:1])))
    assert not accepts(goal, kinds.Stated(replace(fact, within=(*in_range, reflexive))))
    assert not accepts(goal, kinds.Stated(replace(fact, values=(ZERO,))))
    half = replace(fact, values=(number(Fraction(3, 2)),))
    assert not accepts(make("Less", (ZERO, read(q[_inert(3) / 2]))), kinds.Stated(half))


def test_a_symbol_of_sympy_says_nothing_of_a_bound_name() -> None:
    positive = d.symbol
    place = over("Sum", -3, 3)
    goal = make("Less", (ZERO, bound(0)))
    for fact in (kinds.Form(bound(0), 0), kinds.Form(read(positive), 0)):
        assert not accepts(goal, kinds.Stated(fact), place)


def test_one_side_of_a_difference_is_not_the_other() -> None:
    place = PLACE.assuming(read(Unequal(a, b)))
    assert not accepts(read(Less(a, b)), kinds.Stated(kinds.Guard(0)), place)
    assert not accepts(read(Less(a, b)), kinds.Split(kinds.Guard(0), (kinds.Stated(kinds.Guard(1)),)), place)
    twice = (kinds.Stated(kinds.Guard(1)), kinds.Stated(kinds.Guard(1)))
    assert not accepts(read(Less(a, b)), kinds.Split(kinds.Guard(0), twice), place)


def test_facts_that_contradict_each_other_show_anything_and_others_nothing() -> None:
    clash = kinds.Absurd(linear((ONCE, kinds.Guard(0)), (ONCE, kinds.Guard(1))))
    goal = read(Less(c, d))
    assert accepts(goal, clash, PLACE.assuming(read(Less(a, b)), read(LessEqual(b, a))))
    assert not accepts(goal, clash, PLACE.assuming(read(LessEqual(a, b)), read(LessEqual(b, a))))
    assert not accepts(goal, clash, PLACE.assuming(read(Less(a, b)), read(Less(b, c))))
    assert not accepts(FALSE, TRIVIAL)
    assert not accepts(FALSE, linear())


def test_what_pins_down_a_name_says_nothing_where_it_is_varied() -> None:
    place = replace(PLACE.assuming(read(LessEqual(c, 0)), read(Less(c, 0))), varied=frozenset((c.symbol,)))
    weak = linear((ONCE, kinds.Contrary(0)), (ONCE, kinds.Guard(0)))
    strict = linear((ONCE, kinds.Contrary(0)), (ONCE, kinds.Guard(1)))
    assert accepts(read(LessEqual(c, 1)), strict, place)
    assert not accepts(read(LessEqual(c, 1)), weak, place)


def test_the_entries_of_a_pmf_that_is_varied_have_no_total() -> None:
    """A derivative by one of them leaves the others as they are."""
    total = read(Sum(q[k], k))
    goal = make("Equality", (total, ONE))
    assert accepts(goal, kinds.Stated(kinds.Total(total, ())))
    assert not accepts(goal, kinds.Stated(kinds.Total(total, ())), replace(PLACE, varied=frozenset((q.symbol,))))


def test_a_solver_is_believed_and_seen() -> None:
    goal = read(Less(c, d))
    inside = kinds.Every((kinds.Stated(kinds.Lemma(goal, kinds.Solver())),))
    assert accepts(goal, kinds.Solver())
    assert accepts(make("And", (goal,)), inside)
    assert by_solver(kinds.Solver())
    assert by_solver(inside)
    assert not by_solver(TRIVIAL)


def test_a_certificate_that_is_very_deep_is_refused_and_no_error() -> None:
    deep: Certificate = TRIVIAL
    goal = TRUE
    for _ in range(5_000):
        deep = kinds.Unfolded(deep)
    assert not accepts(goal, deep)


def test_places_further_in_keep_what_is_true_further_out() -> None:
    """A guard reads otherwise under one more binder, and says the same."""
    place = over("Sum", 1, N)
    inside = place.assuming(make("LessEqual", (bound(0), number(3)))).enter(make("Sum", (ZERO, NAME, ONE, ONE)))
    goal = make("LessEqual", (bound(1), number(3)))
    assert accepts(goal, kinds.Stated(kinds.Guard(0)), inside)
    assert not accepts(shift(goal, 1), kinds.Stated(kinds.Guard(0)), inside)
    assert not accepts(make("LessEqual", (bound(0), number(3))), kinds.Stated(kinds.Guard(0)), inside)


def test_an_index_that_no_line_mentions_need_not_exist() -> None:
    """Else the range 1..N of n would show that N is at least 1, whatever N is."""
    own = read(n.symbol)
    quiet, spoken = World(DOMAINS), World(DOMAINS, names=frozenset((n.symbol,)))
    assert not any(occurs(own, s) for s in quiet.given)
    assert sum(occurs(own, s) for s in spoken.given) == 2
    assert not any(occurs(read(k.symbol), s) for s in spoken.given)  # though it is the index of a definition


def test_terms_are_compared_by_value_and_products_of_inverses_do_not_cancel() -> None:
    checker = Checker()
    same = checker.polynomials.equal
    assert same(read(y[n + 1 - 1]), read(y[n]))
    assert same(read((c + z) * (c - z)), read(c**2 - z**2))
    assert same(read(_inert(c) / 2 + c / 2), read(_inert(c)))
    assert not same(read(c * (1 / _inert(c))), ONE)
    assert not same(read(_inert(c) / c), ONE)
    assert not same(read(1 / a), read(_inert(a)))


def test_the_entries_of_a_row_have_a_total_where_there_is_such_a_row() -> None:
    r = pmf("r", k, given=n)
    place = Context(World(closure((r,)), names=frozenset((r.symbol, N.symbol))))
    beyond, first = (read(Sum(r[row, k], k)) for row in (N + 1, 1))
    lower, upper = (found_at(read(LessEqual(*pair)), place) for pair in ((1, 1), (1, N)))
    assert accepts(make("Equality", (first, ONE)), kinds.Stated(kinds.Total(first, (lower, upper))), place)
    for within in ((lower, upper), (TRIVIAL, TRIVIAL), (lower, TRIVIAL)):
        assert not accepts(make("Equality", (beyond, ONE)), kinds.Stated(kinds.Total(beyond, within)), place)


def found_at(statement: Term, place: Context) -> Certificate:
    certificate = Finder().decide(statement, place)
    assert certificate is not None
    return certificate


def test_gamma_is_positive_where_its_argument_is_not_negative() -> None:
    t, u = real("t", above=0), real("u")
    place = Context(World(closure((t, u)), names=frozenset((t.symbol, u.symbol))))
    for argument, is_known in ((t, True), (t + 1, True), (u, False), (-t, False)):
        goal = read(Less(0, Func("gamma", argument)))
        certificate = Finder().decide(goal, place)
        assert (certificate is not None) is is_known
        assert certificate is None or accepts(goal, certificate, place)
    place = Context(World(closure((u,)), (LessEqual(0, u),), names=frozenset((u.symbol,))))
    assert Finder().decide(read(Less(0, Func("gamma", u))), place) is not None  # where it has a value


@pytest.mark.parametrize(
    ("statement", "is_shown"),
    [
        (LessEqual(2, 3), True),
        (LessEqual(2, 2), True),
        (LessEqual(3, 2), False),
        (Less(2, 3), True),
        (Less(2, 2), False),
        (Less(3, 2), False),
        (Unequal(3, 2), True),
        (Unequal(2, 3), True),
        (Unequal(2, 2), False),
        (Equality(2, 2), False),
        (Less(3, pi), True),
        (LessEqual(pi, 3), False),
    ],
    ids=str,
)
def test_numbers_are_told_apart_by_what_encloses_them(statement: Any, is_shown: bool) -> None:
    assert accepts(read(statement), kinds.Number(64)) is is_shown
