"""What the judge says of uses that are written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from deltasift.conditions.certified import Decider
from deltasift.domain import Domain, closure
from deltasift.inert import free, inert
from deltasift.judge import Goal, Judgement, Step, judge, judge_first
from deltasift.judge.context import World
from deltasift.judge.record import Chain, Claim
from deltasift.judge.term import Term, read
from deltasift.rule import Method


class Said(NamedTuple):
    """The status of the first line, and of each use with the reason."""

    first: str
    uses: list[Judgement]

    @property
    def last(self) -> str:
        return self.uses[-1].status


def term(expression: Any) -> Term:
    """Return an expression as the judge reads it."""
    return read(inert(expression))


def part(line: Any, path: Sequence[int]) -> Term:
    """Return what stands at a place of a line."""
    found = term(line)
    for i in path:
        found = found.args[i]
    return found


def use(rule: Any, path: Sequence[int], made: Term, statement: int | None = None, **binding: Term) -> Claim:
    """Return a use of a rule, or of a coded one by its name; `by` is its witness."""
    rule = Method(rule, "", "") if isinstance(rule, str) else rule
    witness = binding.pop("by", None)
    return Claim(rule, statement, tuple(path), made, {n: (0, t) for n, t in binding.items()}, False, witness)


def said(before: Any, after: Any, uses: Sequence[Claim], given: Sequence[Domain], *assumed: Any) -> Said:
    """Return what is said of uses that are claimed to lead from one line to another."""
    first, last = inert(before), inert(after)
    world = World(closure(given), tuple(map(inert, assumed)), names=frozenset(free(first) | free(last)))
    decider = Decider()

    def holds(goal: Goal) -> bool:
        return decider.decide(goal.statement, goal.place) is not None

    start, end = read(first), read(last)
    found = judge(Step(start, end), (Chain(start, end, False, tuple(uses)),), world, holds)
    return Said(judge_first(start, world, holds).status, list(found))
