"""Whether an answer equals a question on every instance that is tried, with a witness where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .evaluate import compiled
from .instances import Problem, admitted, assignments, escaped, world
from .values import NotCovered, Number, Undefined, close, is_zero

LIMIT, SEEDS, WORK = 200, 2, 60_000


@dataclass(frozen=True)
class Comparison:
    """What was found: `equal` is None where nothing could be decided."""

    equal: bool | None
    reason: str = ""
    witness: str = ""
    instances: int = 0
    nonzero: int = 0

    def __bool__(self) -> bool:
        raise TypeError("compare .equal with True, False or None")


def shown(assignment: dict[str, Number]) -> str:
    """Return an assignment as text."""
    return ", ".join(f"{name} = {value}" for name, value in assignment.items())


def compared(problem: Problem, answer: Any, *, limit: int = LIMIT, seeds: int = SEEDS, work: int = WORK) -> Comparison:
    """Compare an answer with the problem's expression by explicit loops.

    The answer is to have a value wherever the expression has one, and the same. After `work` terms of loops no more
    instances are tried.
    """
    names = escaped(problem, answer)
    if names:
        return Comparison(False, f"free in the answer alone: {', '.join(sorted(names))}")
    free, done, nonzero, spent = problem.free(answer), 0, 0, 0
    for seed in range(seeds):
        for assignment in assignments(problem, free, limit, seed):
            if spent > work and done >= 8:
                break
            here = world(problem, assignment, seed, answer)
            if not admitted(problem, here):
                continue
            at = f"{shown(assignment)}, seed {seed}"
            try:
                wanted = compiled(problem.expr, here)()
            except Undefined:
                continue
            except NotCovered as reason:
                return Comparison(None, f"the question: {reason}", at, done)
            try:
                found = compiled(answer, here)()
            except Undefined as reason:
                return Comparison(False, f"the answer has no value: {reason}", at, done)
            except NotCovered as reason:
                return Comparison(None, f"the answer: {reason}", at, done)
            done, spent = done + 1, spent + here.spent + 10
            nonzero += not is_zero(wanted)
            if not close(wanted, found):
                differ = f"{at}: {_short(wanted)} is to be, {_short(found)} is"
                return Comparison(False, "another value", differ, done, nonzero)
    if not done:
        return Comparison(None, "no instance has a value")
    return Comparison(True, instances=done, nonzero=nonzero)


def _short(value: Number) -> str:
    return str(value)[:24]


def has_no_value(problem: Problem, limit: int = 40) -> bool:
    """Whether the problem's expression has a value at no instance."""
    for assignment in assignments(problem, problem.free(), limit, 0):
        here = world(problem, assignment, 0)
        try:
            if admitted(problem, here):
                compiled(problem.expr, here)()
                return False
        except Undefined:
            continue
    return True
