"""What the judge says of a recorded use, its needs and that of a value being proved: neither models nor numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy.core.basic import Basic

from deltasift.check.needed import Decider
from deltasift.conditions.certified import CertifiedProver
from deltasift.conditions.finder import Finder
from deltasift.domain import Domain, closure
from deltasift.inert import free
from deltasift.judge import ACCEPT, DECLINE, REJECT, Goal, Step, judge
from deltasift.judge.context import World
from deltasift.judge.proof import Checker
from deltasift.judge.record import read_runs
from deltasift.judge.term import UnreadableError, read
from deltasift.line.scope import Scope
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
    values = Decider(Scope(domains, assumed=tuple(facts)), CertifiedProver())
    values.suppose(run.start)

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
    if wrong:
        return wrong[-1].status, wrong[-1].why
    lost = next(values.lost(run), "") if relation == "=" else ""
    return (REJECT, f"needs {lost}") if lost else (ACCEPT, "")
