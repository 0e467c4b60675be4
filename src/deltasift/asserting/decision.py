"""What was found of a claim, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from sympy.core.basic import Basic

from deltasift.asserting.differing import Difference
from deltasift.calc import Derivation
from deltasift.check.counterexample import Counterexample
from deltasift.check.report import CheckResult
from deltasift.errors import ExpressionError


class Grade(IntEnum):
    """How good the evidence for a claim is; `REFUTED` and `NOTHING` are never enough."""

    REFUTED = 0
    NOTHING = 1
    NUMBERS = 2
    MODELS = 3
    PROOF = 4


ACCEPTED = {g.name.lower(): g for g in (Grade.PROOF, Grade.MODELS, Grade.NUMBERS)}


def grade(accept: str) -> Grade:
    """Return the grade that a caller accepts."""
    if not isinstance(accept, str) or accept not in ACCEPTED:
        raise ExpressionError(f"accept is one of {', '.join(ACCEPTED)}, not {accept!r}")
    return ACCEPTED[accept]


@dataclass(frozen=True)
class Decision:
    """A claim and the evidence for or against it.

    Attributes
    ----------
    lhs, rhs : Basic
    relation : str
        "=" or "<=".
    grade : Grade
    because : str
        What proves or refutes it, or what a proof lacks, in words.
    checks : tuple of CheckResult
        What models and numbers found.
    counterexample : Counterexample or None
    derivation : Derivation or None
        The proof of an equality, as lines.
    difference : Difference or None
        The smallest parts that differ, where a side was read from a program.
    seed : str
        What was added to the seed of the random points.
    """

    lhs: Basic
    rhs: Basic
    relation: str
    grade: Grade
    because: str = ""
    checks: tuple[CheckResult, ...] = ()
    counterexample: Counterexample | None = None
    derivation: Derivation | None = None
    difference: Difference | None = None
    seed: str = ""

    def found(self, grade: Grade, because: str, derivation: Derivation | None = None) -> Decision:
        """Return the decision with what was found."""
        return replace(self, grade=grade, because=because, derivation=derivation)

    def checked(self, *checks: CheckResult) -> Decision:
        """Return the decision with what models and numbers found, and their counterexample."""
        failed = next((c.counterexample for c in checks if c.status == "failed"), None)
        return replace(self, checks=checks, counterexample=failed)

    def message(self, least: Grade) -> str:
        """Return why the evidence is not enough: one line, then the two sides and what was covered."""
        return "\n".join(self._told(least))

    def _told(self, least: Grade) -> Iterator[str]:
        if self.counterexample is not None:
            yield self._refuted(self.counterexample)
        elif self.grade is Grade.REFUTED:
            yield self.because
        else:
            yield f"undecided: {self.because}"
        yield f"  left   {self.lhs}"
        yield f"  right  {self.rhs}"
        if self.grade is Grade.REFUTED:
            if [c.kind for c in self.checks if c.status == "failed"] == ["numbers"]:
                yield f"  found at random points of seed={self.seed!r}"
            yield from () if self.difference is None else self.difference.told()
            return
        for c in self.checks:
            yield f"  {c.kind}: {'holds in ' * (c.status == 'passed')}{c.covers}"
        if Grade.NOTHING < self.grade < least:
            yield f"  accept={self.grade.name.lower()!r} takes this for enough"

    def _refuted(self, c: Counterexample) -> str:
        wrong = "not equal" if self.relation == "=" else "not at most"
        if c.before.missing or c.after.missing:
            wrong = "not defined"
        return f"{wrong}{c.where()}: {c.before} on the left, {c.after} on the right"
