"""Proofs of a claim by what there is: the same line, arithmetic, definitions, collapsed deltas, known signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    prover = Prover()
    try:
        found = _by_lines(question)
        if isinstance(found, str):
            found = _by_facts(question, relation, prover) or found
    except Undefined as why:
        return f"a side has no value: {why}"
    if isinstance(found, str):
        return found
    missing = _missing(question, prover)
    return found if missing is None else f"a proof needs {missing}"


def contradicted(question: Question, relation: str) -> str:
    """Return from what the contrary of a claim follows, empty where that is not known."""
    prover = Prover()
    found = prover.prove(_claim(relation, question.lhs, question.rhs), question.scope)
    if found.verdict is not Verdict.REFUTED or _missing(question, prover) is not None:
        return ""
    return "; ".join(found.because)


def is_everything(question: Question) -> bool:
    """Tell whether the finite models are all that there is, and both sides have a value in them."""
    domains = question.scope.domains.values()
    ends = [end for d in domains if isinstance(d, (Index, Labels)) for end in (d.lo, d.hi)]
    if any(isinstance(d, Size) for d in domains) or any(free(end) for end in ends):
        return False
    return _missing(question, Prover()) is None


def _missing(question: Question, prover: Prover) -> Basic | None:
    """Return something that both sides need to have a value, and that is not proved; None where there is nothing."""
    scope = question.scope
    needs = (need for e in (question.lhs, question.rhs) for need in requirements(e, scope))
    return next((need for need in needs if not prover.holds(need, scope)), None)


def _claim(relation: str, lhs: Basic, rhs: Basic) -> Basic:
    return (Equality if relation == "=" else LessEqual).make((lhs, rhs))


# --- by facts ----------------------------------------------------------------------------------------------------


def _by_facts(question: Question, relation: str, prover: Prover) -> Proved | None:
    """Prove a claim like a side condition, as it stands or with its deltas collapsed."""
    sides = (question.lhs, question.rhs)
    for lhs, rhs in (sides, tuple(_last(e, _reduced(question, e)) for e in sides)):
        found = prover.prove(_claim(relation, lhs, rhs), question.scope)
        if found.verdict is Verdict.PROVED:
            return Proved(f"since {'; '.join(found.because)}")
    return None


# --- by lines ----------------------------------------------------------------------------------------------------


def _by_lines(question: Question) -> Proved | str:
    """Prove that the sides are equal by a derivation that the checker accepts."""
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


def _last(start: Basic, steps: Sequence[Step]) -> Basic:
    return steps[-1].expr if steps else start


def _ways(question: Question) -> Iterator[tuple[Step, ...]]:
    """Yield chains of lines from one side to the other, the shortest first; the checker decides whether one holds."""
    if same(question.lhs, question.rhs):
        yield ()
        return
    yield (Step(question.rhs, (arithmetic,)),)
    left, right = (_reduced(question, e) for e in (question.lhs, question.rhs))
    goal = _last(question.rhs, right)
    if not same(_last(question.lhs, left), goal):
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
