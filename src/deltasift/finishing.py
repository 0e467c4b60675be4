"""The reasons of lines that say `by=auto`: found, checked, and put where `auto` stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sympy.core.basic import Basic

from deltasift.calc import TURNED, Derivation, Page, Reason, Step, auto
from deltasift.check.checker import page_scope
from deltasift.check.order import DIRECTION
from deltasift.check.report import Problem, Report
from deltasift.check.structure import StepChecker
from deltasift.conditions.certified import CertifiedProver
from deltasift.derive.bounds import found_bound
from deltasift.derive.prove import Impasse, Means, found
from deltasift.derive.question import ask
from deltasift.derive.trails import backward
from deltasift.errors import DeltasiftError
from deltasift.inert import free
from deltasift.line.same import Canon, same
from deltasift.line.views import put
from deltasift.proving import theorems_about
from deltasift.rule import Theorem
from deltasift.rules import METHODS

MOST_REASONS = 3  # of one line; more are several lines
MOST_HINTS = 3  # lines of a page


@dataclass(frozen=True)
class Filled:
    """What was found for a line whose reasons were left open.

    Attributes
    ----------
    number : str
        Of the line, or of a substep of it: "4", "4.2".
    before : Basic
    step : Step
        As it was written.
    steps : tuple of Step
        What stands for it, a line each, the last of them its own; empty where nothing was found.
    why : str
        Why nothing was found, where that is known.
    """

    number: str
    before: Basic
    step: Step
    steps: tuple[Step, ...]
    why: str = ""

    @property
    def said(self) -> str:
        """What was found, in a few words, as reasons are written."""
        if not self.steps:
            return "no reasons are found for it" + (f": {self.why}" if self.why else "")
        if len(self.steps) == 1:
            return f"by={in_python(self.steps[0].by)} gives it"
        return f"{len(self.steps)} lines give it: " + ", ".join(f"by={in_python(s.by)}" for s in self.steps)


def in_python(reasons: Sequence[Reason]) -> str:
    """Return reasons as they are written in a page."""
    names = [_in_python(r) for r in reasons]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _in_python(reason: Reason) -> str:
    return f'known("{reason.name}")' + ".reversed" * reason.is_reversed if isinstance(reason, Theorem) else str(reason)


def finished(
    page: Page, lines: Collection[int] | None = None, progress: Callable[[str], None] | None = None
) -> tuple[Page, tuple[Filled, ...]]:
    """Return a page with what was found in place of each `auto`, and what that is.

    Where nothing is found `auto` stays. A line that follows by several lines has them as its substeps.

    Parameters
    ----------
    page : Page
    lines : collection of int, optional
        The numbers of the lines that are looked at, all by default.
    progress : callable, optional
        Called with what is being done.
    """
    finisher = _Finisher(page, lines, progress or (lambda _: None))
    proofs: list[Derivation] = []
    first = 1
    for proof in page.proofs:
        proofs.append(finisher.proof(proof, first))
        first += len(proof.lines)
    return replace(page, proofs=tuple(proofs)), tuple(finisher.filled)


def told(report: Report, filled: Sequence[Filled]) -> Report:
    """Return the report on a page that was finished so, in which each line that says `auto` is a problem."""
    said: dict[int, list[Problem]] = {}
    for f in filled:
        number = int(f.number.partition(".")[0])
        words = f"line {f.number}: auto is to be written out: {f.said}"
        said.setdefault(number, []).append(Problem(words, "structure"))
    lines = tuple(replace(x, problems=(*x.problems, *said.get(x.number, ()))) for x in report.lines)
    return replace(report, lines=lines, problems=(*report.problems, *(p for ps in said.values() for p in ps)))


def hinted(report: Report) -> Report:
    """Return the report on a page in which a true line that its reasons do not give is told those that do.

    Looked at are the first lines of which models or points say that they hold.
    """
    wrong = [x for x in report.lines if any(": but it holds in " in p for p in x.problems)]
    finisher = _Finisher(report.page, None, lambda _: None)
    steps = dict(_numbered(report.page))
    hints: dict[int, Problem] = {}
    for line in wrong[:MOST_HINTS]:
        if line.before is not None and steps[line.number].inner is None and auto not in steps[line.number].by:
            answer = finisher.answer(str(line.number), line.before, steps[line.number])
            if answer.steps:
                hints[line.number] = Problem(f"line {line.number}: {answer.said}", line.problems[0].kind)
    if not hints:
        return report
    lines = tuple(replace(x, problems=(*x.problems, hints[x.number])) if x.number in hints else x for x in report.lines)
    return replace(report, lines=lines, problems=(*report.problems, *hints.values()))


def _numbered(page: Page) -> Iterator[tuple[int, Step]]:
    """Yield the steps of a page with the numbers of their lines."""
    first = 1
    for proof in page.proofs:
        yield from enumerate(proof.steps, first + 1)
        first += len(proof.lines)


class _Finisher:
    def __init__(self, page: Page, lines: Collection[int] | None, progress: Callable[[str], None]) -> None:
        self.page = page
        self.lines = lines
        self.progress = progress
        self.filled: list[Filled] = []
        self.facts = [*page.domains, *(d for c in page.claims for d in c.given), *page.assumptions]
        names = frozenset[Basic]().union(*(free(line) for proof in page.proofs for line in proof.lines))
        self.checker = StepChecker(page_scope(page), CertifiedProver(), Canon(), names)

    def proof(self, proof: Derivation, first: int) -> Derivation:
        steps: list[Step] = []
        for number, (before, step) in enumerate(zip(proof.lines, proof.steps, strict=False), first + 1):
            wanted = step.is_open and (self.lines is None or number in self.lines)
            steps.append(self._finished(str(number), before, step) if wanted else step)
        return replace(proof, steps=tuple(steps))

    def _finished(self, number: str, before: Basic, step: Step) -> Step:
        if step.inner is not None:
            return self._nested(number, step, step.inner)
        if auto not in step.by:
            return step
        self.progress(f"line {number}: what auto stands for")
        answer = self.answer(number, before, step)
        self.filled.append(answer)
        if not answer.steps:
            return step
        if len(answer.steps) == 1:
            return replace(step, by=answer.steps[0].by)
        by = tuple(dict.fromkeys(r for s in answer.steps for r in s.by))
        return replace(step, by=by, inner=Derivation(before, answer.steps, step.given), assumptions=())

    def _nested(self, number: str, step: Step, inner: Derivation) -> Step:
        """Return a step with its substeps finished; `auto` beside substeps stands for their reasons."""
        pairs = zip(inner.lines, inner.steps, strict=False)
        steps = tuple(self._finished(f"{number}.{i}", before, s) for i, (before, s) in enumerate(pairs, 1))
        by = tuple(dict.fromkeys(r for s in steps for r in s.by)) if auto in step.by else step.by
        made = replace(step, by=by, inner=replace(inner, steps=steps))
        if auto in step.by:
            self.filled.append(Filled(number, inner.start, step, (replace(made, inner=None),)))
        return made

    def answer(self, number: str, before: Basic, step: Step) -> Filled:
        """Return what is found for a line."""
        try:
            steps, why = self._order(before, step) if step.varying is not None else self._value(before, step)
        except (DeltasiftError, RecursionError) as error:
            steps, why = (), str(error) if isinstance(error, DeltasiftError) else ""
        assumed = tuple(replace(s, assumptions=step.assumptions) for s in steps)
        return Filled(number, before, step, assumed, why)

    def _order(self, before: Basic, step: Step) -> tuple[tuple[Step, ...], str]:
        """Return the one rule that keeps an order, or turns it round, as the step says."""
        for name in (name for name, direction in DIRECTION.items() if direction == step.relation):
            found_one = replace(step, by=(METHODS[name],))
            if not self.checker.check("1", before, found_one).problems:
                return (found_one,), ""
        return (), ""

    def _value(self, before: Basic, step: Step) -> tuple[tuple[Step, ...], str]:
        falls = step.relation in (">=", ">")
        ends = (step.expr, before) if falls else (before, step.expr)
        question = ask(*ends, [*self.facts, *step.assumptions])
        means = Means(theorems=theorems_about(*ends, without=(self.page.name,)))
        relation = TURNED[step.relation] if falls else step.relation
        made = found(question, means) if relation == "=" else found_bound(question, means, relation)
        if isinstance(made, Impasse):
            return (), made.why or (made.words if made.ended_early else "")
        return tuple(self._lines(before, step, turned(made) if falls else made)), ""

    def _lines(self, before: Basic, step: Step, made: Derivation) -> Iterator[Step]:
        """Yield the lines of what was found, or the step by all reasons at once where that is found again."""
        plain = [
            replace(s, assumptions=step.assumptions)
            for line, one in zip(made.lines, made.steps, strict=False)
            for s in as_written(self.checker, line, replace(one, assumptions=step.assumptions))
        ]
        reasons = tuple(r for r, _ in groupby(r for s in plain for r in s.by))
        whole = replace(step, by=reasons)
        few = len(reasons) <= MOST_REASONS
        if len(plain) == 1 or (few and not self.checker.check("1", before, whole).problems):
            yield whole
        else:
            yield from plain[:-1]
            yield replace(plain[-1], expr=step.expr)


def turned(made: Derivation) -> Derivation:
    """Return a derivation read from its last line to its first."""
    pairs = list(zip(made.lines, made.steps, strict=False))
    steps = [
        Step(line, tuple(backward(r) for r in reversed(s.by)), TURNED[s.relation], assumptions=s.assumptions)
        for line, s in reversed(pairs)
    ]
    return replace(made, start=made.lines[-1], steps=tuple(steps))


def as_written(checker: StepChecker, before: Basic, step: Step) -> Iterator[Step]:
    """Yield a step as it is found again without being told the places: whole, or one rule at a time."""
    whole = replace(step, places=())
    if len(step.places) < 2 or not checker.check("1", before, whole).problems:
        yield whole
        return
    line = written = before
    for i, place in enumerate(step.places):
        line = put(line, place.path, place.after)
        last = i == len(step.places) - 1
        if last or step.places[i + 1].rule != place.rule:
            new = step.expr if last else line
            if not same(written, new):
                yield Step(new, (place.rule,))
            written = new
