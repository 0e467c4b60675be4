"""A checked page with a certificate of every statement that its lines need, as a file for the judge."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deltasift.check.checker import page_scope
from deltasift.check.judging import world_of
from deltasift.check.report import Line, Report
from deltasift.conditions.finder import Finder
from deltasift.errors import DomainError
from deltasift.inert import free
from deltasift.judge import Goal, Step, judge
from deltasift.judge.certificate import Certificate
from deltasift.judge.context import Context, World
from deltasift.judge.file import Case, Move, Proof, to_data
from deltasift.judge.page import distribution_goals
from deltasift.judge.record import read_runs
from deltasift.judge.term import read


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
    proofs: list[Proof] = []
    for line in report.lines:
        if not line.relation:
            proofs.append(Proof(read(line.expr), ()))
        else:
            proofs[-1] = replace(proofs[-1], moves=(*proofs[-1].moves, _move(line, world)))
    bare = replace(world, distributions=frozenset())
    totals = tuple(
        Finder().decide(goal, Context(bare))
        for name in sorted(world.distributions, key=str)
        for goal in distribution_goals(name, bare)
    )
    claims = tuple(map(read, report.page.claims))
    return to_data(Case(report.page.name, world, claims, tuple(proofs), totals))


def _move(line: Line, world: World) -> Move:
    assert line.before is not None
    finder = Finder()
    found: list[Certificate | None] = []

    def hold(goal: Goal) -> bool:
        found.append(finder.decide(goal.statement, goal.place))
        return True

    varying = None if line.varying is None else read(line.varying)
    here = replace(world, assumptions=(*world.assumptions, *line.assumptions))
    chains = read_runs(line.runs)
    list(judge(Step(read(line.before), read(line.expr), line.relation, varying), chains, here, hold))
    return Move(read(line.expr), line.relation, varying, line.assumptions, chains, tuple(found))
