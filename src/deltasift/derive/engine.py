"""Collapsing sums, products and integrals over deltas, step by step.

The strategy chooses where a rule is used; what a rule does, and under which conditions, is the business of the rule
table alone. So a line that is found here is a line that the checker accepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from deltasift.calc import Derivation, Step
from deltasift.check.refusal import refusal
from deltasift.conditions.consistency import contradiction
from deltasift.conditions.prove import Prover
from deltasift.conditions.smt import generalise
from deltasift.conditions.verdict import Verdict
from deltasift.derive.result import has_no_value, ordinary
from deltasift.derive.strategy import moves
from deltasift.domain import Domain, closure
from deltasift.errors import DomainError, ExpressionError, Undefined
from deltasift.inert import Apply, Continuous, Dirac, Node, Statement, free, inert, postorder
from deltasift.inert.node import given_of
from deltasift.inert.substitution import fresh
from deltasift.match.scope import Scope
from deltasift.match.search import Application, Search
from deltasift.match.views import put

MOST = 2_000  # steps
UNDECIDED = ("guard", "assume", "refuse")


def collapsed(expr: Any, facts: Sequence[Any], undecided: str) -> Derivation:
    """Do what `deltasift.derive.collapse` promises."""
    if undecided not in UNDECIDED:
        raise ExpressionError(f"undecided is one of {', '.join(UNDECIDED)}, not {undecided!r}")
    start = inert(expr)
    if not isinstance(start, Node):
        return Derivation(start, (), result=start)
    domains = [f for f in facts if isinstance(f, Domain)]
    scope = Scope(closure({*given_of(expr), *start.given, *domains}))
    statements = tuple(_fact(f, start, scope) for f in facts if not isinstance(f, Domain))
    statements = (*statements, *_continuity(start, scope))
    scope = replace(scope, assumed=statements)
    against = contradiction(scope)
    if against is not None:
        raise DomainError("these facts contradict each other: " + "; ".join(against))
    why = refusal(start, scope)
    if why is not None:
        raise Undefined(why)
    steps = tuple(_Collapse(scope, undecided).steps(start))
    last = steps[-1].expr if steps else start
    result = ordinary(last)
    if has_no_value(result):
        raise Undefined(f"{last} has no value: a division by 0 or a logarithm of 0")
    given = frozenset({*start.given, *domains})
    return Derivation(start, steps, given, result, statements, partial=True)


def _fact(fact: Any, expr: Basic, scope: Scope) -> Basic:
    statement = inert(fact)
    if not isinstance(statement, Statement):
        raise ExpressionError(f"{fact} is not a statement, so it is no fact")
    names = free(expr) | frozenset(scope.domains)
    general = generalise(statement, frozenset(names))
    for name in sorted(free(general) - names, key=str):
        raise ExpressionError(f"the fact {statement} speaks of {name}, which is not in the expression")
    return general


def _continuity(expr: Basic, scope: Scope) -> Iterator[Basic]:
    """Yield that the undefined functions under an integral with a Dirac delta are continuous, which is printed."""
    if not any(isinstance(e, Dirac) for e in postorder(expr)):
        return
    functions = {e.function for e in postorder(expr) if isinstance(e, Apply) and scope.domain(e.function) is None}
    x = fresh(Symbol("x"), free(expr))
    for f in sorted(functions, key=str):
        yield Continuous(Apply(f, x), x, x)


class _Collapse:
    """One run of the strategy."""

    def __init__(self, scope: Scope, undecided: str) -> None:
        self.scope = scope
        self.undecided = undecided
        self.search = Search()
        self.prover = Prover()

    def steps(self, line: Basic) -> Iterator[Step]:
        """Yield the steps until no rule is of use any more."""
        for _ in range(MOST):
            found = next(moves(line, self.scope, self.search, self.decide), None)
            if found is None:
                return
            move, assumed = found
            line = put(line, move.path, move.after)
            why = refusal(line, self.scope)
            if why is not None:
                raise Undefined(why)
            yield Step(line, (move.rule,), assumptions=assumed, given=frozenset())

    def decide(self, move: Application) -> tuple[Basic, ...] | None:
        """Return what has to be assumed for a move, nothing where its conditions are proved; None where it is out."""
        assumed: list[Basic] = []
        for condition in move.conditions:
            verdict = self.prover.prove(condition, move.scope).verdict
            if verdict is Verdict.PROVED:
                continue
            may_assume = self.undecided == "assume" and move.rule.name == "sum_delta" and not move.scope.ranges
            if verdict is Verdict.REFUTED or not may_assume:
                return None
            assumed.append(condition)
        if self.undecided == "refuse" and move.rule.name == "sum_delta_bracket":
            raise ExpressionError(f"it is not decided whether {move.after} is in the range")
        return tuple(assumed)
