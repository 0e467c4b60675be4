"""Proofs of a claim by what there is: the same line, arithmetic, definitions, collapsed deltas, known signs."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.calc import Derivation
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Verdict
from deltasift.derive import collapse
from deltasift.derive.bounds import found_bound
from deltasift.derive.prove import Impasse, Means, found, missing, undone
from deltasift.derive.question import Question
from deltasift.domain import Index, Labels, Size
from deltasift.errors import Undefined
from deltasift.inert import Equality, LessEqual, free
from deltasift.proving import theorems_about


@dataclass(frozen=True)
class Proved:
    """Why a claim holds, and for an equality the lines of the proof."""

    because: str
    derivation: Derivation | None = None


def proof(question: Question, relation: str, most: int) -> Proved | str:
    """Return a proof of at most so many moves on one side, or in words what is missing."""
    prover = Prover()
    need = missing(question, prover)
    if need is not None:
        return f"a proof needs {need}"
    try:
        result = _by_lines(question, most)
        if isinstance(result, str):
            result = _by_facts(question, relation, prover) or (_by_bound(question) if relation == "<=" else result)
    except Undefined as why:
        return f"a side has no value: {why}"
    return result


def contradicted(question: Question, relation: str) -> str:
    """Return from what the contrary of a claim follows, empty where that is not known."""
    prover = Prover()
    contrary = prover.prove(_claim(relation, question.lhs, question.rhs), question.scope)
    if contrary.verdict is not Verdict.REFUTED or missing(question, prover) is not None:
        return ""
    return "; ".join(contrary.because)


def is_everything(question: Question) -> bool:
    """Tell whether the finite models are all that there is, and both sides have a value in them."""
    domains = question.scope.domains.values()
    ends = [end for d in domains if isinstance(d, (Index, Labels)) for end in (d.lo, d.hi)]
    if any(isinstance(d, Size) for d in domains) or any(free(end) for end in ends):
        return False
    return missing(question, Prover()) is None


def _claim(relation: str, lhs: Basic, rhs: Basic) -> Basic:
    return (Equality if relation == "=" else LessEqual).make((lhs, rhs))


# --- by facts ----------------------------------------------------------------------------------------------------


def _by_facts(question: Question, relation: str, prover: Prover) -> Proved | None:
    """Prove a claim like a side condition, as it stands or with its deltas collapsed."""
    sides = (question.lhs, question.rhs)
    for lhs, rhs in (sides, tuple(_reduced(question, e) for e in sides)):
        outcome = prover.prove(_claim(relation, lhs, rhs), question.scope)
        if outcome.verdict is Verdict.PROVED:
            return Proved(f"since {'; '.join(outcome.because)}")
    return None


# --- by lines ----------------------------------------------------------------------------------------------------


def _by_lines(question: Question, most: int) -> Proved | str:
    """Prove that the sides are equal by a derivation that the checker accepts."""
    return _in_words(found(question, Means(theorems=theorems_about(question.lhs, question.rhs), most=most)))


def by_few_lines(question: Question, most: int) -> Proved | None:
    """Return a proof by lines where there is one of few moves, of what is known otherwise."""
    if undone(question, Prover()) is not None:
        return None
    found = _by_lines(question, most)
    return found if isinstance(found, Proved) else None


def _by_bound(question: Question) -> Proved | str:
    """Prove that one side is at most the other by a rule that states an inequality."""
    return _in_words(found_bound(question, Means(theorems=theorems_about(question.lhs, question.rhs)), "<="))


def _in_words(made: Derivation | Impasse) -> Proved | str:
    if isinstance(made, Impasse):
        return f"a proof {made.why}" if made.why and not made.ended_early else made.words
    rules = dict.fromkeys(r.name for s in made.steps for r in s.by)
    return Proved(f"by {', '.join(rules)}" if rules else "the same line", made)


def _reduced(question: Question, expr: Basic) -> Basic:
    """Return an expression with definitions put in and deltas collapsed."""
    scope = question.scope
    plain = scope.unfold_all(expr)
    names = free(plain) | frozenset(scope.domains)
    facts = [s for s in question.statements if free(s) <= names]
    return collapse(plain, facts=[*question.domains, *facts]).lines[-1]
