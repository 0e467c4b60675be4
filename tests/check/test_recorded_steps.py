"""A step that says where its rules were used is looked at only there, and every wrong one is refused all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import IndexedBase, KroneckerDelta, Symbol
from sympy import Sum as OrdinarySum
from sympy.core.basic import Basic

from deltasift import Report, check, collapse
from deltasift.calc import Derivation, Place
from deltasift.inert import Delta, Mul, Node, Sum, postorder, substitute
from deltasift.line.views import at, put
from deltasift.render import latex, text
from deltasift.rules import sum_delta

K, L, other = Symbol("K", integer=True, positive=True), Symbol("L", integer=True), Symbol("other", integer=True)
a = IndexedBase("a")
DEPTH = 12


def chain(depth: int, *, odd: int | None = None) -> OrdinarySum:
    """Return nested sums in which each delta hands its index on; one of them with another range."""
    names = [Symbol(f"i{d}", integer=True) for d in range(depth + 1)]
    body = a[names[-1]]
    for left, right in pairwise(names):
        body = body * KroneckerDelta(left, right)
    return OrdinarySum(body, *((name, 1, L if d == odd else K) for d, name in enumerate(names[1:], 1)))


def structure(derivation: Derivation) -> Report:
    return check(derivation, layers=("structure",))


def test_a_chain_of_sifts_is_one_line_with_a_substep_each() -> None:
    report = structure(collapse(chain(100)))
    assert report.ok
    assert len(report.lines) == 3
    assert len(report.lines[1].substeps) == 99


def test_a_short_chain_is_shown_line_by_line() -> None:
    report = structure(collapse(chain(4)))
    assert report.ok
    assert [len(line.substeps) for line in report.lines] == [0, 1, 1, 1, 1]


@pytest.mark.sweep
def test_a_chain_of_a_thousand_sums_is_collapsed_checked_and_printed() -> None:
    derivation = collapse(chain(1_000))
    report = structure(derivation)
    assert report.ok
    assert latex(report).count(r"\tag") == 3
    assert len(text(report)) < 300_000  # of the 999 substeps the first and the last
    assert str(derivation.result) == "Piecewise((a[i0], (K >= i0) & (i0 >= 1)), (0, True))"


def with_places(derivation: Derivation, places: list[Place], last: Basic | None = None) -> Derivation:
    """Return a derivation whose first step has other places, its line being the one to which they lead."""
    first, *others = derivation.steps
    line = derivation.start
    for place in places:
        line = put(line, place.path, place.after)
    return replace(
        derivation, steps=(replace(first, expr=line if last is None else last, places=tuple(places)), *others)
    )


def factors(e: Basic) -> list[Basic]:
    body = e.args[0] if isinstance(e, Sum) else e
    assert isinstance(body, Mul)
    return list(body.args)


def another_product(e: Basic, parts: list[Basic]) -> Basic:
    product = Mul.make(tuple(parts))
    return e.rebuild((product, *e.args[1:])) if isinstance(e, Sum) else product


def first_delta(e: Basic) -> Delta:
    return next(f for f in factors(e) if isinstance(f, Delta))


def wrong_factor(e: Basic) -> Basic:
    parts = factors(e)
    n = parts.index(first_delta(e))
    parts[n] = Delta.make((first_delta(e).args[0], other))
    return another_product(e, parts)


def dropped_factor(e: Basic) -> Basic:
    parts = factors(e)
    parts.remove(first_delta(e))
    return another_product(e, parts)


def doubled_factor(e: Basic) -> Basic:
    return another_product(e, [*factors(e), first_delta(e)])


def swapped_indices(e: Basic) -> Basic:
    i, j = (Symbol(f"i{d}", integer=True) for d in (DEPTH - 1, DEPTH))
    return (
        substitute(e, {i: j, j: i}) if not isinstance(e, Sum) else e.rebuild((swapped_indices(e.args[0]), *e.args[1:]))
    )


def index_of_an_inner_sum(e: Basic) -> Basic:
    return substitute(e, {Symbol(f"i{DEPTH}", integer=True): Symbol("i1", integer=True)})


MUTATIONS = [wrong_factor, dropped_factor, doubled_factor, swapped_indices, index_of_an_inner_sum]


@pytest.mark.parametrize("n", [0, 4, DEPTH - 3])
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_use_of_a_rule_that_gives_something_else_is_refused(mutation: Callable[[Basic], Basic], n: int) -> None:
    derivation = collapse(chain(DEPTH))
    places = list(derivation.steps[0].places)[: n + 1]
    wrong = mutation(places[n].after)
    assert wrong != places[n].after
    places[n] = replace(places[n], after=wrong)
    report = structure(with_places(derivation, places))
    assert f"line 2: sum_delta does not give {wrong}" in report.problems


def test_a_use_with_another_range_is_refused() -> None:
    derivation = collapse(chain(DEPTH))
    places = list(derivation.steps[0].places)
    e = places[3].before
    assert isinstance(e, Node)
    places[3] = replace(places[3], before=e.rebuild((*e.args[:3], L)))
    assert not structure(with_places(derivation, places)).ok


def test_a_line_with_another_range_than_its_substeps_lead_to_is_refused() -> None:
    derivation = collapse(chain(DEPTH))
    last = derivation.steps[0].expr
    assert isinstance(last, Sum)
    wrong = with_places(derivation, list(derivation.steps[0].places), last.rebuild((*last.args[:3], L)))
    assert "line 2: its substeps end in another line" in structure(wrong).problems


@pytest.mark.parametrize("path", [(), (0,), (0,) * (DEPTH - 4), (0, 1), (1,), (7,), (-1,), (0,) * 50])
def test_a_use_at_another_place_is_refused(path: tuple[int, ...]) -> None:
    derivation = collapse(chain(DEPTH))
    places = list(derivation.steps[0].places)
    places[2] = replace(places[2], path=path)
    first, *others = derivation.steps
    wrong = replace(derivation, steps=(replace(first, places=tuple(places)), *others))
    assert not structure(wrong).ok


def test_uses_in_another_order_are_refused() -> None:
    derivation = collapse(chain(DEPTH))
    first, *others = derivation.steps
    places = list(first.places)
    places[2], places[3] = places[3], places[2]
    assert not structure(replace(derivation, steps=(replace(first, places=tuple(places)), *others))).ok


def test_a_use_that_is_left_out_is_refused() -> None:
    derivation = collapse(chain(DEPTH))
    first, *others = derivation.steps
    places = (*first.places[:4], *first.places[5:])
    assert not structure(replace(derivation, steps=(replace(first, places=places), *others))).ok


def test_a_sift_whose_range_is_not_known_is_refused() -> None:
    """The steps of a chain of one range, taken in a chain where one range is another."""
    right = collapse(chain(DEPTH))
    places = []
    e: Basic = collapse(chain(DEPTH, odd=4)).start
    for place in right.steps[0].places:
        here = at(e, place.path)
        places.append(Place(place.rule, place.path, here, place.after))
        e = put(e, place.path, place.after)
    first, *others = right.steps
    wrong = replace(
        right, start=collapse(chain(DEPTH, odd=4)).start, steps=(replace(first, expr=e, places=tuple(places)), *others)
    )
    assert any(problem.startswith("line 2: ") for problem in structure(wrong).problems)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_part_changed_anywhere_is_refused(data: st.DataObject) -> None:
    derivation = collapse(chain(DEPTH))
    places = list(derivation.steps[0].places)
    n = data.draw(st.integers(0, len(places) - 1))
    after = places[n].after
    names = [e for e in postorder(after) if isinstance(e, Symbol) and e.name.startswith("i")]
    name = data.draw(st.sampled_from(names))
    new = data.draw(st.sampled_from([Symbol("i1", integer=True), other, K, *(x for x in names if x != name)]))
    wrong = renamed_once(after, name, new, data.draw(st.integers(0, 3)))
    if wrong == after:
        return
    places[n] = replace(places[n], after=wrong)
    assert not structure(with_places(derivation, places[: n + 1])).ok


def renamed_once(e: Basic, old: Basic, new: Basic, which: int) -> Basic:
    """Return an expression with one of the places of a name changed, those of binders left out."""
    found = [path for path, x in _places(e) if x == old]
    return put(e, found[which], new) if which < len(found) else e


def _places(e: Basic, path: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Basic]]:
    here = [(path, e)]
    for i, arg in enumerate(e.args if isinstance(e, Node) else ()):
        if not (isinstance(e, Node) and e.binds and i == 1):
            here += _places(arg, (*path, i))
    return here


def test_a_condition_that_is_not_proved_stops_a_recorded_sift() -> None:
    i, m = Symbol("i", integer=True), Symbol("m", integer=True)
    derivation = collapse(OrdinarySum(KroneckerDelta(m, i) * a[i], (i, 1, K)))
    [step] = derivation.steps
    [place] = step.places
    after = next(e for e in postorder(step.expr) if str(e) == "a[m]")
    sifted = replace(step, expr=after, by=(sum_delta,), places=(replace(place, rule=sum_delta, after=after),))
    report = structure(replace(derivation, steps=(sifted,)))
    assert report.problems == ("line 2: needs 1 <= m (sum_delta)", "line 2: needs m <= K (sum_delta)")
