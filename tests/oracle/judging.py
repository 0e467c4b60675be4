"""What the judge says of a recorded use, what its lines need to have a value included: neither models nor numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy.core.basic import Basic

from deltasift.conditions.finder import Finder
from deltasift.domain import Domain, closure
from deltasift.inert import free
from deltasift.judge import ACCEPT, DECLINE, Goal, Step, judge
from deltasift.judge.context import World
from deltasift.judge.proof import Checker
from deltasift.judge.record import read_runs
from deltasift.judge.term import UnreadableError, read
from deltasift.use import Run


def verdict(
    run: Run,
    facts: Sequence[Basic] = (),
    given: Iterable[Domain] = (),
    relation: str = "=",
    varying: Basic | None = None,
) -> tuple[str, str]:
    """Return the worst that the judge says of the uses of a step, and why."""
    finder, checker = Finder(), Checker()
    domains = closure(given)

    def holds(goal: Goal) -> bool:
        found = finder.decide(goal.statement, goal.place)
        return found is not None and checker.accepts(goal.statement, found, goal.place)

    world = World(domains, tuple(facts), names=free(run.start) | free(run.end))
    try:
        step = Step(read(run.start), read(run.end), relation, None if varying is None else read(varying))
        said = list(judge(step, read_runs([run]), world, holds))
    except UnreadableError as why:
        return DECLINE, str(why)
    wrong = [j for j in said if j.status != ACCEPT]
    return (wrong[-1].status, wrong[-1].why) if wrong else (ACCEPT, "")
