"""Wrong steps out of right ones: what a checker must refuse, and what a reader may be asked to find.

Each mistake is one that people make: a sign, a factor, an index, an end of a range, the wrong reason, a condition that
is not given. It is made in one step of a page, and all other steps stay as they are. A mistake may by chance be none:
whether the line is wrong is for the checker to say.

References
----------
DeMillo, Lipton and Sayward (1978), Hints on test data selection.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from deltasift.calc import Derivation, Page, Step, page_of
from deltasift.check import LAYERS, CheckResult, Line, check
from deltasift.check.checker import page_scope
from deltasift.check.mutations import KINDS, Kind, Slip, Spot
from deltasift.check.refusal import refusal
from deltasift.check.sampling import generator
from deltasift.errors import DomainError
from deltasift.line.views import Path

__all__ = ["KINDS", "Kind", "Mutant", "mutants", "rejections", "spots"]


@dataclass(frozen=True)
class Mutant:
    """A page with one wrong step.

    Attributes
    ----------
    kind : str
        The name of a kind, a key of `KINDS`.
    line : int
        The number of the wrong line.
    page : Page
        The page with the wrong step; `page.proofs` are its derivations.
    change : str
        What was done, a sentence: "the sign of log(q[k]) is turned".
    proof : int
        Which of the derivations has the wrong line, from 0.
    path : tuple of int or None
        Where in the line, as argument positions from its root; None where the line was kept.
    before, after : Basic or None
        The subexpression there, as it was and as it is.
    """

    kind: str
    line: int
    page: Page
    change: str
    proof: int
    path: Path | None = None
    before: Basic | None = None
    after: Basic | None = None

    @property
    def derivation(self) -> Derivation:
        """The derivation with the wrong line."""
        return self.page.proofs[self.proof]

    @property
    def step(self) -> Step:
        """The wrong step."""
        return self.derivation.steps[self._place - 1]

    @property
    def previous(self) -> Basic:
        """The line before the wrong one."""
        return self.derivation.lines[self._place - 1]

    @property
    def _place(self) -> int:
        """The position of the wrong line in its derivation, whose first line is at 0."""
        return self.line - 1 - sum(len(p.lines) for p in self.page.proofs[: self.proof])

    @property
    def breaks(self) -> str:
        """What the mistake breaks: "value", "reason", "condition", "order" or "claim"."""
        return KINDS[self.kind].breaks


def mutants(
    page: Page | Derivation,
    *,
    kinds: Collection[str] = tuple(KINDS),
    lines: Collection[int] | None = None,
    each: int | None = None,
    seed: str = "",
) -> Iterator[Mutant]:
    """Yield wrong steps made of the right ones of a page.

    Parameters
    ----------
    page : Page or Derivation
    kinds : collection of str
        Names of kinds, all by default.
    lines : collection of int, optional
        Numbers of the lines in which mistakes are made, all by default.
    each : int, optional
        At most so many of each kind, drawn at random from all lines; all of them by default.
    seed : str
        Added to the seed of the draw, which comes from the names of page and kind.
    """
    whole = page_of(page) if isinstance(page, Derivation) else page
    where = [s for s in spots(whole) if lines is None or s.number in lines]
    for name in kinds:
        kind = KINDS[name]
        found = _distinct(kind, where)
        if each is not None and len(found) > each:
            rng = generator("mutants", whole.name, name, seed)
            found = [found[i] for i in sorted(rng.sample(range(len(found)), each))]
        for spot, slip in found:
            yield Mutant(name, spot.number, slip.page, slip.change, spot.proof, slip.path, slip.before, slip.after)


def rejections(mutant: Mutant, *, layers: Sequence[str] = LAYERS, points: int = 100, seed: str = "") -> dict[str, str]:
    """Return which ways of checking reject a wrong step, and what they say.

    No way of checking a step looks at what another one found, so that each is judged as if it were alone.

    Parameters
    ----------
    mutant : Mutant
    layers : sequence of str
        As in `check`.
    points : int
        Random points.
    seed : str
        Added to the seed of the points.

    Returns
    -------
    dict
        Of "refused" (an expression has no value), "structure" (the reason does not give the line), "conditions" (one is
        not proved), "models", "numbers", "claims" (what is proved is not what is claimed) and "facts" (no values meet
        them) those that reject it.
    """
    try:
        report = check(mutant.page, layers=layers, lines={mutant.line}, points=points, seed=seed)
    except DomainError as error:
        return {"facts": str(error)}
    line = report.lines[mutant.line - 1]
    found = {c.kind: _said(c, line) for c in line.checks if c.status == "failed"}
    why = refusal(line.expr, page_scope(mutant.page))
    if why is not None:
        found["refused"] = f"line {line.number}: {why}"
        if len([p for p in line.problems if p.kind == "structure"]) == 1:
            found.pop("structure", None)
    others = [p for p in report.problems if p not in line.problems]
    if mutant.breaks == "claim" and others:
        found["claims"] = others[0]
    return found


def _said(result: CheckResult, line: Line) -> str:
    """Return the message of one way of checking."""
    if result.counterexample is not None:
        return f"line {line.number}: differs from the line before {result.counterexample}"
    condition = [p for p in line.problems if p.kind == "conditions"]
    others = [p for p in line.problems if p not in condition]
    return [*(condition if result.kind == "conditions" else others), *line.problems][0]


def spots(page: Page) -> Iterator[Spot]:
    """Yield the steps of a page, in which mistakes can be made."""
    scope = page_scope(page)
    number = 0
    for proof, derivation in enumerate(page.proofs):
        number += 1
        for step in range(len(derivation.steps)):
            number += 1
            yield Spot(page, scope, proof, step, number)


def _distinct(kind: Kind, where: Sequence[Spot]) -> list[tuple[Spot, Slip]]:
    """Return the mistakes of a kind, without those that give the same line twice."""
    found: list[tuple[Spot, Slip]] = []
    for spot in where:
        seen = {spot.written.expr} if kind.breaks == "value" else set()
        for slip in kind.slips(spot):
            line = slip.page.proofs[spot.proof].steps[spot.step].expr
            if kind.breaks == "value" and line in seen:
                continue
            seen.add(line)
            found.append((spot, slip))
    return found
