"""Deciding whether two expressions are equal, or one at most the other: a counterexample first, then a proof."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deltasift.asserting.decision import Decision, Grade
from deltasift.asserting.differing import differing
from deltasift.asserting.proof import Proved, by_few_lines, contradicted, is_everything, proof
from deltasift.check.models import check_models
from deltasift.check.numbers import USUAL, Pair, Reach, check_numbers
from deltasift.check.refusal import refusal
from deltasift.check.report import CheckResult
from deltasift.check.undeclared import with_values
from deltasift.conditions.prove import Prover
from deltasift.derive.prove import MOST_MOVES, undone
from deltasift.derive.question import Question, ask
from deltasift.errors import DepthError
from deltasift.inert import postorder

LARGE = 100  # parts of both sides
SHOWN = 30  # parts of both sides of a claim of which all models are known, and for which lines are looked for
FEW = 200  # models that are looked into before a proof is looked for
SMALL = Reach(10, 2, 2)
SHORT = 20  # moves that a derivation may take on one side where models decide all sizes anyway


def decide(relation: str, lhs: Any, rhs: Any, given: Any = (), *, seed: str = "") -> Decision:
    """Return the evidence for or against a claim.

    Parameters
    ----------
    relation : {"=", "<="}
    lhs, rhs : expressions
    given : domain, statement, or iterable of these
    seed : str
        Draws other random points.

    Raises
    ------
    DeltasiftError
        If the question makes no sense.
    """
    try:
        return _decided(relation, ask(lhs, rhs, given), seed)
    except RecursionError:
        raise DepthError("the question is nested more deeply than the checker follows") from None


def _decided(relation: str, question: Question, seed: str) -> Decision:
    decision = Decision(question.lhs, question.rhs, relation, Grade.REFUTED, seed=seed)
    for side, e in (("left", question.lhs), ("right", question.rhs)):
        why = refusal(e, question.scope)
        if why is not None:
            return decision.found(Grade.REFUTED, f"the {side} side has no value: {why}")
    models, numbers = _compared(question, relation, seed, FEW, SMALL)
    decision = decision.checked(models, numbers)
    early = None
    if not models.complete and _agree(models, numbers) and not _is_large(question):
        early = proof(question, relation, MOST_MOVES)  # before all models, which are many
        if isinstance(early, Proved):
            return decision.found(Grade.PROOF, early.because, early.derivation)
    if models.status != "failed":
        models, numbers = _compared(question, relation, seed)
        decision = decision.checked(models, numbers)
    if decision.counterexample is not None:
        return _explained(decision, question)
    if numbers.status != "passed":
        against = contradicted(question, relation)
        if against:
            return decision.found(Grade.REFUTED, f"the contrary is proved: {against}")
    every = models.all_sizes if models.status == "passed" else None
    by_all_sizes = every is not None and every.proved and bool(every.sizes)  # without a size there may be lines to show
    if by_all_sizes and _is_large(question) and undone(question, Prover()) is None:
        return decision.found(Grade.PROOF, f"in every model: {models.covers}")
    if models.status == "passed" and models.complete and is_everything(question):
        lines = None if _is_large(question, SHOWN) else by_few_lines(question, SHORT)
        why = lines.because if lines else f"in every model: {models.covers}"
        return decision.found(Grade.PROOF, why, lines.derivation if lines else None)
    found = early or proof(question, relation, SHORT if by_all_sizes else MOST_MOVES)
    if isinstance(found, Proved):
        return decision.found(Grade.PROOF, found.because, found.derivation)
    if by_all_sizes and undone(question, Prover()) is None:
        return decision.found(Grade.PROOF, f"in every model: {models.covers}")
    if models.status == "passed" and models.complete:
        return decision.found(Grade.MODELS, found)
    if numbers.status == "passed":
        return decision.found(Grade.NUMBERS, found)
    valued = {d.name for d in with_values(_pairs(question, relation), question.scope, question.statements).guessed}
    unknown = [name for name in question.undeclared if name not in valued]
    return decision.found(
        Grade.NOTHING, found + (f"; {', '.join(unknown)}: given without a domain, so without values" if unknown else "")
    )


def _explained(decision: Decision, question: Question) -> Decision:
    """Return a refutation with the parts that differ."""
    assert decision.counterexample is not None
    found = differing(question.lhs, question.rhs, decision.counterexample, question.scope)
    return replace(decision, difference=found)


def _agree(models: CheckResult, numbers: CheckResult) -> bool:
    """Tell whether models agree with a claim, or points where no model decides it exactly, and nothing refutes it."""
    if models.status == "unknown":
        return numbers.status == "passed"
    return models.status == "passed" and numbers.status != "failed"


def _is_large(question: Question, most: int = LARGE) -> bool:
    """Tell whether a search for lines would take long."""
    return sum(1 for e in (question.lhs, question.rhs) for _ in postorder(e)) > most


def _compared(
    question: Question, relation: str, seed: str, most: int | None = None, reach: Reach = USUAL
) -> tuple[CheckResult, CheckResult]:
    pairs = _pairs(question, relation)
    [models] = check_models(pairs, question.scope, question.statements, most=most)
    [numbers] = check_numbers(pairs, question.scope, question.statements, seed=f"assertion{seed}", reach=reach)
    return models, numbers


def _pairs(question: Question, relation: str) -> list[Pair]:
    return [(question.lhs, question.rhs, relation, None)]
