"""The judge accepts what was found, and nothing that was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from sympy.core.basic import Basic

from deltasift import Report, check, collapse, delta, index, pmf, real, sizes
from deltasift.check import Line
from deltasift.check.checker import page_scope
from deltasift.check.judging import world_of
from deltasift.check.models import check_models
from deltasift.check.numbers import USUAL, check_numbers
from deltasift.check.witness import is_proved
from deltasift.conditions.prove import Prover
from deltasift.inert import Product, Sum, free
from deltasift.judge import ACCEPT, DECLINE
from deltasift.judge.context import Context
from deltasift.judge.place import Place
from deltasift.judge.record import Claim, DeclineError, RejectedError, read_runs
from deltasift.judge.replay import replayed
from deltasift.judge.term import UnreadableError, read, write
from deltasift.line.cursor import Cursor
from deltasift.pages import load
from founding import FOUNDING
from judge.forging import forgeries

N, K = sizes("N K")
n, k, m = index("n", 1, N), index("k", 1, K), index("m", 1, K)
a, b, c = real("a"), real("b"), real("c")
q = pmf("q", k)
FOUND = {
    "sift": Sum(delta(k, m) * q[k] * a, k),
    "two sifts": Sum(Sum(delta(k, m) * q[k] * a**m, k), m),
    "outside": Sum(delta(k, 3) * a**k, (k, 1, N)),
    "ranges": Sum(Sum(q[k] * delta(k + 1, m), (k, 1, K - 1)), (m, 1, K)),
    "parts": Sum((1 - delta(k, m)) * q[k], k),
    "product": Product(a ** delta(k, m), (k, 1, K)),
}


@cache
def report_of(name: str) -> Report:
    return check(collapse(FOUND[name]) if name in FOUND else load(name), layers=("structure",))


@dataclass
class Stood:
    """Where a use was made: its claim, and the place at which it is judged."""

    line: Line
    first: Basic
    claim: Claim
    place: Place
    at: Cursor


def uses_of(report: Report) -> Iterator[Stood]:
    """Yield the uses of a report as they are judged, one after the other."""
    scope = page_scope(report.page)
    world = world_of(scope, frozenset().union(*(free(line.expr) for line in report.lines)))
    for line in report.lines:
        for run, chain in zip(line.runs, read_runs(line.runs), strict=True):
            first = run.end if run.backward else run.start
            place, at = Place(read(first), Context(world)), Cursor(first, scope)
            for use, claim in zip(run.uses, chain.claims, strict=True):
                place.go(use.path)
                at.go(use.path)
                yield Stood(line, place_line(place, use.path), claim, place, at)
                place.go(use.path)
                place.put(claim.after)
                at.go(use.path)
                at.put(use.after)


def place_line(place: Place, path: tuple[int, ...]) -> Basic:
    line = write(place.line())
    place.go(path)
    return line


def accepts(stood: Stood, claim: Claim, prover: Prover) -> bool:
    """Tell whether the judge accepts a claim there, what it needs being proved."""
    try:
        stood.place.go(claim.path)
        goals = replayed(claim, stood.place.here, stood.place.context)
        stood.at.go(claim.path)
        return all(is_proved(goal, stood.at.names, stood.at.scope, prover) for goal in goals)
    except (RejectedError, DeclineError, UnreadableError):
        return False


def is_right(stood: Stood, claim: Claim, report: Report) -> bool:
    """Tell by values whether what a claim makes of a line equals it after all."""
    scope = page_scope(report.page)
    here = stood.place.here
    stood.place.put(claim.after)
    after = write(stood.place.line())
    stood.place.go(claim.path)
    stood.place.put(here)
    stood.place.line()
    pair = [(stood.first, after, stood.line.relation, stood.line.varying)]
    results = [*check_models(pair, scope, ()), *check_numbers(pair, scope, (), seed="forged", reach=USUAL)]
    return all(r.status != "failed" for r in results) and any(r.status == "passed" for r in results)


@pytest.mark.parametrize("name", [*FOUND, *FOUNDING])
def test_what_was_found_is_accepted(name: str) -> None:
    report = report_of(name)
    assert report.ok
    judgements = [j for line in report.lines for j in line.judgements]
    assert {j.status for j in judgements} <= {ACCEPT, DECLINE}
    assert len(judgements) == sum(len(run.uses) for line in report.lines for run in line.runs)
    if name not in FOUND:
        assert {j.status for j in judgements} == {ACCEPT}


@pytest.mark.parametrize("name", [*FOUND, *FOUNDING])
def test_nothing_that_was_changed_is_accepted_unless_it_is_right(name: str) -> None:
    report, prover = report_of(name), Prover()
    tried: Counter[str] = Counter()
    for stood in uses_of(report):
        for what, claim in forgeries(stood.claim):
            tried[what] += 1
            if accepts(stood, claim, prover):
                assert is_right(stood, claim, report), (stood.line.number, what, claim)
    assert sum(tried.values()) > 10
