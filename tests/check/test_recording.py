"""What a report records of a line is all that was done, from the line before to the line itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
import sympy

from deltasift import Report, calc, check, collapse, delta, index, real, sizes, step
from deltasift.inert import Sum
from deltasift.judge.term import read, same
from deltasift.line.views import at, put
from deltasift.pages import load
from deltasift.rule import Rule
from deltasift.rules import one_mul, sum_delta, sum_mul_left, sum_shift
from deltasift.use import Abstraction, Run
from founding import FOUNDING

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, K)
a, b = real("a"), real("b")


def every_run(report: Report) -> list[Run]:
    return [run for line in report.lines for run in line.runs]


def assert_leads_there(run: Run) -> None:
    """Make the uses of a run one after the other."""
    line, last = (run.end, run.start) if run.backward else (run.start, run.end)
    for use in run.uses:
        here = at(line, use.path)
        assert same(read(here), read(use.before))
        open_ = tuple(
            at(line, use.path[:i]).args[1] for i, j in enumerate(use.path) if j == 0 and at(line, use.path[:i]).binds
        )
        assert use.names == open_
        line = put(line, use.path, use.after)
    assert same(read(line), read(last))


@pytest.mark.parametrize("name", FOUNDING)
def test_the_runs_of_a_page_lead_from_line_to_line(name: str) -> None:
    report = check(load(name), layers=("structure",))
    for line in report.lines:
        if line.relation:
            assert line.runs, line.number
            assert same(read(line.runs[0].start), read(line.before))
            assert same(read(line.runs[-1].end), read(line.expr))
            for first, second in pairwise(line.runs):
                assert same(read(first.end), read(second.start))
        for run in line.runs:
            assert_leads_there(run)


def test_a_use_has_its_statement_and_all_that_its_variables_stand_for() -> None:
    report = check(calc(Sum(delta(k, m) * k, k), step(m, by=sum_delta)), layers=("structure",))
    (run,) = every_run(report)
    (use,) = run.uses
    assert use.rule is sum_delta
    assert use.statement is not None
    values = dict(use.binding)
    assert isinstance(values["f"], Abstraction)
    (name,) = values["f"].names
    assert values["f"].body == name
    assert {values["lo"], values["hi"]} == {1, sympy.sympify(K)}


def test_a_use_that_was_found_from_the_line_after_is_recorded_as_it_was_found() -> None:
    report = check(calc(a * 1, step(a, by=one_mul), step(a * 1, by=one_mul.reversed)), layers=("structure",))
    assert report.ok
    forward, backward = every_run(report)
    assert (forward.backward, backward.backward) == (False, True)
    assert (backward.uses[0].before, backward.uses[0].after) == (a * 1, sympy.sympify(a))
    assert backward.uses[0].rule == one_mul


def test_a_shift_says_by_how_much() -> None:
    report = check(
        calc(Sum(a**k, (k, 1, K)), step(Sum(a ** (k - 2), (k, 3, K + 2)), by=sum_shift)), layers=("structure",)
    )
    assert report.ok
    assert [dict(use.binding)["c"] for run in every_run(report) for use in run.uses] == [2]


def test_substeps_that_the_author_wrote_are_runs_one_after_the_other() -> None:
    inner = calc(
        Sum(a * b * delta(k, m), k), step(a * Sum(b * delta(k, m), k), by=sum_mul_left), step(a * b, by=sum_delta)
    )
    report = check(calc(inner.start, step(inner, by=[sum_mul_left, sum_delta])), layers=("structure",))
    assert report.ok
    assert len(every_run(report)) == 2
    for run in every_run(report):
        assert_leads_there(run)


def test_what_was_found_by_collapse_is_recorded_at_its_places() -> None:
    report = check(collapse(Sum(Sum(delta(k, m) * a**k, k), m)), layers=("structure",))
    assert report.ok
    uses = [use for run in every_run(report) for use in run.uses]
    assert all(use.statement is not None for use in uses if isinstance(use.rule, Rule))
    for run in every_run(report):
        assert_leads_there(run)
