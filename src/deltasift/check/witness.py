"""What a coded rule made of a part of a line is judged by a verifier, which knows nothing of how it was found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Verdict
from deltasift.inert import IsInteger, free
from deltasift.inert.substitution import fresh
from deltasift.judge.context import World
from deltasift.judge.term import read, write
from deltasift.judge.tree import NAME, ONE, Term, UnreadableError, make
from deltasift.judge.verify import Goal, Question, RejectedError, goals
from deltasift.line.scope import Range, Scope
from deltasift.match.application import Application
from deltasift.rule import Method, Under


def witness_holds(x: Application, prover: Prover) -> bool:
    """Tell whether a use of a coded rule that has a verifier is accepted by it, and what it asks for is proved."""
    rule = x.rule.rule if isinstance(x.rule, Under) else x.rule
    if not isinstance(rule, Method) or not rule.verifier:
        return True
    try:
        names = [r.name for r in x.scope.ranges]
        return all(is_proved(goal, names, x.scope, prover) for goal in goals(rule.name, _question(x)))
    except (RejectedError, UnreadableError):
        return False


def _question(x: Application) -> Question:
    sides = (x.after, x.before) if x.turned else (x.before, x.after)
    levels = {r.name: level for level, r in enumerate(x.scope.ranges)}
    depth = len(x.scope.ranges)
    before, after = (read(e, levels, depth) for e in sides)
    witness = None if x.witness is None else read(x.witness, levels, depth)
    return Question(before, after, witness, _binders(x.scope.ranges), _world(x.scope))


def _world(scope: Scope) -> World:
    return World(scope.domains, scope.assumed, scope.integers, scope.distributions)


@lru_cache(maxsize=64)
def _binders(ranges: tuple[Range, ...]) -> tuple[Term, ...]:
    """Return the binders of ranges, with nothing in them."""
    made = []
    for depth, r in enumerate(ranges):
        levels = {outer.name: level for level, outer in enumerate(ranges[:depth])}
        ends = (read(end, levels, depth) for end in (r.lo, r.hi))
        made.append(make("Sum" if r.integer else "Integral", (ONE, NAME, *ends)))
    return tuple(made)


def is_proved(goal: Goal, names: Sequence[Symbol], scope: Scope, prover: Prover) -> bool:
    """Prove a goal under its binders, from what it is to follow from; `names` are those of the binders around it."""
    statement, scope = _placed(goal, names, scope)
    if isinstance(statement, IsInteger) and scope.is_integer(statement.args[0]):
        return True
    return prover.prove(statement, scope).verdict is Verdict.PROVED


def is_said_by_solver(goal: Goal, names: Sequence[Symbol], scope: Scope, prover: Prover) -> bool:
    """Tell whether a goal is proved on the word of a solver, there being no certificate of it."""
    proof = prover.prove(*_placed(goal, names, scope))
    return proof.verdict is Verdict.PROVED and proof.by_solver


def _placed(goal: Goal, names: Sequence[Symbol], scope: Scope) -> tuple[Basic, Scope]:
    """Return what is to be proved, and where."""
    names = list(names)
    for binder in goal.binders:
        lo, hi = (write(end, names) for end in binder.args[2:])
        mentioned = (
            free(write(t, names))
            for t in (make("ForAll", (s, *binder.args[1:])) for s in (goal.statement, *goal.given))
        )
        new = fresh(Symbol("i"), scope.mentioned.union(names, scope.domains, *mentioned))
        scope = scope.within(new, lo, hi, integer=binder.head != "Integral")
        names.append(new)
    given = [write(t, names) for t in goal.given]
    scope = scope.assuming(*given) if given else scope
    return write(goal.statement, names), scope
