"""Claims that something is a minimiser: the inequality that they come to, and whether it is among what is compared."""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.check.judging import world_of
from deltasift.check.needed import Decider
from deltasift.check.report import Line, Problem, Substep
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Proof, Verdict
from deltasift.inert import Optimum, Relation
from deltasift.judge.optimum import reduced
from deltasift.judge.record import RejectedError
from deltasift.line.scope import Scope
from deltasift.said import Said


def comes_to(claim: Relation, scope: Scope) -> Relation:
    """Return the relation between two values that a claim comes to; what comes to none stays."""
    try:
        return reduced(claim, world_of(scope, frozenset())).relation if isinstance(claim, Optimum) else claim
    except RejectedError:
        return claim


def with_optimum(line: Line, claim: Relation, scope: Scope, names: frozenset[Basic], prover: Prover) -> Line:
    """Return the first line of a proof with the conditions of its claim, those that do not hold as its problems.

    Parameters
    ----------
    line : Line
    claim : Relation
        One that is no optimum asks nothing.
    scope : Scope
        With all that the page assumes.
    names : frozenset of symbols
        Those that are free in the lines.
    prover : Prover
    """
    if not isinstance(claim, Optimum):
        return line
    try:
        proofs, missing = conditions(claim, scope, names, prover)
    except RejectedError as why:
        return replace(line, problems=(*line.problems, Problem(f"line {line.number}: {why}", "structure")))
    reason, e = f"{claim.args[2]} is one of those that are compared.", line.expr
    steps = [Substep(str(line.number), "optimum", reason, "", (), e, e, (), (p,)) for p in proofs]
    problems = (Problem(Said(f"line {line.number}: needs ", m, " (optimum)"), "conditions") for m in missing)
    return replace(line, substeps=(*line.substeps, *steps), problems=(*line.problems, *problems))


def conditions(
    claim: Optimum, scope: Scope, names: frozenset[Basic], prover: Prover
) -> tuple[tuple[Proof, ...], list[str]]:
    """Return the proofs of what makes an optimum one of what is compared, and what is missing, in words.

    Raises
    ------
    RejectedError
        If nothing on the page could show it.
    """
    found = reduced(claim, world_of(scope, names))
    here = replace(scope, assumed=found.world.assumptions)
    proofs = tuple(prover.prove(s, here) for s in found.stated)
    decider = Decider(here, names)
    missing: list[str] = [decider.said(need) for need in found.needed if not decider.holds(need)]
    return proofs, missing + [Said(p.condition) for p in proofs if p.verdict is not Verdict.PROVED]
