"""A checked page with a certificate of every statement that its lines need, as a file for the judge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deltasift.check.checker import page_scope
from deltasift.check.judging import world_of
from deltasift.check.report import Line, Report
from deltasift.check.written import to_data
from deltasift.conditions.finder import Finder
from deltasift.errors import DomainError
from deltasift.inert import free
from deltasift.judge import Goal, Step, first_needs, judge
from deltasift.judge.certificate import Certificate
from deltasift.judge.context import World
from deltasift.judge.file import Case, Move, Proof
from deltasift.judge.page import page_goals
from deltasift.judge.record import read_runs
from deltasift.judge.term import Term, read


def certificate(report: Report) -> dict[str, Any]:
    """Return a page that is right as plain data, which `python -m deltasift.judge` judges again.

    Raises
    ------
    DomainError
        If a line of it is wrong.
    """
    if report.problems:
        raise DomainError(f"what is wrong has no certificate: {report.problems[0]}")
    world = world_of(page_scope(report.page), frozenset().union(*(free(line.expr) for line in report.lines)))
    assumed = dict.fromkeys(a for line in report.lines for a in line.assumptions)
    everywhere = replace(world, assumptions=(*world.assumptions, *assumed))
    proofs: list[Proof] = []
    for line in report.lines:
        if not line.relation:
            goals = () if report.page.partial else first_needs(read(line.expr), everywhere)
            values = tuple(Finder().decide(g.statement, g.place) for g in goals)
            proofs.append(Proof(read(line.expr), (), values))
        else:
            proofs[-1] = replace(proofs[-1], moves=(*proofs[-1].moves, _move(line, everywhere)))
    claims = tuple(map(read, report.page.claims))
    case = Case(report.page.name, world, claims, tuple(proofs), (), report.page.partial)
    totals = tuple(Finder().decide(goal.statement, goal.context) for _, goal in page_goals(case))
    return to_data(replace(case, totals=totals))


def _move(line: Line, world: World) -> Move:
    assert line.before is not None
    varying = None if line.varying is None else read(line.varying)
    move = Move(read(line.expr), line.relation, varying, line.assumptions, read_runs(line.runs), ())
    return proved(read(line.before), move, world)


def proved(before: Term, move: Move, world: World) -> Move:
    """Return a line with a certificate of each statement that it needs, None where none is found."""
    finder = Finder()
    found: list[Certificate | None] = []

    def hold(goal: Goal) -> bool:
        found.append(finder.decide(goal.statement, goal.place))
        return True

    list(judge(Step(before, move.after, move.relation, move.varying), move.chains, world, hold))
    return replace(move, proofs=tuple(found))
