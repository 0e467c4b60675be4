"""The judge asked about one step: what was found is handed over, and what it needs is proved."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from deltasift.check.recording import Recorded
from deltasift.check.report import Problem
from deltasift.check.witness import is_proved
from deltasift.conditions.finder import Finder
from deltasift.conditions.prove import Prover
from deltasift.judge import DECLINE, REJECT, Goal, Judgement, Step, judge
from deltasift.judge.context import World
from deltasift.judge.proof import Checker
from deltasift.judge.record import read_runs
from deltasift.judge.term import UnreadableError, read
from deltasift.line.scope import Scope


def world_of(scope: Scope, names: frozenset[Basic] = frozenset()) -> World:
    """Return what a scope gives, `names` being those that are free in the page's lines."""
    return World(scope.domains, scope.assumed, scope.integers, scope.distributions, names)


def judged(
    before: Basic, after: Basic, relation: str, varying: Basic | None, found: Recorded, world: World, prover: Prover
) -> tuple[Judgement, ...]:
    """Return what the judge says of each use by which a step was found."""
    try:
        step = Step(read(before), read(after), relation, None if varying is None else read(varying))
        chains = read_runs(found.runs)
    except UnreadableError as why:
        return (Judgement(DECLINE, "", str(why)),)
    return tuple(judge(step, chains, world, Proofs(found, prover).hold))


def complaints(number: str, judgements: Sequence[Judgement]) -> list[Problem]:
    """Return what is wrong, a line each."""
    wrong = [j for j in judgements if j.status == REJECT]
    return [Problem(f"line {number}: {j.why}{f' ({j.rule})' if j.rule else ''}", "structure") for j in wrong]


class Proofs:
    """Proves what the judge asks for, as it was asked of the one who found the step: in the names of that place."""

    def __init__(self, found: Recorded, prover: Prover) -> None:
        self.places = [(use.names, x.scope) for run, xs in found.pairs for use, x in zip(run.uses, xs, strict=True)]
        self.prover = prover
        self.finder, self.checker = Finder(), Checker()

    def hold(self, goal: Goal) -> bool:
        """Tell whether a goal is proved."""
        names, scope = self.places[goal.use]
        if is_proved(goal.goal, names, scope, self.prover):
            return True
        certificate = self.finder.decide(goal.statement, goal.place)
        return certificate is not None and self.checker.accepts(goal.statement, certificate, goal.place)
