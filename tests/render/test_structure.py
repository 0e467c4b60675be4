"""The structure of plain data: it is read back, refuses what does not fit, and its parts keep their identities."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from checked import report
from deltasift import Product, Sum, calc, index, log, real, sizes, step
from deltasift.catalogue import page_names
from deltasift.check import check
from deltasift.line.views import at
from deltasift.render.parts import change
from deltasift.render.structure import VERSION, Structure
from deltasift.render.structured import structured
from deltasift.rules import arithmetic, log_mul, sum_add, sum_comm
from sampled import sampled


@pytest.mark.parametrize("name", sampled(page_names(), 3))
def test_it_is_plain_data_and_is_read_back(name: str) -> None:
    made = structured(report(name))
    data = json.loads(json.dumps(made.to_dict()))
    assert data == made.to_dict() == report(name).to_dict()
    assert data["version"] == VERSION == 2
    assert Structure.from_dict(data) == made


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d.pop("claims"),
        lambda d: d.update(more=1),
        lambda d: d.update(ok="yes"),
        lambda d: d["lines"][0].pop("expr"),
        lambda d: d["lines"][1]["change"].update(before="0.1"),
        lambda d: d["lines"][0]["expr"].update(latex=None),
    ],
)
def test_what_does_not_fit_is_refused(spoil: Any) -> None:
    data = json.loads(json.dumps(structured(report("cross_entropy_is_average_nll")).to_dict()))
    spoil(data)
    with pytest.raises(TypeError):
        Structure.from_dict(data)


@pytest.mark.parametrize("name", sampled(page_names(), 3))
def test_every_place_of_a_change_is_a_place_of_its_line(name: str) -> None:
    found = report(name)
    for x, row in zip(found.lines, structured(found).lines, strict=True):
        if x.before is None or row.change is None:
            assert x.before is None
            assert row.change is None
            continue
        at(x.before, row.change.before)
        at(x.expr, row.change.after)
        places = [(p.before, p.after) for p in row.change.parts]
        assert len(places) == len(set(places))
        for part in row.change.parts:
            same = at(x.before, part.before) == at(x.expr, part.after)
            assert same == part.same


@pytest.mark.parametrize("name", sampled(page_names(), 3))
def test_every_formula_is_there_in_every_form(name: str) -> None:
    made = structured(report(name))
    for row in made.lines:
        for form in (row.expr.source, row.expr.text, row.expr.latex, row.expr.words):
            assert form.strip()
        assert re.search(r'data-p="[\\d.]*"', row.expr.mathml)
        assert 'aria-label="' in row.expr.mathml
        for use in row.substeps:
            assert bool(use.statements) >= (use.rule in ("sum_delta", "sum_comm", *page_names()))


def parts(start: Any, end: Any, by: Any) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    found = check(calc(start, step(end, by=by)), layers=("structure",))
    (_, line) = found.lines
    assert line.before is not None
    assert not line.problems
    return set(change(line.before, line.expr, line.runs).parts)


def test_two_sums_that_are_exchanged_cross_over() -> None:
    N, K = sizes("N K")
    n, k = index("n", 1, N), index("k", 1, K)
    a = real("a", n, k)
    found = parts(Sum(Sum(a[n, k], k), n), Sum(Sum(a[n, k], n), k), sum_comm)
    assert ((0, 0), (0, 0)) in found  # the term
    assert {((1,), (0, 1)), ((0, 1), (1,))} <= found  # the names
    assert {((3,), (0, 3)), ((0, 3), (3,))} <= found  # the upper ends


def test_two_equal_terms_stay_two() -> None:
    n = index("n", 1, sizes("N"))
    a = real("a", n)
    found = parts(Sum(a[n] + a[n], n), Sum(a[n], n) + Sum(a[n], n), sum_add)
    assert ((0, 0), (0, 0)) in found
    assert ((0, 1), (1, 0)) in found
    assert ((0, 0), (1, 0)) not in found
    y = real("y", above=0)
    found = parts(log(y * y), log(y) + log(y), log_mul)
    assert {((0, 0), (0, 0)), ((0, 1), (1, 0))} <= found


def test_what_a_coded_rule_changes_is_one_whole_and_what_stands_beside_it_stays() -> None:
    n = index("n", 1, sizes("N"))
    a, x = real("a", n), real("x")
    found = parts(Product(a[n], n) * (x + x), Product(a[n], n) * (2 * x), arithmetic)
    assert ((0,), (0,)) in found
    assert not any(before[:1] == (1,) for before, _ in found)


def test_a_use_says_in_which_direction_the_statement_is_read() -> None:
    uses = [s for x in structured(report("sum_over_examples_to_sum_over_classes")).lines for s in x.substeps]
    assert {(s.rule, s.reversed) for s in uses} >= {("sum_delta", True), ("sum_comm", False)}
