"""The judge asked about one step: what was found is handed over, and what it needs is proved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sympy.core.basic import Basic

from deltasift.check.recording import Recorded
from deltasift.check.report import Problem
from deltasift.check.witness import is_said_by_solver
from deltasift.conditions.finder import Finder
from deltasift.conditions.prove import Prover
from deltasift.judge import DECLINE, REJECT, Goal, Judgement, Step, judge
from deltasift.judge.context import Context, World
from deltasift.judge.proof import Checker
from deltasift.judge.record import read_runs
from deltasift.judge.term import Term, UnreadableError, read, write
from deltasift.line.scope import Scope


def world_of(scope: Scope, names: frozenset[Basic] = frozenset()) -> World:
    """Return what a scope gives, `names` being those that are free in the page's lines."""
    return World(scope.domains, scope.assumed, scope.integers, scope.distributions, names)


class Judged(NamedTuple):
    """What the judge said of a step.

    Attributes
    ----------
    judgements : tuple of Judgement
    needs : tuple of Goal
        What its lines need to have a value.
    on_the_way : tuple of (int, Basic)
        What stands around the place of an inequality and asks for something: the number of the use, and what it needs.
    """

    judgements: tuple[Judgement, ...]
    needs: tuple[Goal, ...] = ()
    on_the_way: tuple[tuple[int, Basic], ...] = ()


def judged(
    before: Basic,
    after: Basic,
    relation: str,
    varying: Basic | None,
    found: Recorded,
    world: World,
    prover: Prover,
    certificates: Certificates,
) -> Judged:
    """Return what the judge says of each use by which a step was found, and what it asked for."""
    try:
        step = Step(read(before), read(after), relation, None if varying is None else read(varying))
        chains = read_runs(found.runs)
    except UnreadableError as why:
        return Judged((Judgement(DECLINE, "", str(why)),))
    proofs = Proofs(found, prover, certificates)
    return Judged(tuple(judge(step, chains, world, proofs.hold)), tuple(proofs.needs), tuple(proofs.on_the_way))


def complaints(number: str, judgements: Sequence[Judgement]) -> list[Problem]:
    """Return what is wrong, a line each."""
    wrong = [j for j in judgements if j.status == REJECT]
    return [Problem(f"line {number}: {j.why}{f' ({j.rule})' if j.rule else ''}", "structure") for j in wrong]


class Certificates:
    """Finds certificates, has them checked by the judge, and remembers which were accepted."""

    def __init__(self) -> None:
        self._finder, self._checker = Finder(), Checker()
        self._worlds: dict[tuple[Scope, frozenset[Basic]], World] = {}

    def world(self, scope: Scope, names: frozenset[Basic]) -> World:
        """Return what a scope gives, one world for all that ask, so that what was found in it is found once."""
        if (scope, names) not in self._worlds:
            self._worlds[scope, names] = world_of(scope, names)
        return self._worlds[scope, names]

    def show(self, statement: Term, place: Context) -> bool:
        """Tell whether the judge accepts a certificate of a statement at a place."""
        found = self._finder.decide(statement, place)
        return found is not None and self._checker.accepts(statement, found, place)


class Proofs:
    """Proves what the judge asks for: by a certificate, and else on the word of the prover, which was marked as such.

    What a line needs to have a value is kept for when all lines are found, since what is assumed later is given, too.
    """

    def __init__(self, found: Recorded, prover: Prover, certificates: Certificates) -> None:
        self.places = [(use.names, x.scope) for run, xs in found.pairs for use, x in zip(run.uses, xs, strict=True)]
        self.prover = prover
        self.certificates = certificates
        self.needs: list[Goal] = []
        self.on_the_way: list[tuple[int, Basic]] = []

    def hold(self, goal: Goal) -> bool:
        """Tell whether a goal is proved, if it is to be now."""
        if goal.of_rule is None or goal.of_rule.assumed:
            self.needs.append(goal)
            return True
        names, scope = self.places[goal.use]
        if goal.of_way:
            self.on_the_way.append((goal.use, write(goal.statement, names)))
        if self.certificates.show(goal.statement, goal.place):
            return True
        return is_said_by_solver(goal.of_rule, names, scope, self.prover)
