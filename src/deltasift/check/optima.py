"""Claims of minimisers and of what is infinite: the inequality that they come to, and what has to be true beside it."""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.check.finite_values import finite_values
from deltasift.check.judging import world_of
from deltasift.check.needed import Decider
from deltasift.check.report import Line, Problem, Substep
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Proof, Verdict
from deltasift.inert import Infinite, Optimum, Relation
from deltasift.judge.claimed import reduced
from deltasift.judge.record import RejectedError
from deltasift.line.scope import Scope
from deltasift.said import Said

CLAIMED = (Optimum, Infinite)


def comes_to(claim: Relation, scope: Scope) -> Relation:
    """Return the relation between two values that a claim comes to; what comes to none stays."""
    try:
        return reduced(claim, world_of(scope, frozenset())).relation if isinstance(claim, CLAIMED) else claim
    except RejectedError:
        return claim


def with_optimum(line: Line, claim: Relation, scope: Scope, names: frozenset[Basic], prover: Prover) -> Line:
    """Return the first line of a proof with the conditions of its claim, those that do not hold as its problems.

    Parameters
    ----------
    line : Line
    claim : Relation
        One that is neither an optimum nor of what is infinite asks nothing.
    scope : Scope
        With all that the page assumes.
    names : frozenset of symbols
        Those that are free in the lines.
    prover : Prover
    """
    if not isinstance(claim, CLAIMED):
        return line
    try:
        proofs, missing = conditions(claim, scope, names, prover)
    except RejectedError as why:
        return replace(line, problems=(*line.problems, Problem(f"line {line.number}: {why}", "structure")))
    reason, e = _reason(claim), line.expr
    steps = [Substep(str(line.number), "optimum", reason, "", (), e, e, (), (p,)) for p in proofs]
    problems = [Problem(Said(f"line {line.number}: needs ", m, " (optimum)"), "conditions") for m in missing]
    if isinstance(claim, Infinite):
        f = claim.args[0]
        found = (f"line {line.number}: {f} is {value}{where}" for value, where in finite_values(f, scope))
        problems += [Problem(words, "evidence") for words in found]
    return replace(line, substeps=(*line.substeps, *steps), problems=(*line.problems, *problems))


def _reason(claim: Relation) -> str:
    if isinstance(claim, Infinite):
        return f"The term at {claim.args[1]} is infinite, and no other is minus infinity."
    return f"{claim.args[2]} is one of those that are compared."


def conditions(
    claim: Relation, scope: Scope, names: frozenset[Basic], prover: Prover
) -> tuple[tuple[Proof, ...], list[str]]:
    """Return the proofs of what a claim needs beside the relation that it comes to, and what is missing, in words.

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
