"""Proofs of a claim by what there is: the same line, arithmetic, definitions, collapsed deltas, known signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

from deltasift.asserting.question import Question
from deltasift.calc import Derivation, Reason, Step
from deltasift.check import check
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Verdict
from deltasift.derive import collapse
from deltasift.domain import Index, Labels, Size
from deltasift.errors import Undefined
from deltasift.inert import Equality, LessEqual, free
from deltasift.match.canonical import same
from deltasift.match.definedness import requirements
from deltasift.rule import Method
from deltasift.rules import arithmetic, definition


@dataclass(frozen=True)
class Proved:
    """Why a claim holds, and for an equality the lines of the proof."""

    because: str
    derivation: Derivation | None = None


def proof(question: Question, relation: str) -> Proved | str:
    """Return a proof, or in words what is missing."""
    try:
        return _of_equality(question) if relation == "=" else _of_order(question)
    except Undefined as why:
        return f"a side has no value: {why}"


def is_everything(question: Question) -> bool:
    """Tell whether the finite models are all that there is, and both sides have a value in them."""
    domains = question.scope.domains.values()
    ends = [end for d in domains if isinstance(d, (Index, Labels)) for end in (d.lo, d.hi)]
    if any(isinstance(d, Size) for d in domains) or any(free(end) for end in ends):
        return False
    return next(_missing(question, Prover()), None) is None


def contradicted(question: Question, relation: str) -> str:
    """Return from what the contrary of a claim follows, empty where that is not known."""
    head = Equality if relation == "=" else LessEqual
    prover = Prover()
    found = prover.prove(head.make((question.lhs, question.rhs)), question.scope)
    if found.verdict is not Verdict.REFUTED or next(_missing(question, prover), None) is not None:
        return ""
    return "; ".join(found.because)


# --- equalities --------------------------------------------------------------------------------------------------


def _of_equality(question: Question) -> Proved | str:
    missing = ""
    for steps in _ways(question):
        page = question.page(*steps)
        problems = check(page, layers=("structure",)).problems
        if not problems:
            rules = dict.fromkeys(r.name for s in steps for r in s.by)
            return Proved(f"by {', '.join(rules)}" if rules else "the same line", page.proofs[0])
        if all("needs" in p for p in problems):
            missing = missing or problems[0].partition(": ")[2]
    return f"a proof {missing}" if missing else "no proof was found"


def _ways(question: Question) -> Iterator[tuple[Step, ...]]:
    """Yield chains of lines from one side to the other, the shortest first; the checker decides whether one holds."""
    if same(question.lhs, question.rhs):
        yield ()
        return
    yield (Step(question.rhs, (arithmetic,)),)
    left, right = (_reduced(question, e) for e in (question.lhs, question.rhs))
    goal = right[-1].expr if right else question.rhs
    if not same(left[-1].expr if left else question.lhs, goal):
        left = (*left, Step(goal, (arithmetic,)))
    elif left:
        left = (*left[:-1], replace(left[-1], expr=goal))
    yield (*left, *_turned(question.rhs, right))


def _reduced(question: Question, expr: Basic) -> tuple[Step, ...]:
    """Return the steps that unfold definitions and collapse deltas."""
    scope = question.scope
    plain = scope.unfold_all(expr)
    unfolding = () if same(plain, expr) else (Step(plain, (definition,)),)
    names = free(plain) | frozenset(scope.domains)
    facts = [s for s in question.statements if free(s) <= names]
    return (*unfolding, *_fine(collapse(plain, facts=[*question.domains, *facts])))


def _fine(derivation: Derivation) -> Iterator[Step]:
    """Yield the steps of a derivation, those inside of a step instead of the step."""
    for s in derivation.steps:
        if s.inner is None:
            yield s
        else:
            yield from _fine(s.inner)


def _turned(start: Basic, steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield the steps that lead back to `start`."""
    lines = [start, *(s.expr for s in steps)]
    for before, s in zip(reversed(lines[:-1]), reversed(steps), strict=True):
        yield Step(before, tuple(map(_backward, reversed(s.by))), assumptions=s.assumptions)


def _backward(rule: Reason) -> Reason:
    return rule if isinstance(rule, Method) else rule.reversed


# --- orders ------------------------------------------------------------------------------------------------------


def _of_order(question: Question) -> Proved | str:
    equal = _of_equality(question)
    if isinstance(equal, Proved):
        return Proved(f"equal {equal.because}", equal.derivation)
    prover = Prover()
    scope = question.scope
    ends = []
    for e in (question.lhs, question.rhs):
        steps = _reduced(question, e)
        ends.append(steps[-1].expr if steps else e)
    for claim in (LessEqual.make((question.lhs, question.rhs)), LessEqual.make(tuple(ends))):
        found = prover.prove(claim, scope)
        if found.verdict is Verdict.PROVED:
            missing = next(_missing(question, prover), None)
            if missing is None:
                return Proved(f"since {'; '.join(found.because)}")
            return f"a proof needs {missing}"
    return "no proof was found"


def _missing(question: Question, prover: Prover) -> Iterator[Basic]:
    """Yield what is not proved of what makes sure that both sides have a value."""
    for e in (question.lhs, question.rhs):
        yield from (need for need in requirements(e, question.scope) if not prover.holds(need, question.scope))
