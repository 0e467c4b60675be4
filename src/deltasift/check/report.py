"""The frozen result of a check. A report is data: renderers read it and compute nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from sympy.core.basic import Basic

from deltasift.calc import Page
from deltasift.check.all_sizes import AllSizes
from deltasift.check.counterexample import Counterexample
from deltasift.check.grade import Grade, counted
from deltasift.conditions import Proof
from deltasift.judge import DECLINE, Judgement
from deltasift.line.views import Path, put
from deltasift.said import Part, Said
from deltasift.shown import Shown
from deltasift.use import Run

INDEPENDENT = ("models", "numbers")  # ways of checking that know no rules


class Problem(Said):
    """What is wrong, in one line, and which way of checking found it.

    Attributes
    ----------
    kind : str
        "structure", "conditions", "models" or "numbers"; "evidence" where nothing is known to be wrong, but nothing
        that knows no rules has seen the line, and that was asked for; "search" where what was looked for was not found
        before the search ended at its limit, so that it is not known whether anything is wrong.
    """

    kind: str

    def __new__(cls, words: str, kind: str) -> Problem:
        made = super().__new__(cls, words)
        assert isinstance(made, Problem)
        made.kind = kind
        return made

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _problem, (self.parts, self.kind)


def _problem(parts: tuple[Part, ...], kind: str) -> Problem:
    return Problem(Said(*parts), kind)


@dataclass(frozen=True, repr=False)
class CheckResult(Shown):
    """What one way of checking found of one line.

    Attributes
    ----------
    kind : str
        "structure", "conditions", "models" or "numbers".
    status : str
        "passed", "failed", "unknown" or "skipped".
    covers : str
        What was covered, in words: "all N, K <= 3, all labels, all real q (exact)".
    counterexample : Counterexample or None
    complete : bool
        Whether nothing was left out for want of time.
    all_sizes : AllSizes or None
        What finite models say of every size at once, where lines were compared in them.
    unseen : tuple of int
        Which uses of rules, counted from 0, changed nothing that takes part in a value that was compared.
    conditions : int
        How many of the conditions that were proved are also true at the points, wherever they have a value there.
    """

    kind: str
    status: str
    covers: str
    counterexample: Counterexample | None = None
    complete: bool = True
    all_sizes: AllSizes | None = None
    unseen: tuple[int, ...] = ()
    conditions: int = 0


@dataclass(frozen=True, repr=False)
class Substep(Shown):
    """One use of a rule: where, on what, and under which proved conditions.

    Attributes
    ----------
    number : str
        "4.1", or "4" where the step has only one.
    rule : str
    reason, ref : str
    path : tuple of int
        Argument positions from the root of the line before.
    before, after : Basic
        The subexpression before and after.
    binding : tuple of (str, Basic)
    proofs : tuple of Proof
    written : Basic or None
        The whole line after, where the author wrote it as a substep.
    inherited : tuple of Basic
        What the theorem that is used assumes, in the names of the page.
    is_reversed : bool
        Whether the rule is read from right to left.
    """

    number: str
    rule: str
    reason: str
    ref: str
    path: Path
    before: Basic
    after: Basic
    binding: tuple[tuple[str, Basic], ...]
    proofs: tuple[Proof, ...]
    written: Basic | None = None
    inherited: tuple[Basic, ...] = ()
    is_reversed: bool = False

    @property
    def named(self) -> str:
        """The rule as a page names it."""
        rule, _, end = self.rule.partition(")")
        return rule + ".reversed" * self.is_reversed + (")" + end if self.rule != rule else "")


@dataclass(frozen=True, repr=False)
class Line(Shown):
    """One line of a page with all that was found of it.

    Attributes
    ----------
    number : int
        From 1, through all proofs of the page.
    proof : int
        Which proof it belongs to, from 0.
    expr : Basic
    relation : str
        Of the line before to this one: "", "=", "<=", "<", ">=", ">", "same order" or "opposite order".
    by : tuple of str
        Rules as written.
    reason : str
        Printed beside the line.
    substeps : tuple of Substep
    problems : tuple of Problem
        One line each, `line 6: needs y[n] <= K (sum_delta)`; empty where the line is right.
    checks : tuple of CheckResult
    assumptions : tuple of Basic
        Assumed for this line.
    varying : Basic or None
        The name that varies in an order.
    before : Basic or None
        The line before, None for the first of a proof.
    runs : tuple of Run
        The uses of rules that lead from the line before to this one, in full, as the judge is given them.
    judgements : tuple of Judgement
        What the judge says of each use.
    """

    number: int
    proof: int
    expr: Basic
    relation: str
    by: tuple[str, ...]
    reason: str
    substeps: tuple[Substep, ...] = ()
    problems: tuple[Problem, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    assumptions: tuple[Basic, ...] = ()
    varying: Basic | None = None
    before: Basic | None = None
    runs: tuple[Run, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    @property
    def is_checked(self) -> bool:
        """Whether it was checked how the line follows from the one before."""
        return not self.relation or any(c.kind == "structure" and c.status != "skipped" for c in self.checks)

    @property
    def unseen(self) -> tuple[int, ...]:
        """The uses of rules, counted from 0, of which neither models nor numbers saw that they are right."""
        found = [set(c.unseen) for c in self.checks if c.kind in INDEPENDENT and c.status == "passed"]
        missing = set(range(sum(len(run.uses) for run in self.runs)))
        return tuple(sorted(missing.intersection(*found))) if found else tuple(sorted(missing))

    @property
    def grade(self) -> Grade | None:
        """What the line rests on; None where it begins a proof, is wrong, or was not checked by its rule."""
        if not self.relation or any(p.kind != "evidence" for p in self.problems) or not self.is_checked:
            return None
        if any(p.by_solver for s in self.substeps for p in s.proofs):
            return Grade.SOLVER
        found = [c for c in self.checks if c.kind in INDEPENDENT and c.status == "passed"]
        if any(c.all_sizes is not None and c.all_sizes.decided for c in found):
            return Grade.EVERY_SIZE
        return Grade.POINTS if found and not self.unseen else Grade.RULE

    def strictly(self) -> Line:
        """Return the line with a problem where it rests on its rule alone or on a solver."""
        if self.grade is None or self.grade.is_seconded:
            return self
        problem = Problem(f"line {self.number}: {self.grade.value}, and by nothing that knows no rules", "evidence")
        return self if problem in self.problems else replace(self, problems=(*self.problems, problem))

    def around(self) -> Iterator[tuple[Basic, Basic]]:
        """Yield the whole line before and after each substep, written so that its path is one of the line before."""
        found = [pair for run in self.runs for pair in _around(run)]
        if len(found) == len(self.substeps):
            yield from found
            return
        line = self.expr if self.before is None else self.before
        for s in self.substeps:
            after = put(line, s.path, s.after)
            yield line, after
            line = after if s.written is None else s.written

    def between(self) -> Iterator[Basic]:
        """Yield the whole line after each substep; the last is the line itself.

        They are written as the line before is, as long as the places are those of that one.
        """
        line = self.expr if self.before is None else self.before
        for s, (_, after) in zip(self.substeps[:-1], self.around(), strict=False):
            if s.written is not None:
                line = s.written
            else:
                line = put(line, s.path, s.after) if _stands(s.before, line, s.path) else after
            yield line
        if self.substeps:
            yield self.expr


def _stands(part: Basic, line: Basic, path: Path) -> bool:
    """Tell whether a part of a line stands at a place of it."""
    for i in path:
        if i >= len(line.args):
            return False
        line = line.args[i]
    return bool(line == part)


def _around(run: Run) -> Iterator[tuple[Basic, Basic]]:
    """Yield the line before and after each use; where they were found from the line after, the last use is first."""
    lines = [run.end if run.backward else run.start]
    for use in run.uses:
        lines.append(put(lines[-1], use.path, use.after))
    return pairwise(reversed(lines)) if run.backward else pairwise(lines)


@dataclass(frozen=True, repr=False)
class Refusal(Shown):
    """An expression that a page says has no value, and why the engine refuses it.

    Attributes
    ----------
    expr : Basic
    stated : str
        The author's words.
    found : str
        The engine's reason; empty where the engine does not refuse it, which is a problem.
    """

    expr: Basic
    stated: str
    found: str

    @property
    def problem(self) -> str:
        """What is wrong, in one line; empty where the engine refuses it."""
        return "" if self.found else f"not refused: {self.expr}"


@dataclass(frozen=True, repr=False)
class Assumed(Shown):
    """A statement that is taken as true without proof.

    Attributes
    ----------
    statement : Basic
        In the names of the page that is checked.
    where : str
        "the page", "line 4", "line 4, by NAME" where a result of another page brings it, or "line 4, so that the
        derivative exists", where a collapse takes what is differentiated to be made of what is differentiable.
    """

    statement: Basic
    where: str


@dataclass(frozen=True, repr=False)
class Report(Shown):
    """The checked page.

    Attributes
    ----------
    page : Page
    lines : tuple of Line
    refusals : tuple of Refusal
    problems : tuple of str
        All problems, those of the lines included, in order.
    ledger : tuple of Assumed
        All that was assumed, the assumptions of theorems included.
    model : mapping
        Values that meet all facts and assumptions.
    """

    page: Page
    lines: tuple[Line, ...]
    refusals: tuple[Refusal, ...]
    problems: tuple[str, ...]
    ledger: tuple[Assumed, ...]
    model: Mapping[str, str]

    @property
    def assumptions(self) -> tuple[Basic, ...]:
        """The statements of the ledger."""
        return tuple(a.statement for a in self.ledger)

    @property
    def ok(self) -> bool:
        """Whether every line is right."""
        return not self.problems

    @property
    def is_undecided(self) -> bool:
        """Whether nothing is known to be wrong, but a search ended at its limit before it was through."""
        return bool(self.problems) and all(isinstance(p, Problem) and p.kind == "search" for p in self.problems)

    @property
    def verdict(self) -> str:
        """The verdict in a word or two: "ok", "wrong" or "not decided"."""
        return "ok" if self.ok else "not decided" if self.is_undecided else "wrong"

    @property
    def unproved(self) -> tuple[str, ...]:
        """Why the page is not proved, a line each: what is wrong and, where nothing is, which lines nobody checked."""
        left = [str(x.number) for x in self.lines if not x.is_checked]
        if self.problems or not left:
            return self.problems
        return (f"line{'s' * (len(left) > 1)} {', '.join(left)}: not checked",)

    @property
    def by_solver(self) -> int:
        """How many conditions rest on the word of a solver, which nobody checked."""
        return sum(p.by_solver for line in self.lines for s in line.substeps for p in s.proofs)

    @property
    def grades(self) -> dict[Grade, int]:
        """How many lines rest on what."""
        return counted(line.grade for line in self.lines)

    def strictly(self) -> Report:
        """Return the report with each line that rests on its rule alone, or on a solver, as a problem."""
        lines = tuple(x.strictly() for x in self.lines)
        new = [p for x in lines for p in x.problems if p.kind == "evidence" and p not in self.problems]
        return replace(self, lines=lines, problems=(*self.problems, *new))

    @property
    def declined(self) -> int:
        """How many uses of rules the judge says nothing of."""
        return sum(j.status == DECLINE for line in self.lines for j in line.judgements)

    @property
    def is_proved(self) -> bool:
        """Whether the page may be shown as proved: every line is right, and none was left out of the check."""
        return not self.unproved

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data, in the stable form of `deltasift.render.structure`, version 2."""
        from deltasift.render.structured import structured

        return structured(self).to_dict()

    def to_json(self) -> str:
        """Return the report as JSON."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False)
