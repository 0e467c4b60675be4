"""Conditions that count as proved only where the judge accepts a certificate.

The prover finds what is true, and may be wrong; then a certificate is looked for, and the judge checks it. What a
solver alone decides is accepted on its word, and marked so. Where something else was found true and no certificate of
it holds, nothing is known: that is a fault of what finds, and said to be one.
"""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from deltasift.conditions.finder import Finder
from deltasift.conditions.places import Places
from deltasift.conditions.prove import Prover
from deltasift.conditions.verdict import Proof, Verdict
from deltasift.inert import Continuous, ForAll, Integrable, Less, LessEqual, Sum, Summable, Unequal, free, postorder
from deltasift.judge.certificate import Certificate, Solver, by_solver
from deltasift.judge.context import Context, Had
from deltasift.judge.proof import Checker
from deltasift.judge.term import Term, UnreadableError
from deltasift.line.scope import Scope

ORDERS = (Less, LessEqual, Unequal)
ALMOST = Had((), (), 0)  # a null set of an integral around is taken for one that does not matter: the judge looks again
BY_FORM = (Continuous, Integrable, Summable)  # what the judge's own table of forms may say more of than the prover


class Decider:
    """Finds certificates and has them checked by a judge of its own, which shares no memory with what finds."""

    def __init__(self) -> None:
        self._finder = Finder()
        self._checker = Checker()
        self._memo: dict[tuple[Term, Context], Certificate | None] = {}

    def decide(self, goal: Term, place: Context) -> Certificate | None:
        """Return a certificate that the judge accepts, None where none is found."""
        key = (goal, place)
        if key not in self._memo:
            found = self._finder.decide(goal, place)
            accepted = found is not None and self._checker.accepts(goal, found, place)
            self._memo[key] = found if accepted else None
        return self._memo[key]


class CertifiedProver(Prover):
    """A prover whose proofs carry certificates."""

    def __init__(self) -> None:
        super().__init__()
        self._places = Places()
        self._decider = Decider()
        self._without_solver = Prover(solves=False)
        self._proofs: dict[tuple[Basic, Scope], Proof] = {}

    def prove(self, condition: Basic, scope: Scope) -> Proof:
        """Return PROVED with a certificate, REFUTED, or UNKNOWN."""
        key = (condition, scope)
        if key not in self._proofs:
            proof = super().prove(condition, scope)
            if proof.verdict is Verdict.UNKNOWN and _is_by_form(condition):
                found = self._certificate(condition, scope)
                proof = proof if found is None else Proof(condition, Verdict.PROVED, ("its form",), certificate=found)
            elif proof.verdict is Verdict.PROVED:
                proof = self._certified(proof, scope)
            self._proofs[key] = proof
        return self._proofs[key]

    def holds(self, condition: Basic, scope: Scope) -> bool:
        """Tell whether a condition is proved, and the judge accepts the proof."""
        may_hold = _is_by_form(condition) or super().holds(condition, scope)
        return may_hold and self.prove(condition, scope).verdict is Verdict.PROVED

    def _certified(self, proof: Proof, scope: Scope) -> Proof:
        found = self._certificate(proof.condition, scope)
        if found is not None:
            return replace(proof, certificate=found, by_solver=by_solver(found))
        if self._without_solver.prove(proof.condition, scope).verdict is Verdict.PROVED:
            return Proof(proof.condition, Verdict.UNKNOWN, is_fault=True)
        return replace(proof, certificate=Solver(), by_solver=True)

    def _certificate(self, condition: Basic, scope: Scope) -> Certificate | None:
        try:
            place = self._places.of(scope, free(condition) | (scope.mentioned - scope.names))
            if isinstance(condition, BY_FORM):
                place = replace(place, had=ALMOST)
            return self._decider.decide(self._places.read(condition, scope), place)
        except UnreadableError:
            return None


def _is_by_form(condition: Basic) -> bool:
    """Tell whether the judge's table of forms, or its laws of sums, may know a condition that the prover does not."""
    while isinstance(condition, ForAll):
        condition = condition.args[0]
    if isinstance(condition, ORDERS):
        return any(isinstance(e, Sum) for e in postorder(condition))
    return isinstance(condition, BY_FORM)
